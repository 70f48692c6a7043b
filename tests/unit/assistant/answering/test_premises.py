"""Wrong claims: on which dates they are wrong, and the text that corrects them."""

from __future__ import annotations

from datetime import date

import pytest

from assistant.answering.premises import applies, correction
from assistant.answering.turn import Period, Turn, Understanding
from tests.fakes.knowledge import Shelf, hit, turn
from vectorstore.profile import CollectionProfile, Premise

PREMISE = Premise(
    id="fund-open",
    pattern=r"\bfund\b.*\bopen\b",
    unless=r"\bwhen did\b",
    document="wrong",
    section="the fund is open",
    from_date=date(2025, 4, 1),
    to_date=date(2026, 3, 31),
)
CLAIM = "Is the fund still open to us?"


def at(on: date, text: str = CLAIM, period: Period | None = None) -> Turn:
    return turn(
        text,
        as_of=on,
        profile=CollectionProfile(premises=(PREMISE,)),
        understanding=Understanding(period=period),
    )


@pytest.mark.parametrize(
    ("on", "wrong"),
    [
        (date(2025, 3, 31), False),
        (date(2025, 4, 1), True),
        (date(2026, 3, 31), True),
        (date(2026, 4, 1), False),
    ],
)
def test_a_premise_is_wrong_in_its_window_only(on: date, wrong: bool) -> None:
    assert applies(PREMISE, at(on)) is wrong


def test_without_bounds_it_is_always_wrong() -> None:
    always = PREMISE.model_copy(update={"from_date": None, "to_date": None})
    assert applies(always, at(date(1999, 1, 1)))
    assert applies(always, at(date(2099, 1, 1)))


def test_only_a_question_that_makes_the_claim() -> None:
    on = date(2025, 6, 1)
    assert applies(PREMISE, at(on, "IS THE FUND OPEN?"))
    assert not applies(PREMISE, at(on, "Who leads the plan?"))
    assert not applies(PREMISE, at(on, "When did the fund open?"))


def test_a_web_address_makes_no_claim() -> None:
    land = PREMISE.model_copy(update={"pattern": r"\buk\b"})
    on = date(2025, 6, 1)
    assert applies(land, at(on, "Are there plans in the UK?"))
    assert not applies(land, at(on, "Why is Moor on the list of GOV.UK?"))
    assert not applies(land, at(on, "Is www.moor.ac.uk a page of ours?"))


def test_a_question_on_the_past_makes_no_claim_about_now() -> None:
    then = Period(date(2023, 1, 1), date(2023, 12, 31), "2023")
    on = date(2025, 6, 1)
    assert not applies(PREMISE, at(on, "Was the fund open in 2023?", period=then))
    assert applies(PREMISE, at(on, "Is the fund of 2023 open?", period=then))


RIGHT = hit("The fund is closed. Its last payment was in March 2025.", heading=("People say that the fund is open",))
GAP = hit("The costs are not held.", heading=("People say that the fund is open",), gap=True, passage_id="p0")
OTHER = hit("Plans last three years.", heading=("Plans last one year",), passage_id="p2")


def test_the_first_sentence_of_the_section_corrects() -> None:
    made = correction(at(date(2025, 6, 1)), Shelf(wrong=[OTHER, GAP, RIGHT]))
    assert made is not None
    assert made.text == "The fund is closed."
    assert RIGHT.passage.text[made.quote.start : made.quote.end] == made.quote.text == made.text


def test_nothing_is_corrected_without_a_text_in_force() -> None:
    assert correction(at(date(2025, 6, 1)), Shelf()) is None
    assert correction(at(date(2025, 6, 1)), Shelf(wrong=[OTHER, GAP])) is None
    assert correction(at(date(2027, 6, 1)), Shelf(wrong=[RIGHT])) is None
