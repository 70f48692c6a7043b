"""A paragraph rendered from data: what it says, where it stands, while it is true, and the fact that it renders."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cached_property
from typing import Any

from ingestion.facts.tables import AreaRow, CouncilRow, ErbRow, Grounded, MilestoneRow, Tables
from vectorstore.model import Evidence


@dataclass(frozen=True, slots=True)
class Page:
    """A document rendered from data."""

    document: str
    title: str
    topic: str
    area: str | None = None


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One paragraph of a page, true from a day to a day. With a `kind` it is also a fact that engines can cite."""

    page: Page
    heading: str
    text: str
    sources: tuple[str, ...]
    evidence: Evidence
    valid_from: date | None
    valid_to: date | None = None
    gap: bool = False
    kind: str = ""
    subject: str = ""
    data: dict[str, Any] = field(default_factory=dict, hash=False)
    locator: str = ""  # where in the first source: a page or a section

    def holds(self, on: date) -> bool:
        return (self.valid_from is None or self.valid_from <= on) and (self.valid_to is None or on <= self.valid_to)


NOTICE = "notice of bodies"  # the newest notice of designated bodies that was read
SECOND_CYCLE = "second cycle due"  # from here on new plans were due
REDRAWN = "change of areas"
FIRST = "first designations"
LOOKUP = "lookup of districts"  # what says which districts an area has
ANNOUNCED = "awards announced"
CLOSED = "fund closed"  # the first day after the fund's last year
MILESTONES = (NOTICE, SECOND_CYCLE, REDRAWN, FIRST, LOOKUP, ANNOUNCED, CLOSED)


@dataclass(frozen=True)
class Atlas:
    """The tables with what follows from them: names on a date, who followed whom, which councils moved where."""

    tables: Tables

    @cached_property
    def milestones(self) -> dict[str, MilestoneRow]:
        """The days that renderers depend on, by name; `checks` says that all are there."""
        return {m.name: m for m in self.tables.milestones}

    def day(self, name: str) -> date:
        return self.milestones[name].day

    @cached_property
    def by_id(self) -> dict[str, AreaRow]:
        return {a.id: a for a in self.tables.areas}

    @cached_property
    def redrawn(self) -> date:
        """The day on which areas with predecessors began."""
        return max(a.valid_from for a in self.tables.areas if a.predecessors and a.valid_from)

    @property
    def eve(self) -> date:
        """The last day of the areas before they were redrawn."""
        return self.redrawn - timedelta(days=1)

    def councils(self, area: str) -> list[CouncilRow]:
        """The council districts of an area, by name."""
        found = [c for c in self.tables.councils if area in (c.area, c.area_2022)]
        if any(c.area == area for c in found):
            found = [c for c in found if c.area == area]
        return sorted(found, key=lambda c: c.name)

    def districts(
        self, area: str, window: tuple[date | None, date | None]
    ) -> list[tuple[list[str], Evidence, date | None, date | None]]:
        """The names of an area's districts with the days on which they were those: councils were reorganised."""
        councils = self.councils(area)
        codes = {c.code for c in councils}
        start, end = window
        gone = [
            f
            for f in self.tables.former_councils
            if f.last_day and start and f.last_day >= start and set(f.successors) <= codes and "Council" not in f.name
        ]
        made: list[tuple[list[str], Evidence, date | None, date | None]] = []
        for last in sorted({f.last_day for f in gone if f.last_day}):
            replaced = {c for f in gone if f.last_day == last for c in f.successors}
            names = [c.name for c in councils if c.code not in replaced]
            names += [f.name for f in gone if f.last_day == last]
            made.append((sorted(names), weakest(f for f in gone if f.last_day == last), start, last))
            start = last + timedelta(days=1)
        return [*made, ([c.name for c in councils], Evidence.PRIMARY, start, end)]

    def moved(self, before: str, after: str) -> list[CouncilRow]:
        """The districts that went from one area to another when areas were redrawn, by name."""
        rows = [c for c in self.tables.councils if c.area_2022 == before and c.area == after]
        return sorted(rows, key=lambda c: c.name)

    def successors(self, area: str) -> list[AreaRow]:
        return [a for a in self.tables.areas if area in a.predecessors]

    def names(self, area: AreaRow) -> list[tuple[str, date | None, date | None]]:
        """The names of an area with the first and last day of each."""
        if not area.former_name:
            return [(area.name, area.valid_from, area.valid_to)]
        return [(area.former_name, area.valid_from, self.eve), (area.name, self.redrawn, area.valid_to)]

    def name(self, area: str, on: date) -> str:
        row = self.by_id[area]
        return row.former_name if row.former_name and on < self.redrawn else row.name

    def tenures(self, area: str) -> list[ErbRow]:
        rows = (r for r in self.tables.erbs if r.area == area)
        return sorted(rows, key=lambda r: r.valid_from or date.min)

    def current(self) -> list[AreaRow]:
        """The areas that have not ended."""
        return [a for a in self.tables.areas if a.valid_to is None]


def slug(name: str) -> str:
    """`name` as part of a document's id."""
    return "-".join(re.sub(r"[^a-z0-9]+", " ", name.lower()).split())


def listed(names: Sequence[str]) -> str:
    """Names as a sentence lists them; those that hold a comma or "and" are parted by semicolons."""
    if len(names) < 2:
        return "".join(names)
    heavy = any("," in n for n in names)
    return f"{('; ' if heavy else ', ').join(names[:-1])}{'; and ' if heavy else ' and '}{names[-1]}"


def in_words(day: date) -> str:
    """A date as the corpus writes it: 1 October 2025."""
    return f"{day.day} {day:%B %Y}"


def counted(number: int, one: str, many: str) -> str:
    """A number with its noun; small numbers in words."""
    words = "no one two three four five six seven eight nine ten eleven twelve".split()
    return f"{words[number] if number < len(words) else number} {one if number == 1 else many}"


def capital(text: str) -> str:
    """`text` with a capital first letter, the rest as it is."""
    return text[:1].upper() + text[1:]


def named(body: str) -> str:
    """The name of a body inside a sentence: federations take an article."""
    return f"the {body}" if body.startswith("Federation ") else body


def bare(name: str) -> str:
    """The name of an area after an article: "the Marches", not "the The Marches"."""
    return name.removeprefix("The ")


def overlap(
    one: tuple[date | None, date | None], other: tuple[date | None, date | None]
) -> tuple[date | None, date | None] | None:
    """The days that two windows share; None if they share none."""
    start = max((d for d in (one[0], other[0]) if d), default=None)
    end = min((d for d in (one[1], other[1]) if d), default=None)
    return None if start and end and end < start else (start, end)


def sources_of(*rows: Grounded) -> tuple[str, ...]:
    """The sources of several rows, each once."""
    return tuple(dict.fromkeys(s for row in rows for s in row.sources))


_STRENGTH = (Evidence.PRIMARY, Evidence.SECONDARY, Evidence.THIRD_PARTY, Evidence.INFERENCE)


def weakest(rows: Iterable[Grounded]) -> Evidence:
    """The weakest evidence of several rows, which is that of what is said of them together."""
    return max((row.evidence for row in rows), key=_STRENGTH.index)
