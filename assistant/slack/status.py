"""What a person sees while an answer is made: the step in words, kept alive while it lasts."""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import Callable
from contextlib import suppress

from aiohttp import ClientError
from slack_sdk.errors import SlackClientError
from slack_sdk.web.async_client import AsyncWebClient

from prompts import message

log = logging.getLogger(__name__)
REFRESH = 60.0  # seconds; a status goes out by itself after two minutes (docs.slack.dev assistant.threads.setStatus)
APART = 1.5  # seconds between changes: fast steps are not worth a call each
_KEYS = {
    "screen": "slack_step_reading",
    "contextualise": "slack_step_reading",
    "understand": "slack_step_reading",
    "consult": "slack_step_looking",
    "retrieve": "slack_step_looking",
    "compose": "slack_step_writing",
    "verify": "slack_step_checking",
    "guard": "slack_step_checking",
}


class Status:
    """The status of one thread. What goes wrong with it is never the answer's trouble."""

    def __init__(
        self,
        client: AsyncWebClient,
        channel: str,
        root: str,
        refresh: float = REFRESH,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._client = client
        self._channel = channel
        self._root = root
        self._refresh = refresh
        self._clock = clock
        self._words = ""
        self._shown_at = float("-inf")
        self._alive: asyncio.Task[None] | None = None
        self._able = True

    async def step(self, name: str) -> None:
        """A step begins."""
        words = message(_KEYS.get(name, "slack_step_looking"))
        if words == self._words or self._clock() - self._shown_at < APART:
            return
        self._words = words
        await self._show()
        if self._alive is None:
            self._alive = asyncio.create_task(self._keep_alive())

    async def _show(self) -> None:
        if not self._able:
            return
        self._shown_at = self._clock()
        try:
            await self._client.assistant_threads_setStatus(
                channel_id=self._channel, thread_ts=self._root, status=self._words, loading_messages=[self._words]
            )
        except (SlackClientError, ClientError, TimeoutError):
            self._able = False  # not in this kind of channel, or not now: the answer comes without
            log.debug("a status could not be shown")

    async def _keep_alive(self) -> None:
        while self._able:
            await asyncio.sleep(self._refresh)
            await self._show()

    async def close(self) -> None:
        """The message is there, or there will be none; Slack takes the status away itself when we post."""
        task, self._alive = self._alive, None
        self._able = False
        if task is not None:
            task.cancel()
            with suppress(asyncio.CancelledError):
                await task
