"""The slash command's own words (a question goes another way) and the message shortcut."""

from __future__ import annotations

from typing import Any

from slack_bolt.async_app import AsyncApp
from slack_bolt.context.async_context import AsyncBoltContext

from assistant.slack import names
from assistant.slack.drawing import said
from assistant.slack.drawing.checks import checks_report
from assistant.slack.drawing.look import Drawn
from assistant.slack.drawing.modals import ask_modal
from assistant.slack.drawing.reports import area_now, timeline_report
from assistant.slack.interaction import Interaction
from assistant.slack.listeners import areas, checks
from assistant.slack.recognising import subcommand, words
from assistant.slack.room import Room
from vectorstore.errors import UsageError


def register(bolt: AsyncApp, room: Room) -> None:
    """Register the command and the shortcut."""

    @bolt.command(names.COMMAND)
    async def command(ack: Any, body: dict[str, Any], context: AsyncBoltContext) -> None:
        await ack()
        person = Interaction(room, body, context)
        preferences = await person.preferences()
        word, rest = subcommand(str(body.get("text") or ""))
        rest = words(rest)
        if not preferences.admitted:
            await person.told(said.not_admitted(preferences.help))
        elif word == "check" and rest:
            await checks.begin(person, rest)
        else:
            await person.told(await _said(person, word, rest))

    @bolt.message_shortcut(names.ASK_ABOUT)
    async def ask_about(ack: Any, body: dict[str, Any], context: AsyncBoltContext) -> None:
        await ack()
        person = Interaction(room, body, context)
        look = await room.aside(room.words.look, await person.preferences())
        quoted = str((body.get("message") or {}).get("text") or "")
        most = room.services.settings.max_question
        await person.opens(ask_modal(quoted, look, most=most, metadata=person.returning()))


async def _said(person: Interaction, word: str, rest: str) -> Drawn:
    room, preferences = person.room, await person.preferences()
    look = await room.aside(room.words.look, preferences)
    try:
        if word == "area":
            return await areas.place(person, rest) if rest else area_now(look)
        if word == "timeline":
            report = await room.aside(room.shelf.timeline, rest or preferences.area or "")
            name = await room.aside(room.words.area_name, report.area) if report.area else ""
            return await room.aside(timeline_report, report, look, name)
        if word == "check":
            return checks_report(await room.aside(room.shelf.checks))
    except UsageError as error:
        return said.said(f"{error.message} {error.remedy}")
    return await room.aside(lambda: said.help_text(room.shelf.profile.subject, look, preferences.help))
