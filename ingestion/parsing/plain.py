"""Plain text: paragraphs by blank lines, headings by capitals or underlines, lists by their bullets."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ingestion.parsing.lines import begins_item, compounds, file_name, join_lines, merge_lists, squash, stem
from ingestion.parsing.model import Block, BlockKind, ParsedDocument
from vectorstore.errors import BadFileError

_UNDERLINE = re.compile(r"(={3,}|-{3,})")
_LONGEST_HEADING = 100
_CONTROL = re.compile(r"[\x01-\x08\x0b\x0e-\x1f]")


def parse_text(data: bytes, name: str) -> ParsedDocument:
    """One text file; the title is its first heading of the highest level."""
    text = decode(data, name)
    rows = [row.rstrip() for row in re.sub(r"\r\n?", "\n", text).replace("\f", "\n\n").split("\n")]
    known = compounds(rows)
    blocks = tuple(merge_lists(block for block in _blocks(rows, known) if block.text))
    if not blocks:
        raise BadFileError(f"{file_name(name)} has no text.", "Check that it is the right file.")
    headings = [block for block in blocks if block.kind is BlockKind.HEADING]
    title = min(headings, key=lambda block: block.level).text if headings else stem(name)
    return ParsedDocument(title, blocks)


def decode(data: bytes, name: str) -> str:
    """Text of any text file; what is neither UTF-8 nor cp1252 is refused rather than guessed."""
    refusal = BadFileError(f"{file_name(name)} is not a text file.", "Save it as UTF-8 text and ingest that file.")
    if b"\0" in data:
        raise refusal
    for encoding in ("utf-8-sig", "cp1252"):
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if len(_CONTROL.findall(text)) * 50 > len(text):
            raise refusal
        return text
    raise refusal


def _blocks(rows: list[str], known: frozenset[str]) -> Iterator[Block]:
    kind, held = BlockKind.PARAGRAPH, list[str]()
    level = 0
    first = True
    for i, row in enumerate([*rows, ""]):
        below = rows[i + 1].strip() if i + 1 < len(rows) else ""
        underline = _UNDERLINE.fullmatch(row.strip())
        found = None if underline else begins_item(row, held[-1] if held and kind is BlockKind.PARAGRAPH else None)
        level = (
            _level(row, below, first=first, alone=not held, ends_list=kind is BlockKind.LIST)
            if found is None and not underline
            else 0
        )
        if not row.strip() or underline or found or level:
            yield _block(kind, held, known)
            kind, held = (BlockKind.LIST if found else BlockKind.PARAGRAPH), [found.text] if found else []
            first = first and not row.strip()
        elif row.strip():
            held.append(row)
            first = False
        if level:
            yield Block(BlockKind.HEADING, squash(row), level=level)


def _level(row: str, below: str, *, first: bool, alone: bool, ends_list: bool) -> int:
    text = row.strip()
    if not text or len(text) > _LONGEST_HEADING:
        return 0
    if (alone or ends_list) and (underline := _UNDERLINE.fullmatch(below)):
        return 1 if underline[0].startswith("=") else 2
    letters = sum(character.isalpha() for character in text)
    in_capitals = alone and text.isupper() and letters >= 4 and not (below.isupper() and len(below) > 60)
    return (1 if first else 2) if in_capitals else 0


def _block(kind: BlockKind, held: list[str], known: frozenset[str]) -> Block:
    text = join_lines(held, known)
    return Block(kind, f"- {text}" if text and kind is BlockKind.LIST else text)
