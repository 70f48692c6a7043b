"""Working days in England: neither a weekend nor a bank holiday. The adapter of the holidays library."""

from __future__ import annotations

from datetime import date, timedelta
from functools import lru_cache

import holidays


@lru_cache(maxsize=64)
def _bank_holidays(year: int) -> frozenset[date]:
    return frozenset(holidays.country_holidays("GB", subdiv="ENG", years=year))


def is_working_day(day: date) -> bool:
    """Whether `day` is one."""
    return day.weekday() < 5 and day not in _bank_holidays(day.year)


def working_days(start: date, end: date) -> int:
    """How many there are from `start` to `end`, both counted."""
    days = (date.fromordinal(n) for n in range(start.toordinal(), end.toordinal() + 1))
    return sum(is_working_day(d) for d in days)


def after_working_days(start: date, count: int) -> date:
    """The last of `count` working days that follow `start`, which is not counted itself."""
    day = start
    while count > 0:
        day += timedelta(days=1)
        count -= is_working_day(day)
    return day


def bank_holidays(start: date, end: date) -> list[date]:
    """The bank holidays from `start` to `end` that fall on a weekday."""
    found = {d for year in range(start.year, end.year + 1) for d in _bank_holidays(year)}
    return sorted(d for d in found if start <= d <= end and d.weekday() < 5)
