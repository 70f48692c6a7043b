"""A logistic regression of signs: a few things that can be seen, each with a weight."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Logistic:
    """Reads its signs by name from the fields of what it is given."""

    intercept: float
    coefficients: Mapping[str, float]

    def __call__(self, signs: object) -> float:
        """The probability (0..1) of what it was fitted to tell."""
        z = self.intercept + sum(w * float(getattr(signs, name)) for name, w in self.coefficients.items())
        return 1 / (1 + math.exp(-z))
