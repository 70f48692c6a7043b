"""What is not held, held in part only, or on another subject, asked of the starter collection with the real model."""

from __future__ import annotations

from datetime import date

import pytest

from assistant.answering.model import AnswerStatus, Question
from tests.integration.conftest import Starter

pytestmark = pytest.mark.timeout(600)


@pytest.mark.parametrize(
    ("question", "status"),
    [
        ("Which dentists in Wakefield take children on the NHS?", AnswerStatus.OUT_OF_SCOPE),
        ("how do I get a skip licence from Oldham council", AnswerStatus.OUT_OF_SCOPE),
        ("What was the escape plan of Napoleon on Elba?", AnswerStatus.OUT_OF_SCOPE),
        ("who won the boat race between Oxford and Cambridge", AnswerStatus.OUT_OF_SCOPE),
        ("How many printers in Hull answered the employer survey?", AnswerStatus.NO_EVIDENCE),
        ("who scored the designation bids for Dorset", AnswerStatus.NO_EVIDENCE),
    ],
)
def test_what_is_not_held_is_told_from_another_subject(starter: Starter, question: str, status: AnswerStatus) -> None:
    assert starter.app.assistant.ask(Question(question=question)).status is status


@pytest.mark.parametrize(
    ("question", "status", "named"),
    [
        ("How much did Cumbria get for its SDF pilot?", AnswerStatus.NO_EVIDENCE, "Cumbria SDF pilot received"),
        ("What is priority 2 in the Lancashire plan?", AnswerStatus.ANSWERED_PARTLY, "The title of Priority 2"),
        ("Who at Cumbria Chamber do I phone about the LSIP?", AnswerStatus.ANSWERED_PARTLY, "telephone number"),
    ],
)
def test_what_is_recorded_as_not_held_is_named(
    starter: Starter, question: str, status: AnswerStatus, named: str
) -> None:
    answer = starter.app.assistant.ask(Question(question=question))
    assert answer.status is status
    assert named in " ".join(b.text for b in answer.blocks if b.type == "note")


@pytest.mark.parametrize(
    ("question", "named"),
    [
        ("When is the next Hull and East Yorkshire employer forum?", "date of the next one"),
        ("Lancashire's new plan has five main priorities - what's number 2?", "number 2"),
        ("what weighting was given to each factor of the most an area could ask for", "weights"),
        ("at least how many employers must back a plan before it is approved", "smallest"),
        ("when was the cut-off for expressions of interest in being an ERB in 2022", "closing date"),
        ("What funding have ERBs been given from April 2026 onwards?", ""),
        ("What do the Scottish regional skills plans say about construction?", ""),
        ("do we owe a progress report by 30 June 2027?", ""),
    ],
)
def test_what_is_near_and_lacks_the_very_thing_asked_for_is_told_to_be_part_of_an_answer(
    starter: Starter, question: str, named: str
) -> None:
    answer = starter.app.assistant.ask(Question(question=question))
    assert answer.status is AnswerStatus.ANSWERED_PARTLY
    assert named in " ".join(b.text for b in answer.blocks if b.type == "note")


def test_what_comes_near_only_says_neither_yes_nor_no(starter: Starter) -> None:
    then = Question(question="Is there LSIP statutory guidance yet?", as_of=date(2022, 7, 4))
    answer = starter.app.assistant.ask(then)
    assert answer.status is not AnswerStatus.ANSWERED
    assert not answer.plain.startswith(("Yes", "No."))


@pytest.mark.parametrize(
    "question",
    [
        "what's the maximum an area could get for ERB funding between 2022 and 2025",
        "What's the third priority in the Liverpool City Region plan?",
        "Which minister signs off the plans?",
        "How often must a college review local needs?",
        "What is the latest ERB funding period?",
        "Is Scotland covered by LSIPs?",
        "What Ofsted grade was needed to lead in the SDF pilot?",
    ],
)
def test_what_has_the_form_asked_for_is_a_whole_answer(starter: Starter, question: str) -> None:
    assert starter.app.assistant.ask(Question(question=question)).status is AnswerStatus.ANSWERED
