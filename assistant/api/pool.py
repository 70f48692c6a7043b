"""A bounded pool: so many questions at the same time, so many waiting, and then a plain 'busy'."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
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

    async def run(self, work: Callable[[], T]) -> T:
        """The result of `work`. Raises BusyError at once if no place is free."""
        return await asyncio.wrap_future(self.submit(work))

    def submit(self, work: Callable[[], T]) -> Future[T]:
        """Let `work` run when a worker is free. Raises BusyError at once if no place is."""
        with self._lock:
            if self._taken >= self._places:
                raise BusyError(message("busy"), f"Try again in {RETRY_AFTER} seconds.")
            self._taken += 1
        try:
            future = self._executor.submit(work)
        except RuntimeError:  # the pool has been closed
            self._release(None)
            raise BusyError(message("busy"), f"Try again in {RETRY_AFTER} seconds.") from None
        future.add_done_callback(self._release)
        return future

    def close(self) -> None:
        """Let running work end, and drop what waits."""
        self._executor.shutdown(wait=True, cancel_futures=True)

    def _release(self, _future: Future[T] | None) -> None:
        with self._lock:
            self._taken -= 1
