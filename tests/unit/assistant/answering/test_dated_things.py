"""A date that says which thing is meant is no time asked about; one that says when is."""

from __future__ import annotations

from datetime import date

import pytest

from assistant.answering.dated_things import belongs_to_thing
from assistant.answering.periods import named_period

TODAY = date(2026, 11, 23)
THINGS = (
    "What does the 2023 guidance say?",
    "Is the October 2022 guidance still valid?",
    "is october 2022 guidance still valid",
    "Is the 18 November 2025 guidance the latest?",
    "Who is bound by the Act of 2022?",
    "Who got money in the wave of November 2025?",
    "Does the plan approved in June 2026 count?",
    "What did the awards announced on 10 November 2023 pay for?",
    "When did the reports due in 2024 come out?",
    "Is the plan written in 2023 still valid?",
    "Does the guidance from November 2023 apply?",
)
TIMES = (
    ("Was the guidance of 2023 in use in January 2025?", date(2025, 1, 31)),
    ("Was the plan approved in June 2026?", date(2026, 6, 30)),
    ("Who was designated in 2022?", date(2022, 12, 31)),
    ("Did the guidance change in November 2025?", date(2025, 11, 30)),
    ("In November 2025 which guidance applied?", date(2025, 11, 30)),
    ("Who led it at the end of 2024?", date(2024, 12, 31)),
    ("What has applied from 1 October 2025?", date(2025, 10, 1)),
    ("Who led it on the 1st of March 2024?", date(2024, 3, 1)),
)


@pytest.mark.parametrize("text", THINGS)
def test_the_date_of_a_thing_is_no_time_asked_about(text: str) -> None:
    assert named_period(text, TODAY) is None


@pytest.mark.parametrize(("text", "end"), TIMES)
def test_a_time_asked_about_is_read(text: str, end: date) -> None:
    found = named_period(text, TODAY)
    assert found is not None
    assert found.end == end


def test_what_follows_tells_a_thing_that_was_done_from_what_is_asked() -> None:
    assert belongs_to_thing("Is the plan approved in ", " valid?")
    assert not belongs_to_thing("Is the plan approved in ", "?")
    assert not belongs_to_thing("the rules from ", " to 2024 were")
