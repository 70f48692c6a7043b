"""Whom to turn to is the body of the area and its page; a person or number that is not held is named as missing."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from assistant.answering.turn import Finding, Turn
from assistant.answering.understand import Understand
from assistant.areas.engine import AreasEngine
from assistant.areas.reaching import Reaching
from tests.fakes.england import ENGLAND, EVE, FactShelf, engine
from tests.fakes.knowledge import turn
from vectorstore.profile import AreaReach

REACH = AreaReach(
    topics=r"\bplan\b|\bsurvey\b", unless=r"\b(?:board|college|money)\b", document="said", not_for="college"
)
PROFILE = ENGLAND.model_copy(update={"area_reach": REACH})


@pytest.fixture(scope="module")
def areas(tmp_path_factory: pytest.TempPathFactory) -> AreasEngine:
    folder: Path = tmp_path_factory.mktemp("places")
    return engine(folder)


def found(areas: AreasEngine, text: str, as_of: date | None = None) -> list[Finding]:
    made = Understand(areas)(turn(text, profile=PROFILE, as_of=as_of))
    assert isinstance(made, Turn)
    return list(Reaching(areas, FactShelf()).consult(made))


@pytest.mark.parametrize(
    ("text", "subject"),
    [
        ("Baker in Reedham - who do I ring about the plan?", "A02"),
        ("who should i speak to in Northmoor", "A01"),  # nothing else is asked
        ("How can a small firm in Reedham have a say in the plan?", "A02"),
        ("Reedham caterer, want to join the survey", "A02"),
    ],
)
def test_the_body_of_the_area_is_given(areas: AreasEngine, text: str, subject: str) -> None:
    [finding] = found(areas, text)
    assert finding.statements[0].text.startswith("The body that leads")
    assert finding.data["subject"] == subject
    assert finding.leads
    assert finding.missing == ""


def test_a_person_and_a_number_are_named_as_missing(areas: AreasEngine) -> None:
    [finding] = found(areas, "Who at the Moor Chamber do I phone about the plan?")
    assert finding.data["subject"] == "A01"
    assert finding.missing == "the name of a person and a telephone number"


@pytest.mark.parametrize(
    "text",
    [
        "Who sits on the board of the Reedham plan?",
        "Which college got the money in Reedham?",
        "Who should I call about a mortgage in Reedham?",
        "Do we have to take part in the Reedham plan?",
        "Who do I ring about the plan?",  # nobody knows where
        "How many firms in Reedham took part in the survey?",
    ],
)
def test_other_questions_are_left_alone(areas: AreasEngine, text: str) -> None:
    assert found(areas, text) == []


def test_a_past_day_that_is_asked_about_is_left_to_others(areas: AreasEngine) -> None:
    assert found(areas, "Who did I contact about the plan in Reedham before October 2025?") == []
    [finding] = found(areas, "who should i speak to in Reedham", EVE)  # as of then
    assert finding.data["subject"] == "P02"


def test_what_asks_for_more_is_not_whole(areas: AreasEngine) -> None:
    [plain] = found(areas, "Who do I ring in Reedham about the plan?")
    assert plain.whole
    [more] = found(areas, "Who do I ring in Reedham about the plan and its welding shortages?")
    assert not more.whole


def test_needs_that_are_to_be_met_are_no_meeting(areas: AreasEngine) -> None:
    assert found(areas, "How can we meet what the plan for Reedham needs?") == []
    assert found(areas, "How can I see the plan for Reedham?") == []
