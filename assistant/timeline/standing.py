"""Whether an edition of a guidance, or a law, was in force on the day meant: yes or no, and from when to when."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from assistant.answering.consult import open_parts, wordings
from assistant.answering.polarity import Verdict
from assistant.answering.quoting import quote_of
from assistant.answering.resting import resting
from assistant.answering.turn import Finding, Turn
from assistant.timeline.editions import Asked, Edition, Editions, Request
from prompts import message
from vectorstore.retrieval import Retriever

ENGINE = "editions"


class Standing:
    """An engine of the path: reads the days of the editions of a collection; one without facts knows none."""

    def __init__(self, editions: Editions, retriever: Retriever) -> None:
        self._editions = editions
        self._retriever = retriever

    def consult(self, turn: Turn) -> Sequence[Finding]:
        """One finding for each question that asks whether an edition is or was in force, and nothing more."""
        found = []
        for part in open_parts(turn):
            made = (self._of(text, turn) for text in wordings(part, turn))
            finding = next((f for f in made if f is not None), None)
            if finding is not None:
                found.append(replace(finding, answers=re.escape(part.own)))
        return found

    def _of(self, text: str, turn: Turn) -> Finding | None:
        period = turn.understanding.period
        known = self._editions.known(turn.as_of)
        named = [(e, request) for e in known if (request := e.request(text, period)) is not None]
        if not named or (period is None and any(r.past and r.asked is Asked.IN_FORCE for _, r in named)):
            return None  # of a time that is not told
        start, end = (period.start, period.end) if period is not None else (turn.as_of, turn.as_of)
        verdicts = {_verdict(e, request, start, end) for e, request in named}
        agreed = verdicts.pop() if len(verdicts) == 1 else None
        before = message(agreed.value) if agreed else ""
        quotes = [q for e, _ in named if (q := quote_of(e.fact, self._retriever, turn.as_of)) is not None]
        if len(quotes) < len(named):
            return None
        said = tuple(resting(q, q.text, before="" if n else before) for n, q in enumerate(quotes))
        return Finding(
            ENGINE,
            " ".join(s.text for s in said),
            tuple(quotes),
            {"kind": named[0][1].asked.value, "editions": [e.fact.subject for e, _ in named]},
            on=turn.as_of,
            statements=said,
            leads=True,
        )


def _verdict(edition: Edition, request: Request, start: date, end: date) -> Verdict | None:
    """What the days settle. Whether it is in force for somebody in particular, or by which act it ended, they do not,
    unless its text says so.
    """
    settled = edition.settles(request, start, end)
    if settled is None or (settled and request.of_somebody and request.asked is Asked.IN_FORCE):
        return None
    if settled and request.abrogated not in edition.fact.text:
        return None
    return Verdict.YES if settled else Verdict.NO
