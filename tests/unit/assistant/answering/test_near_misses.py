"""What is asked for and not told is named, and texts that tell of something else are known for what they are."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from assistant.answering.near_misses import lacking_in, missing_from, of_another, tells_another
from assistant.answering.turn import DraftStatement, Finding, Period, Quote
from tests.fakes import knowledge as w

TODAY = date(2026, 11, 27)
WHY = "Why was the fund closed?"
CLOSED = "The fund was closed."


def statement(text: str) -> DraftStatement:
    return DraftStatement(text, Quote(w.hit(text), 0, len(text), text))


def lacking(question: str, text: str, *, corrected: bool = False, untold: tuple[str, ...] = ()) -> list[str]:
    return lacking_in([statement(text)], w.turn(question), {}, untold, corrected)


def test_what_is_missing_is_named() -> None:
    assert lacking(WHY, CLOSED) == ["the reason"]
    assert lacking("How much did the fund pay?", CLOSED) == ["the amount"]
    assert lacking("It has five aims - what's number 2?", "Aim 1 is trade.") == ["number 2 of those"]
    assert lacking(WHY, "The fund was closed because its money was spent.") == []


def test_a_question_known_to_be_open_is_not_named_again() -> None:
    assert lacking(WHY, CLOSED, untold=(WHY,)) == []


def test_a_correction_answers_all_but_what_no_premise_is_about() -> None:
    assert lacking(WHY, CLOSED, corrected=True) == []
    assert lacking("minimum number of firms we ask?", "Firms need not take part.", corrected=True) != []


def test_what_an_engine_read_whole_lacks_nothing() -> None:
    turn = replace(w.turn(WHY), findings=(Finding("tables", CLOSED, (), whole=True),))
    assert lacking_in([statement(CLOSED)], turn, {}, (), False) == []


def test_of_several_questions_only_one_that_was_read_whole_lacks_nothing() -> None:
    text = f"Who leads the plan? {WHY}"
    for answers, missing in (("^Who leads", ["the reason"]), (".", ["the reason"])):
        whole = Finding("tables", "Moor Chamber leads the plan.", (), answers=answers, whole=True)
        turn = replace(w.turn(text), findings=(whole,))
        assert lacking_in([statement(CLOSED)], turn, {}, (), False) == missing
    amount = Finding("tables", CLOSED, (), answers="^How much", whole=True)
    turn = replace(w.turn(f"How much did the fund pay? {WHY}"), findings=(amount,))
    assert lacking_in([statement(CLOSED)], turn, {}, (), False) == ["the reason"]


def test_what_engines_found_may_not_hold_the_number_asked_for() -> None:
    question, award = "How many people did the Moor project train?", "The Moor award was £2 million."
    by_engine = replace(w.turn(question), findings=(Finding("awards", award, ()),))
    assert lacking_in([statement(award)], by_engine, {}, (), False) == ["the number"]
    assert lacking_in([statement("The Moor project trained 40 people.")], by_engine, {}, (), False) == []
    assert lacking_in([statement(award)], w.turn(question), {question: 0.6}, (), False) == []


def test_a_reason_may_stand_without_a_word_for_it() -> None:
    assert missing_from(WHY, [CLOSED], TODAY, 0.5) == [("reason", "")]
    assert missing_from(WHY, [CLOSED], TODAY, 0.95) == []


APRIL = Period(date(2026, 4, 1), date(2026, 4, 30), "April 2026")
LAST = "The last period held is October 2025 to March 2026."


@pytest.mark.parametrize(
    ("question", "said", "period", "another"),
    [
        ("What was given from April 2026?", LAST, APRIL, True),
        ("What was given in 2028?", LAST, None, True),
        ("What is the latest period?", LAST, None, False),
        ("What was given in 2025?", LAST, None, False),
        ("What was given from April 2026?", "£5 was given from October 2025 to March 2026.", APRIL, False),
        ("Is a report due in June 2027?", "No report of June 2027 should be counted on.", None, True),
        ("Is it done?", "Completion is not confirmed.", None, True),
    ],
)
def test_a_sentence_that_tells_of_another_time(
    question: str, said: str, period: Period | None, another: bool
) -> None:
    assert tells_another(question, [said], period) is another


def test_nothing_said_tells_of_nothing_else() -> None:
    assert not tells_another(WHY, [], None)
    assert not of_another([], w.turn(WHY))
