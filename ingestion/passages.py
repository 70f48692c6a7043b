"""Cutting a document into passages: by heading, whole blocks, within a size; offsets count in the stored text."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from ingestion.parsing.model import Block, BlockKind, Grounds
from vectorstore.text import sentence_spans

CHUNKER_VERSION = "2"
BETWEEN = "\n\n"  # what parts the blocks of a version's text
TARGET_CHARS = 900  # about 200 tokens, what the embedder reads well
MAX_CHARS = 1_500  # a block longer than this is cut between sentences


@dataclass(frozen=True, slots=True)
class Cut:
    """A passage before it has ids: `text == document_text[start:end]`."""

    text: str
    start: int
    end: int
    heading: tuple[str, ...]
    page: str | None
    anchor: str
    grounds: Grounds | None


@dataclass(frozen=True, slots=True)
class _Placed:
    block: Block
    start: int
    end: int
    heading: tuple[str, ...]


def document_text(blocks: Sequence[Block]) -> str:
    """The stored text of a document: its blocks with a blank line between; headings without marks."""
    return BETWEEN.join(b.text for b in blocks)


def cut(blocks: Sequence[Block], title: str) -> tuple[str, list[Cut]]:
    """The stored text and its passages, in reading order.

    Blocks of one heading and page are gathered up to TARGET_CHARS. A list or table is kept with the sentence that
    introduces it. In a brief, each paragraph with a source line is a passage of its own, so that what it rests on
    is exact.
    """
    text = document_text(blocks)
    cuts: list[Cut] = []
    seen: dict[str, int] = {}
    for group in _groups(_place(blocks, title)):
        start, end = group[0].start, group[-1].end
        for piece_start, piece_end in _within_size(text, start, end):
            heading = group[0].heading
            slug = _slug(heading)
            seen[slug] = seen.get(slug, 0) + 1
            cuts.append(
                Cut(
                    text=text[piece_start:piece_end],
                    start=piece_start,
                    end=piece_end,
                    heading=heading,
                    page=group[0].block.page,
                    anchor=slug if seen[slug] == 1 else f"{slug}-{seen[slug]}",
                    grounds=group[-1].block.grounds,
                )
            )
    return text, cuts


def _place(blocks: Sequence[Block], title: str) -> Iterator[_Placed]:
    position = 0
    path: list[tuple[int, str]] = []
    for block in blocks:
        end = position + len(block.text)
        if block.kind is BlockKind.HEADING:
            path = [p for p in path if p[0] < block.level]
            if not (block.level == 1 and _same(block.text, title)):
                path.append((block.level, block.text))
        else:
            yield _Placed(block, position, end, tuple(t for _, t in path))
        position = end + 2


def _groups(placed: Iterator[_Placed]) -> Iterator[list[_Placed]]:
    group: list[_Placed] = []
    for item in placed:
        if group and not _belongs(group, item):
            # an introduction leaves the passage that is full, to stand with its list
            kept = 1 if len(group) > 1 and _belongs(group[-1:], item) and _introduces(group[-1], item) else 0
            yield group[: len(group) - kept]
            group = group[len(group) - kept :]
        group.append(item)
    if group:
        yield group


def _introduces(item: _Placed, following: _Placed) -> bool:
    return item.block.text.rstrip().endswith(":") and following.block.kind in {BlockKind.LIST, BlockKind.TABLE}


def _belongs(group: list[_Placed], item: _Placed) -> bool:
    last = group[-1]
    if last.heading != item.heading or item.start - last.end > len(BETWEEN):  # a heading of the same words between
        return False
    introduces = _introduces(last, item)
    if last.block.grounds or item.block.grounds:
        return introduces and (last.block.grounds is None or last.block.grounds == item.block.grounds)
    if last.block.page != item.block.page:
        return False
    length = item.end - group[0].start
    return length <= TARGET_CHARS or (introduces and (length <= MAX_CHARS or len(group) == 1))


def _within_size(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """`start..end` whole if it is short enough, else cut between sentences or lines."""
    if end - start <= MAX_CHARS:
        yield start, end
        return
    piece_start = start
    piece_end = start
    for _, right in sentence_spans(text[start:end]):
        if start + right - piece_start > TARGET_CHARS and piece_end > piece_start:
            yield _trim(text, piece_start, piece_end)
            piece_start = piece_end
        while start + right - piece_start > MAX_CHARS:
            stop = text.rfind(" ", piece_start, piece_start + TARGET_CHARS)
            stop = stop if stop > piece_start else piece_start + TARGET_CHARS
            yield _trim(text, piece_start, stop)
            piece_start = stop
        piece_end = start + right
    if end > piece_start and text[piece_start:end].strip():
        yield _trim(text, piece_start, end)


def _trim(text: str, start: int, end: int) -> tuple[int, int]:
    piece = text[start:end]
    return start + len(piece) - len(piece.lstrip()), end - (len(piece) - len(piece.rstrip()))


def _same(one: str, other: str) -> bool:
    return " ".join(one.lower().split()) == " ".join(other.lower().split())


def _slug(heading: tuple[str, ...]) -> str:
    words = re.sub(r"[^a-z0-9]+", "-", (heading[-1] if heading else "top").lower()).strip("-")
    return words[:80] or "section"


def digest(*parts: str) -> str:
    """A short stable id of `parts`."""
    return hashlib.sha256("\x1f".join(parts).encode()).hexdigest()[:32]
