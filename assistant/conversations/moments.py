"""Moments and days: stored in UTC, counted in London. SQLite gives moments back without their zone."""

from __future__ import annotations

from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

LONDON = ZoneInfo("Europe/London")


def utc(moment: datetime) -> datetime:
    """A stored moment with its zone."""
    return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)


def day_of(moment: datetime) -> date:
    """The day in London of a stored moment."""
    return utc(moment).astimezone(LONDON).date()


def start_of(day: date) -> datetime:
    """The moment at which a day begins in London."""
    return datetime.combine(day, time.min, tzinfo=LONDON).astimezone(UTC)
