"""A person's own area: set by a place, kept from a look-up, taken back; and places looked up."""

from __future__ import annotations

import re
from typing import Any

from slack_bolt.async_app import AsyncApp
from slack_bolt.context.async_context import AsyncBoltContext

from assistant.areas.report import AreasReport
from assistant.slack import names
from assistant.slack.drawing import said
from assistant.slack.drawing.look import Drawn
from assistant.slack.drawing.modals import area_modal, values
from assistant.slack.drawing.reports import area_report
from assistant.slack.interaction import Interaction
from assistant.slack.listeners.home import show
from assistant.slack.room import Room
from prompts import message


def register(bolt: AsyncApp, room: Room) -> None:
    """Register what is heard of areas."""

    @bolt.action(names.SET_AREA)
    async def begin(ack: Any, body: dict[str, Any], context: AsyncBoltContext) -> None:
        await ack()
        person = Interaction(room, body, context)
        look = await room.aside(room.words.look, await person.preferences())
        await person.opens(area_modal(look, metadata=person.returning()))

    @bolt.view(names.AREA_MODAL)
    async def chosen(ack: Any, body: dict[str, Any], view: dict[str, Any], context: AsyncBoltContext) -> None:
        person = Interaction(room, body, context)
        place = values(view).get(names.PLACE_INPUT, "")
        report = await room.aside(room.shelf.place, place)
        current = [a for a in report.areas if a.valid_to is None or a.valid_to >= room.shelf.today]
        if place and report.status == "found" and len(current) == 1:
            await room.aside(room.cabinet.preferences.set_area, current[0].id, person.team, user=person.user)
            await ack()
            await show(person)
            return
        choices = _choices(report)
        if place and choices:
            look = await room.aside(room.words.look, await person.preferences())
            again = area_modal(
                look,
                place=place,
                choices=choices,
                problem=" ".join(report.notes),
                metadata=str(view.get("private_metadata") or ""),
            )
            await ack(response_action="update", view=again)
            return
        why = " ".join(report.notes) if place else ""
        await ack(
            response_action="errors",
            errors={names.PLACE_INPUT: (why or message("unknown_place", place=place))[:300]},
        )

    @bolt.action(names.CLEAR_AREA)
    async def clear(ack: Any, body: dict[str, Any], context: AsyncBoltContext) -> None:
        await ack()
        person = Interaction(room, body, context)
        await room.aside(room.cabinet.preferences.set_area, None, person.team, user=person.user)
        await _shown(person, said.area_cleared())

    @bolt.action(re.compile(f"^{names.KEEP_AREA}"))
    async def keep(ack: Any, body: dict[str, Any], context: AsyncBoltContext) -> None:
        await ack()
        person = Interaction(room, body, context)
        known = await room.aside(lambda: {a.id: a.name for a in room.shelf.profile.areas})
        if person.value not in known:
            await person.told(said.expired())
            return
        await room.aside(room.cabinet.preferences.set_area, person.value, person.team, user=person.user)
        await _shown(person, said.area_kept(known[person.value]))

    @bolt.action(re.compile(f"^{names.LOOK_UP}"))
    async def look_up(ack: Any, body: dict[str, Any], context: AsyncBoltContext) -> None:
        await ack()
        person = Interaction(room, body, context)
        await person.told(await place(person, person.value))


async def place(person: Interaction, query: str) -> Drawn:
    """What a place is, with the offer to keep it."""
    room = person.room
    preferences = await person.preferences()
    return await room.aside(lambda: area_report(room.shelf.place(query), room.words.look(preferences)))


async def _shown(person: Interaction, drawn: Drawn) -> None:
    if person.on_home:
        await show(person)
    else:
        await person.told(drawn)


def _choices(report: AreasReport) -> list[tuple[str, str]]:
    """What may be chosen where a place is several."""
    if report.status == "found":
        return [(a.name, a.id) for a in report.areas]
    return [(c.label, c.area or c.label) for c in report.choices]
