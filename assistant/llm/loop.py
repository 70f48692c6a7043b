"""One event loop in a thread of its own, on which calls run that must end when their time is up."""

from __future__ import annotations

import asyncio
import queue
from collections.abc import AsyncIterator, Generator
from functools import cache
from threading import Lock, Thread
from typing import TypeVar

T = TypeVar("T")
_END = object()
IDLE = 0.25  # seconds without an item after which the reader is given a turn


@cache
def shared_loop() -> LoopThread:
    """The one loop of the process. Clients keep their connections for one loop, and LangChain shares clients."""
    return LoopThread()


class LoopThread:
    """Lets blocking code read an asynchronous iterator, with a deadline for all of it.

    A read timeout of a socket starts again with every byte, so a server that drips is never late for it; a task on a
    loop is cancelled wherever it waits, and its connection closed. The thread starts with the first call.
    """

    def __init__(self) -> None:
        self._lock = Lock()
        self._loop: asyncio.AbstractEventLoop | None = None

    def iterate(self, source: AsyncIterator[T], seconds: float) -> Generator[T | None, None, None]:
        """The items of `source`, and None when none came for a while: the reader may want to leave.

        Raises TimeoutError after `seconds`, and what `source` raises.

        Closing the iterator cancels the reading of `source`.
        """
        items: queue.SimpleQueue[object] = queue.SimpleQueue()

        async def read() -> None:
            try:
                async with asyncio.timeout(seconds):
                    async for item in source:
                        items.put(item)
                items.put(_END)
            except BaseException as error:
                items.put(error)
                if isinstance(error, asyncio.CancelledError):
                    raise

        running = asyncio.run_coroutine_threadsafe(read(), self._running())
        try:
            while True:
                try:
                    item = items.get(timeout=IDLE)
                except queue.Empty:
                    yield None
                    continue
                if item is _END:
                    return
                if isinstance(item, BaseException):
                    raise item
                yield item  # type: ignore[misc]
        finally:
            running.cancel()

    def _running(self) -> asyncio.AbstractEventLoop:
        with self._lock:
            if self._loop is None:
                self._loop = asyncio.new_event_loop()
                Thread(target=self._loop.run_forever, name="chat-model", daemon=True).start()
            return self._loop
