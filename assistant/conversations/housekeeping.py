"""What a running service does once a day: delete old text, and mark answers whose sources have changed."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress
from datetime import date, timedelta
from typing import Protocol

from assistant.conversations.records import Records
from assistant.logs import event

log = logging.getLogger(__name__)
FIRST = 60.0  # seconds after the start, so that a start is not slowed
EVERY = 24 * 60 * 60.0
LOOK_BACK = timedelta(days=14)  # so that changes are seen although the service rested


class Settings(Protocol):
    """Says which day it is."""

    def current_date(self) -> date: ...


class Services(Protocol):
    """What is tidied."""

    @property
    def records(self) -> Records: ...
    @property
    def settings(self) -> Settings: ...


def tidy(services: Services) -> None:
    """One day's work."""
    purged = services.records.retention.purge()
    marked = services.records.affected.mark(services.settings.current_date() - LOOK_BACK)
    event(log, "tidied", before=purged.before, answers=purged.answers, affected=len(marked))


@asynccontextmanager
async def every_day(work: Callable[[], None], first: float = FIRST, every: float = EVERY) -> AsyncIterator[None]:
    """Let `work` run off the event loop while the service runs; a failure is logged and tried again the next day."""

    async def repeat() -> None:
        await asyncio.sleep(first)
        while True:
            try:
                await asyncio.to_thread(work)
            except Exception:
                log.exception("the daily work failed")
            await asyncio.sleep(every)

    task = asyncio.create_task(repeat())
    try:
        yield
    finally:
        task.cancel()
        with suppress(asyncio.CancelledError):
            await task
