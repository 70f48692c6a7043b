"""A bounded pool: so many questions at the same time, so many waiting, and then a plain 'busy'."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from concurrent.futures import Future, ThreadPoolExecutor
from contextvars import copy_context
from threading import Lock
from typing import TypeVar

from prompts import message
from vectorstore.errors import BusyError

T = TypeVar("T")
RETRY_AFTER = 5  # seconds; what a busy answer asks the caller to wait


class Pool:
    """Runs blocking work off the event loop. A place is free again when its work ends, not when the caller leaves."""

    def __init__(self, workers: int, queue: int) -> None:
        self._executor = ThreadPoolExecutor(workers, thread_name_prefix="ask")
        self._places = workers + queue
        self._taken = 0
        self._lock = Lock()

    @property
    def taken(self) -> int:
        """How many questions are being answered or wait."""
        return self._taken

    def check_room(self) -> None:
        """Raise BusyError if no place is free at this moment."""
        if self._taken >= self._places:
            raise _busy()

    def run(self, work: Callable[[], T]) -> Awaitable[T]:
        """The result of `work`, to be awaited. Raises BusyError at once if no place is free."""
        return asyncio.wrap_future(self.submit(work))

    def submit(self, work: Callable[[], T]) -> Future[T]:
        """Let `work` run when a worker is free. Raises BusyError at once if no place is."""
        with self._lock:
            if self._taken >= self._places:
                raise _busy()
            self._taken += 1
        try:
            future = self._executor.submit(copy_context().run, work)  # the log names the request
        except RuntimeError:  # the pool has been closed
            self._release(None)
            raise _busy() from None
        future.add_done_callback(self._release)
        return future

    def close(self) -> None:
        """Take no more work, and finish what was taken."""
        self._executor.shutdown(wait=True)

    def _release(self, _future: Future[T] | None) -> None:
        with self._lock:
            self._taken -= 1


def _busy() -> BusyError:
    return BusyError(message("busy"), f"Try again in {RETRY_AFTER} seconds.")
