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
    unmet: int  # how many forms that are asked for (a person, a reason, pay ...) it does not have
    not_held: bool  # it only says that something is not held or was not seen
    unfocused: float  # share of the thing asked for that it does not name
    foreign: bool  # no word of the collection's subject stands in the question


# Coefficients of a logistic regression on the tuning halves of the sets (`python -m tests.evals.fitting`): questions
# that are answerable against those that are not, where no engine settles them. `inexact` and `elsewhere`, of which
# the sets hold few, are set by hand: a day is asked for and not given; the text is about another area.
INTERCEPT = 0.35
COEFFICIENTS = {
    "cosine": 0.82,
    "late": 1.02,
    "weakest": 1.32,
    "missing": -2.07,
    "unfit": -0.7,
    "missing_specifics": -1.3,
    "inexact": -2.0,
    "elsewhere": -1.0,
    "gap": -2.27,
    "unmet": -2.02,
    "not_held": -1.66,
    "unfocused": -0.75,
    "foreign": -0.62,
}


def logistic(signs: Signs) -> float:
    """The probability (0..1) that what was found answers."""
    z = INTERCEPT + sum(weight * float(getattr(signs, name)) for name, weight in COEFFICIENTS.items())
    return 1 / (1 + math.exp(-z))
