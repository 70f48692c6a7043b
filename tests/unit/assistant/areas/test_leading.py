"""Whether a named body leads an area is answered by who leads it; a name that is not known is left alone."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from assistant.answering.turn import Finding, Turn
from assistant.answering.understand import Understand
from assistant.areas.engine import AreasEngine
from assistant.areas.leading import Leading
from tests.fakes.england import ENGLAND, EVE, FactShelf, engine
from tests.fakes.knowledge import turn
from vectorstore.profile import AreaLeads

WORDS = AreaLeads(
    role="lead(?: body)?", sole="lead body", verbs="lead|run", beside="the of for in plan", others="council|college"
)
PROFILE = ENGLAND.model_copy(update={"area_leads": WORDS})


@pytest.fixture(scope="module")
def areas(tmp_path_factory: pytest.TempPathFactory) -> AreasEngine:
    folder: Path = tmp_path_factory.mktemp("places")
    return engine(folder)


def found(areas: AreasEngine, text: str, as_of: date | None = None) -> list[Finding]:
    made = Understand(areas)(turn(text, profile=PROFILE, as_of=as_of))
    assert isinstance(made, Turn)
    return list(Leading(areas, FactShelf()).consult(made))


@pytest.mark.parametrize(
    ("text", "subject", "begins"),
    [
        ("Is the Moor Chamber the lead body for Greater Moor?", "A01", "Yes."),
        ("Does Moor Chamber of Commerce still lead the plan in Northmoor?", "A01", "Yes."),
        ("Is Moor Chambers of Commerce the lead body?", "A01", "Yes."),  # the one area that it leads
        ("Is the Moor Chamber the lead body for Southland?", "A03", "No."),
        ("Does Moor College run the plan for Southland?", "A03", "No."),  # no body that leads is a college
        ("Is Fen Chamber the lead body?", "A01", "No."),  # a partner
    ],
)
def test_the_facts_settle_it(areas: AreasEngine, text: str, subject: str, begins: str) -> None:
    [finding] = found(areas, text)
    assert finding.statements[0].text.startswith(f"{begins} The body that leads")
    assert finding.data["subject"] == subject
    assert finding.leads


def test_a_no_names_the_partners(areas: AreasEngine) -> None:
    [finding] = found(areas, "Is Fen Chamber the lead body for Greater Moor?")
    assert "works with Fen Chamber" in finding.statements[-1].text


def test_it_is_told_as_of_the_date(areas: AreasEngine) -> None:
    [finding] = found(areas, "Does the Reed Business Board lead Moor and Reed?", EVE)
    assert finding.statements[0].text.startswith("Yes.")


@pytest.mark.parametrize(
    "text",
    [
        "Is the Moor Board the lead body for Greater Moor?",  # not known: perhaps another name of it
        "Is the Moor Chamber the lead body for gardens in Greater Moor?",  # of something else
        "Is the Federation of Traders the lead body?",  # of two areas
        "Does the Reed Business Board lead Reedshire?",  # it led the area before: perhaps under a new name
        "Is the Fen Chamber the lead for Greater Moor?",  # a partner may lead beside
        "Was the Moor Chamber the lead body for Southland?",  # ever
        "Is the Moor Chamber not the lead body for Greater Moor?",
        "Who is the lead body for Greater Moor?",
        "Is the Chamber of Commerce the lead body?",
    ],
)
def test_what_the_facts_do_not_settle_is_left_alone(areas: AreasEngine, text: str) -> None:
    assert found(areas, text) == []


def test_a_collection_without_words_for_it_is_asked_nothing(areas: AreasEngine) -> None:
    made = Understand(areas)(turn("Is the Moor Chamber the lead body for Greater Moor?", profile=ENGLAND))
    assert isinstance(made, Turn)
    assert list(Leading(areas, FactShelf()).consult(made)) == []
