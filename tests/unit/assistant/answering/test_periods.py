"""Dates and stretches of time that a question names."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.answering.periods import is_of_another_time, mentions, named_period, with_years
from assistant.answering.turn import Period

TODAY = date(2026, 11, 23)


def span(text: str, today: date = TODAY) -> tuple[date, date] | None:
    found = named_period(text, today)
    return (found.start, found.end) if found else None


@pytest.mark.parametrize(
    ("text", "start", "end"),
    [
        ("Who led it on 1 March 2024?", date(2024, 3, 1), date(2024, 3, 1)),
        ("Who led it on 1st of March, 2024?", date(2024, 3, 1), date(2024, 3, 1)),
        ("Who led it on 22nd Sept. 2023?", date(2023, 9, 22), date(2023, 9, 22)),
        ("Who led it on 2024-03-01?", date(2024, 3, 1), date(2024, 3, 1)),
        ("back in March 2023", date(2023, 3, 1), date(2023, 3, 31)),
        ("was it so in Feb 2024", date(2024, 2, 1), date(2024, 2, 29)),
        ("what was due in summer 2023", date(2023, 6, 1), date(2023, 8, 31)),
        ("what was due in the autumn of 2025", date(2025, 9, 1), date(2025, 11, 30)),
        ("how many were there in 2023?", date(2023, 1, 1), date(2023, 12, 31)),
        ("how many were there in mid-2024?", date(2024, 5, 1), date(2024, 8, 31)),
        ("how many were there in early 2024?", date(2024, 1, 1), date(2024, 4, 30)),
        ("how many were there at the start of 2024?", date(2024, 1, 1), date(2024, 1, 31)),
        ("who led it in winter 2024", date(2024, 12, 1), date(2025, 2, 28)),
        ("who led it last month?", date(2026, 10, 1), date(2026, 10, 31)),
        ("who led it last summer?", date(2026, 6, 1), date(2026, 8, 31)),
        ("who led it last autumn?", date(2025, 9, 1), date(2025, 11, 30)),
        ("had it begun by December?", date(2025, 12, 1), date(2025, 12, 31)),
        ("had it begun by 2024?", date(2024, 1, 1), date(2024, 12, 31)),
        ("as of 2022, how many?", date(2022, 1, 1), date(2022, 12, 31)),
        ("who led it last year?", date(2025, 1, 1), date(2025, 12, 31)),
        ("who led it two years ago?", date(2024, 1, 1), date(2024, 12, 31)),
        ("who led it 3 years ago?", date(2023, 1, 1), date(2023, 12, 31)),
    ],
)
def test_each_form_names_its_stretch(text: str, start: date, end: date) -> None:
    assert span(text) == (start, end)


@pytest.mark.parametrize(
    "text",
    [
        "How many areas are there?",
        "What did 2023 bring?",
        "Which college led the 2023 plan?",
        "What was paid in 2023-24?",
        "What was paid in 2023/24?",
        "What was paid in 2023–24?",
        "What happens in 2027?",
        "What has changed since March 2024?",
        "What is due in December?",
        "What is due on 1 March 2027?",
        "What happened on 31 February 2024?",
        "What happened on 2024-13-40?",
        "What changed between March 2023 and June 2024?",
        "Was it on 1 March 2023 or on 2 March 2023?",
        "",
    ],
)
def test_none_where_none_or_several_or_the_future_is_named(text: str) -> None:
    assert named_period(text, TODAY) is None


def test_the_same_stretch_named_twice_is_one() -> None:
    assert span("in March 2023, I mean March 2023") == (date(2023, 3, 1), date(2023, 3, 31))


def test_a_stretch_that_is_not_over_ends_today() -> None:
    assert span("in November 2026") == (date(2026, 11, 1), TODAY)
    assert span("in 2026") == (date(2026, 1, 1), TODAY)


def test_a_stretch_that_begins_today_counts_and_tomorrow_does_not() -> None:
    assert span("on 23 November 2026") == (TODAY, TODAY)
    assert span("on 24 November 2026") is None


def test_words_are_those_of_the_question() -> None:
    found = named_period("How many were there back in March 2023?", TODAY)
    assert found is not None
    assert found.words == "March 2023"


@given(
    st.dates(date(2000, 1, 1), TODAY), st.sampled_from(["{d.day} {d:%B} {d.year}", "{d.day} {d:%b} {d.year}", "{d}"])
)
def test_every_day_is_read_back(day: date, form: str) -> None:
    assert span(f"Who led it on {form.format(d=day)}?") == (day, day)


@given(st.text(max_size=120), st.dates(date(2020, 1, 1), date(2030, 1, 1)))
def test_whatever_is_named_is_past(text: str, today: date) -> None:
    found = named_period(text, today)
    assert found is None or found.start <= found.end <= today


def test_mentions_looks_for_any_of_the_years() -> None:
    period = Period(date(2023, 11, 1), date(2024, 1, 31), "winter")
    assert mentions("It closed in 2024.", period)
    assert mentions("It opened in 2023.", period)
    assert not mentions("It opened in 2022.", period)


def test_days_that_came_after_say_nothing_of_a_time_unless_it_was_so_until_then() -> None:
    period = Period(date(2025, 5, 31), date(2025, 5, 31), "before June 2025")
    assert not mentions("As it stood on 1 June 2025 it names all.", period)
    assert mentions("Until 30 September 2025 there were 38.", period)
    assert mentions("It changed in 2025.", period)


@pytest.mark.parametrize(
    ("text", "other"),
    [
        ("It came in on 28 April 2022.", True),
        ("It came in on 2 March 2022.", False),
        ("It came in on 2 March 2022 and was to last until May 2024.", False),
        ("The notice of 2 March 2022 names areas from 1 October 2022.", True),
        ("It came in.", False),
        ("It came in in 2021.", False),
    ],
)
def test_a_text_whose_days_all_lie_elsewhere_is_of_another_time(text: str, other: bool) -> None:
    assert is_of_another_time(text, Period(date(2022, 3, 1), date(2022, 3, 31), "March 2022")) is other


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("When was last year's statement due?", "When was in 2025 statement due?"),
        ("when is it due (the year before)?", "when is it due (in 2025)?"),
        ("Is it due next year?", "Is it due in 2027?"),
        ("due this year", "due in 2026"),
        ("the year that it ended", "the year that it ended"),
    ],
)
def test_a_year_told_from_today_is_the_year_it_is(text: str, expected: str) -> None:
    assert with_years(text, TODAY) == expected
