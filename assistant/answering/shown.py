"""A passage as a model sees it, plain and without links, with the place of each character in the true text."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

from assistant.answering.screen import unseen

# What is left out, and what of it is kept: pictures go whole, links leave their words.
_MARKUP = re.compile(
    r"!\[[^\]\n]*\]\([^)\n]*\)"
    r"|\[(?P<words>[^\]\n]+)\]\([^)\n]*\)"
    r"|<!--.*?-->|</?[A-Za-z][^<>\n]*>|<\w+://[^>\s]*>"
    r"|(?:https?://|www\.)[^\s)>\]]+"
    r"|\*\*|__|`+"
    r"|(?m:^#{1,6}[ \t]+)",
    re.DOTALL,
)


@dataclass(frozen=True, slots=True)
class Shown:
    """`text` as it is sent; character n of it comes from character `origin[n]` of the true text."""

    text: str
    origin: tuple[int, ...]

    def true_span(self, start: int, end: int) -> tuple[int, int]:
        """The stretch of the true text behind `text[start:end]`."""
        return self.origin[start], self.origin[end - 1] + 1


def shown(text: str, longest: int) -> Shown:
    """`text` without markup, links and unseen characters, in composed form, cut after `longest` characters."""
    kept: list[str] = []
    origin: list[int] = []

    def keep(start: int, end: int) -> None:
        for at in range(start, end):
            if unseen(text[at]):
                continue
            for character in unicodedata.normalize("NFKC", text[at]):
                kept.append(character)
                origin.append(at)

    last = 0
    for match in _MARKUP.finditer(text):
        keep(last, match.start())
        if match["words"]:
            keep(*match.span("words"))
        last = match.end()
    keep(last, len(text))
    return Shown("".join(kept[:longest]), tuple(origin[:longest]))
