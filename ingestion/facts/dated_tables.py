"""The tables of what is dated: events with their precision, periods to count, and matters on which sources differ."""

from __future__ import annotations

import calendar
import re
from collections.abc import Iterable
from datetime import date
from pathlib import Path
from typing import Annotated, Literal, Self

from pydantic import BeforeValidator, Field, model_validator

from ingestion.facts.tables import Dated, Day, Grounded, Many, Row, read_table

EventKind = Literal["publication", "funding", "legal", "designation", "deadline", "expected"]
Precision = Literal["day", "month", "quarter", "season", "year", "by"]


def _pattern(value: object) -> object:
    if isinstance(value, str) and value:
        try:
            re.compile(value)
        except re.error as error:
            raise ValueError(f"the pattern cannot be read: {error}") from error
    return value


Pattern = Annotated[str, BeforeValidator(_pattern)]


class EventRow(Grounded):
    """A dated fact. `start` and `end` are the first and last day of what the source names at its precision.

    It is told from `known_from` on, the day it happened or was announced, to `known_to`, when something else took its
    place. `asked_as` is the pattern of words by which people name it.
    """

    id: str = Field(pattern=r"^[a-z0-9][a-z0-9-]*$")
    title: str = Field(min_length=1)
    noun: str = Field(min_length=1)
    kind: EventKind
    area: Many = ()
    fund: str = ""
    topic: str = Field(min_length=1)
    start: Day = None
    end: date
    precision: Precision
    time: str = Field(default="", pattern=r"^(?:[01]\d:[0-5]\d|2[0-3]:[0-5]\d)?$")
    known_from: date
    known_to: Day = None
    text: str = Field(min_length=1)
    asked_as: Pattern = ""
    locator: str = ""

    @model_validator(mode="after")
    def _spans(self) -> Self:
        if self.precision == "by":
            if self.start is not None:
                raise ValueError("an event dated by a day has no start")
            return self
        if self.start is None or self.end < self.start:
            raise ValueError("start must be given, and not lie after end")
        begins = self.precision not in _BEGIN or self.start.month in _BEGIN[self.precision]
        whole = self.precision == "day" or _whole_months(self.start, self.end, _MONTHS[self.precision])
        if not (whole and begins):
            raise ValueError(f"{self.start} to {self.end} is not a whole {self.precision}")
        return self


_BEGIN = {"quarter": (1, 4, 7, 10), "season": (3, 6, 9, 12), "year": (1, 4, 8)}  # calendar, financial, academic
_MONTHS = {"month": (1,), "quarter": (3,), "season": (3,), "year": tuple(range(12, 61, 12))}


def _whole_months(start: date, end: date, lengths: tuple[int, ...]) -> bool:
    """Whether a span is one of `lengths` of whole months."""
    whole = start.day == 1 and end.day == calendar.monthrange(end.year, end.month)[1]
    return whole and (end.year - start.year) * 12 + end.month - start.month + 1 in lengths


class UnknownDateRow(Row):
    """A date that was looked for and not found, which must not be guessed."""

    id: str = Field(pattern=r"^[a-z0-9][a-z0-9-]*$")
    title: str
    text: str
    asked_as: Pattern = Field(min_length=1)
    known_from: date
    sources: Many = Field(min_length=1)


class TermRow(Dated):
    """A period that is counted from a day the asker knows."""

    id: str = Field(pattern=r"^[a-z0-9][a-z0-9-]*$")
    title: str
    noun: str
    text: str
    count: int = Field(gt=0)
    unit: Literal["working_days", "days"]
    from_what: str
    asked_as: Pattern
    locator: str = ""


class EditionRow(Grounded):
    """From when to when an edition of a guidance, or a law, applied.

    It began on a day from `begun_from` to `begun_by`, and its last day is one from `last_from` to `last_by`: the same
    day twice where it is held. Without them it has not ended as far as is known from `known_from` to `known_to`.
    """

    id: str = Field(pattern=r"^[a-z0-9][a-z0-9-]*$")
    title: str = Field(min_length=1)
    asked_as: Pattern = Field(min_length=1)
    begun_from: date
    begun_by: date
    last_from: Day = None
    last_by: Day = None
    known_from: date
    known_to: Day = None
    text: str = Field(min_length=1)
    locator: str = ""

    @model_validator(mode="after")
    def _follow(self) -> Self:
        if (self.last_from is None) != (self.last_by is None):
            raise ValueError("last_from and last_by go together")
        days = [d for d in (self.begun_from, self.begun_by, self.last_from, self.last_by) if d is not None]
        if days != sorted(days) or (self.known_to is not None and self.known_to < self.known_from):
            raise ValueError("the days must follow each other")
        return self


def load_events(folder: Path) -> tuple[EventRow, ...]:
    """The events of a folder of facts. Raises BadFileError."""
    return read_table(folder, "events", EventRow, optional=True)


def load_unknown_dates(folder: Path) -> tuple[UnknownDateRow, ...]:
    """The dates that are not held, of a folder of facts. Raises BadFileError."""
    return read_table(folder, "unknown_dates", UnknownDateRow, optional=True)


def load_terms(folder: Path) -> tuple[TermRow, ...]:
    """The periods to count of a folder of facts. Raises BadFileError."""
    return read_table(folder, "terms", TermRow, optional=True)


def load_editions(folder: Path) -> tuple[EditionRow, ...]:
    """The editions of a folder of facts, with when they applied. Raises BadFileError."""
    return read_table(folder, "editions", EditionRow, optional=True)


def problems(
    events: tuple[EventRow, ...], terms: tuple[TermRow, ...], conflicts: Iterable[str], areas: set[str]
) -> list[str]:
    """What no single row can show: ids that stand twice, areas that are not there."""
    found = []
    for what, ids in (
        ("event", [e.id for e in events]),
        ("term", [t.id for t in terms]),
        ("conflict", list(conflicts)),
    ):
        found += [f"the {what} {i} stands twice" for i in sorted({i for i in ids if ids.count(i) > 1})]
    found += [
        f"events: {e.id} names the area {a}, which is not there" for e in events for a in e.area if a not in areas
    ]
    found += [
        f"events: {e.id} ends being told before it begins" for e in events if e.known_to and e.known_to < e.known_from
    ]
    return found
