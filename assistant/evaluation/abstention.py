"""How well refusing and the confidence tell what can be answered: precision, recall, AUROC, risk and coverage."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

BINS = 10


@dataclass(frozen=True, slots=True)
class Refusals:
    """Refusing seen as finding the questions to refuse. None where there is nothing to divide by."""

    to_refuse: int
    refused: int
    precision: float | None
    recall: float | None
    f1: float | None


@dataclass(frozen=True, slots=True)
class Point:
    """What would be if answers below a confidence were withheld: share of questions answered, share not right."""

    confidence: float
    coverage: float
    risk: float


@dataclass(frozen=True, slots=True)
class Bin:
    """The questions whose confidence lies in one tenth of the scale."""

    low: float
    high: float
    count: int
    confidence: float  # mean
    share: float  # of those that are so


@dataclass(frozen=True, slots=True)
class Calibration:
    """How far confidence and share lie apart: `ece` is the mean over bins, weighted by their size (Naeini 2015)."""

    bins: tuple[Bin, ...]
    ece: float | None


def refusals(should: Sequence[bool], did: Sequence[bool]) -> Refusals:
    """`should` and `did` are flags of the same questions: is to be refused, and was."""
    wanted, given = sum(should), sum(did)
    hits = sum(s and d for s, d in zip(should, did, strict=True))
    f1 = 2 * hits / (wanted + given) if wanted + given else None
    return Refusals(wanted, given, hits / given if given else None, hits / wanted if wanted else None, f1)


def auroc(confidences: Sequence[float], answerable: Sequence[bool]) -> float | None:
    """The chance that an answerable question has the higher confidence than one that is not; ties count half."""
    if len(set(answerable)) < 2:
        return None
    from sklearn.metrics import roc_auc_score  # takes most of a second, and only an evaluation needs it

    return float(roc_auc_score(list(answerable), list(confidences)))


def risk_coverage(answered: Sequence[tuple[float, bool]], questions: int) -> list[Point]:
    """Risk at each coverage (El-Yaniv and Wiener 2010) for answers as (confidence, right), among all `questions`.

    One point for each confidence that occurs, the highest first. What was refused has no answer to judge, so the
    curve ends at the share that was answered.
    """
    points: list[Point] = []
    ordered = sorted(answered, key=lambda pair: -pair[0])
    wrong = 0
    for n, (confidence, right) in enumerate(ordered, start=1):
        wrong += not right
        if n == len(ordered) or ordered[n][0] != confidence:
            points.append(Point(confidence, n / questions, wrong / n))
    return points


def area_under_risk(points: Sequence[Point]) -> float | None:
    """The mean risk over the coverages reached (AURC, Geifman and El-Yaniv 2019); lower is better."""
    if not points:
        return None
    total, before = 0.0, 0.0
    for point in points:
        total += (point.coverage - before) * point.risk
        before = point.coverage
    return total / before


def calibration(confidences: Sequence[float], so: Sequence[bool]) -> Calibration:
    """Confidence against the share of questions that are `so`, in ten bins of equal width."""
    if not confidences:
        return Calibration((), None)
    values, flags = np.asarray(confidences, dtype=np.float64), np.asarray(so, dtype=np.float64)
    places = np.minimum((values * BINS).astype(int), BINS - 1)
    bins = []
    for n in range(BINS):
        inside = places == n
        if inside.any():
            mean, part = float(values[inside].mean()), float(flags[inside].mean())
            bins.append(Bin(n / BINS, (n + 1) / BINS, int(inside.sum()), mean, part))
    ece = sum(b.count * abs(b.share - b.confidence) for b in bins) / len(values)
    return Calibration(tuple(bins), ece)
