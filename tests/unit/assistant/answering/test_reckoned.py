"""A question that reckons, as the questions for its figures."""

from __future__ import annotations

import pytest

from assistant.answering.area_names import area_mentions
from assistant.answering.reckoned import MOST, reckoned
from assistant.answering.reckoning import How
from tests.unit.assistant.answering.test_contextualise import PROFILE_WITH_TERMS

ONE, OTHER = "How much LSIF did Wigan get?", "How much LSIF did Slough get?"


@pytest.mark.parametrize(
    ("text", "how", "parts"),
    [
        ("How much LSIF did Wigan and Slough get: put them together?", How.SUM, (ONE, OTHER)),
        ("How much LSIF did Wigan and Slough get in total?", How.SUM, (ONE, OTHER)),
        ("How much LSIF did Wigan get? How much LSIF did Slough get? Add those up?", How.SUM, (ONE, OTHER)),
        ("How much LSIF did Wigan get, and how much did Slough get: difference?", How.COMPARE, (ONE, OTHER)),
        ("How much more LSIF did Wigan get than Slough?", How.COMPARE, (ONE, OTHER)),
        ("How much LSIF did Wigan, Slough and Bury get: average?", How.MEAN, None),
        ("Which got more LSIF, Wigan or Slough? by how much", How.COMPARE, None),
        ("What is the difference between Wigan's LSIF award and Slough's?", How.COMPARE, None),
        ("How many times bigger is Wigan's award than Slough's?", How.RATIO, None),
    ],
)
def test_each_figure_is_asked_for_by_itself(text: str, how: How, parts: tuple[str, ...] | None) -> None:
    made = reckoned(text, PROFILE_WITH_TERMS, area_mentions)
    assert made is not None and made.how is how
    if parts is not None:
        assert made.parts == parts
    assert all(sum(name in part for name in ("Wigan", "Slough", "Bury")) == 1 for part in made.parts)
    assert made.names[:2] == ("Wigan", "Slough")


@pytest.mark.parametrize(
    "text",
    [
        *("What is the difference between the LSIF and the SDF?", "Which is better, Wigan or Slough?"),
        *("How much was the LSIF in total?", "Who leads Wigan and Slough?", "How much LSIF did Wigan get: more?"),
        *("Which combined authority is in Wigan?", "How much LSIF did Wigan get in total?"),
    ],
)
def test_what_asks_for_no_result_of_several_figures(text: str) -> None:
    assert reckoned(text, PROFILE_WITH_TERMS, area_mentions) is None


def test_no_more_figures_are_asked_for_than_are_reckoned_with(monkeypatch: pytest.MonkeyPatch) -> None:
    text = "How much LSIF did Wigan, Slough and Bury get in total?"
    for most, made in ((MOST, True), (3, True), (2, False)):
        monkeypatch.setattr("assistant.answering.reckoned.MOST", most)
        assert (reckoned(text, PROFILE_WITH_TERMS, area_mentions) is not None) is made


def test_two_counts_asked_at_once_are_compared_without_being_asked_to() -> None:
    made = reckoned("How many firms answered in Wigan and Slough?", PROFILE_WITH_TERMS, area_mentions)
    assert made is not None and made.implied and made.how is How.COMPARE
