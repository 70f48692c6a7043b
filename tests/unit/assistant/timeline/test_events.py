"""Where an event stands on a date: the day before, on and after each of its bounds, at every precision."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.timeline.events import EXPECTED, Event, Precision, State
from tests.fakes.almanac import EVENTS, almanac_facts, event

DAY = timedelta(days=1)
SPANS: dict[str, dict[str, Any]] = {
    "day": {"start": "2024-02-10", "end": "2024-02-10"},
    "window": {"start": "2023-05-24", "end": "2023-06-20", "time": "12:00"},
    "month": {"start": "2024-02-01", "end": "2024-02-29", "precision": "month"},
    "quarter": {"start": "2026-07-01", "end": "2026-09-30", "precision": "quarter"},
    "season": {"start": "2026-06-01", "end": "2026-08-31", "precision": "season"},
    "winter": {"start": "2024-12-01", "end": "2025-02-28", "precision": "season"},
    "year": {"start": "2025-01-01", "end": "2025-12-31", "precision": "year"},
    "financial year": {"start": "2026-04-01", "end": "2027-03-31", "precision": "year"},
    "several years": {"start": "2026-01-01", "end": "2029-12-31", "precision": "year"},
}
TO_A_DAY = ("day", "window")


@pytest.mark.parametrize("span", SPANS)
@pytest.mark.parametrize("kind", ["legal", "funding", "deadline", EXPECTED])
def test_an_event_is_open_from_its_first_day_to_its_last(span: str, kind: str) -> None:
    made = event(kind=kind, **SPANS[span])
    assert made.start is not None
    assert made.state(made.start - DAY) is State.UPCOMING
    assert made.state(made.start) is State.OPEN
    assert made.state(made.end) is State.OPEN


@pytest.mark.parametrize("span", SPANS)
def test_an_event_is_past_only_on_the_day_after_all_of_it(span: str) -> None:
    made = event(**SPANS[span])
    assert made.state(made.end + DAY) is State.PAST


@pytest.mark.parametrize("span", SPANS)
def test_an_expected_event_that_is_over_is_unconfirmed(span: str) -> None:
    made = event(kind=EXPECTED, **SPANS[span])
    assert made.state(made.end + DAY) is State.UNCONFIRMED


@pytest.mark.parametrize(
    ("kind", "away", "expected"),
    [
        ("funding", -1, State.UPCOMING),
        ("funding", 0, State.PAST),
        ("funding", 1, State.PAST),
        (EXPECTED, -1, State.UPCOMING),
        (EXPECTED, 0, State.UNCONFIRMED),
        (EXPECTED, 1, State.UNCONFIRMED),
    ],
)
def test_an_event_held_by_a_day_lies_somewhere_before_it(kind: str, away: int, expected: State) -> None:
    made = event(kind=kind, start="", end="2023-11-10", precision="by")
    assert made.state(made.end + away * DAY) is expected


@settings(deadline=None)
@given(st.sampled_from(sorted(SPANS)), st.dates(min_value=date(2020, 1, 1), max_value=date(2035, 12, 31)))
def test_nothing_expected_is_ever_past(span: str, on: date) -> None:
    assert event(kind=EXPECTED, **SPANS[span]).state(on) is not State.PAST


@pytest.mark.parametrize("span", [s for s in SPANS if s not in TO_A_DAY])
def test_no_days_are_counted_where_no_day_is_held(span: str) -> None:
    made = event(**SPANS[span])
    assert [made.days(on) for on in (made.first - DAY, made.first, made.end, made.end + DAY)] == [None] * 4


def test_no_days_are_counted_to_a_day_by_which() -> None:
    assert event(start="", end="2023-11-10", precision="by").days(date(2023, 11, 9)) is None


@pytest.mark.parametrize(
    ("span", "on", "expected"),
    [
        ("day", date(2024, 2, 9), 1),
        ("day", date(2024, 2, 10), 0),
        ("day", date(2024, 2, 11), -1),
        ("day", date(2023, 2, 10), 365),
        ("day", date(2024, 3, 1), -20),
        ("window", date(2023, 5, 23), 1),
        ("window", date(2023, 5, 24), 27),
        ("window", date(2023, 6, 19), 1),
        ("window", date(2023, 6, 20), 0),
        ("window", date(2023, 6, 21), -1),
    ],
)
def test_days_run_to_the_start_and_then_to_the_end(span: str, on: date, expected: int) -> None:
    assert event(**SPANS[span]).days(on) == expected


def test_only_what_lasts_and_is_known_to_the_day_is_a_window() -> None:
    windows = [name for name, span in SPANS.items() if event(**span).is_window]
    assert windows == ["window"]


def test_an_event_is_read_back_from_its_fact_as_its_row_says() -> None:
    facts = {f.subject: f for f in almanac_facts()}
    for row in EVENTS:
        made = Event.of(facts[row.id])
        assert (made.id, made.title, made.noun, made.kind) == (row.id, row.title, row.noun, row.kind)
        assert (made.start, made.end, made.precision) == (row.start, row.end, Precision(row.precision))
        assert (made.areas, made.fund, made.topic, made.time) == (row.area, row.fund, row.topic, row.time)
        assert (made.named.pattern if made.named else "") == row.asked_as
        assert (made.fact.valid_from, made.fact.valid_to, made.fact.text) == (row.known_from, row.known_to, row.text)


def test_an_event_without_a_pattern_has_no_name_and_one_with_it_is_read_without_case() -> None:
    assert event().named is None
    named = event(asked_as=r"\bglade\b").named
    assert named is not None
    assert named.search("The GLADE fund")


def test_an_event_without_a_start_is_sorted_by_its_end() -> None:
    assert event(start="", end="2023-11-10", precision="by").first == date(2023, 11, 10)
    assert event(**SPANS["window"]).first == date(2023, 5, 24)
