"""Working days of England: weekends, Easter and Christmas, and the extra bank holidays of 2022 and 2023."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.timeline.working_days import after_working_days, bank_holidays, is_working_day, working_days

DAYS = st.dates(min_value=date(2015, 1, 1), max_value=date(2030, 12, 31))
DAY = timedelta(days=1)


@pytest.mark.parametrize(
    "day",
    [
        date(2022, 6, 2),  # the late May holiday of 2022, moved to the jubilee
        date(2022, 6, 3),  # the platinum jubilee
        date(2022, 9, 19),  # the funeral of Queen Elizabeth II
        date(2023, 5, 1),
        date(2023, 5, 8),  # the coronation
        date(2023, 4, 7),
        date(2023, 4, 10),
        date(2024, 8, 26),
        date(2022, 12, 26),
        date(2022, 12, 27),  # for Christmas, a Sunday
        date(2021, 12, 28),  # for Boxing Day, a Sunday
        date(2023, 1, 2),  # for New Year's Day, a Sunday
        date(2023, 4, 8),
        date(2023, 4, 9),
    ],
)
def test_nobody_works_on_bank_holidays_and_weekends(day: date) -> None:
    assert not is_working_day(day)


@pytest.mark.parametrize(
    "day",
    [
        date(2022, 5, 30),  # the last Monday of May, from which the holiday was moved
        date(2022, 9, 20),
        date(2023, 5, 9),
        date(2023, 4, 6),
        date(2023, 4, 11),
        date(2024, 1, 2),  # a holiday in Scotland only
        date(2022, 11, 30),  # likewise
        date(2023, 3, 17),  # a holiday in Northern Ireland only
        date(2022, 12, 28),
        date(2021, 12, 24),
    ],
)
def test_people_work_on_the_days_around_and_on_holidays_of_other_nations(day: date) -> None:
    assert is_working_day(day)


@pytest.mark.parametrize(
    ("start", "end", "expected"),
    [
        (date(2023, 4, 6), date(2023, 4, 11), 2),
        (date(2022, 5, 30), date(2022, 6, 5), 3),
        (date(2022, 9, 16), date(2022, 9, 20), 2),
        (date(2023, 5, 1), date(2023, 5, 14), 8),
        (date(2022, 12, 23), date(2023, 1, 3), 5),
        (date(2023, 7, 8), date(2023, 7, 9), 0),
        (date(2023, 7, 10), date(2023, 7, 10), 1),
        (date(2023, 7, 11), date(2023, 7, 10), 0),
    ],
)
def test_working_days_count_both_ends(start: date, end: date, expected: int) -> None:
    assert working_days(start, end) == expected


@pytest.mark.parametrize(
    ("start", "count", "expected"),
    [
        (date(2023, 4, 3), 10, date(2023, 4, 19)),
        (date(2022, 12, 19), 10, date(2023, 1, 5)),
        (date(2022, 5, 27), 5, date(2022, 6, 7)),
        (date(2022, 9, 16), 1, date(2022, 9, 20)),
        (date(2023, 5, 5), 1, date(2023, 5, 9)),
        (date(2023, 7, 8), 1, date(2023, 7, 10)),
        (date(2023, 7, 10), 0, date(2023, 7, 10)),
    ],
)
def test_a_term_ends_on_the_last_of_the_working_days_that_follow(start: date, count: int, expected: date) -> None:
    assert after_working_days(start, count) == expected


@settings(deadline=None)
@given(DAYS, st.integers(min_value=1, max_value=60))
def test_a_term_holds_exactly_its_count_and_ends_on_a_working_day(start: date, count: int) -> None:
    end = after_working_days(start, count)
    assert is_working_day(end)
    assert working_days(start + DAY, end) == count


def test_bank_holidays_of_a_span_are_told_in_order_with_both_ends() -> None:
    christmas, boxing_day = date(2024, 12, 25), date(2024, 12, 26)
    new_year = date(2025, 1, 1)
    assert bank_holidays(christmas, new_year) == [christmas, boxing_day, new_year]
    assert bank_holidays(christmas + DAY, new_year - DAY) == [boxing_day]


def test_a_bank_holiday_on_a_weekend_is_told_only_as_the_day_off_in_its_place() -> None:
    assert bank_holidays(date(2022, 12, 24), date(2022, 12, 31)) == [date(2022, 12, 26), date(2022, 12, 27)]


@settings(deadline=None)
@given(DAYS, st.integers(min_value=0, max_value=400))
def test_each_weekday_is_either_a_working_day_or_a_bank_holiday(start: date, days: int) -> None:
    end = start + timedelta(days=days)
    weekdays = sum((start + timedelta(days=n)).weekday() < 5 for n in range(days + 1))
    assert working_days(start, end) + len(bank_holidays(start, end)) == weekdays
