"""Yes and no to "is it past?", "is there still time?" and "has it happened?": the words before what is said of it."""

from __future__ import annotations

from datetime import date

from assistant.timeline.asking import asks_if_over
from assistant.timeline.events import Event, State
from prompts import message


def verdict(event: Event, on: date, text: str) -> str:
    """Yes or no to "is it past?" and "is there still time?"."""
    state = event.state(on)
    if state is State.UNCONFIRMED:
        return message("timeline_not_confirmed")
    if state is State.PAST and event.fund and not asks_if_over(text):
        return message("timeline_no_closed")
    if state is State.PAST:
        return message("timeline_yes_past" if asks_if_over(text) else "timeline_no_past")
    if state is State.UPCOMING and event.is_window:
        return message("timeline_not_begun")
    return message("timeline_no_open" if asks_if_over(text) else "timeline_yes_open")


def happened(event: Event, on: date) -> str:
    """Whether something expected has happened: never yes, since nothing confirms it."""
    return message("timeline_not_yet_due" if event.state(on) is State.UPCOMING else "timeline_not_confirmed")
