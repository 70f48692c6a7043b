"""The timeline as commands, HTTP and pages show it."""

from __future__ import annotations

from datetime import date
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

from assistant.answering.model import Citation


class _Model(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class EventReport(_Model):
    """One event on the date. `when` is its date in words; `said` says where it stands; `days` only to the day."""

    id: str = Field(examples=["lsif-stage-1-closes"])
    title: str
    kind: str = Field(examples=["deadline"])
    area: str | None = Field(description="The area it is of, the one asked for if it is of several; null: national")
    areas: tuple[str, ...]
    fund: str
    start: date | None
    end: date
    precision: Literal["day", "month", "quarter", "season", "year", "by"]
    state: Literal["past", "open", "upcoming", "unconfirmed"]
    days: int | None
    time: str
    when: str
    said: str
    text: str
    citations: tuple[int, ...]


class TimelineReport(_Model):
    """The events asked for, by date, as they are known on `as_of`."""

    as_of: date
    area: str | None
    areas: tuple[str, ...]  # the areas whose events are shown: the area and those before it
    kind: str | None
    fund: str | None
    events: tuple[EventReport, ...]
    citations: tuple[Citation, ...]


class TermReport(_Model):
    """The last day of a period counted from a day."""

    id: str
    start: date
    end: date
    said: str
    citations: tuple[Citation, ...]
