"""The timeline as a calendar file: what is known to the day, and nothing that would get a day it does not have."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

import pytest
from icalendar import Calendar
from icalendar import Event as Entry

from assistant.timeline.calendar_file import LONDON, as_calendar
from assistant.timeline.schemas import TimelineReport
from tests.fakes.almanac import TODAY, desk, event


def report() -> TimelineReport:
    return desk().report(TODAY)


def entries(of: TimelineReport) -> dict[str, Entry]:
    made = Calendar.from_ical(as_calendar(of))
    return {str(e["uid"]).partition("@")[0]: e for e in made.walk("VEVENT") if isinstance(e, Entry)}


def moment(of: Entry, name: str) -> Any:
    """The day or time of an entry's property, as iCalendar's own types hold it."""
    return of.decoded(name)


def entry(**cells: Any) -> Entry:
    [made] = entries(desk([event(**cells).fact]).report(TODAY)).values()
    return made


def test_it_is_a_calendar_that_others_can_read() -> None:
    made = Calendar.from_ical(as_calendar(report()))
    assert (str(made["version"]), str(made["method"])) == ("2.0", "PUBLISH")
    assert made["prodid"]
    assert as_calendar(report()).startswith(b"BEGIN:VCALENDAR\r\n")


def test_only_events_known_to_the_day_go_in() -> None:
    exact = {e.id for e in report().events if e.precision == "day"}
    inexact = {e.id for e in report().events} - exact
    assert {"second-plans", "review", "white-paper", "settlement", "plan-time", "glade-stage-2"} <= inexact
    assert set(entries(report())) == exact


@pytest.mark.parametrize("name", [e.id for e in report().events if e.precision == "day" and not e.time])
def test_a_day_ends_on_the_day_after(name: str) -> None:
    held = {e.id: e for e in report().events}[name]
    assert held.start is not None
    made = entries(report())[name]
    assert moment(made, "dtstart") == held.start
    assert moment(made, "dtend") == held.end + timedelta(days=1)


def test_a_window_ends_on_the_day_after_its_last_though_it_closes_at_midday() -> None:
    made = entries(report())["glade-window"]
    assert (moment(made, "dtstart"), moment(made, "dtend")) == (date(2023, 5, 24), date(2023, 6, 21))


@pytest.mark.parametrize(("day", "hour"), [("2023-06-20", 11), ("2024-01-20", 12)])
def test_midday_in_london_is_a_moment_in_utc_without_an_end(day: str, hour: int) -> None:
    made = entry(start=day, end=day, time="12:00")
    begins = moment(made, "dtstart")
    assert begins == datetime.combine(date.fromisoformat(day), datetime.min.time(), LONDON).replace(hour=12)
    assert (begins.utcoffset(), begins.hour) == (timedelta(0), hour)
    assert "dtend" not in made


@pytest.mark.parametrize(
    ("kind", "status", "summary"),
    [
        ("expected", "TENTATIVE", "The making (expected)"),
        ("deadline", "CONFIRMED", "The making"),
        ("legal", "CONFIRMED", "The making"),
    ],
)
def test_what_is_only_expected_is_tentative_and_says_so(kind: str, status: str, summary: str) -> None:
    made = entry(kind=kind)
    assert (str(made["status"]), str(made["summary"])) == (status, summary)


def test_an_entry_says_its_text_and_what_it_rests_on() -> None:
    made = entries(report())["glade-report"]
    assert str(made["description"]) == (
        "The report on the Glade Fund is due on 30 January 2026.\nRests on: The Orchard Office, The Orchard notice"
    )
    assert str(made["url"]) == "https://www.gov.uk/orchards"


def test_each_entry_has_a_name_of_its_own_that_stays() -> None:
    names = [str(e["uid"]) for e in Calendar.from_ical(as_calendar(report())).walk("VEVENT")]
    assert len(set(names)) == len(names) > 3
    assert as_calendar(report()) == as_calendar(report())


def test_an_entry_takes_no_time_of_the_day() -> None:
    assert {str(e["transp"]) for e in entries(report()).values()} == {"TRANSPARENT"}


def test_text_with_commas_and_breaks_comes_back_whole() -> None:
    text = "Bids; reports, and\\or plans: all due."
    assert str(entry(text=text)["description"]).splitlines()[0] == text


def test_without_events_the_calendar_is_empty() -> None:
    assert Calendar.from_ical(as_calendar(desk([]).report(TODAY))).walk("VEVENT") == []
