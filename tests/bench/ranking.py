"""How good a ranking of passages is for a question with criteria: recall, reciprocal rank and nDCG."""

from __future__ import annotations

import math
import random
import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from statistics import mean

from assistant.evaluation.golden import GoldenQuestion
from assistant.evaluation.ranking import CUTOFFS

DEPTH = max(CUTOFFS)


@dataclass(frozen=True)
class Judged:
    """A question whose criteria say which of `texts` are of use: a passage meets some groups of `must`, or none."""

    question: GoldenQuestion

    @cached_property
    def _patterns(self) -> list[re.Pattern[str]]:
        return [re.compile("|".join(f"(?:{p})" for p in group), re.IGNORECASE) for group in self.question.must]

    def met(self, text: str) -> frozenset[int]:
        """The groups that `text` meets."""
        return frozenset(n for n, pattern in enumerate(self._patterns) if pattern.search(text))

    def scores(self, ranking: Sequence[str], held: Sequence[frozenset[int]]) -> dict[str, float]:
        """Measures of the texts in `ranking`, best first; `held` gives the groups met by every text in scope.

        A text gains by the share of groups that none above it met. nDCG is against the best order of what is held,
        chosen greedily; reciprocal rank is of the place where all groups are met; both look at ten places.
        """
        gained = _gains([self.met(text) for text in ranking[:DEPTH]])
        total = len(self._patterns)
        complete = next((n for n in range(1, len(gained) + 1) if sum(gained[:n]) == total), 0)
        best = _dcg(_gains(_greedy(held)))
        return {
            **{f"recall@{k}": float(0 < complete <= k) for k in CUTOFFS},
            "MRR@10": 1 / complete if complete else 0.0,
            "nDCG@10": _dcg(gained) / best if best else 0.0,
        }


def _gains(met: Sequence[frozenset[int]]) -> list[int]:
    seen: set[int] = set()
    gains = []
    for groups in met:
        gains.append(len(groups - seen))
        seen |= groups
    return gains


def _greedy(held: Sequence[frozenset[int]]) -> list[frozenset[int]]:
    left, seen, order = set(held), frozenset[int](), []
    while left and (best := max(sorted(left, key=sorted), key=lambda groups: len(groups - seen))) - seen:
        order.append(best)
        seen |= best
    return order[:DEPTH]


def _dcg(gains: Sequence[int]) -> float:
    return sum(gain / math.log2(place + 1) for place, gain in enumerate(gains, start=1))


def paired(
    one: Sequence[float], other: Sequence[float], *, rounds: int = 2_000, seed: int = 1
) -> tuple[float, float]:
    """The 95 % interval of the mean difference `one - other` over the same questions, by bootstrap."""
    differences = [a - b for a, b in zip(one, other, strict=True)]
    rng = random.Random(seed)
    means = sorted(mean(rng.choices(differences, k=len(differences))) for _ in range(rounds))
    return means[int(0.025 * rounds)], means[int(0.975 * rounds)]
