"""The timeline as it is shown: each event with its state, its words and the text that dates it."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from assistant.timeline.report import TimelineDesk
from assistant.timeline.schemas import EventReport, TimelineReport
from tests.fakes import england
from tests.fakes.almanac import TODAY, desk, engine, event, texts
from vectorstore.errors import UsageError


def shown(report: TimelineReport) -> dict[str, EventReport]:
    return {e.id: e for e in report.events}


def test_each_event_comes_by_date_with_the_text_that_dates_it() -> None:
    report = desk().report(TODAY)
    assert list(shown(report)) == [e.id for e in engine().events(TODAY)]
    for number, told in enumerate(report.events, start=1):
        assert told.citations == (number,)
        cited = report.citations[number - 1]
        assert (cited.n, cited.quote, cited.in_force) == (number, told.text, True)
        assert cited.rests_on[0].url == "https://www.gov.uk/orchards"


def test_an_event_is_shown_as_it_is_held() -> None:
    window = shown(desk().report(date(2023, 6, 1)))["glade-window"]
    assert (window.start, window.end, window.time) == (date(2023, 5, 24), date(2023, 6, 20), "12:00")
    assert (window.precision, window.state, window.days) == ("day", "open", 19)
    assert window.when == "24 May 2023 to midday on 20 June 2023"
    assert "19 days" in window.said
    assert (window.area, window.areas, window.fund, window.kind) == (None, (), "glade", "funding")


def test_an_event_without_a_day_shows_none() -> None:
    season = shown(desk().report(TODAY))["second-plans"]
    assert (season.precision, season.state, season.days, season.when) == ("season", "upcoming", None, "summer 2026")
    by = shown(desk().report(TODAY))["glade-stage-2"]
    assert (by.start, by.precision, by.days, by.when) == (None, "by", None, "by 10 November 2023")


def test_what_was_expected_and_is_over_is_shown_as_unconfirmed() -> None:
    assert shown(desk().report(TODAY))["review"].state == "unconfirmed"


@pytest.mark.parametrize("area", ["A01", "a01", " A01 ", "Northmoor"])
def test_an_area_brings_its_events_and_those_of_the_areas_before_it(area: str) -> None:
    report = desk().report(TODAY, area=area)
    assert (report.area, report.areas) == ("A01", ("A01", "P01", "P02"))
    found = shown(report)
    assert (found["moor-fair"].area, found["moorland-day"].area) == ("A01", "P01")
    assert "reed-and-south" not in found
    assert "orchard-act" in found


def test_an_event_of_several_areas_is_shown_for_the_one_asked_for() -> None:
    told = shown(desk().report(TODAY, area="A03"))["reed-and-south"]
    assert (told.area, told.areas) == ("A03", ("A02", "A03"))
    assert shown(desk().report(TODAY))["reed-and-south"].area == "A02"


@pytest.mark.parametrize(
    ("chosen", "expected"),
    [
        ({"kind": "deadline"}, ["glade-closes", "glade-report", "moor-fair"]),
        ({"fund": "glade", "kind": "funding"}, ["glade-window", "glade-stage-2"]),
        ({"area": "A01", "national": False}, ["moorland-day", "moor-fair"]),
        ({"start": date(2026, 2, 1), "end": date(2026, 3, 2), "kind": "expected"}, ["map"]),
        ({"start": date(2030, 1, 1)}, []),
    ],
)
def test_the_choice_is_kept_to_and_told(chosen: dict[str, Any], expected: list[str]) -> None:
    report = desk().report(TODAY, **chosen)
    assert list(shown(report)) == expected
    assert (report.as_of, report.kind, report.fund) == (TODAY, chosen.get("kind"), chosen.get("fund"))
    assert len(report.citations) == len(expected)


@pytest.mark.parametrize(
    ("chosen", "says", "remedy"),
    [
        ({"kind": "party"}, "no kind of event 'party'", "deadline"),
        ({"fund": "meadow"}, "no fund 'meadow'", "glade"),
        ({"start": date(2026, 2, 2), "end": date(2026, 2, 1)}, "lies before", "first"),
        ({"area": "Nowhere"}, "no one area for 'Nowhere'", "A06"),
    ],
)
def test_a_choice_that_cannot_be_is_refused(chosen: dict[str, Any], says: str, remedy: str) -> None:
    with pytest.raises(UsageError, match=says) as caught:
        desk().report(TODAY, **chosen)
    assert remedy in caught.value.remedy


def test_a_collection_without_events_shows_none_and_has_no_funds() -> None:
    assert desk([]).report(TODAY).events == ()
    assert desk([]).funds == []
    with pytest.raises(UsageError, match="no fund 'glade'") as caught:
        desk([]).report(TODAY, fund="glade")
    assert "none" in caught.value.remedy


def test_an_event_that_no_text_in_force_says_is_left_out() -> None:
    said, mute = event(id="said", text="This is said.").fact, event(id="mute", text="This is not.").fact
    held = TimelineDesk(engine([said, mute]), texts([said]), england.atlas, lambda place, on: None)
    assert list(shown(held.report(TODAY))) == ["said"]


def test_the_last_day_of_a_term_is_told_with_its_bank_holidays_and_text() -> None:
    told = desk().term("terms-reply", date(2023, 4, 3))
    assert (told.id, told.start, told.end) == ("terms-reply", date(2023, 4, 3), date(2023, 4, 19))
    assert "end on 19 April 2023" in told.said
    assert "7 April 2023, 10 April 2023" in told.said
    assert told.citations[0].quote.startswith("A body that does not reply within 10 working days")


@pytest.mark.parametrize(("term", "start"), [("no-such", date(2023, 4, 3)), ("terms-reply", date(2021, 12, 31))])
def test_a_term_that_is_not_there_on_the_day_is_refused(term: str, start: date) -> None:
    with pytest.raises(UsageError, match=f"no period '{term}' on {start}") as caught:
        desk().term(term, start)
    assert "terms-reply" in caught.value.remedy
