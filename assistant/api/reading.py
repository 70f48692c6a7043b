"""A stored passage as a reader sees it: paragraphs, lists and tables, with one stretch marked."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from vectorstore.model import Passage

_BULLET = re.compile(r"\s*[-*•]\s+")
_NUMBER = re.compile(r"\s*(?:\d{1,3}[.)]|\([a-z0-9]{1,4}\))\s+")
_RULE = re.compile(r"[\s|:-]+")
_CELL = re.compile(r"(?:\\.|[^|\\])+")


@dataclass(frozen=True, slots=True)
class Run:
    """A stretch of text, marked or not."""

    text: str
    marked: bool


Runs = tuple[Run, ...]


@dataclass(frozen=True, slots=True)
class Piece:
    """A paragraph (one row of one cell), a list (a row for each item) or a table (rows of cells)."""

    kind: str  # paragraph | bullets | numbers | table
    rows: tuple[tuple[Runs, ...], ...]
    header: bool = False  # of a table: its first row


@dataclass(frozen=True, slots=True)
class Part:
    """A passage on the page: the headings that are new above it, its anchor and its pieces."""

    headings: tuple[tuple[int, str], ...]
    anchor: str
    passage: Passage
    pieces: tuple[Piece, ...]


def parts(passages: Sequence[Passage], span: tuple[int, int] | None = None) -> list[Part]:
    """The passages of a version in order, each with the headings that change there."""
    made: list[Part] = []
    before: tuple[str, ...] = ()
    used: set[str] = set()
    for p in passages:
        same = next((i for i, pair in enumerate(zip(before, p.heading, strict=False)) if pair[0] != pair[1]), None)
        kept = min(len(before), len(p.heading)) if same is None else same
        new = tuple((min(level + 2, 6), p.heading[level]) for level in range(kept, len(p.heading)))
        anchor = p.anchor if p.anchor not in used else p.passage_id
        used.add(anchor)
        made.append(Part(new, anchor, p, tuple(pieces(p.text, p.start, span))))
        before = p.heading
    return made


def pieces(text: str, base: int = 0, span: tuple[int, int] | None = None) -> Iterator[Piece]:
    """The pieces of `text`; `span` counts from `base` before its first character."""
    kind = ""
    rows: list[tuple[Runs, ...]] = []
    header = False
    position = 0

    def flush() -> Iterator[Piece]:
        nonlocal kind, rows, header
        if rows:
            yield Piece(kind, tuple(rows), header)
        kind, rows, header = "", [], False

    def runs(start: int, end: int) -> Runs:
        return _runs(text, start, end, base, span)

    for line in text.splitlines(keepends=True):
        end = position + len(line.rstrip())
        content = text[position:end]
        found, skip = _kind(content)
        if not found:
            yield from flush()
        elif found == "table" and _RULE.fullmatch(content):
            header = len(rows) == 1 and kind == "table"
        else:
            if found != kind:
                yield from flush()
                kind = found
            if found == "table":
                rows.append(tuple(_cells(text, position, end, runs)))
            elif found == "paragraph":
                more = runs(position, end)
                rows = [(_joined(rows[0][0], more) if rows else more,)]
            else:
                rows.append((runs(position + skip, end),))
        position += len(line)
    yield from flush()


def _joined(before: Runs, after: Runs) -> Runs:
    """Two lines of one paragraph."""
    return (*before, Run(" ", before[-1].marked and after[0].marked), *after)


def _kind(line: str) -> tuple[str, int]:
    """What a line is, and how many of its characters are its bullet."""
    if not line.strip():
        return "", 0
    if line.lstrip().startswith("|"):
        return "table", 0
    bullet = _BULLET.match(line)
    if bullet:
        return "bullets", bullet.end()
    return ("numbers", 0) if _NUMBER.match(line) else ("paragraph", 0)


def _cells(text: str, start: int, end: int, runs: Callable[[int, int], Runs]) -> Iterator[Runs]:
    row = text[start:end]
    left = row.index("|") + 1
    right = len(row.rstrip().removesuffix("|"))
    for cell in _CELL.finditer(row, left, right):
        inner = cell.group()
        a = start + cell.start() + len(inner) - len(inner.lstrip())
        yield runs(a, max(a, start + cell.start() + len(inner.rstrip())))


def _runs(text: str, start: int, end: int, base: int, span: tuple[int, int] | None) -> Runs:
    if span is None:
        return (Run(text[start:end], False),)
    a = min(max(span[0] - base, start), end)
    b = min(max(span[1] - base, a), end)
    cuts = ((text[start:a], False), (text[a:b], True), (text[b:end], False))
    return tuple(Run(t, m) for t, m in cuts if t) or (Run("", False),)
