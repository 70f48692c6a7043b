"""From a job to its outcome: may it be asked, what is the answer, and how does it get there."""

from __future__ import annotations

import logging
import time
from collections.abc import Awaitable, Callable, Generator
from contextlib import aclosing

from assistant.answering.events import Done, Event, Failed, Said, Stepped
from assistant.answering.model import Answer, AnswerStatus, Question, Statement
from assistant.answering.origin import Origin
from assistant.logs import event as log_event
from assistant.slack import quotas
from assistant.slack.aside import Aside
from assistant.slack.asking import NoAnswerError, events
from assistant.slack.calling import TROUBLE, is_final, reason
from assistant.slack.delivery import Delivery
from assistant.slack.dispatching import Dispatch
from assistant.slack.drawing import said
from assistant.slack.model import Job, Preferences, Surface, Thread
from assistant.slack.people import person_id
from assistant.slack.room import Room
from assistant.slack.status import Status
from assistant.slack.workers import Lease
from vectorstore.errors import NotFoundError, UsageError

log = logging.getLogger(__name__)
MOST_ATTEMPTS = 5  # a question that was taken so often and never finished is given up, and the person told
IN_A_THREAD = frozenset({Surface.DM, Surface.MENTION, Surface.THREAD})
Deal = Callable[[Lease, Delivery, Status | None], Awaitable[str]]


