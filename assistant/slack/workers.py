"""Takes jobs from the inbox, so many at a time, and holds on to each while it is worked on."""

from __future__ import annotations

import asyncio
import logging
import os
import socket
from collections.abc import Awaitable, Callable
from contextlib import suppress

from assistant.answering.origin import new_id
from assistant.slack.aside import Aside
from assistant.slack.calling import LostJobError
from assistant.slack.model import Job
from assistant.slack.ports import Inbox

log = logging.getLogger(__name__)
POLL = 2.0  # seconds after which the inbox is looked at unasked: for jobs of processes that died
RENEW = 20.0  # seconds between renewals; a lease lasts minutes
LAST_WORDS = 2.0  # seconds for a job that was cancelled to let go

Handle = Callable[["Lease"], Awaitable[str]]


class Lease:
    """A job that this process holds."""

    def __init__(self, job: Job, worker: str, inbox: Inbox, aside: Aside) -> None:
        self.job = job
        self.lost = False
        self._worker = worker
        self._inbox = inbox
        self._aside = aside

    async def posted(self, ts: str) -> str:
        """Write down the message that carries the answer; the one that counts, which may be another worker's."""
        self.job = await self._aside(self._inbox.posted, self.job, self._worker, ts)
        return self.job.posted

    async def finish(self, outcome: str) -> None:
        """It is done."""
        await self._aside(self._inbox.finish, self.job, self._worker, outcome)

    async def renew(self) -> bool:
        """Whether it is still ours."""
        return await self._aside(self._inbox.renew, self.job, self._worker)


class Workers:
    """`answer` and `refuse` deal with a job and give its outcome; if they raise, the job is taken again later."""

    def __init__(
        self,
        inbox: Callable[[], Inbox],
        aside: Aside,
        answer: Handle,
        refuse: Handle,
        *,
        at_once: int,
        queue: int,
        poll: float = POLL,
        renew: float = RENEW,
    ) -> None:
        self.name = f"{socket.gethostname()[:40]}-{os.getpid()}-{new_id()[:8]}"
        self._inbox = inbox
        self._aside = aside
        self._answer = answer
        self._refuse = refuse
        self._at_once = at_once
        self._queue = queue
        self._poll = poll
        self._renew = renew
        self._awake = asyncio.Event()
        self._running: set[asyncio.Task[None]] = set()
        self._refusing: set[asyncio.Task[None]] = set()
        self._loop: asyncio.Task[None] | None = None

    def start(self) -> None:
        """Begin to take jobs."""
        self._loop = asyncio.create_task(self._take())

    def wake(self) -> None:
        """There may be something to do."""
        self._awake.set()

    async def stop(self, grace: float) -> None:
        """Take nothing more; let what runs end within `grace` seconds; give the rest back to be taken by others."""
        loop, self._loop = self._loop, None
        if loop is None:
            return
        loop.cancel()
        with suppress(asyncio.CancelledError):
            await loop
        tasks = self._running | self._refusing
        if tasks:
            await asyncio.wait(tasks, timeout=grace)
        left = {t for t in tasks if not t.done()}
        for task in left:
            task.cancel()
        if left:
            await asyncio.wait(left, timeout=LAST_WORDS)
        try:
            await self._aside(self._inbox().release, self.name)
        except Exception:
            log.exception("what this process held could not be given back: others take it when its leases run out")

    async def _take(self) -> None:
        while True:
            self._awake.clear()
            try:
                more = await self._step()
            except Exception:
                log.exception("the inbox could not be read")
                more = False
            if not more:
                with suppress(TimeoutError):
                    await asyncio.wait_for(self._awake.wait(), self._poll)

    async def _step(self) -> bool:
        """Take one job, if there is one and room for it. Says whether another look is worth it at once."""
        inbox = self._inbox()
        room = len(self._running) < self._at_once
        if not room:
            waiting = await self._aside(inbox.waiting) - len(self._refusing)
            if waiting <= self._queue + self._at_once:
                return False
        job = await self._aside(inbox.next, self.name)
        if job is None:
            return False
        lease = Lease(job, self.name, inbox, self._aside)
        if room:
            self._begin(lease, self._answer, self._running)
        else:
            self._begin(lease, self._refuse, self._refusing)
        return True

    def _begin(self, lease: Lease, handle: Handle, tasks: set[asyncio.Task[None]]) -> None:
        task = asyncio.create_task(self._hold(lease, handle))
        tasks.add(task)

        def ended(done: asyncio.Task[None]) -> None:
            tasks.discard(done)
            self.wake()

        task.add_done_callback(ended)

    async def _hold(self, lease: Lease, handle: Handle) -> None:
        work = asyncio.ensure_future(handle(lease))
        keeper = asyncio.create_task(self._keep(lease, work))
        try:
            outcome = await work
            await lease.finish(outcome)
        except asyncio.CancelledError:
            work.cancel()
            with suppress(asyncio.CancelledError, Exception):
                await work
            if lease.lost:  # it changes nothing, but where the question was forgotten its answer goes too
                with suppress(Exception):
                    await lease.finish("lost")
        except LostJobError:
            log.warning("another process answered a question from Slack: this one's message is taken back")
            with suppress(Exception):
                await lease.finish("lost")
        except Exception:
            log.exception("a question from Slack is left to be taken again")
        finally:
            keeper.cancel()
            with suppress(asyncio.CancelledError):
                await keeper

    async def _keep(self, lease: Lease, work: asyncio.Future[str]) -> None:
        """Renew the lease until the work ends; stop the work if somebody else has it by now."""
        while True:
            await asyncio.sleep(self._renew)
            try:
                ours = await lease.renew()
            except Exception:
                log.warning("a lease could not be renewed")
                continue
            if not ours:
                log.warning("a question from Slack is no longer this process's: it stops")
                lease.lost = True
                work.cancel()
                return
