"""What is said, drawn for Slack: answers with the look of the person who asked, and what is said instead of one."""

from __future__ import annotations

from typing import Any

from assistant.answering.model import Answer, Statement
from assistant.slack.drawing import answer as drawing
from assistant.slack.drawing.look import Drawn, Look
from assistant.slack.model import Preferences
from assistant.slack.services import Services


class Words:
    """Draws over the services. It reads the catalogue: called off the loop, but for the short notices."""

    def __init__(self, services: Services) -> None:
        self._services = services

    def look(self, preferences: Preferences | None = None) -> Look:
        """How things look to a person with these settings."""
        s = self._services.settings
        area = preferences.area if preferences else None
        return Look(
            s.public_url,
            s.current_date(),
            self._services.catalogue,
            self.area_name(area) if area else "",
            preferences.area_from if preferences else "",
        )

    def area_name(self, area: str) -> str:
        """The name of an area by its id; the id where the collection does not know it any more."""
        profile = self._services.catalogue.profile(self._services.settings.collection)
        return next((a.name for a in profile.areas if a.id == area), area)

    def whole(self, answer: Answer, preferences: Preferences, *, alone: bool, asked: str) -> Drawn:
        """The whole answer; `alone`: only one person sees it, away from the question."""
        return drawing.whole(answer, self.look(preferences), ephemeral=alone, asked=asked if alone else "")

    def closing(self, answer: Answer, preferences: Preferences) -> list[dict[str, Any]]:
        """What comes under statements that were shown one by one."""
        return drawing.closing(answer, self.look(preferences))

    @staticmethod
    def spoken(statement: Statement) -> str:
        """One statement as it is shown while the answer is made."""
        return drawing.spoken(statement)

    @staticmethod
    def stands(answer: Answer, said: tuple[Statement, ...]) -> bool:
        """Whether what was shown one by one may stay as it is."""
        return drawing.stands(answer, said)

    def shared(self, answer: Answer, preferences: Preferences, question: str) -> Drawn:
        """An answer for a channel that has not seen the question."""
        return drawing.whole(answer, self.look(preferences), asked=question)
