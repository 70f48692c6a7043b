"""The assistant's walk, made in a thread, as events on the loop."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, Callable, Generator
from contextlib import closing, suppress
from threading import Event as Flag

from assistant.answering.events import Event
from assistant.slack.aside import Aside


class NoAnswerError(Exception):
    """The walk failed; what it raised is the cause."""


async def events(
    walk: Callable[[], Generator[Event, None, None]], threads: Aside
) -> AsyncGenerator[list[Event], None]:
    """The events as they come, those together that are there together. Raises NoAnswerError.

    Closing the iterator stops the walk at its next event.
    """
    loop = asyncio.get_running_loop()
    queue: asyncio.Queue[Event | BaseException | None] = asyncio.Queue()
    left = Flag()

    def give(event: Event | BaseException | None) -> None:
        with suppress(RuntimeError):  # the loop has ended
            loop.call_soon_threadsafe(queue.put_nowait, event)

    def work() -> None:
        try:
            with closing(walk()) as steps:
                for event in steps:
                    if left.is_set():
                        return
                    give(event)
        except BaseException as error:
            give(error)
        give(None)

    threads.start(work)
    try:
        ended = False
        while not ended:
            come = [await queue.get()]
            while not queue.empty():
                come.append(queue.get_nowait())
            good = [e for e in come if e is not None and not isinstance(e, BaseException)]
            if good:
                yield good
            for event in come:
                if isinstance(event, BaseException):
                    raise NoAnswerError from event
            ended = None in come
    finally:
        left.set()
