"""The app's own tabs: Home, drawn anew each time it is opened, and the questions pinned in Messages."""

from __future__ import annotations

import logging
from typing import Any

from slack_bolt.async_app import AsyncApp
from slack_bolt.context.async_context import AsyncBoltContext

from assistant.slack import names
from assistant.slack.calling import TROUBLE, again, reason
from assistant.slack.drawing import said
from assistant.slack.drawing.home import HomeFacts, home
from assistant.slack.interaction import Interaction
from assistant.slack.model import Preferences
from assistant.slack.room import Room
from prompts import message

log = logging.getLogger(__name__)
LONGEST_TITLE = 75


def register(bolt: AsyncApp, room: Room) -> None:
    """Register what is heard from the tabs."""

    @bolt.event("app_home_opened")
    async def opened(body: dict[str, Any], context: AsyncBoltContext) -> None:
        event = body["event"]
        person = Interaction(room, body, context)
        if event.get("tab") == "messages":
            await _suggest(person, str(event.get("channel") or ""))
        else:
            await show(person)

    @bolt.action(names.DELETE)
    async def delete(ack: Any, body: dict[str, Any], context: AsyncBoltContext) -> None:
        await ack()
        person = Interaction(room, body, context)
        count = await room.aside(room.cabinet.forgetting.person, person.team, person.user)
        await show(person)
        await person.told(said.deleted(count))


async def show(person: Interaction) -> None:
    """Draw the Home tab of a person."""
    room = person.room
    preferences = await room.aside(room.cabinet.preferences.of, person.team, "", person.user)
    view = await room.aside(_drawn, room, preferences)
    await again(lambda: person.client.views_publish(user_id=person.user, view=view))


def _drawn(room: Room, preferences: Preferences) -> dict[str, Any]:
    shelf = room.shelf
    return home(
        HomeFacts(
            look=room.words.look(preferences),
            subject=shelf.profile.subject,
            holding=shelf.holding(),
            retention_days=room.services.settings.retention_days,
            suggestions=shelf.suggestions(preferences),
            checks=shelf.checks().checks,
            help=preferences.help,
        )
    )


async def _suggest(person: Interaction, channel: str) -> None:
    """Pin questions to begin with; without a thread they stand over the whole tab (agent messaging)."""
    room = person.room
    preferences = await room.aside(room.cabinet.preferences.of, person.team, channel, person.user)
    questions = await room.aside(room.shelf.suggestions, preferences)
    if not questions:
        return
    try:
        await person.client.assistant_threads_setSuggestedPrompts(
            channel_id=channel,
            title=message("slack_suggestions"),
            prompts=[{"title": q[:LONGEST_TITLE], "message": q} for q in questions],
        )
    except TROUBLE as error:
        log.info("questions to begin with could not be pinned: %s", reason(error) or type(error).__name__)
