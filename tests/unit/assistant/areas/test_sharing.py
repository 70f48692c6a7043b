"""Whether two places share an area is answered by the councils of the areas they lie in."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pytest

from assistant.answering.turn import Finding, Turn
from assistant.answering.understand import Understand
from assistant.areas.engine import AreasEngine
from assistant.areas.sharing import Sharing
from tests.fakes.england import ENGLAND, EVE, FactShelf, engine
from tests.fakes.knowledge import turn


@pytest.fixture(scope="module")
def areas(tmp_path_factory: pytest.TempPathFactory) -> AreasEngine:
    folder: Path = tmp_path_factory.mktemp("places")
    return engine(folder)


def found(areas: AreasEngine, text: str, as_of: date | None = None) -> list[Finding]:
    made = Understand(areas)(turn(text, profile=ENGLAND, as_of=as_of))
    assert isinstance(made, Turn)
    return list(Sharing(areas, FactShelf()).consult(made))


@pytest.mark.parametrize(
    "text",
    ["Are Northmoor and Eastmoor on the same plan?", "Do King's Reach and Northmoor share an area?"],
)
def test_places_of_one_area_share_it(areas: AreasEngine, text: str) -> None:
    [finding] = found(areas, text)
    assert finding.statements[0].text.startswith("Yes. Greater Moor covers")
    assert len(finding.statements) == 1
    assert finding.data["shared"] is True


@pytest.mark.parametrize(
    "text",
    ["Are Northmoor and Reedham in one area?", "reedham - same plan as northmoor?", "Same area: Reedham, Deal?"],
)
def test_places_of_two_areas_do_not_and_both_are_told(areas: AreasEngine, text: str) -> None:
    [finding] = found(areas, text)
    assert finding.statements[0].text.startswith("No.")
    assert len(finding.statements) == 2


def test_it_is_told_as_of_the_date(areas: AreasEngine) -> None:
    [before] = found(areas, "Are Eastmoor and Reedham on the same plan?", EVE)
    assert before.data["shared"] is True
    [now] = found(areas, "Are Eastmoor and Reedham on the same plan?")
    assert now.data["shared"] is False


@pytest.mark.parametrize(
    ("text", "begins"),
    [
        ("Do Reedham and Southland have the same body?", "Yes."),  # which leads two areas
        ("which area is Reedham and Southland in: same chamber as Southland?", "Yes."),
        ("Are Northmoor and Reedham under the same chamber?", "No."),
    ],
)
def test_one_body_may_lead_both(areas: AreasEngine, text: str, begins: str) -> None:
    [finding] = found(areas, text)
    assert finding.statements[0].text.startswith(f"{begins} The body that leads")
    assert len(finding.statements) == 2


@pytest.mark.parametrize(
    "text",
    [
        "Do the Northmoor and Reedham plans have the same priorities?",  # of what they say
        "Are Northmoor, Eastmoor and Reedham on the same plan?",  # of more than two
        "Is Northmoor on the same plan?",
        "Are Ashby and Northmoor on the same plan?",  # which Ashby is not known
        "Who shares the plan of Northmoor and Reedham?",
        "Are Northmoor and Wales on the same plan?",
        "Do Northmoor and Reedham have the same deadline?",
        "Are Northmoor and Eastmoor no longer in the same plan?",
        "Which plans do Northmoor and Reedham share?",
        "Do Northmoor and Reedham have more than one plan?",
        "How much did Northmoor and Reedham share?",
        "Do Northmoor and Reedham have the same people in charge of adult funding?",
        "Do Northmoor and Eastmoor have the same training body?",
        "Who is the body that Northmoor and Reedham share?",
    ],
)
def test_other_questions_are_left_alone(areas: AreasEngine, text: str) -> None:
    assert found(areas, text) == []


def test_another_question_beside_it_stays_open(areas: AreasEngine) -> None:
    [finding] = found(areas, "Are Northmoor and Eastmoor on the same plan, and when is the survey due?")
    assert not re.search(finding.answers, "when is the survey due?")
