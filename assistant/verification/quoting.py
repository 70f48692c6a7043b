"""Finds a quote in the text it claims to come from, and widens it to the sentences it stands in."""

from __future__ import annotations

import re

from vectorstore.text import sentence_spans

SHORTEST = 8  # characters of a quote that is worth looking for
_BULLET = re.compile(r"^[ \t]*(?:[-*•]|\d{1,3}[.)]|\([a-z0-9]{1,4}\))[ \t]+$")


def find(quote: str, text: str) -> tuple[int, int] | None:
    """Where `quote` stands in `text`: exact but for white space; None if it does not."""
    words = quote.split()
    if len("".join(words)) < SHORTEST:
        return None
    at = text.find(quote)
    if at >= 0:
        return at, at + len(quote)
    found = re.search(r"\s+".join(re.escape(w) for w in words), text)
    return (found.start(), found.end()) if found else None


def widen(text: str, start: int, end: int) -> tuple[int, int] | None:
    """The whole sentences of `text` that `[start, end)` touches: half a sentence can say the opposite of it."""
    touched = [(a, b) for a, b in sentence_spans(text) if a < end and start < b]
    return (touched[0][0], touched[-1][1]) if touched else None


def lead_of(text: str, start: int) -> tuple[int, int] | None:
    """The sentence that introduces the list in which the sentence at `start` is an item; None outside lists."""
    spans = sentence_spans(text)
    if not _is_item(text, start):
        return None
    before = [s for s in spans if s[1] <= start and not _is_item(text, s[0])]
    if before and text[: before[-1][1]].endswith(":"):
        return before[-1]
    return None


def _is_item(text: str, start: int) -> bool:
    line = text.rfind("\n", 0, start) + 1
    return bool(_BULLET.match(text[line:start]))
