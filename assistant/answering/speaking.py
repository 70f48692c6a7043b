"""From statements as they come to events: each numbered as the answer would be if it ended there."""

from __future__ import annotations

from collections.abc import Generator, Iterator
from dataclasses import replace
from datetime import date
from typing import TypeVar

from assistant.answering.assemble import number
from assistant.answering.events import Cited, Event, Said, Working
from assistant.answering.inert import inert, inert_citation
from assistant.answering.model import Citation, Statement
from assistant.answering.turn import Draft, DraftStatement
from vectorstore.profile import CollectionProfile

T = TypeVar("T")


class Speech:
    """Remembers what was said, so that nothing is said twice and a mark keeps its number while that can be."""

    def __init__(self, on: date, profile: CollectionProfile) -> None:
        self._on = on
        self._profile = profile
        self._said: list[DraftStatement] = []
        self._cited: dict[int, Citation] = {}

    def follow(self, statements: Generator[DraftStatement | None, None, T]) -> Generator[Event, None, T]:
        """The events of a step that gives statements while it works; returns what the step returns."""
        try:
            while True:
                try:
                    statement = next(statements)
                except StopIteration as end:
                    return end.value  # type: ignore[no-any-return]
                if statement is None:
                    yield Working()
                else:
                    yield from self._say(statement)
        finally:
            statements.close()

    def rest(self, draft: Draft) -> Iterator[Event]:
        """The events of what the finished draft says beyond what was said; none where it takes something back."""
        self._on = draft.as_of
        if list(draft.statements[: len(self._said)]) == self._said:
            for statement in draft.statements[len(self._said) :]:
                yield from self._say(statement)

    def _say(self, statement: DraftStatement) -> Iterator[Event]:
        bare = replace(statement, text=inert(statement.text, self._profile))
        if not bare.text:
            return
        self._said.append(bare)
        blocks, citations = number(Draft(tuple(self._said), "", self._on))
        for citation in (inert_citation(c, self._profile) for c in citations):
            if self._cited.get(citation.n) != citation:
                self._cited[citation.n] = citation
                yield Cited(citation)
        told = [s for block in blocks for s in _statements(block)]
        yield Said(told[-1])


def _statements(block: object) -> list[Statement]:
    lead = getattr(block, "lead", None)
    return [*([lead] if lead else []), *getattr(block, "statements", ()), *getattr(block, "items", ())]
