"""No engine answers a question whose subject it does not have."""

from __future__ import annotations

import pytest

from assistant.answering.consult import is_about
from assistant.answering.parts import asked
from assistant.answering.turn import Finding

DEADLINE = Finding("timeline", "The plans of the gardens run until 31 March 2029.", ())


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("Who pays the growers for the plan, and until when?", False),
        ("Which plans of the gardens are held, and until when?", True),
        ("Until when do the plans run?", True),
    ],
)
def test_a_later_question_needs_its_subject(question: str, expected: bool) -> None:
    assert is_about(asked(question)[-1], DEADLINE) is expected
