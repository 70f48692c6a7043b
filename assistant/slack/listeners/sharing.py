"""An answer that one person saw, for the channel; all of its sources; and buttons that only open a page."""

from __future__ import annotations

import re
from collections import OrderedDict
from typing import Any

from slack_bolt.async_app import AsyncApp
from slack_bolt.context.async_context import AsyncBoltContext

from assistant.slack import names
from assistant.slack.calling import TROUBLE
from assistant.slack.drawing import said
from assistant.slack.drawing.answer import all_sources
from assistant.slack.drawing.look import Drawn
from assistant.slack.interaction import Interaction
from assistant.slack.library import Kept
from assistant.slack.model import Preferences
from assistant.slack.room import Room
from prompts import message

REMEMBERED = 500  # shares; a second press of the same button is no second message


def register(bolt: AsyncApp, room: Room) -> None:
    """Register what is heard of sharing and sources."""
    shared: OrderedDict[tuple[str, str, str], None] = OrderedDict()

    @bolt.action(names.SHARE)
    async def share(ack: Any, body: dict[str, Any], context: AsyncBoltContext) -> None:
        await ack()
        person = Interaction(room, body, context)
        key = (person.team, person.channel, person.value)
        if key in shared:
            return
        shared[key] = None
        while len(shared) > REMEMBERED:
            shared.popitem(last=False)
        kept = await room.aside(room.shelf.kept, person.value)
        if kept is None:
            await person.told(said.expired())
            return
        preferences = await person.preferences()
        drawn = await room.aside(_drawn, room, kept, preferences)
        if await _posted(person, drawn):
            await person.takes_back()
        else:
            del shared[key]
            await person.told(said.said(message("slack_not_shared")))

    @bolt.action(names.SOURCES)
    async def sources(ack: Any, body: dict[str, Any], context: AsyncBoltContext) -> None:
        await ack()
        person = Interaction(room, body, context)
        kept = await room.aside(room.shelf.kept, person.value)
        if kept is None:
            await person.told(said.expired())
            return
        preferences = await person.preferences()
        await person.opens(await room.aside(all_sources, kept.answer, room.words.look(preferences)))

    @bolt.action(re.compile(f"^{names.OPEN_LINK}"))
    async def followed(ack: Any) -> None:
        await ack()


def _drawn(room: Room, kept: Kept, preferences: Preferences) -> Drawn:
    return room.words.shared(kept.answer, preferences, kept.question)


async def _posted(person: Interaction, drawn: Drawn) -> bool:
    """At the response_url, which reaches channels that the app is no member of; else as a message of its own."""
    if await person.responded(drawn, in_channel=True):
        return True
    try:
        await person.client.chat_postMessage(
            channel=person.channel,
            text=drawn.text,
            blocks=drawn.blocks,
            unfurl_links=False,
            unfurl_media=False,
        )
    except TROUBLE:
        return False
    return True
