"""Yes and no to "is it past?", "is there still time?" and "has it happened?": the words before what is said of it."""

from __future__ import annotations

from datetime import date

from assistant.answering.turn import Period
from assistant.timeline.asking import asks_if_over
from assistant.timeline.events import EXPECTED, Event, Precision, State
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


def verdict_over(event: Event, on: date, text: str, then: Period | None) -> str:
    """The same for all of a past time that is asked about; empty where it turned within that time."""
    said = verdict(event, on, text)
    return said if then is None or verdict(event, then.start, text) == said else ""


def happened(event: Event, on: date) -> str:
    """Whether something expected has happened: never yes, since nothing confirms it."""
    return message("timeline_not_yet_due" if event.state(on) is State.UPCOMING else "timeline_not_confirmed")


def happened_by(event: Event, then: Period) -> str:
    """Whether an event had happened when `then` was over; empty where what is held of its date does not tell."""
    if event.first > then.end and event.precision is not Precision.BY:
        return message("timeline_not_yet_due" if event.kind == EXPECTED else "yes_no_no")
    return message("yes_no_yes") if event.end <= then.end and event.kind != EXPECTED else ""


def happened_in(event: Event, then: Period) -> str:
    """Whether an event happened in `then`; empty where what is held of its date does not tell."""
    if event.kind == EXPECTED or event.precision is Precision.BY:
        return ""
    if event.first > then.end or event.end < then.start:
        return message("yes_no_no")
    return message("yes_no_yes") if then.start <= event.first and event.end <= then.end else ""
