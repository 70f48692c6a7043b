"""From a question at the door to its answer: the conversation's turns, the pool, and whose fault a failure is."""

from __future__ import annotations

import logging
import time
from collections.abc import Generator, Iterator
from contextlib import closing, contextmanager
from datetime import date

from pydantic import ValidationError
from starlette.concurrency import run_in_threadpool

from assistant.answering.events import Done, Event, Failed
from assistant.answering.model import Answer, Question
from assistant.api.callers import Caller
from assistant.api.errand import AnsweredBefore, Errand, take
from assistant.api.feed import Feed
from assistant.api.metrics import Metrics
from assistant.api.pool import Pool
from assistant.api.services import Services
from assistant.logs import event as log_event
from vectorstore.errors import KnowledgeError, UnknownCollectionError, UsageError

log = logging.getLogger(__name__)


class Desk:
    """Takes questions for both doors, the programs' and the readers'."""

    def __init__(self, services: Services, pool: Pool, metrics: Metrics) -> None:
        self._services = services
        self._pool = pool
        self._metrics = metrics

    async def take(self, question: Question, caller: Caller, key: str | None = None) -> Errand | AnsweredBefore:
        """Take a question in. Raises BusyError when too many wait, and what `errand.take` raises."""
        self._pool.check_room()
        return await run_in_threadpool(lambda: take(self._services.records, question, caller, key))

    async def begin(self, question: Question, caller: Caller) -> Errand:
        """Take a question in that comes without a key."""
        taken = await self.take(question, caller)
        assert isinstance(taken, Errand)
        return taken

    async def ask(self, errand: Errand) -> Answer:
        """The answer. Raises BusyError when too many wait, UsageError and KnowledgeError as the assistant does."""
        with self._ended_if_refused(errand):
            future = self._pool.run(lambda: self._answer(errand), errand.end)
        return await future

    def feed(self, errand: Errand) -> Feed:
        """The events of the answer. Raises BusyError when too many wait."""
        with self._ended_if_refused(errand):
            return Feed(self._pool, lambda: self._events(errand), errand.end)

    @staticmethod
    @contextmanager
    def _ended_if_refused(errand: Errand) -> Iterator[None]:
        try:
            yield
        except Exception:
            errand.end()
            raise

    def _answer(self, errand: Errand) -> Answer:
        try:
            question = self._with_history(errand.question)
            with self._whose_fault(question):
                answer = self._services.assistant.ask(question, errand.origin)
            self._end(errand, answer)
            return answer
        finally:
            errand.end()

    def _events(self, errand: Errand) -> Generator[Event, None, None]:
        try:
            question = self._with_history(errand.question)
            walk = self._services.assistant.stream(question, errand.origin)
            with self._whose_fault(question), closing(walk):
                for event in walk:
                    if isinstance(event, Done | Failed):  # before it is told: the next question may come at once
                        self._end(errand, event.answer)
                    yield event
        finally:
            errand.end()

    def _end(self, errand: Errand, answer: Answer) -> None:
        """The answer is there: free its conversation, count and log it."""
        if not errand.end(answer):
            return
        seconds = time.perf_counter() - errand.began
        origin = errand.origin
        self._metrics.answered(origin.door, answer.status, seconds)
        log_event(
            log,
            "answered",
            answer_id=answer.answer_id,
            status=str(answer.status),
            door=origin.door,
            site=origin.site,
            ms=round(seconds * 1000),
            question=errand.question.question if self._services.settings.log_questions else None,
        )

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
