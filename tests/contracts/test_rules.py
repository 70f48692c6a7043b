"""The decision tables and events that ship are sound, and say in words what they compute with."""

from __future__ import annotations

import calendar
import itertools
import re
from datetime import date, timedelta
from decimal import Decimal
from itertools import product
from pathlib import Path

import pytest

from ingestion.facts.conflicts import load_conflicts
from ingestion.facts.dated_tables import EventRow, load_editions, load_events, load_terms, load_unknown_dates
from ingestion.facts.tables import FACTS_FOLDER
from ingestion.registry import load_sources
from tests.fakes.real_areas import CORPUS
from tests.generated import checks_page
from vectorstore.model import Evidence
from vectorstore.rules.enumeration import editions, prove
from vectorstore.rules.logic import decide, holds, matches, representatives
from vectorstore.rules.model import Check, Outcome, Rule, Value

CHECKS = checks_page.checks()
EVENTS = load_events(CORPUS / FACTS_FOLDER)
DOCS = Path(__file__).resolve().parents[2] / "docs"
PENNY = Decimal("0.01")


def facts_reaching(check: Check, row: Rule, on: date) -> dict[str, Value | None]:
    """Some facts on which a row holds."""
    rules = [r for r in check.rows if r.in_force(on)]
    asked = [f for f in check.facts if f.id in row.when]
    for values in product(*(representatives(f, rules) for f in asked)):
        facts: dict[str, Value | None] = dict(zip((f.id for f in asked), values, strict=True))
        if matches(row, facts):
            return facts
    raise AssertionError(f"nothing reaches {row.id}")


@pytest.mark.parametrize("check", CHECKS, ids=lambda c: c.id)
def test_a_table_is_sound(check: Check) -> None:
    proof = prove(check)
    assert list(proof.problems(check)) == []
    assert proof.reached == {r.id for r in check.rows}


@pytest.mark.parametrize(("check", "row"), [(c, r) for c in CHECKS for r in c.rows], ids=lambda v: v.id)
def test_a_row_counts_from_its_first_day_to_its_last(check: Check, row: Rule) -> None:
    days = {row.valid_from: row.valid_from - timedelta(days=1) if row.valid_from else None}
    if row.valid_to:
        days[row.valid_to] = row.valid_to + timedelta(days=1)
    for inside, outside in days.items():
        if inside is None or outside is None:
            continue
        facts = facts_reaching(check, row, inside)
        decision = decide(check, facts, inside)
        assert row in (*decision.deciding, *decision.reported)
        beyond = decide(check, facts, outside)
        assert row not in (*beyond.deciding, *beyond.reported)


@pytest.mark.parametrize(
    ("check", "row"),
    [(c, r) for c in CHECKS for r in c.rows if any(w.thresholds for w in r.when.values())],
    ids=lambda v: v.id,
)
def test_each_threshold_turns_exactly_where_it_stands(check: Check, row: Rule) -> None:
    for condition in row.when.values():
        for bound in condition.thresholds:
            if isinstance(bound, date):
                around: tuple[Value, ...] = (bound - timedelta(days=1), bound, bound + timedelta(days=1))
                met = [holds(condition, v) for v in around]
                wanted = {
                    "before": [True, False, False],
                    "on_or_before": [True, True, False],
                    "after": [False, False, True],
                    "on_or_after": [False, True, True],
                }
            else:
                around = (bound - PENNY, bound, bound + PENNY)
                met = [holds(condition, v) for v in around]
                wanted = {
                    "more_than": [False, False, True],
                    "at_least": [False, True, True],
                    "less_than": [True, False, False],
                    "at_most": [True, True, False],
                }
            [name] = [n for n in wanted if getattr(condition, n) == bound]
            assert met == wanted[name], (row.id, name, bound)


@pytest.mark.parametrize("check", CHECKS, ids=lambda c: c.id)
def test_knowing_nothing_decides_nothing_and_names_what_is_missing(check: Check) -> None:
    for day, rules in editions(check):
        decision = decide(check, {}, day)
        unconditional = [r for r in rules if not r.when]
        if not unconditional:
            assert decision.outcome is Outcome.NOT_ENOUGH_INFORMATION
            assert decision.missing


