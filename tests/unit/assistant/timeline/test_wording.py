"""Events in words: never more exact than they are held, and nothing expected is said to have happened."""

from __future__ import annotations

import calendar
import re
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.answering.verify import figures_of
from assistant.timeline.events import DEADLINE, EXPECTED, Event
from assistant.timeline.wording import (
    at,
    counted,
    distance,
    distances,
    human,
    length,
    length_in_days,
    sentence,
    stands,
    when,
)
from tests.fakes.almanac import event

DAY = timedelta(days=1)
DATES = st.dates(min_value=date(2019, 1, 1), max_value=date(2034, 12, 31))
_DAY_NAMED = re.compile(rf"\b\d{{1,2}} (?:{'|'.join(m for m in calendar.month_name if m)})\b")
LENGTHS = {"month": 1, "quarter": 3, "season": 3, "year": 12}
STARTS = {"month": range(1, 13), "quarter": (1, 4, 7, 10), "season": (3, 6, 9, 12), "year": (1, 4, 8)}


def spanning(precision: str, year: int, month: int, years: int = 1, **cells: Any) -> Event:
    """An event of whole months: so many years of them if its precision is the year."""
    months = LENGTHS[precision] * (years if precision == "year" else 1)
    last_year, last_month = divmod(year * 12 + month - 1 + months - 1, 12)
    end = date(last_year, last_month + 1, calendar.monthrange(last_year, last_month + 1)[1])
    return event(precision=precision, start=f"{date(year, month, 1)}", end=f"{end}", **cells)


@st.composite
def without_a_day(draw: st.DrawFn) -> Event:
    precision = draw(st.sampled_from(sorted(LENGTHS)))
    month = draw(st.sampled_from(list(STARTS[precision])))
    years = draw(st.integers(min_value=1, max_value=5))
    kind = draw(st.sampled_from(["legal", "funding", "deadline", EXPECTED]))
    return spanning(precision, draw(st.integers(min_value=2020, max_value=2032)), month, years, kind=kind)


@settings(deadline=None)
@given(without_a_day(), DATES)
def test_no_day_is_named_for_a_month_a_quarter_a_season_or_a_year(made: Event, on: date) -> None:
    assert _DAY_NAMED.search(when(made)) is None
    said = sentence(made, on)
    assert when(made) in said
    assert _DAY_NAMED.search(said) is None


@settings(deadline=None)
@given(without_a_day(), DATES)
def test_no_number_of_days_is_given_where_no_day_is_held(made: Event, on: date) -> None:
    assert distance(made, on) == ""
    assert re.search(r"\d days?\b", sentence(made, on)) is None


@settings(deadline=None)
@given(DATES, DATES)
def test_for_a_day_by_which_no_other_day_is_named(end: date, on: date) -> None:
    made = event(start="", end=f"{end}", precision="by")
    assert _DAY_NAMED.findall(sentence(made, on)) == [f"{end.day} {end:%B}"]
    assert f"by {human(end)}" in sentence(made, on)


@settings(deadline=None)
@given(st.one_of(without_a_day(), DATES.map(lambda d: event(start=f"{d}", end=f"{d}"))), DATES)
def test_the_sentence_begins_with_a_capital_and_ends_with_a_full_stop(made: Event, on: date) -> None:
    assert sentence(made, on).startswith("The making ")
    assert sentence(made, on).endswith(".")


EXPECTED_SPANS: list[dict[str, Any]] = [
    {"start": "2024-02-10", "end": "2024-02-10"},
    {"start": "2024-02-10", "end": "2024-02-20"},
    {"start": "2024-02-01", "end": "2024-02-29", "precision": "month"},
    {"start": "2024-01-01", "end": "2024-03-31", "precision": "quarter"},
    {"start": "2024-06-01", "end": "2024-08-31", "precision": "season"},
    {"start": "2024-01-01", "end": "2024-12-31", "precision": "year"},
    {"start": "2024-01-01", "end": "2026-12-31", "precision": "year"},
]


@pytest.mark.parametrize("span", EXPECTED_SPANS)
def test_what_was_expected_and_is_over_is_said_to_be_unconfirmed(span: dict[str, Any]) -> None:
    made = event(kind=EXPECTED, **span)
    said = sentence(made, made.end + DAY)
    assert "was expected" in said
    assert "does not confirm that it happened" in said
    assert not re.search(r"\b(?:took place|ran from|was (?:\d|midday|published|made))\b", said)


@pytest.mark.parametrize("span", EXPECTED_SPANS)
def test_what_was_expected_is_not_yet_unconfirmed_on_its_last_day(span: dict[str, Any]) -> None:
    made = event(kind=EXPECTED, **span)
    assert "does not confirm" not in sentence(made, made.end)


@pytest.mark.parametrize(
    ("on", "verb", "expected"),
    [
        (date(2024, 2, 8), "is", "2 days after 8 February 2024"),
        (date(2024, 2, 9), "is", "1 day after 9 February 2024"),
        (date(2024, 2, 10), "is", ""),
        (date(2024, 2, 11), "was", "1 day before 11 February 2024"),
        (date(2027, 7, 19), "was", "1,255 days before 19 July 2027"),
    ],
)
@pytest.mark.parametrize("kind", ["legal", DEADLINE])
def test_a_day_is_told_with_how_far_off_it_is(kind: str, on: date, verb: str, expected: str) -> None:
    said = sentence(event(kind=kind, time="12:00"), on)
    assert f"{verb} midday on 10 February 2024" in said
    assert distance(event(kind=kind, time="12:00"), on) == (expected and f"That is {expected}.")
    assert said.endswith(f"That is {expected}." if expected else "that is the day asked about.")


