"""Events from a worker's thread to the event loop, until the last one or until the reader leaves."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Generator
from concurrent.futures import Future
from contextlib import closing, suppress
from threading import Event as Flag

from assistant.answering.events import Event
from assistant.api.pool import Pool


class Feed:
    """The events of one question. Made on the event loop; its work takes a place of the pool like any question.

    When the reader leaves, the work stops at its next event, and the place is free.
    """

    def __init__(
        self,
        pool: Pool,
        work: Callable[[], Generator[Event, None, None]],
        dropped: Callable[[], object] | None = None,
    ) -> None:
        """Raises BusyError if no place is free. `dropped` is called if the work will never begin."""
        self._loop = asyncio.get_running_loop()
        self._events: asyncio.Queue[Event | Exception | None] = asyncio.Queue()
        self._left = Flag()
        self._work = work
        self._future = pool.submit(self._run, dropped)
        self._future.add_done_callback(self._turned_away)

    async def first(self) -> Event:
        """The first event. Raises what the work raises before it, so that an error can have its own status."""
        try:
            event = await self._events.get()
        except asyncio.CancelledError:
            self.leave()
            raise
        if isinstance(event, Exception):
            raise event
        assert event is not None
        return event

    async def rest(self) -> AsyncIterator[Event | Exception]:
        """The events after the first; an error ends them."""
        while (event := await self._events.get()) is not None:
            yield event

    def leave(self) -> None:
        """Nobody reads any more."""
        self._left.set()
        self._future.cancel()

    def _run(self) -> None:
        try:
            with closing(self._work()) as events:
                for event in events:
                    if self._left.is_set():
                        return
                    self._give(event)
        except Exception as error:
            self._give(error)
        self._give(None)

    def _turned_away(self, future: Future[None]) -> None:
        """The pool may refuse a place that it gave, when the service stops before the work has begun."""
        if not future.cancelled() and (error := future.exception()) is not None:
            self._give(error if isinstance(error, Exception) else None)
            self._give(None)

    def _give(self, event: Event | Exception | None) -> None:
        with suppress(RuntimeError):  # the loop has ended
            self._loop.call_soon_threadsafe(self._events.put_nowait, event)


class Told:
    """Events that are known already, read like a feed."""

    def __init__(self, first: Event, *others: Event) -> None:
        self._first = first
        self._others = others

    async def first(self) -> Event:
        """The first event."""
        return self._first

    async def rest(self) -> AsyncIterator[Event | Exception]:
        """The events after the first."""
        for event in self._others:
            yield event

    def leave(self) -> None:
        """Nobody reads any more."""
