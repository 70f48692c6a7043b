"""From placed lines of pages to blocks: running lines out, columns and table rows put together, headings found."""

from __future__ import annotations

import itertools
import re
from collections import Counter
from collections.abc import Hashable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from statistics import fmean, median

from ingestion.parsing import lines as text_lines
from ingestion.parsing.model import Block, BlockKind

_LARGER = 1.12


@dataclass(frozen=True, slots=True)
class Line:
    """One line, or one cell of a table row, where its text begins on the page (y grows upwards)."""

    text: str
    x: float
    y: float
    size: float
    bold: bool = False


@dataclass(frozen=True, slots=True)
class Page:
    """One page in stream order; `outline` has the level of each bookmark that points here, by `key`."""

    label: str
    lines: tuple[Line, ...]
    outline: Mapping[str, int] = field(default_factory=dict)


Row = list[list[Line]]  # the cells of a row, each with its lines


def key(title: str) -> str:
    """A title without number, case and spacing: bookmarks and printed headings differ in those."""
    bare = re.sub(r"^\s*(?:\d+(?:\.\d+)*\.?|[A-Z]\.)\s+", "", title)
    return re.sub(r"\W+", "", bare).casefold()


def without_running_lines(pages: Sequence[Page]) -> list[Page]:
    """Headers, footers and page numbers would otherwise stand in the middle of passages."""
    body = body_size(pages)
    edges = [_edge(page) for page in pages]
    running = text_lines.recurring(
        [frozenset(_key(page.lines[i], body) for i in edge) for page, edge in zip(pages, edges, strict=True)]
    )
    exact = text_lines.recurring(
        [frozenset(page.lines[i].text for i in edge) for page, edge in zip(pages, edges, strict=True)]
    )
    kept: list[Page] = []
    for number, (page, edge) in enumerate(zip(pages, edges, strict=True), start=1):
        bare = {i for i in edge if text_lines.is_page_number(page.lines[i].text, page.label, number)}
        same = bare | {i for i in edge if page.lines[i].text in exact and _key(page.lines[i], body) in running}
        alike = bare | {i for i in edge if _key(page.lines[i], body) in running}
        # A page that would lose its whole text holds short text of its own, not only running lines.
        drop = next((some for some in (alike, same, bare) if len(some) < len(page.lines)), set[int]())
        left = tuple(line for i, line in enumerate(page.lines) if i not in drop)
        kept.append(Page(page.label, left, page.outline))
    return kept


def _edge(page: Page) -> frozenset[int]:
    heights = sorted({round(line.y / 2) for line in page.lines})
    outer = {*heights[:3], *heights[-3:]}
    return frozenset(i for i, line in enumerate(page.lines) if round(line.y / 2) in outer)


def _key(line: Line, body: float) -> Hashable:
    large = line.size > body * _LARGER  # "Chapter 1" and "Chapter 2" are headings, not a running line
    return (line.text if large else text_lines.normal(line.text), round(line.size))


def body_size(pages: Sequence[Page]) -> float:
    """The size most characters are set in."""
    sizes: Counter[float] = Counter()
    for page in pages:
        for line in page.lines:
            sizes[line.size] += len(line.text)
    return max(sizes, key=lambda size: (sizes[size], -size), default=0.0)


def leading(pages: Sequence[Page], body: float) -> float:
    """The usual distance of two lines of one paragraph: the closest common one, not the average."""
    gaps = Counter(
        round(above.y - below.y, 1)
        for page in pages
        for above, below in zip(page.lines, page.lines[1:], strict=False)
        if above.size == below.size == body and 0.8 * body < above.y - below.y < 2.5 * body
    )
    common = [gap for gap, count in gaps.items() if count * 5 >= max(gaps.values())]
    return min(common, default=body * 1.2)


def heading_levels(pages: Sequence[Page], body: float) -> tuple[dict[float, int], int]:
    """Level by font size and the level of bold lines; bookmarks that match set the scale where there are any."""
    marked: dict[float, int] = {}
    large: set[float] = set()
    for page in pages:
        for line in page.lines:
            level = page.outline.get(key(line.text))
            if level:
                marked[line.size] = min(level, marked.get(line.size, level))
            if line.size > body * _LARGER and re.search(r"[^\W\d_]{2}", line.text):
                large.add(line.size)
    levels: dict[float, int] = {}
    for rank, size in enumerate(sorted(large, reverse=True), start=1):
        above = [level for other, level in marked.items() if other > size]
        levels[size] = min(6, marked.get(size) or (max(above) + 1 if above else 1 if marked else rank))
    return levels, 0 if marked else min(6, max(levels.values(), default=0) + 1)


