"""Whether a question about a place beyond the collection asks if its subject reaches there, and nothing more."""

from __future__ import annotations

from datetime import date

import pytest

from assistant.answering.model import Question
from assistant.answering.reach import asks_reach, asks_theirs
from assistant.answering.turn import Turn
from vectorstore.profile import CollectionProfile, Outside

DAY = date(2026, 11, 26)
PROFILE = CollectionProfile(
    scope_terms=("garden plan",),
    vocabulary={"GP": ("garden plan",)},
    outside=Outside(places={"Wales": ("Welsh", "Cardiff")}, document="only-here"),
)


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("Does Wales have a GP?", True),
        ("Do garden plans cover Cardiff?", True),
        ("Is there a Welsh garden plan?", True),
        ("Can a Welsh grower with land here vote on the plan?", False),
        ("Do garden plans have to be in Welsh?", False),
    ],
)
def test_asks_reach(question: str, expected: bool) -> None:
    turn = Turn(Question(question=question), question, DAY, DAY, "c", PROFILE, interpreted=question)
    assert asks_reach(turn) is expected


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("What is the Welsh version of a GP called?", True),
        ("What do Welsh growers get instead of a GP?", True),
        ("What do the Welsh say about roses?", True),
        ("When will Cardiff get its GP?", False),
        ("Our garden is in Cardiff - must we follow the plan?", False),
        ("Is there a Welsh garden plan?", False),
    ],
)
def test_asks_what_they_have_there(question: str, expected: bool) -> None:
    turn = Turn(Question(question=question), question, DAY, DAY, "c", PROFILE, interpreted=question)
    assert asks_theirs(turn) is expected
