"""A dated event and its state on a date: no more precise than its source, and never done because expected."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Any

from vectorstore.facts import Fact


class Precision(StrEnum):
    """How exactly the source dates an event."""

    DAY = "day"
    MONTH = "month"
    QUARTER = "quarter"
    SEASON = "season"
    YEAR = "year"
    BY = "by"


class State(StrEnum):
    """Where an event stands on a date. A period has passed only when all of it has."""

    PAST = "past"
    OPEN = "open"
    UPCOMING = "upcoming"
    UNCONFIRMED = "unconfirmed"  # expected by then, and not confirmed


EXPECTED = "expected"
DEADLINE = "deadline"


@dataclass(frozen=True, slots=True)
class Event:
    """What the facts say of one event. `start` is None where only the day by which is held."""

    id: str
    title: str
    noun: str
    kind: str
    areas: tuple[str, ...]
    fund: str
    topic: str
    start: date | None
    end: date
    precision: Precision
    time: str
    fact: Fact
    named: re.Pattern[str] | None = field(compare=False, default=None)

    @classmethod
    def of(cls, fact: Fact) -> Event:
        data: dict[str, Any] = fact.data
        return cls(
            id=fact.subject,
            title=data["title"],
            noun=data["noun"],
            kind=data["kind"],
            areas=tuple(data["areas"]),
            fund=data["fund"],
            topic=data["topic"],
            start=date.fromisoformat(data["start"]) if data["start"] else None,
            end=date.fromisoformat(data["end"]),
            precision=Precision(data["precision"]),
            time=data["time"],
            fact=fact,
            named=re.compile(data["asked_as"], re.IGNORECASE) if data["asked_as"] else None,
        )

    @property
    def first(self) -> date:
        """The day by which it is sorted."""
        return self.start or self.end

    @property
    def is_window(self) -> bool:
        """Whether it lasts, and is known to the day."""
        return self.precision is Precision.DAY and self.start is not None and self.start < self.end

    @property
    def is_period(self) -> bool:
        """Whether it lasts for more than the one year, season or month that its precision names."""
        return self.start is not None and (self.end - self.start).days > 366

    def state(self, on: date) -> State:
        if self.end < on:
            return State.UNCONFIRMED if self.kind == EXPECTED else State.PAST
        if self.precision is Precision.BY:  # it lies somewhere before its end
            over = State.UNCONFIRMED if self.kind == EXPECTED else State.PAST
            return State.UPCOMING if on < self.end else over
        assert self.start is not None
        return State.UPCOMING if on < self.start else State.OPEN

    def days(self, on: date) -> int | None:
        """Days from `on` to its start, or to its end once begun; negative when over; None if no day is held."""
        if self.precision is not Precision.DAY:
            return None
        assert self.start is not None
        return ((self.start if on < self.start else self.end) - on).days
