"""Shares with bootstrap intervals, and the tests for two runs on the same questions."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

SEED = 20_260_101
RESAMPLES = 2_000
LEVEL = 0.95

Numbers = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Share:
    """A share with its interval. `of` is what it was divided by; all are None or 0 where that is nothing."""

    value: float | None
    low: float | None
    high: float | None
    of: float


NOTHING = Share(None, None, None, 0)


def share(parts: Sequence[float], wholes: Sequence[float] | None = None) -> Share:
    """sum(parts) / sum(wholes) with its percentile bootstrap interval; without `wholes` the mean of `parts`.

    There is one pair for each question, and questions are drawn again, so that the citations of one answer stay
    together (Efron and Tibshirani 1993, chapters 13 and 8).
    """
    above = np.asarray(parts, dtype=np.float64)
    below = np.ones_like(above) if wholes is None else np.asarray(wholes, dtype=np.float64)
    above, below = above[below > 0], below[below > 0]
    if not len(above):
        return NOTHING
    low, high = _bootstrap(above, below)
    return Share(float(above.sum() / below.sum()), low, high, float(below.sum()))


def difference(before: Sequence[float], after: Sequence[float]) -> Share:
    """The mean of after - before over the same questions, with its paired bootstrap interval."""
    return share([b - a for a, b in zip(before, after, strict=True)])


def mcnemar(won: int, lost: int) -> float:
    """The exact two-sided p of McNemar's test: won and lost questions as so many throws of a fair coin."""
    from scipy.stats import binomtest

    return float(binomtest(won, won + lost, 0.5).pvalue) if won + lost else 1.0


def _bootstrap(above: Numbers, below: Numbers) -> tuple[float, float]:
    if len(above) == 1:
        return float(above[0] / below[0]), float(above[0] / below[0])
    from scipy.stats import bootstrap  # takes half a second to import

    def ratio(a: Numbers, b: Numbers, axis: int = -1) -> Numbers:
        return np.asarray(a.sum(axis=axis) / b.sum(axis=axis))

    found = bootstrap(
        (above, below),
        ratio,
        paired=True,
        vectorized=True,
        n_resamples=RESAMPLES,
        batch=200,
        confidence_level=LEVEL,
        method="percentile",
        rng=np.random.default_rng(SEED),
    ).confidence_interval
    return float(found.low), float(found.high)
