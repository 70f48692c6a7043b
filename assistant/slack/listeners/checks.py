"""Checks, step by step in a modal: nothing of it is kept."""

from __future__ import annotations

import re
from typing import Any

from slack_bolt.async_app import AsyncApp
from slack_bolt.context.async_context import AsyncBoltContext

from assistant.slack import names
from assistant.slack.drawing import said
from assistant.slack.drawing.checks import check_modal, fact_said, facts_of
from assistant.slack.drawing.modals import values
from assistant.slack.interaction import Interaction
from assistant.slack.room import Room
from vectorstore.errors import UsageError


def register(bolt: AsyncApp, room: Room) -> None:
    """Register what is heard of checks."""

    @bolt.action(re.compile(f"^{names.CHECK}_\\d+$"))
    async def begun(ack: Any, body: dict[str, Any], context: AsyncBoltContext) -> None:
        await ack()
        person = Interaction(room, body, context)
        await begin(person, person.value)

    @bolt.view(names.CHECK_MODAL)
    async def step(ack: Any, body: dict[str, Any], view: dict[str, Any], context: AsyncBoltContext) -> None:
        person = Interaction(room, body, context)
        check_id, given = facts_of(str(view.get("private_metadata") or ""))
        told = fact_said(values(view))
        try:
            shown = await room.aside(_view, room, check_id, {**given, **told}, await _look(person))
        except UsageError as error:
            block = next((f"{names.FACT_INPUT}_{name}" for name in told), "")
            await ack(response_action="errors", errors={block: f"{error.message} {error.remedy}"[:300]})
            return
        await ack(response_action="update", view=shown)


async def begin(person: Interaction, check_id: str) -> None:
    """Open the first question of a check."""
    room = person.room
    try:
        view = await room.aside(_view, room, check_id, {}, await _look(person))
    except UsageError as error:
        await person.told(said.said(f"{error.message} {error.remedy}"))
        return
    await person.opens(view)


async def _look(person: Interaction) -> Any:
    return await person.room.aside(person.room.words.look, await person.preferences())


def _view(room: Room, check_id: str, given: dict[str, str], look: Any) -> dict[str, Any]:
    summary, report = room.shelf.check(check_id, given)
    return check_modal(summary, given, report, look)
