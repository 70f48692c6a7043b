"""Asks the questions of a set one after the other and observes what becomes of each."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Protocol

from assistant.answering.model import Answer, Message, Question
from assistant.evaluation.golden import GoldenQuestion
from assistant.evaluation.outcome import Outcome, observe
from assistant.evaluation.ranking import Found

MOST_HISTORY = 50  # messages that a question may carry
LONGEST_MESSAGE = 20_000  # characters


class Asker(Protocol):
    """What answers: the assistant, or a stand-in."""

    def ask(self, question: Question) -> Answer: ...


class Searcher(Protocol):
    """What finds passages for a question as it was understood, best first."""

    def find(self, question: str, answer: Answer, *, by_document: bool) -> list[Found]: ...


class Evaluation:
    """Runs questions against one collection. `text` gives the stored text of a version, to check quotations by."""

    def __init__(self, asker: Asker, searcher: Searcher, text: Callable[[str], str], collection: str) -> None:
        self._asker = asker
        self._searcher = searcher
        self._text = text
        self._collection = collection

    def run(self, questions: Sequence[GoldenQuestion]) -> Iterator[Outcome]:
        """One outcome after the other, as they are made; stopping in between loses none that was given."""
        for question in questions:
            yield self.observe(question)

    def observe(self, question: GoldenQuestion) -> Outcome:
        """Ask the earlier turns and the question, and check the answer."""
        exchange: list[Message] = []
        for turn in question.turns:
            said = self._ask(question, turn, exchange)
            exchange.append(Message(role="user", text=turn))
            exchange.append(Message(role="assistant", text=said.text[:LONGEST_MESSAGE]))
        answer = self._ask(question, question.question, exchange)
        # A follow-up is searched for as the assistant understood it, any other question as it was asked.
        query = answer.interpreted_question if question.turns else question.question
        whole = bool(question.gold) and not any(g.quote for g in question.gold)
        found = self._searcher.find(query, answer, by_document=whole)
        exact = [self._text(c.version_id)[c.start : c.end] == c.quote for c in answer.citations]
        return observe(question, answer, exact, found, exchange)

    def _ask(self, question: GoldenQuestion, text: str, exchange: Sequence[Message]) -> Answer:
        return self._asker.ask(
            Question(
                question=text,
                as_of=question.as_of,
                area=question.area,
                collection=self._collection,
                history=tuple(exchange[-MOST_HISTORY:]),
            )
        )
