"""Paragraphs become documents: one version for each stretch of time in which the same paragraphs are true."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, timedelta

from ingestion.facts.paragraphs import Page, Paragraph
from ingestion.parsing.model import Block, BlockKind, Grounds, ParsedDocument
from vectorstore.facts import Fact
from vectorstore.model import Kind, Status

PUBLISHER = "LSIP Assistant"


def documents(paragraphs: Iterable[Paragraph], compiled_on: date) -> Iterator[ParsedDocument]:
    """The versions of all pages, ready for `build_version`; pages in order, versions by start."""
    pages: dict[str, list[Paragraph]] = defaultdict(list)
    for paragraph in paragraphs:
        pages[paragraph.page.document].append(paragraph)
    for held in pages.values():
        windows = list(_windows(held))
        for number, (start, end, said) in enumerate(windows):
            yield _document(said, start, end, compiled_on, followed=number + 1 < len(windows))


def _windows(paragraphs: Sequence[Paragraph]) -> Iterator[tuple[date | None, date | None, list[Paragraph]]]:
    """The stretches of time in which the same paragraphs hold; times without any are left out."""
    cuts = {p.valid_from for p in paragraphs}
    cuts |= {p.valid_to + timedelta(days=1) for p in paragraphs if p.valid_to}
    starts = sorted(cuts, key=lambda d: d or date.min)
    ends = [d - timedelta(days=1) if d else None for d in starts[1:]] + [None]
    for start, end in zip(starts, ends, strict=True):
        said = [p for p in paragraphs if p.holds(start or date.min)]
        if said:
            yield start, end, said


def _document(
    said: Sequence[Paragraph], start: date | None, end: date | None, compiled_on: date, *, followed: bool
) -> ParsedDocument:
    page = said[-1].page
    status = Status.IN_FORCE if end is None else (Status.SUPERSEDED if followed else Status.CLOSED)
    meta = {
        "document": page.document,
        "version": _label(start, end),
        "title": page.title,
        "publisher": PUBLISHER,
        "kind": str(Kind.BRIEF),
        "compiled_on": compiled_on,
        "valid_from": start,
        "valid_to": end,
        "status": str(status),
        "area": page.area,
        "topic": page.topic,
    }
    return ParsedDocument(page.title, tuple(_blocks(page, said)), meta, ())


def _label(start: date | None, end: date | None) -> str:
    def words(day: date) -> str:
        return f"{day.day} {day:%B %Y}"

    if start and end:
        return f"{words(start)} to {words(end)}"
    return f"since {words(start)}" if start else (f"until {words(end)}" if end else "at any time")


def _blocks(page: Page, said: Sequence[Paragraph]) -> Iterator[Block]:
    yield Block(BlockKind.HEADING, page.title, level=1)
    by_heading: dict[str, list[Paragraph]] = defaultdict(list)
    for paragraph in said:
        by_heading[paragraph.heading].append(paragraph)
    for heading, paragraphs in by_heading.items():
        yield Block(BlockKind.HEADING, heading, level=2)
        for paragraph in paragraphs:
            grounds = Grounds(_references(paragraph), str(paragraph.evidence), gap=paragraph.gap)
            introduction, newline, items = paragraph.text.partition("\n")
            if newline:
                yield Block(BlockKind.PARAGRAPH, introduction)
                yield Block(BlockKind.LIST, items, grounds=grounds)
            else:
                yield Block(BlockKind.PARAGRAPH, paragraph.text, grounds=grounds)


def _references(paragraph: Paragraph) -> tuple[tuple[str, str], ...]:
    return tuple((s, "" if number else paragraph.locator) for number, s in enumerate(paragraph.sources))


def facts(paragraphs: Iterable[Paragraph]) -> Iterator[Fact]:
    """The facts that paragraphs render, each with the text and document that say it."""
    seen: dict[str, int] = defaultdict(int)
    for p in paragraphs:
        if not p.kind:
            continue
        name = f"{p.kind}:{p.subject}:{p.valid_from or ''}"
        seen[name] += 1
        yield Fact(
            fact_id=name if seen[name] == 1 else f"{name}:{seen[name]}",
            kind=p.kind,
            subject=p.subject,
            data={**p.data, **({"gap": True} if p.gap else {})},
            valid_from=p.valid_from,
            valid_to=p.valid_to,
            evidence=p.evidence,
            sources=p.sources,
            document=p.page.document,
            text=p.text.replace("\n", "\n\n", 1) if "\n" in p.text else p.text,
        )
