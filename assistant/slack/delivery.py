"""Brings an answer to where it was asked for, in one message whatever happens on the way."""

from __future__ import annotations

import logging
from collections.abc import Awaitable, Callable
from typing import Any, Protocol

from slack_sdk.web.async_client import AsyncWebClient

from assistant.slack import limits
from assistant.slack.calling import TROUBLE, LostJobError, again, is_final, is_passing, reason, uncut, whole_or_plain
from assistant.slack.drawing.look import Drawn
from assistant.slack.finding import EVENT_TYPE, find_ours
from assistant.slack.model import Job, Surface

log = logging.getLogger(__name__)
STREAMING = "streaming_state_conflict"  # whoever began the message did not live to close its stream
Keep = Callable[[str], Awaitable[str]]  # records the message that carries the answer, and says which one counts


class Delivery(Protocol):
    """One answer on its way to a person."""

    @property
    def ts(self) -> str:
        """The message that carries the answer; empty where there is none, or where it has no name."""

    async def say(self, text: str) -> None:
        """Show a part of the answer as it comes, where that can be done."""

    async def finish(self, drawn: Drawn, closing: list[dict[str, Any]] | None) -> None:
        """The whole answer. `closing`: what is added under the parts that were said, if they stand as they are.

        Raises what Slack raises where nothing could be delivered.
        """

    async def tell(self, drawn: Drawn) -> None:
        """Say something that is no answer."""


class InThread:
    """A message in a thread, streamed while that works, and put right by chat.update when it does not.

    A stream ends by itself after some minutes, with message_not_in_streaming_state from every later call
    (docs.slack.dev/reference/methods/chat.appendStream); the answer goes on without it.
    """

    def __init__(self, client: AsyncWebClient, bot_user: str, job: Job, keep: Keep) -> None:
        self._client = client
        self._bot_user = bot_user
        self._job = job
        self._keep = keep
        self._ts = job.posted
        self._streams = not job.posted and job.attempts == 1
        self._open = False
        self._whole = True  # everything that was said was shown
        self._length = 0
        self._found = False
        self._searched = job.attempts == 1

    @property
    def ts(self) -> str:
        return self._ts

    async def say(self, text: str) -> None:
        if not self._streams:
            return
        if self._length + len(text) > limits.MARKDOWN:
            self._whole = False  # the end replaces what stands there, cut with a reason
            return
        self._length += len(text)
        place = self._job.arrival.place
        try:
            if not self._open:
                await uncut(self._begun())
            await self._client.chat_appendStream(channel=place.channel, ts=self._ts, markdown_text=text)
        except TROUBLE as error:
            self._streams = False
            if is_passing(error) and not self._ts:
                self._searched = False  # a message of ours may stand there
            log.info("an answer goes on without its stream: %s", reason(error) or type(error).__name__)

    async def _begun(self) -> None:
        """Without content first, so that the message has a name before it says anything."""
        place = self._job.arrival.place
        begun = await self._client.chat_startStream(
            channel=place.channel,
            thread_ts=place.root,
            recipient_team_id=self._job.arrival.team,
            recipient_user_id=self._job.arrival.user,
        )
        self._open = True
        await self._named(str(begun["ts"]))

    async def finish(self, drawn: Drawn, closing: list[dict[str, Any]] | None) -> None:
        if self._open:
            whole = self._streams and self._whole and closing is not None
            stopped = await self._stop(closing if whole and closing else [])
            if stopped and whole:
                return
        await self._put(drawn)

    async def tell(self, drawn: Drawn) -> None:
        arrival = self._job.arrival
        if arrival.surface is Surface.DM or self._ts:
            await self._put(drawn)
            return
        try:
            await self._client.chat_postEphemeral(
                channel=arrival.channel,
                user=arrival.user,
                thread_ts=arrival.root or None,
                text=drawn.text,
                blocks=drawn.blocks,
            )
        except TROUBLE as error:
            if is_final(error):
                raise
            await self._put(drawn)

    async def _stop(self, closing: list[dict[str, Any]]) -> bool:
        try:
            await self._client.chat_stopStream(
                channel=self._job.arrival.channel,
                ts=self._ts,
                blocks=closing or None,
                metadata=self._metadata(),
            )
        except TROUBLE as error:
            log.info("a stream could not be closed: %s", reason(error) or type(error).__name__)
            return False
        return True

    async def _put(self, drawn: Drawn) -> None:
        """The whole message in place of what stands there, or as a new one."""
        if not self._ts and not self._searched:
            found = await find_ours(self._client, self._bot_user, self._job)
            if found:
                await self._took_over(found)
        await (self._updated(drawn) if self._ts else self._posted(drawn))

    async def _updated(self, drawn: Drawn) -> None:
        """Put it in place of what stands there. Where somebody deleted the message, nobody wants it again."""

        async def update(text: str, blocks: list[dict[str, Any]]) -> None:
            await self._client.chat_update(
                channel=self._job.arrival.channel, ts=self._ts, text=text, blocks=blocks, metadata=self._metadata()
            )

        try:
            await whole_or_plain(lambda text, blocks: again(lambda: update(text, blocks)), drawn)
        except TROUBLE as error:
            if reason(error) == STREAMING:
                await self._stop([])
                await whole_or_plain(lambda text, blocks: again(lambda: update(text, blocks)), drawn)
            elif reason(error) != "message_not_found":
                raise
            elif self._found:  # whoever posted it took it back, as it had lost the job
                self._found = False
                await self._posted(drawn)

    async def _posted(self, drawn: Drawn) -> None:
        place = self._job.arrival.place

        async def post(text: str, blocks: list[dict[str, Any]]) -> str:
            sent = await self._client.chat_postMessage(
                channel=place.channel,
                thread_ts=place.root,
                text=text,
                blocks=blocks,
                metadata=self._metadata(),
                unfurl_links=False,
                unfurl_media=False,
            )
            return str(sent["ts"])

        async def named() -> None:
            await self._named(await whole_or_plain(post, drawn))

        for last in (False, True):
            try:
                await uncut(named())
                return
            except TROUBLE as error:
                if last or not is_passing(error):
                    raise
            found = await find_ours(self._client, self._bot_user, self._job)
            if found:
                await self._took_over(found)
                await self._updated(drawn)
                return

    async def _named(self, ts: str) -> None:
        """Our new message has a name. Raises LostJobError where another worker's counts, and takes ours back."""
        self._ts = ts
        if await self._keep(ts) == ts:
            return
        if self._open:
            await self._stop([])
        await take_back(self._client, self._job.arrival.channel, ts)
        raise LostJobError

    async def _took_over(self, ts: str) -> None:
        """A message that was found is the job's, whoever posted it."""
        self._ts, self._found = ts, True
        if await self._keep(ts) != ts:
            raise LostJobError

    def _metadata(self) -> dict[str, Any]:
        return {"event_type": EVENT_TYPE, "event_payload": {"job": self._job.job_id}}


async def take_back(client: AsyncWebClient, channel: str, ts: str) -> None:
    """Delete a message of ours that is one too many."""
    try:
        await again(lambda: client.chat_delete(channel=channel, ts=ts))
    except TROUBLE as error:
        log.warning("a second message could not be taken back: %s", reason(error) or type(error).__name__)
