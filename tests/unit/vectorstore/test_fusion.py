"""One ranking from several."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from vectorstore.fusion import K, reciprocal_rank_fusion

RANKINGS = st.lists(st.lists(st.text("abcdef", min_size=1, max_size=2), unique=True))


def test_found_twice_beats_found_once() -> None:
    assert [key for key, _ in reciprocal_rank_fusion([["a", "b"], ["c", "b"]])] == ["b", "a", "c"]


def test_scores_and_ties() -> None:
    assert reciprocal_rank_fusion([["b"], ["a"]]) == [("a", 1 / (K + 1)), ("b", 1 / (K + 1))]


def test_nothing() -> None:
    assert reciprocal_rank_fusion([]) == reciprocal_rank_fusion([[], []]) == []


@given(RANKINGS)
def test_every_id_once_best_first(rankings: list[list[str]]) -> None:
    fused = reciprocal_rank_fusion(rankings)
    assert sorted(key for key, _ in fused) == sorted({key for ranking in rankings for key in ranking})
    scores = [score for _, score in fused]
    assert scores == sorted(scores, reverse=True)
