"""Refusals, AUROC, risk and coverage, calibration: by hand-computed values."""

from __future__ import annotations

import pytest

from assistant.evaluation.abstention import (
    Point,
    area_under_risk,
    auroc,
    calibration,
    refusals,
    risk_coverage,
)


def test_refusals() -> None:
    found = refusals([True, True, True, False, False], [True, False, True, True, False])
    assert (found.to_refuse, found.refused) == (3, 3)
    assert [found.precision, found.recall, found.f1] == pytest.approx([2 / 3] * 3)
    more = refusals([True, False, False, False], [True, True, True, True])
    assert [more.precision, more.recall, more.f1] == pytest.approx([0.25, 1.0, 0.4])


def test_refusals_of_nothing() -> None:
    none = refusals([False], [False])
    assert (none.precision, none.recall, none.f1) == (None, None, None)
    assert refusals([True], [False]).f1 == 0.0


def test_auroc_counts_the_pairs_in_order() -> None:
    assert auroc([0.9, 0.4, 0.6, 0.1], [True, True, False, False]) == pytest.approx(3 / 4)
    assert auroc([0.5, 0.5], [True, False]) == pytest.approx(0.5)
    assert auroc([0.5, 0.6], [True, True]) is None
    assert auroc([], []) is None


def test_risk_at_each_coverage() -> None:
    points = risk_coverage([(0.5, False), (0.9, True), (0.7, True), (0.7, False)], 8)
    assert points == [Point(0.9, 1 / 8, 0.0), Point(0.7, 3 / 8, 1 / 3), Point(0.5, 4 / 8, 2 / 4)]
    assert area_under_risk(points) == pytest.approx((1 * 0 + 2 * (1 / 3) + 1 * (1 / 2)) / 4)
    assert risk_coverage([], 3) == []
    assert area_under_risk([]) is None


def test_calibration_in_tenths() -> None:
    found = calibration([0.05, 0.93, 0.97, 1.0], [False, True, False, True])
    first, last = found.bins
    assert (first.low, first.high, first.count, first.confidence, first.share) == (0.0, 0.1, 1, 0.05, 0.0)
    assert (last.low, last.count) == (0.9, 3)
    assert last.confidence == pytest.approx(2.9 / 3)
    assert last.share == pytest.approx(2 / 3)
    assert found.ece == pytest.approx((0.05 + 3 * (2.9 / 3 - 2 / 3)) / 4)
    assert calibration([], []).ece is None
