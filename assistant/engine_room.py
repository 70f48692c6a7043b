"""The exact engines of one process by collection, and the desks that doors look things up at."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from threading import Lock
from typing import Protocol

from assistant.answering.spelling import words_of
from assistant.areas.atlas import Atlas
from assistant.areas.engine import AreasEngine
from assistant.areas.report import AreaDesk
from assistant.changes.report import ChangesDesk
from assistant.eligibility.engine import EligibilityEngine
from assistant.eligibility.report import CheckDesk
from assistant.timeline.editions import Editions
from assistant.timeline.engine import TimelineEngine
from assistant.timeline.report import TimelineDesk
from vectorstore.catalogue import Catalogue
from vectorstore.locations import Locations
from vectorstore.retrieval import Retriever


class Shelves(Protocol):
    """What the engines read: opened when it is first needed."""

    @property
    def catalogue(self) -> Catalogue: ...
    @property
    def locations(self) -> Locations: ...
    def retriever(self, collection: str) -> Retriever: ...


class EngineRoom:
    """Builds each engine once, when it is first asked for."""

    def __init__(self, shelves: Shelves) -> None:
        self._shelves = shelves
        self._areas: dict[str, AreasEngine] = {}
        self._timelines: dict[str, TimelineEngine] = {}
        self._eligibility: dict[str, EligibilityEngine] = {}
        self._editions: dict[str, Editions] = {}
        self._lock = Lock()

    def areas(self, collection: str) -> AreasEngine:
        """The areas engine of a collection; one without facts knows no areas."""
        retriever = self._shelves.retriever(collection)
        with self._lock:
            if collection not in self._areas:
                self._areas[collection] = AreasEngine(
                    self._shelves.catalogue, retriever.snapshot, self._shelves.locations.places, retriever.is_word
                )
            return self._areas[collection]

    def area_desk(self, collection: str) -> AreaDesk:
        """Looks places up in a collection's areas."""
        return AreaDesk(self.areas(collection), self._shelves.retriever(collection))

    def timeline(self, collection: str) -> TimelineEngine:
        """The timeline engine of a collection; one without facts has no events."""
        retriever = self._shelves.retriever(collection)
        with self._lock:
            return self._timelines.setdefault(collection, TimelineEngine(self._shelves.catalogue, retriever.snapshot))

    def editions(self, collection: str) -> Editions:
        """The editions of a collection's texts, with when they applied."""
        retriever = self._shelves.retriever(collection)
        with self._lock:
            return self._editions.setdefault(collection, Editions(self._shelves.catalogue, retriever.snapshot))

    def eligibility(self, collection: str) -> EligibilityEngine:
        """The eligibility engine of a collection; one without decision tables has no checks."""
        retriever = self._shelves.retriever(collection)
        with self._lock:
            return self._eligibility.setdefault(
                collection, EligibilityEngine(self._shelves.catalogue, retriever.snapshot)
            )

    def timeline_desk(self, collection: str) -> TimelineDesk:
        """Looks the dated events of a collection up."""
        return TimelineDesk(
            self.timeline(collection),
            self._shelves.retriever(collection),
            self.atlas(collection),
            self.locate(collection),
        )

    def check_desk(self, collection: str) -> CheckDesk:
        """Runs the checks of a collection."""
        return CheckDesk(
            self.eligibility(collection),
            self._shelves.retriever(collection),
            self.atlas(collection),
            self.locate(collection),
            self.timeline(collection).event,
        )

    def changes_desk(self, collection: str) -> ChangesDesk:
        """Compares editions of a collection's documents."""
        return ChangesDesk(self._shelves.catalogue, collection)

    def atlas(self, collection: str) -> Callable[[], Atlas]:
        """What gives the areas of a collection as they are held at the moment."""
        areas = self.areas(collection)
        return lambda: areas.atlas

    def locate(self, collection: str) -> Callable[[str, date], str | None]:
        """What gives the id of the one area that a place lies in on a date, or None."""
        areas = self.areas(collection)

        def locate(query: str, on: date) -> str | None:
            found = areas.look_up(query, on).areas
            return found[0] if len(found) == 1 else None

        return locate


def words_of_art(timeline: TimelineEngine, eligibility: EligibilityEngine) -> set[str]:
    """The words by which events and checks are named."""
    events = (f"{e.title} {e.noun}" for e in timeline.almanac.events)
    checks = (f"{c.title} {c.question} {f.label}" for c in eligibility.book.checks.values() for f in c.facts)
    return words_of(*events, *checks)