class Attendant:
    """Deals with jobs; one serves all of a process."""

    def __init__(self, room: Room, dispatch: Dispatch, answering: Aside) -> None:
        self._room = room
        self._dispatch = dispatch
        self._answering = answering
        self.observe: Callable[[str, AnswerStatus, float], None] = lambda door, status, seconds: None

    async def answer(self, lease: Lease) -> str:
        """The outcome of a job. Raises what may pass, so that the job is taken again."""
        return await self._reaching(lease, self._attend)

    async def refuse(self, lease: Lease) -> str:
        """Tell the person that it is busy."""

        async def tell(lease: Lease, delivery: Delivery, status: Status | None) -> str:
            await delivery.tell(said.busy())
            return "busy"

        return await self._reaching(lease, tell)

    async def _reaching(self, lease: Lease, deal: Deal) -> str:
        try:
            way = await self._dispatch.way(lease)
            if way is None:
                return "uninstalled"
            try:
                return await deal(lease, way.delivery, way.status)
            finally:
                if way.status is not None:
                    await way.status.close()
        except TROUBLE as error:
            if not is_final(error):
                raise
            log.info("an answer from Slack could not be delivered: %s", reason(error))
            return "undeliverable"

    async def _attend(self, lease: Lease, delivery: Delivery, status: Status | None) -> str:
        job, room = lease.job, self._room
        arrival = job.arrival
        preferences = await room.aside(room.cabinet.preferences.of, arrival.team, arrival.channel, arrival.user)
        stored = await room.aside(self._stored, job) if job.attempts > 1 else None
        if stored is not None:  # it was answered before whoever answered it could say so
            await self._deliver(lease, delivery, preferences, stored, ())
            return stored.status.value
        turned_away = await self._turned_away(job, delivery, preferences)
        if turned_away:
            return turned_away
        if not arrival.text:
            await delivery.tell(said.nothing_asked())
            return "helped"
        try:
            answer, shown = await self._asked(job, delivery, status, preferences)
        except NoAnswerError:
            stored = await room.aside(self._stored, job)  # by somebody who held the job before, or holds it now
            if stored is None:
                log.exception("a question from Slack could not be answered")
                await delivery.finish(said.failed(), None)
                return "failed"
            answer, shown = stored, ()
        await self._deliver(lease, delivery, preferences, answer, shown)
        return answer.status.value

    async def _turned_away(self, job: Job, delivery: Delivery, preferences: Preferences) -> str:
        """Why it is not answered; empty if it is."""
        room, arrival = self._room, job.arrival
        if job.attempts > MOST_ATTEMPTS:
            await delivery.tell(said.failed())
            return "given_up"
        if not (await room.services.visitors.switchboard.board()).doors["slack"]:
            await delivery.tell(said.closed())
            return "closed"
        if not preferences.admitted:
            await delivery.tell(said.not_admitted(preferences.help))
            return "not_admitted"
        if job.attempts > 1 or not arrival.text:
            return ""
        person = person_id(room.secret(), arrival.team, arrival.user)
        verdict = await quotas.take(room.services.visitors.quotas, preferences, arrival.team, person)
        if not verdict.admitted:
            await delivery.tell(said.limited(quotas.wait(verdict.reset)))
            return "limited"
        return ""

    async def _asked(
        self, job: Job, delivery: Delivery, status: Status | None, preferences: Preferences
    ) -> tuple[Answer, tuple[Statement, ...]]:
        """The answer, and the statements that were shown while it was made."""
        began = time.perf_counter()
        if status is not None:
            status.step("screen")  # at once: the first step may have to wait
        shown: list[Statement] = []
        walk = events(lambda: self._walk(job, preferences), self._answering)
        async with aclosing(walk):
            async for come in walk:
                for event in come:
                    if isinstance(event, Stepped) and status is not None:
                        status.step(event.step)
                told = [e.statement for e in come if isinstance(e, Said)]
                if told:
                    if status is not None:
                        await status.close()
                    await delivery.say("".join(map(self._room.words.spoken, told)))
                    shown.extend(told)
                for event in come:
                    if isinstance(event, Done | Failed):
                        if status is not None:
                            await status.close()
                        self._log(job, event.answer, time.perf_counter() - began)
                        return event.answer, tuple(shown)
        raise AssertionError("a walk ends with an answer")

    def _walk(self, job: Job, preferences: Preferences) -> Generator[Event, None, None]:
        """In a thread: the events of one answer. An area that is not known any more is left out."""
        room, arrival = self._room, job.arrival
        origin = Origin("slack", None, person_id(room.secret(), arrival.team, arrival.user), answer_id=job.answer_id)
        question = Question(
            question=arrival.text,
            area=arrival.area or preferences.area,
            conversation_id=job.conversation_id,
            history=room.services.store.history(job.conversation_id),
        )
        begun = False
        try:
            for event in room.services.assistant.stream(question, origin):
                begun = True
                yield event
        except UsageError:
            if begun or not question.area:
                raise
            log.warning("an area that a question from Slack was set to is not known")
            yield from room.services.assistant.stream(question.model_copy(update={"area": None}), origin)

    async def _deliver(
        self,
        lease: Lease,
        delivery: Delivery,
        preferences: Preferences,
        answer: Answer,
        shown: tuple[Statement, ...],
    ) -> None:
        arrival, room = lease.job.arrival, self._room
        drawn = await room.aside(
            room.words.whole, answer, preferences, alone=arrival.surface not in IN_A_THREAD, asked=arrival.text
        )
        closing = None
        if shown and room.words.stands(answer, shown):
            closing = await room.aside(room.words.closing, answer, preferences)
        await delivery.finish(drawn, closing)
        if arrival.surface in IN_A_THREAD and delivery.ts:
            asker = person_id(room.secret(), arrival.team, arrival.user)
            thread = Thread(arrival.place, lease.job.conversation_id, asker, answer.answer_id)
            await room.aside(room.cabinet.threads.note, arrival.place, thread, delivery.ts)

    def _stored(self, job: Job) -> Answer | None:
        try:
            stored = self._room.services.store.answer(job.answer_id)
        except NotFoundError:
            return None
        stored.pop("affected", None)
        return Answer.model_validate(stored)

    def _log(self, job: Job, answer: Answer, seconds: float) -> None:
        self.observe("slack", answer.status, seconds)
        log_event(
            log,
            "answered",
            answer_id=answer.answer_id,
            status=str(answer.status),
            door="slack",
            ms=round(seconds * 1000),
            attempts=job.attempts,
            question=job.arrival.text if self._room.services.settings.log_questions else None,
        )
