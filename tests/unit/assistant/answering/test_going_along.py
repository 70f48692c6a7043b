"""A follow-up that leaves out or points to what was said: what goes along with it, and what a pronoun stands for."""

from __future__ import annotations

import pytest

from tests.unit.assistant.answering.test_contextualise import FIRST, WIGAN_AND_SLOUGH, interpreted


@pytest.mark.parametrize(
    ("turns", "expected"),
    [
        (("How much did Wigan get from the LSIF?", "who ran it?"), "Who ran the LSIF (Wigan)?"),
        (("How much did Wigan get from the LSIF?", "who ran it?", "and Slough?"), "Who ran the LSIF (Slough)?"),
        (
            ("How much did Wigan get from the LSIF?", "what did they spend it on?"),
            "What did Wigan spend it on (LSIF)?",
        ),
        (
            ("How much did Wigan get from the LSIF?", "does that include the Bury workshop?"),
            "Does the LSIF include the Bury workshop (Wigan)?",
        ),
        (("How much LSIF did Wigan get?", "who was the lead partner?"), "Who was the lead partner (LSIF) (Wigan)?"),
        (("How much LSIF did Wigan get?", "and the SDF, when did it close?"), "when did the SDF close?"),
        (("How much LSIF did Wigan get?", "who led the bid?"), "Who led the bid (Wigan; LSIF)?"),
        (("Who leads the plan for Wigan?", "who led the bid?"), "who led the bid?"),
        (("When did the SDF end?", "did Wigan get any?"), "did Wigan get any (the SDF)?"),
        (("How much LSIF did Wigan get?", "which college had the farming one?"), None),
    ],
)
def test_what_is_neither_named_nor_replaced_goes_along(turns: tuple[str, ...], expected: str | None) -> None:
    assert interpreted(*turns) == (expected or "Which college had the farming one (LSIF) (Wigan)?")


@pytest.mark.parametrize(
    ("turns", "expected"),
    [
        (("What tests must a body meet to become an ERB?", "could a council be one?"), "Could a council be an ERB?"),
        (("Do colleges send reports?", "does a university send one too?"), "Does a university send reports too?"),
        (("Is there a yearly report?", "do we owe anyone one by June?"), "Do we owe anyone a yearly report by June?"),
        (("What funding did each body get in the first cycle?", "what did they get in 2025?"), None),
        (("Which councils does the Bury plan cover?", "who leads it?"), "Who leads the Bury plan?"),
        (("Who approves the plan?", "can they refuse?"), "can they refuse (Who approves the plan)?"),
        (
            ("What must a body prove?", "if a chamber leaves, can it just ask?"),
            "if a chamber leaves, can it just ask?",
        ),
        (("What is the local needs duty?", "who decides whether they've done it?"), "(the local needs duty)"),
        (("What must be in a plan by law?", "who signs that off?"), "Who signs a plan off?"),
        (("Who got the LSIF?", "did any private firms take part in it?"), "take part in the LSIF?"),
        (("What happens if a firm is late?", "has it ever happened?"), "(What happens if a firm is late)"),
        (("We are a college and have had a notice about staff.", "how long have we got to answer it?"), "a notice"),
        (("Who leads the plan for Wigan?", "back to Wigan, which councils does that plan cover?"), "that plan cover"),
        (("What is the Improvement Fund?", "is it open?"), "Is the Improvement Fund open?"),
    ],
)
def test_a_pronoun_stands_for_what_fits_it(turns: tuple[str, ...], expected: str | None) -> None:
    assert (expected or "What did each body get in 2025?") in interpreted(*turns)


@pytest.mark.parametrize(
    ("turns", "expected"),
    [
        (
            ("What are the sectors in Wigan's new plan?", "what are Slough's?"),
            "What are the sectors in Slough's new plan?",
        ),
        (("Who was the ERB for Wigan before them?", "and who is Slough's?"), "Who was the ERB for Slough?"),
        (
            ("How many areas are there?", "why did the number go up?"),
            "why did the number go up (How many areas are there)?",
        ),
        (
            ("Does the Wigan plan say anything about cooks?", "how many are needed?"),
            "How many are needed (cooks) (Wigan)?",
        ),
        (
            ("Does the Wigan plan say anything about cooks?", "how many are needed?", "and bakers?"),
            "How many are needed (bakers) (Wigan)?",
        ),
        (("Can a body be removed?", "is there an appeal?"), "is there an appeal (a body)?"),
        (("Is my firm obliged to take part?", "and our college?"), "Is our college obliged to take part?"),
        (("What are the sectors in the Wigan plan?", "sorry, the old one, 2023"), "in the Wigan plan in 2023?"),
        (("What are the sectors in the Wigan plan in 2023?", "the new one"), "in the Wigan plan (new)?"),
        (("How many are in the Wigan plan?", "and Slough's?"), "How many are in the Slough plan?"),
        (("Is the LSIF open?", "since when?", "and on whom?"), "On whom is the LSIF open?"),
        (("Which plan covers Slough?", "is the town in a county as well?"), "is Slough in a county as well?"),
    ],
)
def test_an_elliptic_question_is_filled_from_the_one_before(turns: tuple[str, ...], expected: str) -> None:
    assert interpreted(*turns).endswith(expected)


@pytest.mark.parametrize(
    ("turns", "expected"),
    [
        (
            (FIRST, "and the combined authority, has it got a mayor?"),
            "Has the combined authority got a mayor (Wigan)?",
        ),
        ((FIRST, "and that Bury lot you mentioned, what happened to them?"), "what happened to the Bury lot?"),
        ((FIRST, "ok, back to the award: when was it announced?"), "When was the award announced (Wigan)?"),
        ((FIRST, "makes sense. when was it approved?"), "When was the plan for Wigan approved?"),
    ],
)
def test_a_subject_named_in_front_takes_the_place_of_its_pronoun(turns: tuple[str, ...], expected: str) -> None:
    assert interpreted(*turns) == expected


@pytest.mark.parametrize(
    ("turns", "expected"),
    [
        ((*WIGAN_AND_SLOUGH, "put those two side by side"), "How much LSIF did Wigan and Slough get?"),
        ((*WIGAN_AND_SLOUGH, "can you compare them for me please"), "How much LSIF did Wigan and Slough get?"),
        (
            ("How many sectors has Wigan?", "and Slough?", "which of those has more?"),
            "How many sectors has Wigan and Slough?",
        ),
        ((FIRST, "is it the same one as for Slough?"), f"{FIRST} Who leads the plan for Slough?"),
        (
            ("How much LSIF did Wigan get?", "who's the lead there, is it the same as for Slough?"),
            "Who's the lead in Wigan (LSIF)? Who's the lead in Slough (LSIF)?",
        ),
    ],
)
def test_things_set_side_by_side_are_all_asked_again(turns: tuple[str, ...], expected: str) -> None:
    assert interpreted(*turns) == expected


def test_who_works_in_a_body_asks_for_the_body() -> None:
    made = interpreted("I'm in the press team at a college in Slough. Who leads?", "what are we actually to do?")
    assert made.endswith("(a college in Slough)?")
    assert "press" not in made and "actually" not in made
