"""Shares, their bootstrap intervals, and paired tests."""

from __future__ import annotations

from math import comb

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.evaluation.intervals import NOTHING, difference, mcnemar, share


def test_a_share_of_nothing() -> None:
    assert share([]) == NOTHING
    assert share([0, 0], [0, 0]) == NOTHING


def test_a_share_of_flags_is_their_mean_and_lies_in_its_interval() -> None:
    found = share([True] * 30 + [False] * 10)
    assert found.value == 0.75
    assert found.of == 40
    assert found.low is not None and found.high is not None
    # The binomial interval of 30 in 40 is 0.59 to 0.87; the bootstrap comes near it.
    assert found.low == pytest.approx(0.61, abs=0.03)
    assert found.high == pytest.approx(0.88, abs=0.03)


def test_citations_of_one_question_stay_together() -> None:
    found = share([2, 0, 1], [2, 1, 3])
    assert found.value == pytest.approx(3 / 6)
    assert (found.low, found.high) == (0.0, 1.0)  # drawn thrice: the second, and the first


def test_questions_without_a_whole_are_left_out() -> None:
    assert share([1, 5], [2, 0]).value == 0.5


def test_the_same_numbers_give_the_same_interval() -> None:
    assert share([1, 0, 1, 1, 0, 1]) == share([1, 0, 1, 1, 0, 1])


def test_one_question_has_no_spread() -> None:
    found = share([1])
    assert (found.low, found.value, found.high) == (1.0, 1.0, 1.0)


@settings(max_examples=20, deadline=None)
@given(st.lists(st.booleans(), min_size=2, max_size=30))
def test_an_interval_holds_its_share(flags: list[bool]) -> None:
    found = share(flags)
    assert found.value is not None and found.low is not None and found.high is not None
    assert 0 <= found.low <= found.value <= found.high <= 1


def test_a_difference_is_of_pairs() -> None:
    found = difference([0, 0, 1, 1], [1, 1, 1, 0])
    assert found.value == pytest.approx(0.25)
    assert found.low is not None and found.low < 0
    same = difference([0.2, 0.9], [0.2, 0.9])
    assert (same.value, same.low, same.high) == (0.0, 0.0, 0.0)


def test_mcnemar_is_the_sign_test_of_the_changed() -> None:
    assert mcnemar(0, 0) == 1.0
    assert mcnemar(3, 3) == 1.0
    assert mcnemar(8, 1) == pytest.approx(2 * (comb(9, 0) + comb(9, 1)) / 2**9)
    assert mcnemar(1, 8) == mcnemar(8, 1)