@pytest.mark.parametrize(
    ("on", "expected"),
    [
        (date(2023, 5, 23), "That is 1 day after 23 May 2023."),
        (date(2023, 5, 24), "From 24 May 2023 to the last day it is 27 days."),
        (date(2023, 6, 19), "From 19 June 2023 to the last day it is 1 day."),
        (date(2023, 6, 20), "20 June 2023 is the last day."),
        (date(2023, 6, 21), "That is 1 day before 21 June 2023."),
    ],
)
def test_a_window_is_told_with_both_ends_and_its_midday(on: date, expected: str) -> None:
    said = sentence(event(start="2023-05-24", end="2023-06-20", time="12:00"), on)
    assert "from 24 May 2023 to midday on 20 June 2023" in said
    assert said.endswith(f" {expected}")


@settings(deadline=None)
@given(
    st.one_of(
        without_a_day(),
        DATES.map(lambda d: event(start=f"{d}", end=f"{d}")),
        DATES.map(lambda d: event(start=f"{d}", end=f"{d + 9 * DAY}", time="12:00")),
        DATES.map(lambda d: event(start="", end=f"{d}", precision="by")),
    ),
    DATES,
)
def test_where_it_stands_has_no_figure_but_those_of_its_date(made: Event, on: date) -> None:
    own = figures_of(when(made))
    assert own
    assert figures_of(stands(made, on)) <= own


def test_of_several_each_distance_goes_by_its_name() -> None:
    day, season = event(noun="the making"), spanning("season", 2026, 6)
    other = event(noun="the mending", start="2024-02-12", end="2024-02-12")
    on = date(2024, 2, 11)
    assert distances([day], on) == ["That is 1 day before 11 February 2024."]
    first, last = distances([day, season, other], on)
    assert first.startswith("The making: ")
    assert first.endswith(" 1 day before 11 February 2024.")
    assert last.startswith("The mending: ")
    assert last.endswith(" 1 day after 11 February 2024.")


@pytest.mark.parametrize(
    ("on", "expected"),
    [
        (date(2026, 5, 31), "which lies ahead"),
        (date(2026, 6, 1), "which has begun and is not over"),
        (date(2026, 8, 31), "which has begun and is not over"),
        (date(2026, 9, 1), "all of which is past"),
    ],
)
def test_a_season_is_past_only_when_all_of_it_is(on: date, expected: str) -> None:
    assert f"summer 2026, {expected}" in sentence(spanning("season", 2026, 6), on)


@pytest.mark.parametrize(
    ("cells", "expected"),
    [
        ({}, "10 February 2024"),
        ({"time": "12:00"}, "midday on 10 February 2024"),
        ({"time": "17:30"}, "17:30 on 10 February 2024"),
        ({"end": "2024-02-12", "time": "12:00"}, "10 February 2024 to midday on 12 February 2024"),
        ({"start": "", "precision": "by"}, "by 10 February 2024"),
    ],
)
def test_a_day_is_worded_with_its_time(cells: dict[str, Any], expected: str) -> None:
    assert when(event(**cells)) == expected


@pytest.mark.parametrize(
    ("precision", "month", "years", "expected"),
    [
        ("month", 2, 1, "February 2024"),
        ("quarter", 1, 1, "the first quarter of 2024"),
        ("quarter", 4, 1, "the second quarter of 2024"),
        ("quarter", 7, 1, "the third quarter of 2024"),
        ("quarter", 10, 1, "the fourth quarter of 2024"),
        ("season", 3, 1, "spring 2024"),
        ("season", 6, 1, "summer 2024"),
        ("season", 9, 1, "autumn 2024"),
        ("season", 12, 1, "winter 2025"),
        ("year", 1, 1, "2024"),
        ("year", 1, 4, "2024 to 2027"),
        ("year", 4, 1, "the financial year 2024-25"),
        ("year", 4, 3, "the financial years 2024-25 to 2026-27"),
        ("year", 8, 1, "the academic year 2024-25"),
        ("year", 8, 2, "the academic years 2024-25 to 2025-26"),
    ],
)
def test_a_span_is_worded_at_its_precision(precision: str, month: int, years: int, expected: str) -> None:
    assert when(spanning(precision, 2024, month, years)) == expected


@pytest.mark.parametrize(
    ("days", "expected"), [(0, "0 days"), (1, "1 day"), (2, "2 days"), (999, "999 days"), (1254, "1,254 days")]
)
def test_numbers_of_days(days: int, expected: str) -> None:
    assert counted(days) == expected


def test_a_day_without_a_time_is_only_the_day() -> None:
    assert at(date(2024, 2, 1), "") == human(date(2024, 2, 1)) == "1 February 2024"


def test_the_length_of_a_window_counts_both_ends_and_leaves_bank_holidays_out_of_working_days() -> None:
    made = event(noun="the window", start="2023-05-24", end="2023-06-20", time="12:00")
    assert length(made) == "The window ran from 24 May 2023 to midday on 20 June 2023."
    assert re.findall(r"(\d+) (?:days|were working days)", length_in_days(made)) == ["28", "19"]
