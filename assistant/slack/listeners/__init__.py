"""What the app hears from Slack, and what it does at once; questions go to the inbox first."""

from __future__ import annotations

import logging
import re
from typing import Any

from slack_bolt.async_app import AsyncApp
from slack_bolt.context.async_context import AsyncBoltContext

from assistant.slack.calling import TROUBLE
from assistant.slack.drawing import said
from assistant.slack.interaction import Interaction
from assistant.slack.listeners import areas, checks, commands, feedback, helping, home, sharing
from assistant.slack.listeners.door import Door
from assistant.slack.listeners.lifecycle import Lifecycle
from assistant.slack.listeners.questions import Questions
from assistant.slack.room import Room

log = logging.getLogger(__name__)


def register(bolt: AsyncApp, room: Room) -> None:
    """Register all of it: first what stands before the acknowledgement, then the listeners."""
    for middleware in (Lifecycle(room), Door(room), Questions(room)):
        bolt.middleware(middleware)
    for part in (home, feedback, sharing, areas, helping, checks, commands):
        part.register(bolt, room)

    @bolt.action(re.compile(""))
    async def outlived(ack: Any, body: dict[str, Any], context: AsyncBoltContext) -> None:
        """A control that nobody hears any more: messages keep theirs through every version of the app."""
        await ack()
        person = Interaction(room, body, context)
        if person.response_url:
            await person.told(said.expired())

    @bolt.error
    async def failed(error: Exception, body: dict[str, Any], context: AsyncBoltContext) -> None:
        """What goes wrong is logged, and told in words of ours where somebody waits for it."""
        log.error("something that was asked for in Slack failed", exc_info=error)
        if body.get("response_url"):
            try:
                await Interaction(room, body, context).told(said.failed())
            except TROUBLE:
                log.info("the person could not be told")
