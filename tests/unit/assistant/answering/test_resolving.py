"""A turn takes along the words that a network finds needed, worded by rule where the rules mean the same."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.answering.contextualise import Contextualise
from tests.fakes.knowledge import PROFILE, turn
from tests.fakes.resolving import ScriptedResolver
from vectorstore.text import content_stems

ORCHARD = PROFILE.model_copy(update={"alternatives": {"fund": ("LSIF", "SDF")}})


def interpreted(turns: Sequence[str], needed: str) -> str:
    *earlier, last = turns
    history = [m for text in earlier for m in (("user", text), ("assistant", "An answer."))]
    step = Contextualise(resolver=ScriptedResolver(needed))
    return step(turn(last, history=history, profile=ORCHARD)).interpreted


@pytest.mark.parametrize(
    ("turns", "needed", "expected"),
    [
        (
            ("When were the harvest reports due?", "did they come out then?", "what caused the delay"),
            "harvest reports",
            "what caused the delay (harvest reports)?",
        ),
        (("Who leads the plan for Wigan?", "and for Slough?"), "leads plan", "Who leads the plan for Slough?"),
        (("Who leads the plan for Wigan?", "is there a fee to join?"), "", "is there a fee to join?"),
        (("What is in the orchard plan?", "the hedges?"), "orchard plan", "What is in the orchard plan: the hedges?"),
        (("How many carp came to the pond in spring?", "and eels"), "pond spring", "How many eels (pond in spring)?"),
        (
            ("Which sheds did the orchard survey count?", "who ran it"),
            "orchard survey",
            "Who ran the orchard survey",
        ),
        (
            (
                "Is the pond deep?",
                "How many carp came to the pond in spring?",
                "and eels",
                "who pays for the bailiff",
            ),
            "pond",
            "who pays for the bailiff (pond)?",
        ),
    ],
)
def test_a_turn_takes_along_what_it_needs(turns: Sequence[str], needed: str, expected: str) -> None:
    assert interpreted(turns, needed) == expected


def test_a_name_is_taken_whole_or_not_at_all() -> None:
    asked = ("What is grown in Bury St Edmunds and Wigan?", "who pays for the water")
    profile = ORCHARD

    def places(text: str, _: object) -> list[str]:
        return [name for name in ("Bury St Edmunds", "Wigan") if name in text]

    step = Contextualise(places, resolver=ScriptedResolver("Bury Edmunds"))
    made = step(turn(asked[1], history=[("user", asked[0])], profile=profile)).interpreted
    assert made == "Who pays for the water (Bury St Edmunds)?"
    step = Contextualise(places, resolver=ScriptedResolver("St", unsure="Bury Edmunds"))
    made = step(turn(asked[1], history=[("user", asked[0])], profile=profile)).interpreted
    assert "Bury" not in made


WORDS = st.sampled_from(
    "who leads the plan for Wigan when does it end and what about Slough money is spent on LSIF".split()
)


@given(st.lists(st.lists(WORDS, min_size=1, max_size=7).map(" ".join), min_size=2, max_size=4), st.lists(WORDS))
def test_no_word_of_meaning_is_added_that_was_not_said(turns: list[str], needed: list[str]) -> None:
    made = interpreted(turns, " ".join(needed))
    assert set(content_stems(made)) <= {stem for text in turns for stem in content_stems(text)}
