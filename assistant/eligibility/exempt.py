"""Before a date is told: that the thing which is due on it is not asked of the kind of body that asks."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date

from assistant.answering.consult import open_parts, wordings
from assistant.answering.parts import Asked
from assistant.answering.specifics import years
from assistant.answering.turn import Finding, Turn
from assistant.eligibility.engine import Assessment, EligibilityEngine
from assistant.eligibility.reading import read_facts
from vectorstore.rules.model import Check, Outcome

_DATED = re.compile(
    r"\b(?:when|deadlines?|due|overdue|miss|missed|late|in time|still time|dates?|(?:by|until) (?:what|which))\b",
    re.IGNORECASE,
)
_FIRST_PERSON = re.compile(r"\b(?:we|our|ours|us|i|my|me|we['’]\w+|i['’]\w+)\b", re.IGNORECASE)


class Exempt:
    """An engine of the path, in front of that of dates: a deadline is none for one whom its rule leaves out.

    Only checks whose rows lead to a dated event are looked at, and only where what the asker says of themselves
    decides by itself that nothing is due.
    """

    def __init__(
        self,
        eligibility: EligibilityEngine,
        decided: Callable[[Assessment], Finding | None],
        spell: Callable[[str], str] = lambda text: text,
    ) -> None:
        """`decided` says what a check comes to."""
        self._engine = eligibility
        self._decided = decided
        self._spell = spell

    def consult(self, turn: Turn) -> Sequence[Finding]:
        """That nothing is due from the asker, for each question which asks by when."""
        if turn.understanding.outside or not _FIRST_PERSON.search(turn.interpreted):
            return ()
        dated = [c for c in self._engine.book.checks.values() if any(r.event for r in c.rows)]
        found = []
        for part in open_parts(turn):
            for check in dated:
                finding = self._of(check, part, turn)
                if finding is not None:
                    found.append(replace(finding, answers=re.escape(part.own)))
                    break
        return found

    def _of(self, check: Check, part: Asked, turn: Turn) -> Finding | None:
        texts = wordings(part, turn, self._spell)
        if not any(_DATED.search(t) and _names(check, t) for t in texts):
            return None
        assessment = self._engine.assess(
            check, read_facts(check, self._spell(turn.interpreted)), self._day(check, turn)
        )
        return self._decided(assessment) if assessment.outcome is Outcome.NOT_ELIGIBLE else None

    def _day(self, check: Check, turn: Turn) -> date:
        """The day whose rows count: the last with one in force in the past time or year that the question names."""
        period, named = turn.understanding.period, years(turn.interpreted)
        if period is not None:
            start, end = period.start, period.end
        elif len(named) == 1:  # "due in 2024" is no time to stand on, and other rows may have held then all the same
            [year] = (int(y) for y in named)
            start, end = date(year, 1, 1), date(year, 12, 31)
        else:
            return turn.as_of
        return turn.as_of if end >= turn.as_of else self._engine.day_in_force(check, start, end)


def _names(check: Check, text: str) -> bool:
    """Whether `text` names what the check is about."""
    if not check.asked_as or (check.unless and re.search(check.unless, text, re.IGNORECASE)):
        return False
    return re.search(check.asked_as, text, re.IGNORECASE) is not None
