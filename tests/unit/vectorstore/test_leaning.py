"""Leaning: a question near the known ones leans to them, whatever they differ in; few known ones measure nothing."""

from __future__ import annotations

import json

import numpy as np
import pytest

from vectorstore import leaning
from vectorstore.leaning import FEWEST, GENERAL, Leaning, leaning_of

SUBJECT, ANYTHING, PLACE = np.eye(3, 6, dtype=np.float32)
RANDOM = np.random.default_rng(1)
KNOWN = np.array(
    [SUBJECT + PLACE * p + RANDOM.normal(0, 0.05, 6) for p in RANDOM.normal(0, 0.8, FEWEST)], dtype=np.float32
)
MEASURE = Leaning(KNOWN, ANYTHING)


def test_known_questions_lean_one_way_and_general_ones_the_other() -> None:
    assert MEASURE(SUBJECT) > 1
    assert MEASURE(ANYTHING) < -1
    assert MEASURE(np.asarray((SUBJECT + ANYTHING) / 2, dtype=np.float32)) == pytest.approx(0, abs=0.5)


def test_what_the_known_ones_differ_in_counts_for_little() -> None:
    assert MEASURE(ANYTHING + PLACE) < -1
    assert abs(MEASURE(PLACE) - MEASURE(np.zeros(6, dtype=np.float32))) < 0.1 * MEASURE(SUBJECT)


def test_few_known_questions_or_another_embedder_measure_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(leaning, "_general", lambda key: ANYTHING if key == "ours" else None)
    assert leaning_of(KNOWN, "ours") is not None
    assert leaning_of(KNOWN[:-1], "ours") is None
    assert leaning_of(KNOWN, "theirs") is None


def test_the_packaged_mean_is_of_the_packaged_embedder() -> None:
    held = json.loads(GENERAL.read_text(encoding="utf-8"))
    assert held["model"].startswith("all-MiniLM-L6-v2-")
    assert len(held["mean"]) == 384
    assert 0 < float(np.linalg.norm(held["mean"])) < 1
