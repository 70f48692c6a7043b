"""Decision tables become pages to search: each row, gap and closing as a sentence with the page it rests on."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from ingestion.facts.paragraphs import Page, Paragraph
from vectorstore.facts import Fact
from vectorstore.model import Evidence
from vectorstore.rules.model import Check, Rule


def check_paragraphs(check: Check) -> Iterator[Paragraph]:
    """The sentences of one check, each a fact that a finding quotes."""
    page = Page(f"rules-{check.id}", f"Rules: {check.title}", check.topic)
    for row in check.rows:
        yield Paragraph(
            page,
            _heading(check, row),
            row.text,
            row.sources,
            row.evidence,
            row.valid_from,
            None if check.fund else row.valid_to,  # what a closed fund asked for stays true to tell
            kind="rule",
            subject=row.id,
            data={"check": check.id},
            locator=row.clause if row.clause.startswith(("s.", "p.")) else "",
        )
    for number, gap in enumerate(check.gaps):
        yield Paragraph(
            page,
            f"Not held on {check.title}",
            gap.text,
            gap.sources,
            Evidence.INFERENCE,
            min((r.valid_from for r in check.rows if r.valid_from), default=None),
            gap=True,
            kind="check_gap",
            subject=check.id,
            data={"number": number},
        )
    if check.closed is not None:
        after = check.closed.since + timedelta(days=1)
        closed = check.closed
        yield Paragraph(
            page, "Closed", closed.text, closed.sources, closed.evidence, after, kind="check_closed", subject=check.id
        )
        if check.successor is not None:
            yield Paragraph(
                page,
                "Successor",
                check.successor.text,
                check.successor.sources,
                Evidence.INFERENCE,
                after,
                kind="check_successor",
                subject=check.id,
            )


def _heading(check: Check, row: Rule) -> str:
    """The fact on whose value a row turns first, as a reader would look for it."""
    first = next((f for f in check.facts if f.id in row.when), None)
    return first.label if first else check.title


def check_fact(check: Check) -> Fact:
    """The table itself, as the engine reads it."""
    return Fact(f"check:{check.id}", "check", check.id, check.as_data(), evidence=Evidence.PRIMARY)