@pytest.mark.parametrize("check", [c for c in CHECKS if c.fund], ids=lambda c: c.id)
def test_funds_are_closed_and_give_eligible_only_on_primary_ground(check: Check) -> None:
    assert check.closed is not None
    assert check.successor is not None
    assert check.gaps
    assert decide(check, {}, date(2026, 11, 25)).outcome is Outcome.NO_RULE_IN_FORCE
    for row in check.rows:
        assert row.valid_to is not None
        assert row.valid_to <= check.closed.since
        if row.outcome is Outcome.ELIGIBLE and row.evidence is not Evidence.PRIMARY:
            facts = facts_reaching(check, row, row.valid_to)
            assert decide(check, facts, row.valid_to).outcome is not Outcome.ELIGIBLE


def test_row_ids_stand_once_and_sources_are_registered() -> None:
    ids = [r.id for c in CHECKS for r in c.rows]
    assert len(ids) == len(set(ids))
    registry = load_sources(CORPUS) or {}
    folder = CORPUS / FACTS_FOLDER
    grounded = [s for c in CHECKS for r in c.rows for s in r.sources]
    grounded += [s for c in CHECKS for g in c.gaps for s in g.sources]
    grounded += [s for e in EVENTS for s in e.sources]
    grounded += [s for t in load_terms(folder) for s in t.sources]
    grounded += [s for e in load_editions(folder) for s in e.sources]
    grounded += [s for u in load_unknown_dates(folder) for s in u.sources]
    grounded += [s for c in load_conflicts(folder) for side in c.sides for s in side.sources]
    assert set(grounded) <= set(registry)


def test_an_edition_is_told_of_one_time_at_a_time_and_its_days_are_in_its_text_or_name() -> None:
    editions = load_editions(CORPUS / FACTS_FOLDER)
    assert editions
    for one, other in itertools.pairwise(sorted(editions, key=lambda e: (e.id, e.known_from))):
        if one.id == other.id:
            assert one.known_to is not None
            assert one.known_to < other.known_from
    for edition in editions:
        if edition.last_from is not None and edition.last_from == edition.last_by:
            assert f"{edition.last_from.day} {edition.last_from:%B %Y}" in edition.text


def said_days(text: str) -> set[str]:
    months = "|".join(calendar.month_name[1:])
    return set(re.findall(rf"\b\d{{1,2}} (?:{months}) \d{{4}}", text))


@pytest.mark.parametrize("event", EVENTS, ids=lambda e: e.id)
def test_an_event_says_its_date_and_no_more_exactly_than_it_is_held(event: EventRow) -> None:
    def human(day: date) -> str:
        return f"{day.day} {day:%B %Y}"

    if event.precision in ("day", "by"):
        ends = {event.end} if event.start in (None, event.end) else {event.start, event.end}
        named = said_days(event.text)
        wanted = {human(d) for d in ends if d}
        years = {str(d.year) for d in ends if d}
        assert wanted & named or all(y in event.text for y in years), event.text
    else:
        assert event.start is not None
        assert str(event.end.year) in event.text or f"-{event.end.year % 100:02d}" in event.text
        inside = {human(event.start + timedelta(days=n)) for n in range(min(400, (event.end - event.start).days + 1))}
        assert not (said_days(event.text) & inside) or event.precision == "year"
    assert not re.search(r"\b(?:now|currently|recently|tomorrow|yesterday|next year|last year)\b", event.text, re.I)


def test_what_is_expected_is_never_said_to_have_happened() -> None:
    happened = re.compile(
        r"\b(?:was|were|has been|have been) (?:approved|published|held|elected|launched|completed)\b", re.I
    )
    assert [e.id for e in EVENTS if e.kind == "expected" and happened.search(e.text)] == []


def test_the_page_of_checks_is_up_to_date() -> None:
    written = (DOCS / "checks.md").read_text(encoding="utf-8")
    assert written == checks_page.page(), "run: python -m tests.generated"
