"""The exact engines: each looks at the turn and gives findings with citations, or none."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Protocol

from assistant.answering.turn import Finding, Turn


class Engine(Protocol):
    """Areas, timeline or eligibility: computes what must not be guessed."""

    def consult(self, turn: Turn) -> Sequence[Finding]: ...


class Consult:
    """Asks every engine of the collection. A collection without engines passes through."""

    def __init__(self, engines: Sequence[Engine] = ()) -> None:
        self._engines = tuple(engines)

    def __call__(self, turn: Turn) -> Turn:
        findings = tuple(f for engine in self._engines for f in engine.consult(turn))
        return replace(turn, findings=findings)
