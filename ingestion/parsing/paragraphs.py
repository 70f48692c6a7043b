"""From lines of PDF pages to paragraphs, lists and headings."""

from __future__ import annotations

from collections.abc import Sequence

from ingestion.parsing import layout
from ingestion.parsing.layout import Line, Page
from ingestion.parsing.lines import Bullet, begins_item, bullet, compounds, ends_sentence, join_lines, merge_lists
from ingestion.parsing.model import Block, BlockKind

_LONGEST_HEADING = 200
_LONGEST_BOLD = 100


def blocks_of_pages(pages: Sequence[Page]) -> list[Block]:
    """All blocks in reading order; none crosses a page, so that each has one page to cite."""
    cleaned = layout.without_running_lines(pages)
    scale = _Scale(cleaned)
    blocks: list[Block] = []
    for page in cleaned:
        builder = _PageBuilder(page, scale)
        for part in layout.tables_and_rows(layout.in_columns(page.lines, scale.leading)):
            builder.add(part)
        blocks.extend(builder.finish())
    return merge_lists(blocks)


class _Scale:
    """What is usual in the document: body size, line distance, heading sizes, hyphenated words."""

    def __init__(self, pages: Sequence[Page]) -> None:
        self.body = layout.body_size(pages)
        self.leading = layout.leading(pages, self.body)
        self.levels, self.bold_level = layout.heading_levels(pages, self.body)
        self.known = compounds(line.text for page in pages for line in page.lines)
        lines = [line for page in pages for line in page.lines]
        if sum(len(line.text) for line in lines if line.bold) * 3 > sum(len(line.text) for line in lines):
            self.bold_level = 0  # where much is bold, bold says nothing


class _PageBuilder:
    """Collects the lines of one block until a line begins another."""

    def __init__(self, page: Page, scale: _Scale) -> None:
        self._page = page
        self._scale = scale
        self._done: list[Block] = []
        self._held: list[Line] = []
        self._kind = BlockKind.PARAGRAPH
        self._level = 0
        self._mark_x = 0.0

    def add(self, part: Block | Line) -> None:
        """Take the next table or line of the page."""
        if isinstance(part, Block):
            self._close()
            self._done.append(Block(part.kind, part.text, page=self._page.label))
            return
        level = self._heading_level(part)
        if level:
            self._add_heading(part, level)
            return
        last = self._held[-1] if self._held else None
        prose = last.text if last and self._kind is BlockKind.PARAGRAPH and self._is_near(part, last) else None
        if found := begins_item(part.text, prose):
            self._begin(BlockKind.LIST, part, found)
        elif last is None or not self._continues(part, last):
            self._begin(BlockKind.PARAGRAPH, part)
        else:
            self._held.append(part)

    def finish(self) -> list[Block]:
        """The page's blocks."""
        self._close()
        return [block for block in self._done if block.text]

    def _begin(self, kind: BlockKind, line: Line, found: Bullet | None = None, level: int = 0) -> None:
        self._close()
        self._kind, self._level, self._mark_x = kind, level, line.x
        text = found.text if found else line.text
        self._held = [Line(text, line.x, line.y, line.size, line.bold)]

    def _close(self) -> None:
        text = join_lines((line.text for line in self._held), self._scale.known)
        kind = self._kind
        if kind is BlockKind.LIST:
            text = f"- {text}" if text else ""
        if kind is BlockKind.HEADING and len(text) > _LONGEST_HEADING:
            kind = BlockKind.PARAGRAPH  # a large pull quote
        level = self._level if kind is BlockKind.HEADING else 0
        self._done.append(Block(kind, text, level=level, page=self._page.label))
        self._held = []
        self._kind, self._level = BlockKind.PARAGRAPH, 0

    def _heading_level(self, line: Line) -> int:
        scale = self._scale
        marked = self._page.outline.get(layout.key(line.text)) or self._wrapped_mark(line)
        if marked:
            return marked
        found = bullet(line.text)
        if line.size in scale.levels and sum(c.isalpha() for c in line.text) >= 2 and not (found and found.sure):
            return scale.levels[line.size]
        is_short = len(line.text) <= _LONGEST_BOLD and not line.text.endswith((".", ",", ";", ":"))
        has_words = sum(c.isalpha() for c in line.text) >= 3
        last = self._held[-1] if self._held else None
        stands_alone = last is None or self._kind is BlockKind.HEADING or not self._is_near(line, last)
        is_bold = line.bold and is_short and has_words and stands_alone and not (found and found.sure)
        return scale.bold_level if is_bold else 0

    def _wrapped_mark(self, line: Line) -> int:
        """The level of a bookmark whose printed heading wraps and begins, or goes on, with this line."""
        here = layout.key(line.text)
        if self._kind is BlockKind.HEADING and self._held:
            here = layout.key(" ".join(held.text for held in self._held)) + here
        if len(here) < 8 or (line.size <= self._scale.body * 1.05 and not line.bold):
            return 0
        return next((level for title, level in self._page.outline.items() if title.startswith(here)), 0)

    def _add_heading(self, line: Line, level: int) -> None:
        last = self._held[-1] if self._held and self._kind is BlockKind.HEADING else None
        wraps = last is not None and level == self._level and last.size == line.size and last.bold == line.bold
        if wraps and last is not None and 0 < last.y - line.y <= 1.45 * line.size and bullet(line.text) is None:
            self._held.append(line)
        else:
            self._begin(BlockKind.HEADING, line, level=level)

    def _is_near(self, line: Line, last: Line) -> bool:
        usual = self._scale.leading * max(1.0, line.size / (self._scale.body or line.size or 1.0))
        return -1 < last.y - line.y <= usual * 1.22

    def _continues(self, line: Line, last: Line) -> bool:
        if self._kind is BlockKind.HEADING or abs(line.size - last.size) > 1:
            return False
        if last.y - line.y < -1:  # the next column
            return not ends_sentence(last.text) and line.text[:1].islower()
        if not self._is_near(line, last):
            return not last.text  # the text beside a mark that stands alone
        if self._kind is BlockKind.LIST:
            return line.x > self._mark_x + 1 or not (ends_sentence(last.text) or last.text.endswith(";"))
        return not (ends_sentence(last.text) and line.x > last.x + 5)
