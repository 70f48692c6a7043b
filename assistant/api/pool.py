"""A bounded pool: so many questions at the same time, so many waiting, and then a plain 'busy'."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import suppress
from contextvars import copy_context
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
        self._aside = ThreadPoolExecutor(1, thread_name_prefix="dropped")  # may wait for the database
        self._places = workers + queue
        self._taken = 0
        self._waiting: dict[Future[Any], Callable[[], object] | None] = {}
        self._closed = False
        self._lock = Lock()

    @property
    def taken(self) -> int:
        """How many questions are being answered or wait."""
        return self._taken

    def check_room(self) -> None:
        """Raise BusyError if no place is free at this moment."""
        if self._closed or self._taken >= self._places:
            raise _busy()

    def run(self, work: Callable[[], T], dropped: Callable[[], object] | None = None) -> Awaitable[T]:
        """The result of `work`, to be awaited; otherwise as `submit`."""
        return asyncio.wrap_future(self.submit(work, dropped))

    def submit(self, work: Callable[[], T], dropped: Callable[[], object] | None = None) -> Future[T]:
        """Let `work` run when a worker is free. Raises BusyError at once if no place is; its future does when it is
        turned away later. `dropped` is called, in a thread, if a place was given and the work will never begin.
        """
        place: Future[T] = Future()
        with self._lock:
            if self._closed or self._taken >= self._places:
                raise _busy()
            self._taken += 1
            self._waiting[place] = dropped
        place.add_done_callback(self._release)
        try:
            self._executor.submit(copy_context().run, self._run, place, work)  # the log names the request
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
        self._aside.shutdown(wait=True)

    def _run(self, place: Future[T], work: Callable[[], T]) -> None:
        if not self._begin(place)[0]:
            return
        try:
            result = work()
        except BaseException as error:
            place.set_exception(error)
        else:
            place.set_result(result)

    def _fail(self, place: Future[Any]) -> None:
        begun, dropped = self._begin(place)
        if begun:
            self._drop(dropped)
            place.set_exception(_busy())

    def _begin(self, place: Future[Any]) -> tuple[bool, Callable[[], object] | None]:
        """Whether the place was still waiting: a worker and one who turns away may both reach for it."""
        with self._lock:
            if place not in self._waiting:
                return False, None
            dropped = self._waiting.pop(place)
        if place.set_running_or_notify_cancel():
            return True, dropped
        self._drop(dropped)
        return False, None

    def _release(self, place: Future[Any]) -> None:
        with self._lock:
            self._taken -= 1
            dropped = self._waiting.pop(place, None)  # still there only if it was cancelled
        self._drop(dropped)

    def _drop(self, dropped: Callable[[], object] | None) -> None:
        if dropped is not None:
            with suppress(RuntimeError):  # the pool has been closed
                self._aside.submit(dropped)


def _busy() -> BusyError:
    return BusyError(message("busy"), f"Try again in {RETRY_AFTER} seconds.")
