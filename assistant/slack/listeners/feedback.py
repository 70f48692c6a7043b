"""Votes on answers: one a person and answer, with reasons where it was not useful."""

from __future__ import annotations

from typing import Any

from slack_bolt.async_app import AsyncApp
from slack_bolt.context.async_context import AsyncBoltContext

from assistant.conversations.feedback import Vote
from assistant.slack import names
from assistant.slack.drawing import said
from assistant.slack.drawing.modals import REASONS, reasons_modal, values
from assistant.slack.interaction import Interaction
from assistant.slack.room import Room
from vectorstore.errors import NotFoundError, UsageError


def register(bolt: AsyncApp, room: Room) -> None:
    """Register what is heard of votes."""

    @bolt.action(names.FEEDBACK)
    async def voted(ack: Any, body: dict[str, Any], context: AsyncBoltContext) -> None:
        await ack()
        person = Interaction(room, body, context)
        vote, _, answer_id = person.value.partition(":")
        if vote not in ("up", "down"):
            return
        if vote == "down":  # first, while the trigger lasts
            await person.opens(reasons_modal(answer_id))
        try:
            await room.aside(room.services.records.feedback.put, answer_id, person.person, Vote(vote))
        except NotFoundError:
            await person.told(said.expired())
            return
        await person.told(said.thanks(vote))

    @bolt.view(names.REASONS_MODAL)
    async def explained(ack: Any, body: dict[str, Any], view: dict[str, Any], context: AsyncBoltContext) -> None:
        person = Interaction(room, body, context)
        given = values(view)
        reasons = tuple(r for r in given.get(names.REASONS_INPUT, "").split(",") if r in REASONS)
        vote = Vote("down", reasons, given.get(names.COMMENT_INPUT, ""))
        try:
            await room.aside(room.services.records.feedback.put, str(view["private_metadata"]), person.person, vote)
        except UsageError as error:
            await ack(response_action="errors", errors={names.COMMENT_INPUT: f"{error.message} {error.remedy}"[:300]})
            return
        except NotFoundError:
            pass  # the answer was deleted meanwhile, and its votes with it
        await ack()
