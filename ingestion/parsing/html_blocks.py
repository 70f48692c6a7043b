"""Markup to blocks in reading order; web pages and, through mammoth, Word files come this way."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bs4 import BeautifulSoup, Tag
from bs4.element import NavigableString, PageElement, PreformattedString

from ingestion.parsing.lines import squash
from ingestion.parsing.model import Block, BlockKind

HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
_BLOCKS = frozenset(
    "address article blockquote body center dd details div dl dt fieldset figcaption figure form header hgroup hr "
    "html li main ol p pre section summary table tbody td tfoot th thead tr ul".split()
).union(HEADINGS)
_DEEPEST = 250
_BLOCK_NAMES = sorted(_BLOCKS)


def soup_of(markup: str) -> BeautifulSoup:
    """The parsed page, whatever short or odd text it is; ValueError for nesting that no writer made."""
    # The line break keeps bs4 from warning that short text looks like a file name or an address.
    soup = BeautifulSoup("\n" + re.sub(r"^\s*<\?xml[^>]*>", "", markup.replace("\0", "")), "lxml")
    level: list[Tag] = [soup]
    for _ in range(_DEEPEST):
        level = [child for tag in level for child in tag.contents if isinstance(child, Tag)]
        if not level:
            return soup
    raise ValueError("nested too deeply")


def first_heading(root: Tag) -> str:
    """The text of the first h1, empty when there is none."""
    found = root.find("h1")
    return squash(_flat(found)).rstrip("¶ ") if isinstance(found, Tag) else ""


def blocks_of(root: Tag) -> list[Block]:
    """The blocks under an element; text loose between block elements is a paragraph too."""
    return [block for block in _walk(root) if block.text]


def _walk(root: Tag) -> Iterator[Block]:
    loose: list[str] = []
    for child in root.children:
        if isinstance(child, Tag) and (child.name in _BLOCKS or child.find(_BLOCK_NAMES) is not None):
            yield _paragraph("".join(loose))
            loose.clear()
            yield from _block(child)
        else:
            loose.append(_inline(child))
    yield _paragraph("".join(loose))


def _inline(node: PageElement) -> str:
    if isinstance(node, Tag):
        return "\n" if node.name == "br" else "".join(_inline(child) for child in node.children)
    if isinstance(node, PreformattedString):
        return ""
    return str(node) if isinstance(node, NavigableString) else ""


def _paragraph(text: str) -> Block:
    return Block(BlockKind.PARAGRAPH, squash(text))


def _block(tag: Tag) -> Iterator[Block]:
    if tag.name in HEADINGS:
        yield Block(BlockKind.HEADING, squash(_flat(tag)).rstrip("¶ "), level=int(tag.name[1]))
    elif tag.name in {"ul", "ol"}:
        yield Block(BlockKind.LIST, "\n".join(_items(tag)))
    elif tag.name == "dl":
        yield Block(BlockKind.LIST, "\n".join(_terms(tag)))
    elif tag.name == "table":
        yield from _table(tag)
    elif tag.name == "pre":
        rows = (line.rstrip() for line in tag.get_text().splitlines())
        yield Block(BlockKind.PARAGRAPH, "\n".join(row for row in rows if row.strip()))
    else:
        yield from _walk(tag)


def _flat(tag: Tag) -> str:
    """The whole text of an element; words of neighbouring block elements must not run together."""
    parts: list[str] = []
    for child in tag.children:
        text = _flat(child) if isinstance(child, Tag) and child.name != "br" else _inline(child)
        apart = isinstance(child, Tag) and child.name in _BLOCKS
        parts.append(f" {text} " if apart else text)
    return squash("".join(parts)) if tag.name in _BLOCKS else "".join(parts)


def _items(tag: Tag) -> Iterator[str]:
    start = str(tag.get("start") or "1")
    number = int(start) if re.fullmatch(r"[0-9]{1,4}", start) else 1
    for child in tag.children:
        if isinstance(child, Tag) and child.name in {"ul", "ol"}:
            yield from _items(child)
        elif isinstance(child, Tag):
            nested = [inner for inner in child.find_all(["ul", "ol"]) if inner.find_parent(["ul", "ol"]) is tag]
            for inner in nested:
                inner.extract()
            if text := _flat(child).strip():
                yield f"{number}. {squash(text)}" if tag.name == "ol" else f"- {squash(text)}"
                number += 1
            for inner in nested:
                yield from _items(inner)


def _terms(tag: Tag) -> Iterator[str]:
    """A term and its definitions on one line: apart, neither says anything."""
    term, meanings = "", list[str]()
    for part in [*tag.find_all(["dt", "dd"]), None]:
        if part is not None and part.name == "dd":
            meanings.append(squash(_flat(part)))
            continue
        if text := ": ".join(filter(None, (term.rstrip(":"), "; ".join(filter(None, meanings))))):
            yield f"- {text}"
        term, meanings = squash(_flat(part)) if part is not None else "", []


def _table(tag: Tag) -> Iterator[Block]:
    rows = [row for row in tag.find_all("tr") if row.find_parent("table") is tag]
    if tag.get("role") == "presentation" or all(len(_cells(row)) < 2 for row in rows):
        yield from _walk(tag)  # a table for the looks of it
        return
    caption = tag.find("caption")
    if isinstance(caption, Tag):
        yield _paragraph(_flat(caption))
    rows.sort(key=lambda row: {"thead": 0, "tfoot": 2}.get(row.parent.name if row.parent else "", 1))
    yield Block(BlockKind.TABLE, "\n".join(_table_rows(rows)))


def _cells(row: Tag) -> list[Tag]:
    return [cell for cell in row.find_all(["th", "td"]) if cell.find_parent("tr") is row]


def _span(cell: Tag, field: str) -> int:
    text = str(cell.get(field) or "1")
    return max(1, min(50, int(text))) if re.fullmatch(r"[0-9]{1,4}", text) else 1


def _table_rows(rows: list[Tag]) -> Iterator[str]:
    """Cells that span rows are repeated in each: a passage may hold only one of the rows."""
    held: dict[int, tuple[str, int]] = {}
    for row in rows:
        texts: list[str] = []
        cells = _cells(row)
        while cells or len(texts) in held:
            column = len(texts)
            if column in held:
                text, left = held.pop(column)
                if left > 1:
                    held[column] = (text, left - 1)
                texts.append(text)
                continue
            cell = cells.pop(0)
            text = squash(_flat(cell)).replace("|", "\\|")
            for offset in range(_span(cell, "colspan")):
                texts.append("" if offset else text)
                if (down := _span(cell, "rowspan")) > 1:
                    held[column + offset] = ("" if offset else text, down - 1)
        if any(texts):
            yield f"| {' | '.join(texts)} |"
