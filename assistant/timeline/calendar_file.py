"""A timeline as an iCalendar file. The adapter of the icalendar library.

Only what is known to the day goes in: a calendar shows a day for everything, and a season has none.
"""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

from icalendar import Calendar
from icalendar import Event as Entry

from assistant.timeline.schemas import EventReport, TimelineReport

LONDON = ZoneInfo("Europe/London")


def as_calendar(report: TimelineReport) -> bytes:
    """The events of `report` that are known to the day, as an .ics file (RFC 5545)."""
    calendar = Calendar()
    calendar.add("prodid", "-//LSIP Assistant//Timeline//EN")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    stamp = datetime.combine(report.as_of, time(), LONDON)
    for event in report.events:
        if event.precision == "day":
            calendar.add_component(_entry(event, report, stamp))
    return bytes(calendar.to_ical())


def _entry(event: EventReport, report: TimelineReport, stamp: datetime) -> Entry:
    assert event.start is not None
    entry = Entry()
    entry.add("uid", f"{event.id}@lsip-assistant")
    entry.add("dtstamp", stamp)
    entry.add("summary", f"{event.title} (expected)" if event.kind == "expected" else event.title)
    cited = [c for c in report.citations if c.n in event.citations]
    pages = [f"{r.publisher}, {r.title}" for c in cited for r in c.rests_on]
    entry.add("description", "\n".join([event.text, *(f"Rests on: {p}" for p in dict.fromkeys(pages))]))
    address = next((r.url for c in cited for r in c.rests_on if r.url), None)
    if address:
        entry.add("url", address)
    if event.start == event.end and event.time:
        hour, minute = map(int, event.time.split(":"))
        at = datetime.combine(event.end, time(hour, minute), LONDON)
        entry.add("dtstart", at.astimezone(UTC))  # a moment, without an end
    else:
        entry.add("dtstart", event.start)
        entry.add("dtend", event.end + timedelta(days=1))  # the day after the last, as RFC 5545 wants it
    entry.add("status", "TENTATIVE" if event.kind == "expected" else "CONFIRMED")
    entry.add("transp", "TRANSPARENT")
    return entry