def rows_of(page_lines: Sequence[Line]) -> list[Row]:
    """Lines that stand side by side as cells of one row; a wrapped cell keeps its further lines."""
    rows: list[Row] = []
    i = 0
    while i < len(page_lines):
        cells: Row = [[page_lines[i]]]
        i += 1
        while (k := _next_cell(page_lines, i, cells)) is not None:
            cells[-1].extend(page_lines[i:k])
            cells.append([page_lines[k]])
            i = k + 1
        while len(cells) > 1 and i < len(page_lines) and _below(page_lines[i], cells[-1][-1]):
            cells[-1].append(page_lines[i])
            i += 1
        rows.append(cells)
    return rows


def _next_cell(page_lines: Sequence[Line], start: int, cells: Row) -> int | None:
    """Where the row's next cell begins: to the right, at a height that the row's lines so far span."""
    top = max(line.y for line in cells[0])
    low = min(line.y for cell in cells for line in cell)
    above = cells[-1][-1]
    for k in range(start, min(start + 9, len(page_lines))):
        line = page_lines[k]
        slack = 0.35 * line.size
        if low - slack < line.y < top + slack and line.x > above.x + 2:
            return k
        if not _below(line, above):
            return None
        above, low = line, min(low, line.y)
    return None


def _below(line: Line, above: Line) -> bool:
    near = 0 < above.y - line.y <= 1.5 * above.size
    return near and abs(line.x - above.x) < 2 and text_lines.bullet(line.text) is None


def in_columns(page_lines: Sequence[Line], pitch: float) -> list[Line]:
    """Some files draw two columns line by line across the page; prose read that way is nonsense."""
    rows = rows_of(page_lines)
    pairs = [i for i, row in enumerate(rows) if len(row) == 2 and all(_is_prose(cell) for cell in row)]
    if len(pairs) < 5 or len(pairs) * 2 < len(rows):
        return list(page_lines)
    steps = [rows[i][0][0].y - rows[j][0][0].y for i, j in itertools.pairwise(pairs)]
    if median(steps) > pitch * 1.3 or fmean(len(c[0].text) for i in pairs for c in rows[i]) < 25:
        return list(page_lines)
    gutter = min(rows[i][1][0].x for i in pairs) - 1
    inner = [line for row in rows[pairs[0] : pairs[-1] + 1] for cell in row for line in cell]
    ends = [
        [line for row in part for cell in row for line in cell] for part in (rows[: pairs[0]], rows[pairs[-1] + 1 :])
    ]
    left = [line for line in inner if line.x < gutter]
    return [*ends[0], *left, *(line for line in inner if line.x >= gutter), *ends[1]]


def _is_prose(cell: list[Line]) -> bool:
    return len(cell) == 1 and len(cell[0].text) > 8


def tables_and_rows(page_lines: Sequence[Line]) -> Iterator[Block | Line]:
    """Two rows or more of the same number of cells are a table; any other row is lines again."""
    rows = rows_of(page_lines)
    i = 0
    while i < len(rows):
        j = i
        while j < len(rows) and _same_table(rows[i], rows[j]):
            j += 1
        if j - i >= 2:
            yield Block(BlockKind.TABLE, "\n".join(_table_row(row) for row in rows[i:j]))
        else:
            j = i + 1
            yield from _flat(rows[i])
        i = j


def _same_table(first: Row, row: Row) -> bool:
    is_item = text_lines.bullet(f"{row[0][0].text} x") is not None and len(row) == 2
    return len(row) == len(first) > 1 and not is_item


def _table_row(row: Row) -> str:
    cells = (text_lines.join_lines(line.text for line in cell).replace("|", "\\|") for cell in row)
    return f"| {' | '.join(cells)} |"


def _flat(row: Row) -> Iterator[Line]:
    if len(row) > 1 and all(len(cell) == 1 for cell in row[:-1]):
        first = row[0][0]
        bold = all(cell[0].bold for cell in row)
        text = " ".join(cell[0].text for cell in row)
        yield Line(text, first.x, first.y, row[-1][0].size, bold)
        yield from row[-1][1:]
    else:
        yield from (line for cell in row for line in cell)
