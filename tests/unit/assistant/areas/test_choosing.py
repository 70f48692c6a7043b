"""Of two areas offered, the one that the place lies in is told, with its body."""

from __future__ import annotations

from pathlib import Path

import pytest

from assistant.answering.turn import Finding, Turn
from assistant.answering.understand import Understand
from assistant.areas.choosing import Choosing
from assistant.areas.engine import AreasEngine
from tests.fakes.england import ENGLAND, FactShelf, engine
from tests.fakes.knowledge import turn


@pytest.fixture(scope="module")
def areas(tmp_path_factory: pytest.TempPathFactory) -> AreasEngine:
    folder: Path = tmp_path_factory.mktemp("places")
    return engine(folder)


def found(areas: AreasEngine, text: str) -> list[Finding]:
    made = Understand(areas)(turn(text, profile=ENGLAND))
    assert isinstance(made, Turn)
    return list(Choosing(areas, FactShelf()).consult(made))


@pytest.mark.parametrize(
    "text",
    [
        "Reedham bakery - Reedshire plan or Southland plan??",
        "We're in Reedham. Are we under Southland or Reedshire?",
        "Does Reedham come under Reedshire or the Greater Moor plan?",
    ],
)
def test_the_area_of_the_place_is_told(areas: AreasEngine, text: str) -> None:
    [finding] = found(areas, text)
    assert finding.data["subject"] == "A02"
    assert [s.text.partition(" ")[0] for s in finding.statements] == ["Reedshire", "The"]


@pytest.mark.parametrize(
    "text",
    [
        "Which led the fund, Reedshire or Southland?",
        "Do the plans of Reedshire or Southland mention Deal?",
        "Is Reedham bigger than Northmoor or Eastmoor?",
        "Reedshire plan or Southland plan?",
        "Is Reedham in the Reedshire plan?",
    ],
)
def test_other_questions_are_left_alone(areas: AreasEngine, text: str) -> None:
    assert found(areas, text) == []
