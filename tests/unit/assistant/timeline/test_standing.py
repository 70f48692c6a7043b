"""Whether an edition was in force: yes or no only for every day meant, and only where nothing else is asked."""

from __future__ import annotations

from datetime import date

import pytest

from assistant.answering.periods import named_period
from assistant.answering.turn import Finding, Understanding
from assistant.timeline.editions import Editions
from assistant.timeline.standing import Standing
from ingestion.facts.dated_tables import EditionRow
from ingestion.facts.documents import facts
from ingestion.facts.event_pages import edition_paragraphs
from tests.fakes.almanac import Facts, seen, texts
from tests.fakes.knowledge import turn
from vectorstore.model import Evidence

TODAY = date(2026, 1, 15)


def row(ident: str, asked_as: str, begun: str, last: str, known: str, text: str) -> EditionRow:
    first, by = (begun.split() * 2)[:2]
    ends = (last.split() * 2)[:2] or ("", "")
    return EditionRow.model_validate(
        {
            "id": ident, "title": f"The {ident}", "asked_as": asked_as, "begun_from": first, "begun_by": by,
            "last_from": ends[0], "last_by": ends[1], "known_from": known, "text": text, "sources": "S1",
            "evidence": Evidence.PRIMARY,
        }
    )  # fmt: skip


OLD, NEW = r"(?:old|2022) rules|rules of 2022", r"2025 rules|rules of 2025"
HELD = list(
    facts(
        edition_paragraphs(
            (
                row("old", OLD, "2022-10-01 2022-10-31", "2025-11-17", "2025-11-18", "The old rules applied."),
                row("new", NEW, "2025-11-18", "", "2025-11-18", "The new rules have applied since."),
                row("note", "note", "2022-07-06", "2023-12-12 2024-12-31", "2025-01-01", "The note was withdrawn."),
            )
        )
    )
)
EDITIONS = Editions(Facts(HELD), seen)


def found(text: str) -> list[Finding]:
    made = turn(text, as_of=TODAY, understanding=Understanding(period=named_period(text, TODAY)))
    return list(Standing(EDITIONS, texts(HELD)).consult(made))


@pytest.mark.parametrize(
    ("question", "begins"),
    [
        ("Are the 2022 rules still in force?", "No. The old"),
        ("is the 2025 rules the latest one", "Yes. The new"),
        ("Were the rules of 2022 in use in January 2025?", "Yes. The old"),
        ("In March 2022, were the 2022 rules in force?", "No. The old"),
        ("Were the 2022 rules in force in October 2022?", "The old"),  # the day in October is not held
        ("Were the 2022 rules in force in November 2025?", "The old"),  # they ended within it
        ("Have the 2025 rules been replaced?", "No. The new"),
        ("Had the 2022 rules been replaced by December 2025?", "Yes. The old"),
        ("Were the 2022 rules replaced in November 2025?", "Yes. The old"),
        ("Were the 2022 rules replaced in December 2025?", "No. The old"),
        ("Were the 2022 rules out of date in December 2025?", "Yes. The old"),
        ("were the 2022 rules replaced?", "Yes. The old"),
        ("Did the 2025 rules take effect in 2024?", "No. The new"),
        ("Do the 2022 rules still apply to us?", "No. The old"),
        ("Do the 2025 rules apply to us?", "The new"),  # of whom is not settled
        ("Were the 2022 rules withdrawn?", "The old"),  # by which act is not said
        ("Was the note withdrawn?", "Yes. The note"),
        ("The 2022 rules are what applies, right?", "No. The old"),
    ],
)
def test_the_days_settle(question: str, begins: str) -> None:
    [made] = found(question)
    assert made.leads
    assert made.text.startswith(begins)


@pytest.mark.parametrize(
    "question",
    [
        "Do the 2022 rules still apply to growers?",
        "Is our plan under the 2022 rules still valid?",
        "Are the 2022 rules still in force for plans of 2023?",
        "Were the 2022 rules in force?",  # at a time that is not told
        "Were the 2022 rules in force in 2027?",
        "Which rules are in force?",
        "Are the 2022 rules or the 2025 rules in force?",
        "Are the 2022 rules not in force?",
        "What do the 2022 rules say?",
    ],
)
def test_what_the_days_do_not_settle_is_left_to_others(question: str) -> None:
    assert found(question) == []


def test_what_an_edition_said_is_asked_of_its_time() -> None:
    period = EDITIONS.time_of("Under the 2022 rules, what did growers have to do?", TODAY)
    assert period is not None
    assert (period.end, period.words) == (date(2025, 11, 17), "The old")
    assert EDITIONS.time_of("What did the rules of 2022 say on seeds?", TODAY) == period


@pytest.mark.parametrize(
    "question",
    [
        "Under the 2022 rules, what do we do now?",
        "Under the 2025 rules, what did growers have to do?",
        "When were the 2022 rules replaced?",
        "What did the board say?",
    ],
)
def test_other_questions_are_asked_of_their_own_time(question: str) -> None:
    assert EDITIONS.time_of(question, TODAY) is None
