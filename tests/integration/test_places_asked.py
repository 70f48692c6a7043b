"""People who say where they are get the body and its page, or which area it is, through the whole path."""

from __future__ import annotations

import pytest

from assistant.answering.model import Message, Question
from tests.integration.conftest import Starter

pytestmark = pytest.mark.timeout(600)


def ask(starter: Starter, question: str, *before: tuple[str, str]) -> str:
    """The statements and notes of the answer, behind its status."""
    history = tuple(Message(role=role, text=text) for role, text in before)
    answer = starter.app.assistant.ask(Question(question=question, history=history))
    assert bool(answer.citations) == answer.status.startswith("answered")
    return f"{answer.status}: {answer.text}"


@pytest.mark.parametrize(
    ("question", "page"),
    [
        ("Small joinery in Penrith, how do we have our say on the skills plan?", "cumbriachamber.co.uk"),
        ("who do I ring in Grimsby about the LSIP", "fsb.org.uk"),
        ("Taunton brewery, want to fill in the lsip survey", "somerset-lsip"),
        ("Does anyone at the Dorset LSIP listen to firms like ours?", "dorsetchamber.co.uk"),
    ],
)
def test_the_way_in_is_the_body_of_the_place_with_its_page(starter: Starter, question: str, page: str) -> None:
    told = ask(starter, question)
    assert told.startswith("answered: ")
    assert page in told.partition("[2]")[0]


def test_a_number_that_is_not_held_is_named_beside_the_page(starter: Starter) -> None:
    told = ask(starter, "Who at Cumbria Chamber do I phone about the LSIP?")
    assert told.startswith("answered_partly: ")
    assert "cumbriachamber.co.uk" in told
    assert "the name of a person and a telephone number" in told


@pytest.mark.parametrize(
    "question",
    [
        "Which MP sits on the Worcestershire LSIP board?",
        "Who should I call about planning permission in Norwich?",
        "who do I ask in Leeds about parking",
    ],
)
def test_naming_an_area_alone_asks_for_no_body(starter: Starter, question: str) -> None:
    assert "answered" not in ask(starter, question).partition(":")[0]


@pytest.mark.parametrize(
    ("question", "begins"),
    [
        ("Café in Aldershot. We always went to Surrey Chambers about skills. Still the right people?", "No."),
        ("Firm in Woking. Is it still Surrey Chambers we deal with?", "Yes."),
        (
            "We're near Matlock and half our staff live in Sheffield so we're in the South Yorkshire plan, right?",
            "No.",
        ),
        ("Do Bath and Swindon have the same employer body?", "Yes."),
        ("Has Lancashire's new plan been published?", "Yes."),
    ],
)
def test_yes_or_no_is_settled_by_where_the_place_lies(starter: Starter, question: str, begins: str) -> None:
    assert ask(starter, question).partition(": ")[2].startswith(begins)


def test_an_area_that_has_ended_is_said_first(starter: Starter) -> None:
    told = ask(starter, "We're in Rugby so we come under the West Midlands and Warwickshire plan area, correct?")
    assert "ended on 30 September 2025" in told.partition("[1]")[0]


def test_of_two_areas_offered_the_right_one_is_told(starter: Starter) -> None:
    told = ask(starter, "Dartford garage - essex plan or kent plan??")
    assert "Kent and Medway" in told
    assert "Kent Invicta Chamber" in told
    assert "Greater Essex" not in told


def test_a_place_told_in_a_second_turn_is_taken_into_the_first(starter: Starter) -> None:
    first = "who should i speak to in Stafford"
    told = ask(starter, "oh, typo. Stratford! the one on avon", ("user", first), ("assistant", "Staffordshire."))
    assert "cw-chamber.co.uk" in told
    same = ask(starter, "so same ERB as Leeds?", ("user", "which lsip area is York in?"), ("assistant", "One."))
    assert same.startswith("answered: Yes.")


def test_a_plan_that_was_not_seen_is_said_not_to_be_held(starter: Starter) -> None:
    told = ask(starter, "Lancashire has published: has the plan for Norwich been published?")
    assert "Norfolk and Suffolk plan for 2026 to 2029 is not held" in told
    assert "Yes" not in told
