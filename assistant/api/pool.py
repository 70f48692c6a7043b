"""A bounded pool: so many questions at the same time, so many waiting, and then a plain 'busy'."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from threading import Lock
from typing import Any, TypeVar

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
        self._waiting: set[Future[Any]] = set()
        self._closed = False
        self._lock = Lock()

    async def run(self, work: Callable[[], T]) -> T:
        """The result of `work`. Raises BusyError at once if no place is free, and when what waits is turned away."""
        return await asyncio.wrap_future(self.submit(work))

    def submit(self, work: Callable[[], T]) -> Future[T]:
        """Let `work` run when a worker is free. Raises BusyError at once if no place is."""
        place: Future[T] = Future()
        with self._lock:
            if self._closed or self._taken >= self._places:
                raise _busy()
            self._taken += 1
            self._waiting.add(place)
        place.add_done_callback(self._release)
        try:
            self._executor.submit(self._run, place, work)
        except RuntimeError:  # the interpreter is going down
            self._fail(place)
        return place

    def turn_away(self) -> None:
        """Take nothing more, and tell all who still wait that it is busy. What runs goes on."""
        with self._lock:
            self._closed = True
            waiting = list(self._waiting)
        for place in waiting:
            self._fail(place)

    def close(self) -> None:
        """Turn away what waits, and let running work end."""
        self.turn_away()
        self._executor.shutdown(wait=True, cancel_futures=True)

    def _run(self, place: Future[T], work: Callable[[], T]) -> None:
        if not self._begin(place):
            return
        try:
            result = work()
        except BaseException as error:
            place.set_exception(error)
        else:
            place.set_result(result)

    def _fail(self, place: Future[T]) -> None:
        if self._begin(place):
            place.set_exception(_busy())

    def _begin(self, place: Future[T]) -> bool:
        """Whether the place was still waiting: a worker and one who turns away may both reach for it."""
        with self._lock:
            if place not in self._waiting:
                return False
            self._waiting.discard(place)
        return place.set_running_or_notify_cancel()

    def _release(self, place: Future[T]) -> None:
        with self._lock:
            self._taken -= 1
            self._waiting.discard(place)


def _busy() -> BusyError:
    return BusyError(message("busy"), f"Try again in {RETRY_AFTER} seconds.")
