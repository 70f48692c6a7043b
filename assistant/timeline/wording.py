"""Events in words: dates at their own precision, how far off they are, and what is open, past or not confirmed."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from assistant.timeline.events import DEADLINE, EXPECTED, Event, Precision, State
from assistant.timeline.working_days import working_days
from prompts import message

_SEASONS = {3: "spring", 6: "summer", 9: "autumn", 12: "winter"}
_QUARTERS = {1: "first", 4: "second", 7: "third", 10: "fourth"}


def human(day: date) -> str:
    """`day` as 18 November 2025."""
    return f"{day.day} {day:%B %Y}"


def at(day: date, time: str) -> str:
    """A day with its time of day: midday on 20 June 2023."""
    if not time:
        return human(day)
    return f"{'midday' if time == '12:00' else time} on {human(day)}"


def counted(days: int) -> str:
    """A number of days: 1 day, 1,254 days."""
    return f"{days:,} {'day' if days == 1 else 'days'}"


def when(event: Event) -> str:
    """The date of an event as exactly as it is held, and no more exactly."""
    start, end = event.start, event.end
    if event.precision is Precision.BY or start is None:
        return f"by {at(end, event.time)}"
    if event.precision is Precision.DAY:
        if start == end:
            return at(end, event.time)
        return f"{human(start)} to {at(end, event.time)}"
    if event.precision is Precision.MONTH:
        return f"{start:%B %Y}"
    if event.precision is Precision.QUARTER:
        return f"the {_QUARTERS[start.month]} quarter of {start.year}"
    if event.precision is Precision.SEASON:
        return f"{_SEASONS[start.month]} {end.year}"
    return _years(start, end)


def _years(start: date, end: date) -> str:
    if start.month == 1:
        return str(start.year) if start.year == end.year else f"{start.year} to {end.year}"
    kind = "financial year" if start.month == 4 else "academic year"
    if end.year - start.year == 1:
        return f"the {kind} {start.year}-{end.year % 100:02d}"
    return f"the {kind}s {start.year}-{(start.year + 1) % 100:02d} to {end.year - 1}-{end.year % 100:02d}"


def capital(text: str) -> str:
    """With its first letter a capital, the others as they are."""
    return text[:1].upper() + text[1:]


def stands(event: Event, on: date) -> str:
    """Where the event stands on a date, with no figure that is not the event's own."""
    state = event.state(on)
    values = {"noun": capital(event.noun), "when": when(event)}
    if event.precision is Precision.BY:
        return message("timeline_by_unconfirmed" if state is State.UNCONFIRMED else "timeline_by", **values)
    assert event.start is not None
    if event.precision is not Precision.DAY:
        return message(f"timeline_span_{state}", **values)
    if event.is_window:
        ends = {"start": human(event.start), "end": at(event.end, event.time)}
        return message(f"timeline_window_{state}", **values, **ends)
    if event.kind == EXPECTED and state is State.UPCOMING:
        return message("timeline_day_expected", **values)
    if event.kind == DEADLINE and state is State.PAST:
        return message("timeline_deadline_past", **values)
    return message(f"timeline_day_{state}", **values)


def distance(event: Event, on: date) -> str:
    """How far off it is in days; empty if no day is held, or it is that day."""
    days = event.days(on)
    if days is None or (days == 0 and not event.is_window):
        return ""
    if event.state(on) is State.OPEN:
        return message("timeline_days_left", days=counted(days), as_of=human(on)) if days else last_day(on)
    key = "timeline_days_before" if days < 0 else "timeline_days_after"
    return message(key, days=counted(abs(days)), as_of=human(on))


def last_day(on: date) -> str:
    """That a window closes on the day asked about."""
    return message("timeline_last_day", as_of=human(on))


def distances(events: Sequence[Event], on: date) -> list[str]:
    """How far off each is; of several, each by its name."""
    told = [(e, distance(e, on)) for e in events]
    if len(events) == 1:
        return [said for _, said in told if said]
    return [
        message("timeline_days_of", noun=capital(e.noun), said=said[:1].lower() + said[1:])
        for e, said in told
        if said
    ]


def sentence(event: Event, on: date) -> str:
    """Where the event stands on a date and how far off it is."""
    return f"{stands(event, on)} {distance(event, on)}".strip()


def length(event: Event) -> str:
    """From when to when a window known to the day ran."""
    assert event.start is not None
    return message(
        "timeline_length", noun=capital(event.noun), start=human(event.start), end=at(event.end, event.time)
    )


def length_in_days(event: Event) -> str:
    """How long a window known to the day is, in days and in working days."""
    assert event.start is not None
    days = counted((event.end - event.start).days + 1)
    return message("timeline_length_days", days=days, working=str(working_days(event.start, event.end)))
