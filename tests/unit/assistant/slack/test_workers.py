"""Workers: so many at a time, each job held while it lasts, given back when the process stops."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable

from assistant.slack.aside import Aside
from assistant.slack.model import Arrival, Surface
from assistant.slack.workers import Lease, Workers
from tests.fakes.slack_memory import MemoryInbox


def arrival(n: int) -> Arrival:
    return Arrival(f"Ev{n}", Surface.DM, "T1", "", "D1", f"{n}.0", "", "U1", "When?")


class Desk:
    """Answers when it is let; remembers how many it answered at the same time."""

    def __init__(self) -> None:
        self.go = asyncio.Event()
        self.now = self.most = 0
        self.begun = asyncio.Semaphore(0)
        self.refused: list[str] = []
        self.cancelled = 0

    async def answer(self, lease: Lease) -> str:
        self.now += 1
        self.most = max(self.most, self.now)
        self.begun.release()
        try:
            await self.go.wait()
        except asyncio.CancelledError:
            self.cancelled += 1
            raise
        finally:
            self.now -= 1
        return "answered"

    async def refuse(self, lease: Lease) -> str:
        self.refused.append(lease.job.job_id)
        return "busy"


def run(
    test: Callable[[MemoryInbox, Desk, Workers], Awaitable[None]],
    *,
    at_once: int = 2,
    queue: int = 10,
    renew: float = 5,
) -> None:
    async def go() -> None:
        inbox, desk, aside = MemoryInbox(), Desk(), Aside(2, "test")
        workers = Workers(
            lambda: inbox, aside, desk.answer, desk.refuse, at_once=at_once, queue=queue, poll=0.02, renew=renew
        )
        try:
            await test(inbox, desk, workers)
        finally:
            await workers.stop(0)
            aside.close()

    asyncio.run(asyncio.wait_for(go(), 30))


async def until(true: Callable[[], bool]) -> None:
    while not true():
        await asyncio.sleep(0.005)


def test_so_many_at_a_time_and_all_in_the_end() -> None:
    async def test(inbox: MemoryInbox, desk: Desk, workers: Workers) -> None:
        for n in range(6):
            inbox.take_in(arrival(n))
        workers.start()
        await desk.begun.acquire()
        await desk.begun.acquire()
        desk.go.set()
        await until(lambda: inbox.waiting() == 0)
        assert desk.most == 2
        assert set(inbox.outcomes.values()) == {"answered"} and len(inbox.outcomes) == 6

    run(test)


def test_what_arrives_is_taken_at_once_when_woken() -> None:
    async def test(inbox: MemoryInbox, desk: Desk, workers: Workers) -> None:
        desk.go.set()
        workers.start()
        await asyncio.sleep(0)
        inbox.take_in(arrival(1))
        workers.wake()
        await until(lambda: inbox.waiting() == 0)

    run(test)


def test_those_for_whom_there_is_no_room_are_told_so() -> None:
    async def test(inbox: MemoryInbox, desk: Desk, workers: Workers) -> None:
        for n in range(5):
            inbox.take_in(arrival(n))
        workers.start()
        await until(lambda: len(desk.refused) == 3)
        assert desk.now == 1  # one runs, one waits
        desk.go.set()
        await until(lambda: inbox.waiting() == 0)
        assert sorted(inbox.outcomes.values()) == ["answered", "answered", "busy", "busy", "busy"]

    run(test, at_once=1, queue=1)


def test_a_failure_leaves_the_job_to_be_taken_again() -> None:
    async def test(inbox: MemoryInbox, desk: Desk, workers: Workers) -> None:
        failed = asyncio.Event()

        async def answer(lease: Lease) -> str:
            if lease.job.attempts == 1:
                failed.set()
                raise OSError("no")
            return "answered"

        workers._answer = answer
        inbox.take_in(arrival(1))
        workers.start()
        await failed.wait()
        await until(lambda: not workers._running)
        assert inbox.waiting() == 1
        (job_id,) = inbox._jobs
        inbox.lose(job_id)
        await until(lambda: inbox.waiting() == 0)
        assert inbox.outcomes == {job_id: "answered"}

    run(test)


def test_whoever_lost_a_job_stops() -> None:
    async def test(inbox: MemoryInbox, desk: Desk, workers: Workers) -> None:
        inbox.take_in(arrival(1))
        workers.start()
        await desk.begun.acquire()
        await until(lambda: inbox.renewals > 1)
        (job_id,) = inbox._jobs
        inbox._holders[job_id] = "another"
        await until(lambda: desk.cancelled == 1)
        assert inbox.outcomes == {} and inbox.holder(job_id) == "another"

    run(test, renew=0.02)


def test_stopping_lets_running_answers_end_and_gives_the_rest_back() -> None:
    async def test(inbox: MemoryInbox, desk: Desk, workers: Workers) -> None:
        for n in range(3):
            inbox.take_in(arrival(n))
        workers.start()
        await desk.begun.acquire()
        await desk.begun.acquire()
        stopping = asyncio.create_task(workers.stop(30))
        await asyncio.sleep(0)
        desk.go.set()
        await stopping
        assert len(inbox.outcomes) == 2 and inbox.waiting() == 1
        assert set(inbox._holders.values()) == set()

    run(test)


def test_what_does_not_end_in_time_is_given_back() -> None:
    async def test(inbox: MemoryInbox, desk: Desk, workers: Workers) -> None:
        inbox.take_in(arrival(1))
        workers.start()
        await desk.begun.acquire()
        await workers.stop(0)
        assert desk.cancelled == 1 and inbox.outcomes == {}
        assert inbox.waiting() == 1 and inbox._holders == {}

    run(test)
