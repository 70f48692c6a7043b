"""Periods that are counted from a day: the last day if the question gives the first, else the question for it."""

from __future__ import annotations

from datetime import date

import pytest

from assistant.answering.turn import Finding
from assistant.timeline.findings import TimelineFindings
from prompts import message
from tests.fakes.almanac import TODAY, engine, texts
from tests.fakes.knowledge import turn

SAID = "A body that does not reply within 10 working days is bound by the new terms."


def found(text: str, on: date = TODAY) -> list[Finding]:
    return list(TimelineFindings(engine(), texts()).consult(turn(text, as_of=on)))


@pytest.mark.parametrize(
    ("issued", "end", "left_out"),
    [
        ("3 April 2023", "19 April 2023", "7 April 2023, 10 April 2023"),
        ("19 December 2022", "5 January 2023", "26 December 2022, 27 December 2022, 2 January 2023"),
        ("27 May 2022", "14 June 2022", "2 June 2022, 3 June 2022"),
        ("9 September 2022", "26 September 2022", "19 September 2022"),
        ("28 April 2023", "16 May 2023", "1 May 2023, 8 May 2023"),
    ],
)
def test_working_days_leave_bank_holidays_out_and_say_which(issued: str, end: str, left_out: str) -> None:
    [finding] = found(f"What is the last day to reply to new terms issued on {issued}?")
    [quoted] = finding.statements
    assert quoted.text == quoted.quote.text == SAID
    computed, holidays = finding.notes
    assert f"10 working days after {issued} end on {end}" in computed
    assert holidays == message("timeline_term_holidays", days=left_out)


def test_a_time_without_bank_holidays_has_no_note_on_them() -> None:
    [finding] = found("What is the last day to reply to new terms of 3 July 2023?")
    assert (finding.data["start"], finding.data["end"]) == ("2023-07-03", "2023-07-17")
    [computed] = finding.notes
    assert "10 working days after 3 July 2023 end on 17 July 2023" in computed


def test_plain_days_count_weekends_too() -> None:
    [finding] = found("How long is the gate open after 1 March 2024?")
    assert (finding.data["start"], finding.data["end"]) == ("2024-03-01", "2024-03-15")
    assert [s.text for s in finding.statements] == ["The gate stays open for 14 days."]
    assert finding.notes == (
        "The time at the gate: 14 days after 1 March 2024 end on 15 March 2024, not counting 1 March 2024 itself.",
    )


def test_a_day_to_come_can_be_counted_from() -> None:
    [finding] = found("When do we have to reply to new terms that come on 2 March 2026?")
    assert finding.data["end"] == "2026-03-16"


@pytest.mark.parametrize(
    "text",
    [
        "How long do we have to reply to new terms?",
        "How long do we have to reply to new terms issued in April 2023?",
    ],
)
def test_without_one_day_the_period_is_quoted_and_the_day_asked_for(text: str) -> None:
    [finding] = found(text)
    assert [s.text for s in finding.statements] == [SAID]
    assert finding.notes == (message("timeline_term_needs_day", from_what="the notice of the new terms"),)
    assert "end" not in finding.data


def test_the_last_of_several_days_corrects_those_before() -> None:
    [finding] = found("When must we reply to new terms issued on 3 April 2023, sorry, on 4 April 2023?")
    assert (finding.data["start"], finding.data["end"]) == ("2023-04-04", "2023-04-20")


def test_a_question_that_only_names_the_matter_counts_nothing() -> None:
    assert found("Who wrote the new terms?") == []


def test_a_term_counts_only_while_it_is_in_force() -> None:
    assert found("How long do we have to reply to new terms?", date(2021, 12, 31)) == []
