"""What a person sees while an answer is made: the step in words, kept alive while it lasts."""

from __future__ import annotations

import asyncio
import logging
from contextlib import suppress

from slack_sdk.web.async_client import AsyncWebClient

from assistant.slack.calling import TROUBLE
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
    """The status of one thread. What goes wrong with it is never the answer's trouble, nor does it hold one up."""

    def __init__(self, client: AsyncWebClient, channel: str, root: str, refresh: float = REFRESH) -> None:
        self._client = client
        self._channel = channel
        self._root = root
        self._refresh = refresh
        self._apart = min(APART, refresh)
        self._words = ""
        self._changed = asyncio.Event()
        self._calling = asyncio.Lock()
        self._shower: asyncio.Task[None] | None = None
        self._able = True

    def step(self, name: str) -> None:
        """A step begins."""
        words = message(_KEYS.get(name, "slack_step_looking"))
        if not self._able or words == self._words:
            return
        self._words = words
        self._changed.set()
        if self._shower is None:
            self._shower = asyncio.create_task(self._show())

    async def close(self) -> None:
        """There is something to read: Slack takes a status away when we post, so that none may follow."""
        self._able = False
        shower, self._shower = self._shower, None
        if shower is None:
            return
        async with self._calling:  # one on its way would come after what is posted next
            shower.cancel()
        with suppress(asyncio.CancelledError):
            await shower

    async def _show(self) -> None:
        """Show each change, no faster than can be read, and the last one again before it goes out."""
        while self._able:
            shown = self._words
            await self._call(shown)
            await asyncio.sleep(self._apart)
            if self._words == shown:
                self._changed.clear()
                with suppress(TimeoutError):
                    await asyncio.wait_for(self._changed.wait(), self._refresh)

    async def _call(self, words: str) -> None:
        async with self._calling:
            try:
                await self._client.assistant_threads_setStatus(
                    channel_id=self._channel, thread_ts=self._root, status=words, loading_messages=[words]
                )
            except TROUBLE:
                self._able = False  # not in this kind of channel, or not now: the answer comes without
                log.debug("a status could not be shown")
