"""What the listeners look up: stored answers, the person's area, how much is held."""

from __future__ import annotations

import time
from dataclasses import dataclass
from datetime import date

from assistant.answering.model import Answer
from assistant.areas.report import AreasReport
from assistant.eligibility.schemas import CheckReport, ChecksReport, CheckSummary
from assistant.sites.suggestions import suggestions
from assistant.slack.drawing.home import Holding
from assistant.slack.model import Preferences
from assistant.slack.services import Services
from assistant.timeline.schemas import TimelineReport
from vectorstore.errors import NotFoundError, UsageError
from vectorstore.profile import AreaName, CollectionProfile

FRESH = 300.0  # seconds that the count of what is held is used again


@dataclass(frozen=True, slots=True)
class Kept:
    """A stored answer with its question."""

    answer: Answer
    question: str


class Shelf:
    """Blocks: called off the loop."""

    def __init__(self, services: Services) -> None:
        self._services = services
        self._holding: tuple[float, Holding] | None = None

    @property
    def today(self) -> date:
        return self._services.settings.current_date()

    @property
    def _collection(self) -> str:
        return self._services.settings.collection

    @property
    def profile(self) -> CollectionProfile:
        return self._services.catalogue.profile(self._collection)

    def kept(self, answer_id: str) -> Kept | None:
        """A stored answer; None where its text is kept no longer."""
        try:
            asked = self._services.records.ledger.question(answer_id)
        except NotFoundError:
            return None
        return Kept(Answer.model_validate(asked.answer), asked.question)

    def area(self, preferences: Preferences) -> AreaName | None:
        """The area that was set, if the collection has it."""
        return next((a for a in self.profile.areas if a.id == preferences.area), None)

    def suggestions(self, preferences: Preferences) -> list[str]:
        """Questions to begin with."""
        return suggestions(self.profile, self.area(preferences), self.today)

    def place(self, query: str) -> AreasReport:
        """What a place is."""
        return self._services.area_desk(self._collection).report(query, self.today)

    def timeline(self, area: str) -> TimelineReport:
        """What is due. Raises UsageError for an area that is none."""
        return self._services.timeline_desk(self._collection).report(self.today, area=area)

    def checks(self) -> ChecksReport:
        """The checks there are."""
        return self._services.check_desk(self._collection).checks(self.today)

    def check(self, check_id: str, given: dict[str, str]) -> tuple[CheckSummary, CheckReport]:
        """A check, and what it comes to by what was said. Raises UsageError for an unknown one, or a wrong value."""
        report = self._services.check_desk(self._collection).report(check_id, given, self.today)
        summary = next((c for c in self.checks().checks if c.id == check_id), None)
        if summary is None:
            raise UsageError(f"There is no check {check_id!r}.", "Choose one of those listed.")
        return summary, report

    def holding(self) -> Holding:
        """How much is held; counted again every few minutes."""
        if self._holding is None or time.monotonic() - self._holding[0] > FRESH:
            versions = self._services.catalogue.versions(self._collection)
            self._holding = (
                time.monotonic(),
                Holding(
                    documents=len({v.document_id for v in versions}),
                    versions=len(versions),
                    compiled=max((v.compiled_on for v in versions if v.compiled_on), default=None),
                    checked=max((v.checked_on for v in versions if v.checked_on), default=None),
                ),
            )
        return self._holding[1]
