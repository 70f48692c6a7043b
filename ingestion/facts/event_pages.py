"""What is dated becomes pages to search and facts to compute with: events, editions, periods to count, and matters on
which sources differ.
"""

from __future__ import annotations

from collections.abc import Iterator

from ingestion.facts.conflicts import Conflict
from ingestion.facts.dated_tables import EditionRow, EventRow, TermRow, UnknownDateRow
from ingestion.facts.paragraphs import Page, Paragraph
from vectorstore.model import Evidence

NOT_HELD = Page("dates-not-held", "Dates that are not held", "timeline")
TERMS = Page("periods-to-count", "Periods counted from a day", "timeline")
CONFLICTS = Page("where-sources-differ", "Matters on which sources differ", "timeline")


def event_paragraphs(events: tuple[EventRow, ...]) -> Iterator[Paragraph]:
    """Each event on a page of its own, so that its text holds from the day it was known; by date."""
    for event in sorted(events, key=lambda e: (e.start or e.end, e.end, e.id)):
        yield Paragraph(
            _page(event),
            "Date",
            event.text,
            event.sources,
            event.evidence,
            event.known_from,
            event.known_to,
            kind="event",
            subject=event.id,
            data={
                "title": event.title,
                "noun": event.noun,
                "kind": event.kind,
                "areas": list(event.area),
                "fund": event.fund,
                "topic": event.topic,
                "start": event.start.isoformat() if event.start else None,
                "end": event.end.isoformat(),
                "precision": event.precision,
                "time": event.time,
                "asked_as": event.asked_as,
            },
            locator=event.locator,
        )


def _page(event: EventRow) -> Page:
    area = event.area[0] if len(event.area) == 1 else None
    return Page(f"event-{event.id}", event.title, "timeline", area)


def edition_paragraphs(editions: tuple[EditionRow, ...]) -> Iterator[Paragraph]:
    """From when to when each edition applied, on a page of its own, as it was known."""
    for row in editions:
        yield Paragraph(
            Page(f"edition-{row.id}", row.title, "timeline"),
            "When the text applied",
            row.text,
            row.sources,
            row.evidence,
            row.known_from,
            row.known_to,
            kind="edition",
            subject=row.id,
            data={
                "title": row.title,
                "asked_as": row.asked_as,
                "begun": [row.begun_from.isoformat(), row.begun_by.isoformat()],
                "last": [row.last_from.isoformat(), row.last_by.isoformat()] if row.last_from and row.last_by else [],
            },
            locator=row.locator,
        )


def unknown_paragraphs(unknown: tuple[UnknownDateRow, ...]) -> Iterator[Paragraph]:
    """The dates that were looked for and not found."""
    for row in unknown:
        yield Paragraph(
            NOT_HELD,
            row.title,
            row.text,
            row.sources,
            Evidence.INFERENCE,
            row.known_from,
            gap=True,
            kind="date_gap",
            subject=row.id,
            data={"asked_as": row.asked_as},
        )


def term_paragraphs(terms: tuple[TermRow, ...]) -> Iterator[Paragraph]:
    """The periods that are counted from a day the asker knows."""
    for term in terms:
        yield Paragraph(
            TERMS,
            term.title,
            term.text,
            term.sources,
            term.evidence,
            term.valid_from,
            term.valid_to,
            kind="term",
            subject=term.id,
            data={
                "title": term.title,
                "noun": term.noun,
                "count": term.count,
                "unit": term.unit,
                "from_what": term.from_what,
                "asked_as": term.asked_as,
            },
            locator=term.locator,
        )


def conflict_paragraphs(conflicts: tuple[Conflict, ...]) -> Iterator[Paragraph]:
    """What each source says, in order of precedence, and which goes first."""
    for conflict in conflicts:
        for number, side in enumerate(conflict.sides):
            yield Paragraph(
                CONFLICTS,
                conflict.subject,
                side.text,
                side.sources,
                side.evidence,
                conflict.valid_from,
                conflict.valid_to,
                kind="conflict_side",
                subject=conflict.id,
                data={
                    "number": number,
                    "rank": side.rank,
                    "dated": side.dated.isoformat() if side.dated else None,
                    "subject": conflict.subject,
                    "asked_as": conflict.asked_as,
                },
                locator=side.locator,
            )
        yield Paragraph(
            CONFLICTS,
            conflict.subject,
            conflict.resolution,
            tuple(dict.fromkeys(s for side in conflict.sides for s in side.sources)),
            Evidence.INFERENCE,
            conflict.valid_from,
            conflict.valid_to,
            kind="conflict",
            subject=conflict.id,
        )
