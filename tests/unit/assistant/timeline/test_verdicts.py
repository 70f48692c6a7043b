"""Yes and no to questions of dates: what was only expected is never said to have happened."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.answering.turn import Period
from assistant.timeline.events import EXPECTED, State
from assistant.timeline.verdicts import happened, happened_by, happened_in, verdict, verdict_over
from prompts import message
from tests.fakes.almanac import event

DAY = timedelta(days=1)
DATES = st.dates(min_value=date(2020, 1, 1), max_value=date(2030, 12, 31))
SPANS: dict[str, dict[str, Any]] = {
    "day": {"start": "2024-02-10", "end": "2024-02-10"},
    "window": {"start": "2024-02-10", "end": "2024-03-20", "time": "12:00"},
    "month": {"start": "2024-02-01", "end": "2024-02-29", "precision": "month"},
    "quarter": {"start": "2024-01-01", "end": "2024-03-31", "precision": "quarter"},
    "season": {"start": "2024-03-01", "end": "2024-05-31", "precision": "season"},
    "year": {"start": "2024-04-01", "end": "2025-03-31", "precision": "year"},
    "by": {"start": "", "end": "2024-02-10", "precision": "by"},
}


@settings(deadline=None)
@given(st.sampled_from(sorted(SPANS)), DATES)
def test_whether_something_expected_has_happened_is_never_confirmed(span: str, on: date) -> None:
    made = event(kind=EXPECTED, **SPANS[span])
    assert made.state(on) is not State.PAST
    key = "timeline_not_yet_due" if made.state(on) is State.UPCOMING else "timeline_not_confirmed"
    assert happened(made, on) == message(key)


@pytest.mark.parametrize("span", SPANS)
@pytest.mark.parametrize("away", [1, 400])
def test_what_was_expected_and_is_over_is_neither_yes_nor_no(span: str, away: int) -> None:
    made = event(kind=EXPECTED, **SPANS[span])
    on = made.end + away * DAY
    for said in (happened(made, on), verdict(made, on, "Has it passed?"), verdict(made, on, "Can we still?")):
        assert said == message("timeline_not_confirmed")
        assert not said.startswith(("Yes", "No,"))


@pytest.mark.parametrize(
    ("on", "over", "still"),
    [
        (date(2024, 2, 9), "timeline_not_begun", "timeline_not_begun"),
        (date(2024, 2, 10), "timeline_no_open", "timeline_yes_open"),
        (date(2024, 3, 20), "timeline_no_open", "timeline_yes_open"),
        (date(2024, 3, 21), "timeline_yes_past", "timeline_no_past"),
    ],
)
def test_yes_and_no_turn_with_what_is_asked(on: date, over: str, still: str) -> None:
    window = event(**SPANS["window"])
    assert verdict(window, on, "Has it closed?") == message(over)
    assert verdict(window, on, "Is it open?") == message(still)


def test_a_fund_that_is_over_is_closed() -> None:
    fund, on = event(fund="glade", **SPANS["window"]), date(2024, 3, 21)
    assert verdict(fund, on, "Is it open?") == message("timeline_no_closed")


def then(start: date, end: date) -> Period:
    return Period(start, end, "then")


@pytest.mark.parametrize(
    ("start", "end", "by", "within"),
    [
        (date(2024, 1, 1), date(2024, 1, 31), "yes_no_no", "yes_no_no"),
        (date(2024, 2, 1), date(2024, 2, 29), "yes_no_yes", "yes_no_yes"),
        (date(2024, 3, 1), date(2024, 3, 31), "yes_no_yes", "yes_no_no"),
    ],
)
def test_what_came_about_on_a_day_had_by_a_time_or_did_in_it(start: date, end: date, by: str, within: str) -> None:
    made = event(**SPANS["day"])
    assert happened_by(made, then(start, end)) == message(by)
    assert happened_in(made, then(start, end)) == message(within)


def test_what_is_held_less_exactly_than_asked_is_neither() -> None:
    month, by = event(**SPANS["month"]), event(**SPANS["by"])
    day = then(date(2024, 2, 10), date(2024, 2, 10))
    assert (happened_by(month, day), happened_in(month, day)) == ("", "")
    assert (happened_by(by, then(date(2024, 1, 1), date(2024, 1, 31))), happened_in(by, day)) == ("", "")


def test_what_is_expected_later_had_not_happened_and_is_never_said_to_have() -> None:
    made = event(kind=EXPECTED, **SPANS["season"])
    assert happened_by(made, then(date(2024, 1, 1), date(2024, 1, 31))) == message("timeline_not_yet_due")
    assert happened_by(made, then(date(2024, 6, 1), date(2024, 6, 30))) == ""
    assert happened_in(made, then(date(2024, 4, 1), date(2024, 4, 30))) == ""


def test_a_window_that_closed_within_the_time_asked_about_gets_no_verdict() -> None:
    made = event(fund="glade", **SPANS["window"])
    assert verdict_over(made, date(2024, 3, 31), "Was it open?", then(date(2024, 3, 1), date(2024, 3, 31))) == ""
    after = then(date(2024, 4, 1), date(2024, 4, 30))
    assert verdict_over(made, after.end, "Was it open?", after) == message("timeline_no_closed")
