"""Latencies: median and 95th percentile, in all and for each step."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from statistics import median

import numpy as np

TOTAL = "total"


@dataclass(frozen=True, slots=True)
class Latency:
    """Milliseconds. The 95th percentile is one of the times measured."""

    median: float
    p95: float
    count: int


def latency(times: Sequence[float]) -> Latency:
    """The latency of `times`; zero without any."""
    if not times:
        return Latency(0.0, 0.0, 0)
    return Latency(median(times), float(np.quantile(times, 0.95, method="inverted_cdf")), len(times))


def by_step(timings: Sequence[Mapping[str, float]]) -> dict[str, Latency]:
    """The latency of every step, in the order in which steps first occur, `total` last; a step counts where taken."""
    names = [*dict.fromkeys(name for t in timings for name in t if name != TOTAL)]
    names += [TOTAL] if any(TOTAL in t for t in timings) else []
    return {name: latency([t[name] for t in timings if name in t]) for name in names}
