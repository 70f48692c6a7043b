"""Whether the body dealt with so far is still the one is answered by who leads where the asker is."""

from __future__ import annotations

from pathlib import Path

import pytest

from assistant.answering.turn import Finding, Turn
from assistant.answering.understand import Understand
from assistant.areas.dealing import Dealing
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
    return list(Dealing(areas, FactShelf()).consult(made))


@pytest.mark.parametrize(
    ("text", "begins"),
    [
        ("Firm in Northmoor. We've always gone to the Moor Chamber. Still the right people?", "Yes."),
        ("Shop in Reedham. A lady from the Moor Chamber used to ring us - is it still them we deal with?", "No."),
        ("We are in Reedham. Should we still go to the Reed Business Board?", "No."),
        ("Does the Moor Chamber still cover Northmoor?", "Yes."),
        ("I'm in Northmoor, is the Moor Chamber the right body for us?", "Yes."),
    ],
)
def test_the_facts_settle_it(areas: AreasEngine, text: str, begins: str) -> None:
    [finding] = found(areas, text)
    assert finding.statements[0].text.startswith(f"{begins} The body that leads")
    assert finding.leads


@pytest.mark.parametrize(
    "text",
    [
        "The Moor Chamber sent us in Reedham an invoice. Is it still valid?",
        "We're in Reedham. Does the Moor Chamber still publish a newsletter?",
        "Is it still them we deal with in Reedham?",  # no body named
        "Do the Moor Chamber still offer training for them in Northmoor?",
        "Is the Moor Chamber still represented on our college board in Northmoor?",
        "Are they still running the survey in Northmoor, Moor Chamber?",
        "Are they still in Northmoor, the Moor Chamber?",
        "We go to the Moor Chamber. Still the right people?",  # no place named
        "Who is the right body for Reedham, the Moor Chamber?",
        "Why is the Moor Chamber still who we deal with in Reedham?",
    ],
)
def test_other_questions_are_left_alone(areas: AreasEngine, text: str) -> None:
    assert found(areas, text) == []
