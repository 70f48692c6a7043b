"""Words and sentences: one analysis shared by the keyword index and by whoever compares texts."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

import sentencex
import tantivy

TOKEN_PATTERN = r"\d[\d,.]*\d|\w+"  # keeps 2,499,989 and 2023.5 whole, splits 2023-24 and s.52B
MAX_TOKEN = 60

STOPWORDS = frozenset(
    """a an and any are as at be been being but by can could did do does doing for from had has have having he her
    here hers him his how i if in into is it its itself just me might more most my no nor not of off on once only or
    other our out over own s same she should so some such t than that the their them then there these they this those
    through to too under until up us very was we were what when where which while who whom why will with would you
    your please tell know about get got want need also am d ll m o re ve""".split()
)


def build_analyzer() -> tantivy.TextAnalyzer:
    """Lower-case, folded, stemmed tokens; the same object type registers with the keyword index."""
    return (
        tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.regex(TOKEN_PATTERN))
        .filter(tantivy.Filter.remove_long(MAX_TOKEN))
        .filter(tantivy.Filter.lowercase())
        .filter(tantivy.Filter.ascii_fold())
        .filter(tantivy.Filter.stemmer("english"))
        .build()
    )


_ANALYZER = build_analyzer()
_STOP_STEMS = frozenset(t for w in STOPWORDS for t in _ANALYZER.analyze(w))


@lru_cache(maxsize=20_000)
def stems(text: str) -> tuple[str, ...]:
    """All stems of `text` in order, stop words kept."""
    return tuple(_ANALYZER.analyze(text))


@lru_cache(maxsize=20_000)
def content_stems(text: str) -> tuple[str, ...]:
    """Stems of `text` that carry meaning: stop words dropped, order kept, repeats dropped."""
    return tuple(dict.fromkeys(s for s in stems(text) if s not in _STOP_STEMS))


_AFTER_MAY = re.compile(r"(?<=\bMay\.)\s+(?=[A-Z£“])")  # sentencex takes the month for an abbreviation
_ITEM = re.compile(r"^\s*(?:[-*•]|\d{1,3}[.)]|\([a-z0-9]{1,4}\))\s+")


@lru_cache(maxsize=5_000)
def sentence_spans(text: str) -> tuple[tuple[int, int], ...]:
    """Spans of the sentences of `text`: lines of a list or table stand alone, prose is split by sentence.

    Bullets are left out of the span, so that `text[start:end]` is what a reader would call the sentence.
    """
    spans: list[tuple[int, int]] = []
    position = 0
    prose_start: int | None = None

    def flush(end: int) -> None:
        nonlocal prose_start
        if prose_start is not None:
            spans.extend(_split_prose(text, prose_start, end))
            prose_start = None

    for line in text.splitlines(keepends=True):
        item = _ITEM.match(line)
        structured = item is not None or line.lstrip().startswith("|")
        if structured or not line.strip():
            flush(position)
        if structured:
            start = position + (item.end() if item else len(line) - len(line.lstrip()))
            end = position + len(line.rstrip())
            if end > start and not re.fullmatch(r"[\s|:-]*", text[start:end]):
                spans.append((start, end))
        elif line.strip() and prose_start is None:
            prose_start = position
        position += len(line)
    flush(position)
    return tuple(spans)


def is_item(text: str, start: int) -> bool:
    """Whether what begins at `start` of `text` is an item of a list, behind its bullet, or a row of a table."""
    line = text[text.rfind("\n", 0, start) + 1 : start]
    return text[start : start + 1] == "|" or bool(_ITEM.fullmatch(line))


def lead_of(text: str, start: int) -> str:
    """What the list or table item that begins at `start` of `text` is read under: the sentence ending in a colon
    before its list, or the header of its table; empty for prose, a header, and a list that nothing introduces.
    """
    if not is_item(text, start):
        return ""
    table = text[start : start + 1] == "|"
    rows: list[str] = []
    end = text.rfind("\n", 0, start) + 1
    for line in reversed(text[:end].splitlines(keepends=True)):
        row = line.lstrip().startswith("|")
        if not row if table else row or _is_prose(line):
            break
        rows.append(line.strip())
        end -= len(line)
    if table:
        return rows[-1] if rows else ""
    paragraph = text[text.rfind("\n\n", 0, max(0, end - 1)) + 1 : end]
    spans = sentence_spans(paragraph)
    lead = paragraph[slice(*spans[-1])] if spans else ""
    return lead if lead.rstrip("*_").endswith(":") else ""


def _is_prose(line: str) -> bool:
    """Whether a line is neither blank nor an item, or the indented rest of one."""
    return bool(line.strip()) and not _ITEM.match(line) and not line.startswith("  ")


def items_after(text: str, end: int, longest: int) -> str:
    """The items of the list that the sentence ending at `end` of `text` introduces, one after another, as many whole
    ones as `longest` characters hold but the first at least; empty where it introduces none.
    """
    if not text[:end].rstrip("*_").endswith(":"):
        return ""
    items: list[str] = []
    for line in text[end:].splitlines():
        item = _ITEM.match(line)
        if _is_prose(line):
            break
        if item is not None:
            items.append(line[item.end() :].strip())
        if sum(len(i) + 1 for i in items) > longest:
            break
    whole = items if sum(len(i) + 1 for i in items) <= longest else items[: max(1, len(items) - 1)]
    return " ".join(whole)


def _segments(prose: str) -> Iterator[str]:
    for segment in sentencex.segment("en", prose):
        yield from _AFTER_MAY.split(segment)


def _split_prose(text: str, start: int, end: int) -> list[tuple[int, int]]:
    spans: list[tuple[int, int]] = []
    cursor = start
    for segment in _segments(text[start:end]):
        found = text.find(segment, cursor, end)
        if found < 0:
            continue
        cursor = found + len(segment)
        left = found + len(segment) - len(segment.lstrip())
        right = found + len(segment.rstrip())
        if right > left:
            spans.append((left, right))
    return spans
