"""Reciprocal rank fusion: one ranking from several, without comparing their scores."""

from __future__ import annotations

from collections.abc import Sequence

K = 20  # of 1/(K + rank), Cormack et al. 2009; 20 scored better than 60 on short lists (docs/evaluation.md)


def reciprocal_rank_fusion(rankings: Sequence[Sequence[str]], k: int = K) -> list[tuple[str, float]]:
    """Ids of all `rankings` by the sum of 1/(k + rank), best first; ties by id, so that runs agree."""
    scores: dict[str, float] = {}
    for ranking in rankings:
        for rank, key in enumerate(ranking, start=1):
            scores[key] = scores.get(key, 0.0) + 1.0 / (k + rank)
    return sorted(scores.items(), key=lambda item: (-item[1], item[0]))
