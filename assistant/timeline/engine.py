"""The timeline engine: the events of a collection as they are known on a date."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from datetime import date

from assistant.timeline.events import Event
from vectorstore.catalogue import Catalogue
from vectorstore.facts import Fact
from vectorstore.generations import PerGeneration
from vectorstore.snapshot import Snapshot
from vectorstore.text import content_stems

MOST_OF_TITLE = 0.75  # share of the words of a title that names the event
KINDS = ("publication", "funding", "legal", "designation", "deadline", "expected")


@dataclass(frozen=True, slots=True)
class Term:
    """A period that is counted from a day the asker knows."""

    id: str
    title: str
    noun: str
    count: int
    working: bool
    from_what: str
    named: re.Pattern[str]
    fact: Fact


@dataclass(frozen=True, slots=True)
class Almanac:
    """All events and terms of one generation, events by date."""

    events: tuple[Event, ...]
    terms: tuple[Term, ...]
    gaps: tuple[tuple[re.Pattern[str], Fact], ...] = ()  # dates not held, by the pattern of what asks for them


class TimelineEngine:
    """Events of one collection; one without facts has none."""

    def __init__(self, catalogue: Catalogue, snapshot: Callable[[], Snapshot]) -> None:
        self._catalogue = catalogue
        self._almanac = PerGeneration(snapshot, self._read)

    def _read(self, snapshot: Snapshot) -> Almanac:
        facts = self._catalogue.facts(snapshot.collection, ("event", "term", "date_gap"))
        events = [Event.of(f) for f in facts if f.kind == "event"]
        return Almanac(
            tuple(sorted(events, key=lambda e: (e.first, e.end, e.id))),
            tuple(_term(f) for f in facts if f.kind == "term"),
            tuple((re.compile(f.data["asked_as"], re.IGNORECASE), f) for f in facts if f.kind == "date_gap"),
        )

    @property
    def almanac(self) -> Almanac:
        return self._almanac()

    def events(
        self,
        on: date,
        *,
        areas: Collection[str] = (),
        only_areas: bool = False,
        kind: str = "",
        fund: str = "",
        start: date | None = None,
        end: date | None = None,
    ) -> list[Event]:
        """Events known on a date, by date: national ones, and those of `areas` (of all areas if none are given).

        `start` and `end` keep those that reach into a span. `only_areas` leaves national ones out.
        """
        return [
            e
            for e in self.almanac.events
            if e.fact.holds(on)
            and (not e.areas or not areas or set(e.areas) & set(areas))
            and (e.areas or not only_areas)
            and (not kind or e.kind == kind)
            and (not fund or e.fund == fund or e.fund.startswith(f"{fund}-"))
            and (start is None or e.end >= start)
            and (end is None or e.first <= end)
        ]

    def event(self, event_id: str) -> Event | None:
        return next((e for e in self.almanac.events if e.id == event_id), None)

    def named(self, text: str, on: date) -> list[Event]:
        """Events known on a date that `text` names: by their pattern; if none is, by most words of their title."""
        known = [e for e in self.almanac.events if e.fact.holds(on)]
        found = [e for e in known if e.named and e.named.search(text)]
        if found:
            return found
        said = set(content_stems(text))
        shares = [(len(said & words) / len(words), e) for e in known if (words := set(content_stems(e.title)))]
        best = max((share for share, _ in shares), default=0.0)
        return [e for share, e in shares if share == best] if best >= MOST_OF_TITLE else []

    def named_later(self, text: str, on: date) -> list[Event]:
        """Events that `text` names and that were not known yet on a date."""
        known_later = (e for e in self.almanac.events if e.fact.valid_from and e.fact.valid_from > on)
        return [e for e in known_later if e.named and e.named.search(text)]

    def gap_named(self, text: str, on: date) -> Fact | None:
        """The date that `text` asks for and that is recorded as not held."""
        return next((f for named, f in self.almanac.gaps if f.holds(on) and named.search(text)), None)

    def terms_named(self, text: str, on: date) -> Sequence[Term]:
        """Terms in force on a date that `text` names."""
        return [t for t in self.almanac.terms if t.fact.holds(on) and t.named.search(text)]

    @property
    def funds(self) -> list[str]:
        """The funds that have events, in the order of their first."""
        return list(dict.fromkeys(e.fund for e in self.almanac.events if e.fund))


def _term(fact: Fact) -> Term:
    data = fact.data
    return Term(
        fact.subject,
        data["title"],
        data["noun"],
        data["count"],
        data["unit"] == "working_days",
        data["from_what"],
        re.compile(data["asked_as"], re.IGNORECASE),
        fact,
    )
