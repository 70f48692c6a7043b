"""Getting help from a person: the question goes to their channel once the asker agrees, or it is said who helps."""

from __future__ import annotations

from typing import Any

from slack_bolt.async_app import AsyncApp
from slack_bolt.context.async_context import AsyncBoltContext

from assistant.slack import names
from assistant.slack.calling import TROUBLE
from assistant.slack.drawing import said
from assistant.slack.drawing.contact import is_channel
from assistant.slack.drawing.modals import person_modal, values
from assistant.slack.interaction import Interaction
from assistant.slack.room import Room
from prompts import message


def register(bolt: AsyncApp, room: Room) -> None:
    """Register what is heard of help."""

    @bolt.action(names.PERSON)
    async def begin(ack: Any, body: dict[str, Any], context: AsyncBoltContext) -> None:
        await ack()
        person = Interaction(room, body, context)
        kept = await room.aside(room.shelf.kept, person.value)
        preferences = await person.preferences()
        view = person_modal(kept.question if kept else "", person.value, preferences.help)
        await person.opens({**view, "private_metadata": person.returning(person.value)})

    @bolt.view(names.PERSON_MODAL)
    async def agreed(ack: Any, body: dict[str, Any], view: dict[str, Any], context: AsyncBoltContext) -> None:
        await ack()
        person = Interaction(room, body, context)
        preferences = await person.preferences()
        kept = await room.aside(room.shelf.kept, person.answer_id)
        if not is_channel(preferences.help):
            return
        if kept is None:
            await person.told(said.expired())
            return
        note = values(view).get(names.MESSAGE_INPUT, "")
        look = room.words.look(preferences)
        drawn = said.person_asked(person.user, kept.question, note, person.answer_id, look)
        try:
            await person.client.chat_postMessage(
                channel=preferences.help.strip(),
                text=drawn.text,
                blocks=drawn.blocks,
                unfurl_links=False,
                unfurl_media=False,
            )
        except TROUBLE:
            await person.told(said.said(message("slack_person_failed")))
            return
        await person.told(said.person_told(preferences.help))
