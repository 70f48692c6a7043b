"""From a question at the door to its answer: the conversation's turns, the pool, and whose fault a failure is."""

from __future__ import annotations

from collections.abc import Generator, Iterator
from contextlib import contextmanager
from datetime import date

from pydantic import ValidationError

from assistant.answering.events import Event
from assistant.answering.model import Answer, Question
from assistant.api.feed import Feed
from assistant.api.pool import Pool
from assistant.api.services import Services
from vectorstore.errors import KnowledgeError, UnknownCollectionError, UsageError


class Desk:
    """Takes questions for both doors, the programs' and the readers'."""

    def __init__(self, services: Services, pool: Pool) -> None:
        self._services = services
        self._pool = pool

    async def ask(self, question: Question) -> Answer:
        """The answer. Raises BusyError when too many wait, UsageError and KnowledgeError as the assistant does."""
        return await self._pool.run(lambda: self._answer(question))

    def feed(self, question: Question) -> Feed:
        """The events of the answer. Raises BusyError when too many wait."""
        return Feed(self._pool, lambda: self._events(question))

    def _answer(self, question: Question) -> Answer:
        question = self._with_history(question)
        with self._whose_fault(question):
            return self._services.assistant.ask(question)

    def _events(self, question: Question) -> Generator[Event, None, None]:
        question = self._with_history(question)
        with self._whose_fault(question):
            yield from self._services.assistant.stream(question)

    def _with_history(self, question: Question) -> Question:
        if question.conversation_id and not question.history:
            turns = self._services.store.history(question.conversation_id)
            return question.model_copy(update={"history": turns})
        return question

    @contextmanager
    def _whose_fault(self, question: Question) -> Iterator[None]:
        """A collection that is missing is the caller's mistake only if the caller chose it."""
        default = self._services.settings.collection
        try:
            yield
        except UnknownCollectionError as error:
            if question.collection in (None, default):  # nothing the caller could mend
                raise KnowledgeError(error.message, error.remedy) from error
            raise


def read_question(text: str, as_of: str, area: str) -> Question:
    """A question from the fields of a form. Raises UsageError for a field that cannot be."""
    try:
        return Question(question=text, as_of=read_date(as_of), area=area.strip() or None)
    except ValidationError:
        raise UsageError("That area cannot be read.", "Choose one from the list, or leave it out.") from None


def read_date(value: str) -> date | None:
    """A date from a form field; None for an empty one. Raises UsageError."""
    if not value.strip():
        return None
    try:
        return date.fromisoformat(value.strip())
    except ValueError:
        raise UsageError("That is not a date.", "Write the date as YYYY-MM-DD, for example 2025-11-18.") from None
