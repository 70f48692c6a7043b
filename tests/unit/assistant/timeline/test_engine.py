"""The events of a collection as they are known on a date: what is told, in which order, and what is left out."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from assistant.timeline.engine import KINDS, TimelineEngine
from tests.fakes.almanac import EVENTS, TERMS, TODAY, Facts, almanac_facts, engine, event, seen
from vectorstore.snapshot import Snapshot

DAY = timedelta(days=1)
LATE = date(2026, 12, 31)


def ids(on: date, **chosen: Any) -> list[str]:
    return [e.id for e in engine().events(on, **chosen)]


@pytest.mark.parametrize("row", EVENTS, ids=lambda r: r.id)
def test_nothing_is_told_before_it_was_known(row: Any) -> None:
    assert row.id not in ids(row.known_from - DAY)
    assert row.id in ids(row.known_from)


def test_what_was_expected_gives_way_to_what_came() -> None:
    eve, came = date(2026, 10, 4), date(2026, 10, 5)
    assert ("second-plans" in ids(eve), "second-plans-out" in ids(eve)) == (True, False)
    assert ("second-plans" in ids(came), "second-plans-out" in ids(came)) == (False, True)


def test_events_come_by_date() -> None:
    found = engine().events(TODAY)
    assert len(found) > 10
    assert [e.first for e in found] == sorted(e.first for e in found)


def test_events_of_one_day_come_by_their_end() -> None:
    late, early = event(id="b"), event(id="a")
    longer = event(id="c", end="2024-02-12")
    held = engine([longer.fact, late.fact, early.fact]).events(TODAY)
    assert [e.id for e in held] == ["a", "b", "c"]


def test_an_area_adds_its_events_to_the_national_ones_and_no_other_area_s() -> None:
    found = ids(TODAY, areas=("A01",))
    assert {"orchard-act", "moor-fair"} <= set(found)
    assert not {"moorland-day", "reed-and-south"} & set(found)


def test_an_event_of_several_areas_is_told_for_each() -> None:
    assert "reed-and-south" in ids(TODAY, areas=("A02",))
    assert "reed-and-south" in ids(TODAY, areas=("A03",))


def test_without_an_area_those_of_all_are_told() -> None:
    assert {"moor-fair", "moorland-day", "reed-and-south", "orchard-act"} <= set(ids(TODAY))


def test_national_events_can_be_left_out() -> None:
    assert ids(TODAY, areas=("A01", "P01"), only_areas=True) == ["moorland-day", "moor-fair"]
    assert ids(TODAY, only_areas=True) == ["moorland-day", "moor-fair", "reed-and-south"]


@pytest.mark.parametrize("kind", KINDS)
def test_a_kind_keeps_exactly_its_own(kind: str) -> None:
    expected = {r.id for r in EVENTS if r.kind == kind and r.known_from <= LATE <= (r.known_to or LATE)}
    assert set(ids(LATE, kind=kind)) == expected


def test_a_fund_brings_its_parts_and_a_part_only_itself() -> None:
    assert ids(TODAY, fund="glade") == ["glade-window", "glade-closes", "glade-stage-2", "glade-report"]
    assert ids(TODAY, fund="glade-second") == ["glade-stage-2"]
    assert ids(TODAY, fund="gla") == []


@pytest.mark.parametrize(
    ("start", "end", "expected"),
    [
        (date(2023, 6, 20), date(2023, 6, 20), True),
        (date(2023, 6, 21), None, False),
        (None, date(2023, 5, 24), True),
        (None, date(2023, 5, 23), False),
        (date(2023, 6, 1), date(2023, 6, 2), True),
    ],
)
def test_a_span_keeps_what_reaches_into_it(start: date | None, end: date | None, expected: bool) -> None:
    assert ("glade-window" in ids(TODAY, start=start, end=end)) is expected


def test_a_day_by_which_is_kept_by_that_day() -> None:
    day = date(2023, 11, 10)
    assert "glade-stage-2" in ids(TODAY, start=day, end=day)
    assert "glade-stage-2" not in ids(TODAY, end=day - DAY)


def test_words_name_the_events_that_are_known_by_then() -> None:
    timeline = engine()
    assert [e.id for e in timeline.named("When are the second plans due?", TODAY)] == ["second-plans"]
    assert [e.id for e in timeline.named("when are the SECOND PLANS due?", LATE)] == ["second-plans-out"]
    assert timeline.named("When are the second plans due?", date(2025, 11, 17)) == []
    assert timeline.named("When is lunch?", TODAY) == []


def test_words_name_an_event_by_most_of_its_title_if_no_pattern_does() -> None:
    hedge = event(id="hedge", title="Census of hedges and ponds", asked_as="")
    timeline = engine([hedge.fact, event(id="other", title="Opening of the north gate").fact])
    assert [e.id for e in timeline.named("When is the census of the hedges and ponds?", TODAY)] == ["hedge"]
    assert timeline.named("When is the census?", TODAY) == []


def test_terms_are_named_while_they_hold() -> None:
    [term] = engine().terms_named("time to reply to New Terms", TODAY)
    assert (term.id, term.count, term.working, term.from_what) == (
        "terms-reply", 10, True, "the notice of the new terms",
    )  # fmt: skip
    assert list(engine().terms_named("new terms", date(2021, 12, 31))) == []
    assert {t.id: t.working for t in engine().almanac.terms} == {t.id: t.unit == "working_days" for t in TERMS}


def test_an_event_is_found_by_its_id() -> None:
    found = engine().event("glade-window")
    assert found is not None
    assert found.title == "Bids to the Glade Fund"
    assert engine().event("no-such") is None


def test_funds_are_listed_once_by_their_first_event() -> None:
    assert engine().funds == ["glade", "glade-second"]


def test_a_collection_without_facts_has_no_events() -> None:
    empty = engine([])
    assert (empty.almanac.events, empty.almanac.terms, empty.funds) == ((), (), [])
    assert empty.events(TODAY) == []


def test_other_facts_are_no_events() -> None:
    other = [f for f in almanac_facts() if f.kind == "term"]
    assert engine(other).almanac.events == ()


def test_the_facts_are_read_once_for_each_generation() -> None:
    catalogue, generation = Facts([]), [1]

    def now() -> Snapshot:
        return seen(generation[0])

    timeline = TimelineEngine(catalogue, now)
    assert timeline.events(TODAY) == timeline.events(TODAY) == []
    assert catalogue.reads == 1
    catalogue.held = almanac_facts()
    generation[0] = 2
    assert timeline.event("orchard-act") is not None
    assert catalogue.reads == 2
