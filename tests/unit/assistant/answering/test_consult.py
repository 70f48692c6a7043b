"""No engine answers a question whose subject it does not have."""

from __future__ import annotations

from datetime import date

import pytest

from assistant.answering.consult import gives, is_about, settles
from assistant.answering.model import Question
from assistant.answering.parts import asked
from assistant.answering.turn import Finding, Turn
from vectorstore.profile import CollectionProfile

DAY = date(2026, 11, 25)
DEADLINE = Finding("timeline", "The plans of the gardens run until 31 March 2029.", ())


def turn(question: str) -> Turn:
    return Turn(Question(question=question), question, DAY, DAY, "c", CollectionProfile(), interpreted=question)


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("Who pays the growers for the plan, and until when?", False),
        ("Which plans of the gardens are held, and until when?", True),
        ("Until when do the plans run?", True),
        ("Our growers have a plan and a pond, and Elm keeps the books. When is that due?", True),  # alone
    ],
)
def test_a_later_question_needs_its_subject(question: str, expected: bool) -> None:
    assert is_about(asked(question)[-1], DEADLINE, turn(question)) is expected


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("and how do I get in touch?", True),
        ("what is their telephone number to get in touch?", False),  # no number is said
        ("when was it founded?", False),
    ],
)
def test_a_finding_answers_what_it_gives_besides(question: str, expected: bool) -> None:
    finding = Finding(
        "areas", "Elm Club leads: https://elm.example.", (), answers=r"\bwho leads\b", gives=r"\bin touch\b"
    )
    assert gives(finding, question) is expected
    assert not settles(finding, question)
    assert not gives(Finding("areas", "Elm Club leads.", ()), question)
