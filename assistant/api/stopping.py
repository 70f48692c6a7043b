"""What a service does when its process is told to stop: those who wait get so long, then they are told it is busy."""

from __future__ import annotations

import asyncio
import signal
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import FrameType

SIGNALS = (signal.SIGINT, signal.SIGTERM)


@contextmanager
def on_stop(work: Callable[[], object], grace: float) -> Iterator[None]:
    """`work` is called on the running loop `grace` seconds after the first signal to stop.

    Handlers that are there are called as before. A loop outside the main thread hears no signal: nothing is done.
    """
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    loop = asyncio.get_running_loop()
    before = {number: signal.getsignal(number) for number in SIGNALS}
    timers: list[asyncio.TimerHandle] = []

    def begin() -> None:
        if not timers:
            timers.append(loop.call_later(grace, work))

    def heard(number: int, frame: FrameType | None) -> None:
        loop.call_soon_threadsafe(begin)
        held = before[signal.Signals(number)]
        if callable(held):
            held(number, frame)

    for number in SIGNALS:
        signal.signal(number, heard)
    try:
        yield
    finally:
        for number, held in before.items():
            signal.signal(number, held)
        for timer in timers:
            timer.cancel()
