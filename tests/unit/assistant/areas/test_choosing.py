"""Of two areas offered, the one that the place lies in is told, with its body."""

from __future__ import annotations

import re
import time
from pathlib import Path

import pytest

from assistant.answering.turn import Finding, Turn
from assistant.answering.understand import Understand
from assistant.areas.choosing import Choosing, _is_choice
from assistant.areas.engine import AreasEngine
from assistant.areas.mentions import Mention
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


def test_of_two_questions_only_the_choice_is_settled(areas: AreasEngine) -> None:
    text = "Reedham bakery - Reedshire plan or Southland plan, and when is the survey due?"
    [finding] = found(areas, text)
    assert re.search(finding.answers, "Reedham bakery - Reedshire plan or Southland plan")
    assert not re.search(finding.answers, "when is the survey due?")


def test_many_words_between_take_no_time() -> None:
    text = "A or " + "is it " * 60 + "zz B"
    one, other = Mention("A", 0, 1, ()), Mention("B", len(text) - 1, len(text), ())
    began = time.perf_counter()
    assert not _is_choice(text, one, other)
    assert time.perf_counter() - began < 0.1
