"""How likely the best sentence answers: a logistic of a few signs, fitted on the development questions."""

from __future__ import annotations

import math
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Signs:
    """What can be seen of a question and its best sentence. Likenesses and shares are 0..1."""

    cosine: float
    late: float
    weakest: float  # likeness of the least matched words of the question
    missing: float  # share of the question's words that the passage does not hold
    unfit: bool  # a date, sum, count or name is asked for and not there
    missing_specifics: float
    inexact: bool  # a day is asked for and not given
    elsewhere: bool  # the text is not about the area asked about
    gap: bool  # the corpus records that the fact is not held
    foreign: bool  # no word of the collection's subject stands in the question


# Coefficients of a logistic regression on tests/evals/development.jsonl and the tuning half of the golden set
# (docs/evaluation.md says how; `answerable` against `near_miss` and `out_of_scope`).
INTERCEPT = 2.26
COEFFICIENTS = {
    "cosine": 0.25,
    "late": 0.68,
    "weakest": 0.69,
    "missing": -3.1,
    "unfit": -0.64,
    "missing_specifics": -1.51,
    "inexact": -3.16,
    "elsewhere": -1.97,
    "gap": -4.66,
    "foreign": -0.9,
}


def logistic(signs: Signs) -> float:
    """The probability (0..1) that what was found answers."""
    z = INTERCEPT + sum(weight * float(getattr(signs, name)) for name, weight in COEFFICIENTS.items())
    return 1 / (1 + math.exp(-z))
