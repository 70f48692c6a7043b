"""Somebody who used a control: who, where, and how they are told something that only they see."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from typing import Any

from slack_bolt.context.async_context import AsyncBoltContext
from slack_sdk.web.async_client import AsyncWebClient

from assistant.slack.calling import TROUBLE, reason
from assistant.slack.clients import may_be_answered
from assistant.slack.drawing.look import Drawn
from assistant.slack.model import Preferences
from assistant.slack.people import person_id
from assistant.slack.private import Returning
from assistant.slack.room import Room

log = logging.getLogger(__name__)


class Interaction:
    """One use of a control, command or shortcut."""

    def __init__(self, room: Room, body: Mapping[str, Any], context: AsyncBoltContext) -> None:
        container = body.get("container") or {}
        view = body.get("view") or {}
        self._returning = Returning.read(str(view.get("private_metadata") or ""))
        self.room = room
        self.body = body
        self.team = context.team_id or ""
        self.enterprise = context.enterprise_id or ""
        self.user = context.user_id or ""
        self.channel = str(
            (body.get("channel") or {}).get("id")
            or container.get("channel_id")
            or body.get("channel_id")
            or self._returning.channel
        )
        self.response_url = str(body.get("response_url") or self._returning.response_url)
        self.on_home = view.get("type") == "home"
        self._token = context.bot_token or ""

    @property
    def client(self) -> AsyncWebClient:
        return self.room.clients.of(self._token)

    @property
    def person(self) -> str:
        """The opaque id that votes and answers of this person are kept under."""
        return person_id(self.room.secret(), self.team, self.user)

    @property
    def value(self) -> str:
        """The value of the control."""
        return str((self.body.get("actions") or [{}])[0].get("value") or "")

    @property
    def answer_id(self) -> str:
        """The answer that a modal is about."""
        return self._returning.answer_id

    def returning(self, answer_id: str = "") -> str:
        """What a modal that is opened now must carry."""
        return Returning(self.channel, self.response_url, answer_id).write()

    async def preferences(self) -> Preferences:
        return await self.room.aside(self.room.cabinet.preferences.of, self.team, self.channel, self.user)

    async def opens(self, view: dict[str, Any]) -> None:
        """Open a modal, within the three seconds that the trigger lasts."""
        await self.client.views_open(trigger_id=str(self.body["trigger_id"]), view=view)

    async def told(self, drawn: Drawn) -> None:
        """Tell the person alone: at the response_url, else in the channel for them, else directly."""
        if await self.responded(drawn):
            return
        if self.channel and not self.on_home:
            try:
                await self.client.chat_postEphemeral(
                    channel=self.channel, user=self.user, text=drawn.text, blocks=drawn.blocks
                )
                return
            except TROUBLE as error:
                log.info("a person could not be told in a channel: %s", reason(error))
        await self.client.chat_postMessage(
            channel=self.user, text=drawn.text, blocks=drawn.blocks, unfurl_links=False, unfurl_media=False
        )

    async def responded(self, drawn: Drawn, *, in_channel: bool = False) -> bool:
        """Post at the response_url, for the person alone or for the channel; whether Slack took it."""
        return await self._respond(
            {
                "response_type": "in_channel" if in_channel else "ephemeral",
                "replace_original": False,
                "text": drawn.text,
                "blocks": drawn.blocks,
                "unfurl_links": False,
                "unfurl_media": False,
            }
        )

    async def takes_back(self) -> None:
        """Remove the message whose control was used; it is one that only this person sees."""
        await self._respond({"delete_original": True})

    async def _respond(self, body: dict[str, Any]) -> bool:
        if not self.response_url or not may_be_answered(self.response_url, self.room.clients.url):
            return False
        try:
            said = await self.room.clients.reply(self.response_url).send_dict(body)
        except TROUBLE as error:
            log.info("a response_url did not answer: %s", type(error).__name__)
            return False
        return said.status_code == 200
