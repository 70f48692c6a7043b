"""A turn that reckons names all that it reckons with."""

from __future__ import annotations

import pytest

from tests.unit.assistant.answering.test_contextualise import WIGAN_AND_SLOUGH, interpreted


@pytest.mark.parametrize(
    ("turns", "expected"),
    [
        ((*WIGAN_AND_SLOUGH, "add those up"), "How much LSIF did Wigan and Slough get: add those up?"),
        ((*WIGAN_AND_SLOUGH, "difference?"), "How much LSIF did Wigan and Slough get: difference?"),
        (
            (*WIGAN_AND_SLOUGH, "and Bury?", "all three together"),
            "How much LSIF did Wigan, Slough and Bury get: all three together?",
        ),
        ((*WIGAN_AND_SLOUGH, "and Bury?", "gap?"), "How much LSIF did Slough and Bury get: gap?"),
        (
            (*WIGAN_AND_SLOUGH, "who led it?", "so which got more"),
            "How much LSIF did Wigan and Slough get: which got more?",
        ),
        (
            ("How much LSIF did Wigan get and how much did Slough get?", "average?"),
            "How much LSIF did Wigan get and how much did Slough get: average?",
        ),
        (
            (*WIGAN_AND_SLOUGH, "difference?", "and the two combined?"),
            "How much LSIF did Wigan and Slough get: the two combined?",
        ),
        (
            ("How much was the LSIF in its first year?", "and the second", "add those up"),
            "How much was the LSIF in its first year? How much was the LSIF in its second year? Add those up?",
        ),
    ],
)
def test_it_names_what_the_last_questions_asked_for(turns: tuple[str, ...], expected: str) -> None:
    assert interpreted(*turns) == expected


@pytest.mark.parametrize(
    "turns",
    [
        (*WIGAN_AND_SLOUGH, "tell me more"),
        (*WIGAN_AND_SLOUGH, "which college led the bigger one?"),
        ("How much LSIF did Wigan get?", "difference?"),
        ("How much LSIF did Wigan get?", "how many people work in Wigan?", "total"),
        ("Who leads Wigan?", "and Slough?", "add those up"),
    ],
)
def test_what_does_not_reckon_with_several_figures_is_read_as_before(turns: tuple[str, ...]) -> None:
    made = interpreted(*turns)
    assert "Wigan and Slough get: " not in made or "led" in made
    assert "? " not in made
