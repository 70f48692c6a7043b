"""Answers that one person alone sees: at a response_url, or in their own conversation with the app."""

from __future__ import annotations

import logging
from typing import Any

from slack_sdk.web.async_client import AsyncWebClient

from assistant.slack.calling import TROUBLE, UNCERTAIN, LostJobError, again, reason, whole_or_plain
from assistant.slack.clients import Clients, may_be_answered
from assistant.slack.delivery import Keep, take_back
from assistant.slack.drawing.look import Drawn
from assistant.slack.finding import EVENT_TYPE
from assistant.slack.model import Job

log = logging.getLogger(__name__)
SENT = "sent"  # in place of a `ts`: what is posted at a response_url has no name


class ToOnePerson:
    """At the response_url while Slack takes it (5 times, 30 minutes), else in the direct conversation."""

    def __init__(self, clients: Clients, client: AsyncWebClient, job: Job, keep: Keep) -> None:
        self._clients = clients
        self._client = client
        self._job = job
        self._keep = keep
        self._ts = job.posted

    @property
    def ts(self) -> str:
        return "" if self._ts == SENT else self._ts

    async def say(self, text: str) -> None:
        """Nothing is shown before the answer is whole: a response_url takes five posts."""

    async def finish(self, drawn: Drawn, closing: list[dict[str, Any]] | None) -> None:
        if self._ts:
            return  # it was delivered before whoever delivered it could say so
        if not await self._responded(drawn):
            await self._direct(drawn)

    async def tell(self, drawn: Drawn) -> None:
        await self.finish(drawn, None)

    async def _responded(self, drawn: Drawn) -> bool:
        url = self._job.arrival.response_url
        if not url or not may_be_answered(url, self._clients.url):
            return False
        try:
            said = await self._clients.reply(url).send_dict(
                {
                    "response_type": "ephemeral",
                    "replace_original": False,
                    "text": drawn.text,
                    "blocks": drawn.blocks,
                    "unfurl_links": False,
                    "unfurl_media": False,
                }
            )
        except TROUBLE as error:
            log.info("a response_url did not answer: %s", type(error).__name__)
            return False
        if said.status_code != 200:
            log.info("a response_url refused: %s", said.status_code)
            return False
        await self._keep(SENT)
        self._ts = SENT
        return True

    async def _direct(self, drawn: Drawn) -> None:
        """A message to the person: a person's id as channel is their conversation with the app."""

        channel = self._job.arrival.user

        async def post(text: str, blocks: list[dict[str, Any]]) -> str:
            nonlocal channel
            sent = await self._client.chat_postMessage(
                channel=self._job.arrival.user,
                text=text,
                blocks=blocks,
                unfurl_links=False,
                unfurl_media=False,
                metadata={"event_type": EVENT_TYPE, "event_payload": {"job": self._job.job_id}},
            )
            channel = str(sent.get("channel") or channel)
            return str(sent["ts"])

        try:
            self._ts = await whole_or_plain(post, drawn)
        except UNCERTAIN:
            log.info("a direct message may not have come: it is sent again")
            self._ts = await again(lambda: whole_or_plain(post, drawn))
        except TROUBLE as error:
            log.info("an answer could not be delivered: %s", reason(error))
            raise
        if await self._keep(self._ts) != self._ts:
            await take_back(self._client, channel, self._ts)
            raise LostJobError
