"""Which way a question leans: to those that a collection is known to answer, or to what people ask of anything else.

A linear discriminant: the line through the middle of the known questions and the middle of general ones, turned so
that it does not follow what the known ones differ in among themselves, such as the places they name.
"""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path

import numpy as np

from vectorstore.embedding.protocol import Vectors

GENERAL = Path(__file__).with_name("embedding") / "general.json"
FEWEST = 500  # known questions, below which they say too little of what a subject is
DRAWN = 4_000  # known questions that the discriminant is made from, at most
RIDGE = 3e-3  # added to the variance in each direction


class Leaning:
    """How far a question leans to the known ones, in their standard deviations; 0 is half way to general ones."""

    def __init__(self, known: Vectors, general: Vectors) -> None:
        """`known` of shape (n, dimension), and the mean vector of general questions."""
        drawn = np.asarray(known[:: len(known) // DRAWN + 1], dtype=np.float64)
        middle = drawn.mean(axis=0)
        spread = np.cov(drawn.T) + RIDGE * np.eye(drawn.shape[1])
        direction = np.linalg.solve(spread, middle - general)
        self._direction = direction / np.sqrt(direction @ spread @ direction)
        self._half_way = float(self._direction @ (middle + general)) / 2

    def __call__(self, vector: Vectors) -> float:
        """That of the question with this unit vector."""
        return float(self._direction @ vector) - self._half_way


def leaning_of(known: Vectors, model_key: str) -> Leaning | None:
    """The measure made from the known questions of a collection; None where they are few, or of another embedder."""
    general = _general(model_key)
    return Leaning(known, general) if general is not None and len(known) >= FEWEST else None


@cache
def _general(model_key: str) -> Vectors | None:
    """The mean vector of general questions, by the packaged embedder (`python -m tests.evals.belonging`)."""
    held = json.loads(GENERAL.read_text(encoding="utf-8"))
    return np.asarray(held["mean"], dtype=np.float32) if held["model"] == model_key else None
