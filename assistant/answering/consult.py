"""The exact engines: each looks at the turn and gives findings with citations, or none."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Protocol

from assistant.answering.forms import unmet
from assistant.answering.parts import Asked, asked
from assistant.answering.turn import Finding, Turn
from vectorstore.text import content_stems


class Engine(Protocol):
    """Areas, timeline, eligibility, changes: computes what must not be guessed."""

    def consult(self, turn: Turn) -> Sequence[Finding]: ...


class Consult:
    """Asks every engine of the collection in order, each knowing what those before it found.

    What was found is weighed at once: what is doubted settles nothing, so engines behind are asked all the same.
    """

    def __init__(self, engines: Sequence[Engine] = (), weigh: Callable[[Turn], Turn] = lambda turn: turn) -> None:
        """`weigh` doubts findings that do not seem to answer."""
        self._engines = tuple(engines)
        self._weigh = weigh

    def __call__(self, turn: Turn) -> Turn:
        for engine in self._engines:
            found = engine.consult(turn)
            if found:
                weighed = self._weigh(replace(turn, findings=tuple(found))).findings
                turn = replace(turn, findings=(*turn.findings, *weighed))
        return turn


def settled(question: str, findings: Sequence[Finding]) -> bool:
    """Whether a leading finding answers one of the questions asked, so that nothing else need be said of it."""
    return any(settles(f, question) for f in findings if f.leads and not f.doubted)


def settles(finding: Finding, question: str) -> bool:
    """Whether a finding answers `question`: it is for it, and has the form asked for or names what it lacks."""
    if not finding.answers or not re.search(finding.answers, question, re.IGNORECASE):
        return False
    return (finding.whole and bool(finding.missing)) or not unmet(question, _said(finding))


def gives(finding: Finding, question: str) -> bool:
    """Whether a finding says besides what `question` asks for, as who leads comes with the page to reach them by."""
    if not finding.gives or not re.search(finding.gives, question, re.IGNORECASE):
        return False
    return not unmet(question, _said(finding))


def _said(finding: Finding) -> str:
    return " ".join((finding.text, *(q.text for q in finding.quotes), *(s.text for s in finding.statements)))


def is_about(part: Asked, finding: Finding, turn: Turn) -> bool:
    """Whether a finding has the subject of a question that leans on the one before: half of the words at least.

    "Who pays for the plan, and until when?" asks no date of the plan itself. A question alone leans on nothing but
    its background.
    """
    if part.own == part.bare or len(asked(turn.interpreted)) == 1:
        return True
    wanted = set(content_stems(part.bare))
    return len(wanted & set(content_stems(_said(finding)))) * 2 >= len(wanted)


def open_parts(turn: Turn) -> list[Asked]:
    """The questions asked that no leading finding settles yet."""
    return [part for part in asked(turn.interpreted) if not settled(part.own, turn.findings)]


def unsaid_parts(turn: Turn) -> list[Asked]:
    """The questions of which sentences may speak: those open, and those whose rule may be said before asking back."""
    said = [f for f in turn.findings if not (f.asks and f.asks.turning)]
    return [part for part in asked(turn.interpreted) if not settled(part.own, said)]


def wordings(part: Asked, turn: Turn, spell: Callable[[str], str] = str) -> list[str]:
    """One question as engines may read it: as put, standing alone, and with its background if it is the only one."""
    whole = [turn.interpreted] if len(asked(turn.interpreted)) == 1 else []
    return list(dict.fromkeys(spell(text) for text in (part.own, part.bare, *whole)))
