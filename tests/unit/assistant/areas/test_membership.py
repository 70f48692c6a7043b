"""Whether a place lies in a named area is answered by the councils of the area that it lies in."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from assistant.answering.turn import Finding, Turn
from assistant.answering.understand import Understand
from assistant.areas.engine import AreasEngine
from assistant.areas.membership import Membership
from tests.fakes.england import ENGLAND, EVE, FactShelf, engine
from tests.fakes.knowledge import turn


@pytest.fixture(scope="module")
def areas(tmp_path_factory: pytest.TempPathFactory) -> AreasEngine:
    folder: Path = tmp_path_factory.mktemp("places")
    return engine(folder)


def found(areas: AreasEngine, text: str, as_of: date | None = None) -> list[Finding]:
    made = Understand(areas)(turn(text, profile=ENGLAND, as_of=as_of))
    assert isinstance(made, Turn)
    return list(Membership(areas, FactShelf()).consult(made))


def test_a_place_of_the_area_is_in_it(areas: AreasEngine) -> None:
    [finding] = found(areas, "Is Reedham in the Reedshire plan?")
    assert finding.statements[0].text.startswith("Yes.")
    assert finding.data["inside"] is True
    assert finding.leads


def test_a_place_of_another_area_is_not(areas: AreasEngine) -> None:
    [finding] = found(areas, "Does Reedham come under Southland?")
    assert finding.statements[0].text.startswith("No.")
    assert finding.data["subject"] == "A02"


def test_a_name_that_also_lies_in_the_area_is_not_denied(areas: AreasEngine) -> None:
    assert found(areas, "Is Bigton in the Southland plan?") == []  # a village of that name is


def test_where_the_asker_is_may_be_told_before(areas: AreasEngine) -> None:
    [finding] = found(areas, "We are growers in Reedham. Are we in the Reedshire plan?")
    assert finding.statements[0].text.startswith("Yes.")


def test_it_is_told_as_of_the_date(areas: AreasEngine) -> None:
    [before] = found(areas, "Is Reedham in Moor and Reed?", EVE)
    assert before.statements[0].text.startswith("Yes.")


def test_what_was_so_is_told_of_the_last_day_of_an_area_that_has_ended(areas: AreasEngine) -> None:
    [finding] = found(areas, "Was Reedham in Moor and Reed?")
    assert finding.statements[0].text.startswith("Yes.")
    assert finding.on == EVE
    assert finding.notes


@pytest.mark.parametrize(
    "text",
    [
        "Is Reedham in the MCA as well as the Reedshire plan?",
        "Was Reedham in Southland?",  # which goes on: nobody said when
        "Is Reedham mentioned in Southland?",
        "Which area is Reedham in?",
        "Any courses in Reedham in Reedshire?",
        "Training for welders in Reedham under the Reedshire plan?",
        "Is Reedshire good?",
        "Was Reedham in the fund that led Southland?",
        "Did Reedham get moved into another area than Reedshire?",
    ],
)
def test_other_questions_are_left_alone(areas: AreasEngine, text: str) -> None:
    assert found(areas, text) == []


@pytest.mark.parametrize(
    ("text", "begins"),
    [
        ("Reedham is in the Reedshire plan isn't it?", "Yes."),
        ("We farm near Reedham and most of our lads live in Deal, so we'd be in the Southland plan, right?", "No."),
        ("We're in Reedham, so part of Reedshire?", "Yes."),
        ("Reedham in the Reedshire plan?", "Yes."),
        ("Reedham, part of Southland, right?", "No."),
        ("We're in Reedham so we'd be in the King's Reach plan, wouldn't we?", "No."),  # that of the area it is in
    ],
)
def test_what_is_added_behind_a_statement_asks_too(areas: AreasEngine, text: str, begins: str) -> None:
    [finding] = found(areas, text)
    assert finding.statements[0].text.startswith(begins)
