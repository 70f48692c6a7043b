"""Recall, reciprocal rank and gain, by hand-computed values."""

from __future__ import annotations

from math import log2

import pytest

from assistant.evaluation.golden import Gold
from assistant.evaluation.ranking import CUTOFFS, rank, stands_in
from tests.fakes.evaluated import found, near_miss, question

TWO = question(must=(("red",), ("blue",)))
GOLD = question(gold=({"document": "a", "quote": "is red"}, {"document": "b", "quote": ""}))


def test_a_question_without_criteria_has_no_ranking() -> None:
    assert rank(near_miss(), [found()]) is None


def test_criteria_are_met_by_the_top_passages_together() -> None:
    ranked = rank(TWO, [found("green"), found("red"), found("red and blue"), found("blue")])
    assert ranked is not None
    assert ranked.recall == {1: 0.0, 3: 1.0, 5: 1.0, 10: 1.0}
    assert ranked.reciprocal_rank == pytest.approx(1 / 2)
    assert ranked.gains == (0, 1, 1, 0)  # a group that is met again gains nothing
    assert ranked.ndcg == pytest.approx((1 / log2(3) + 1 / log2(4)) / 2)


def test_one_passage_that_meets_all_is_the_best_there_is() -> None:
    ranked = rank(TWO, [found("blue and red"), found("red")])
    assert ranked is not None
    assert (ranked.ndcg, ranked.reciprocal_rank, ranked.recall[1]) == (1.0, 1.0, 1.0)


def test_gold_passages_count_one_by_one() -> None:
    ranked = rank(
        GOLD, [found("x", "c"), found("It  IS red.", "a"), found("x", "c"), found("x", "b"), found("y", "b")]
    )
    assert ranked is not None
    assert ranked.recall == {1: 0.0, 3: 0.5, 5: 1.0, 10: 1.0}
    assert ranked.reciprocal_rank == pytest.approx(1 / 2)
    assert ranked.ndcg == pytest.approx((1 / log2(3) + 1 / log2(5)) / (1 + 1 / log2(3)))


@pytest.mark.parametrize("passages", [[], [found("x", "c")]])
def test_nothing_found_scores_nothing(passages: list[object]) -> None:
    ranked = rank(GOLD, passages)  # type: ignore[arg-type]
    assert ranked is not None
    assert (ranked.recall, ranked.reciprocal_rank, ranked.ndcg) == (dict.fromkeys(CUTOFFS, 0.0), 0.0, 0.0)


def test_what_stands_after_the_tenth_does_not_count() -> None:
    ranked = rank(TWO, [found("green")] * 10 + [found("red and blue")])
    assert ranked is not None
    assert (ranked.recall[10], ranked.reciprocal_rank, len(ranked.gains)) == (0.0, 0.0, 10)


def test_more_gold_than_places_can_still_be_perfect() -> None:
    many = question(gold=tuple({"document": f"d{n}"} for n in range(12)))
    ranked = rank(many, [found("x", f"d{n}") for n in range(10)])
    assert ranked is not None
    assert ranked.ndcg == pytest.approx(1.0)
    assert ranked.recall[10] == pytest.approx(10 / 12)


@pytest.mark.parametrize(
    ("document", "quote", "text", "stands"),
    [
        ("d1", "lasts three", "A plan LASTS\n three years.", True),
        ("d1", "A plan lasts three years. It ends.", "lasts three years", True),
        ("d2", "lasts", "A plan lasts.", False),
        ("d1", "ends", "A plan lasts.", False),
        ("d1", "", "Anything.", True),
        ("d1", "ends", "", False),
    ],
)
def test_a_gold_passage_may_be_longer_or_shorter(document: str, quote: str, text: str, stands: bool) -> None:
    assert stands_in(Gold(document=document, quote=quote), "d1", text) is stands
