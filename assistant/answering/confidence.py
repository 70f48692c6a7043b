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
    unmet: int  # forms that are asked for (a person, a reason, pay ...) and not there, by `weight_unmet`
    not_held: bool  # it only says that something is not held or was not seen
    unfocused: float  # share of the thing asked for that it does not name
    asked: (
        float | None
    )  # likeness (`features.known`) of the likest question it is known to answer; None: none is for its text
    foreign: bool  # no word of the collection's subject stands in the question


# Coefficients of a logistic regression on the tuning halves of the sets (`python -m tests.evals.fitting`): questions
# that are answerable against those that are not, where no engine settles them. `inexact` and `elsewhere`, of which
# the sets hold few, are set by hand: a day is asked for and not given; the text is about another area.
INTERCEPT = 0.48
COEFFICIENTS = {
    "cosine": -0.48,
    "late": 0.75,
    "weakest": 1.53,
    "missing": -1.89,
    "unfit": -0.45,
    "missing_specifics": -1.42,
    "inexact": -2.0,
    "elsewhere": -1.0,
    "gap": -2.39,
    "unmet": -2.21,
    "not_held": -1.79,
    "unfocused": -0.77,
    "asked": 1.76,
    "foreign": -0.53,
}


# The same, fitted without known questions: for collections that have none.
UNASKED_INTERCEPT = 0.35
UNASKED = {
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

# A question that is all but asked already, and names nothing that the sentence does not, is answered: the logistic,
# fitted on questions of which few are, does not know it.
ALL_BUT_ASKED, ANSWERED = 0.72, 0.62


def logistic(signs: Signs) -> float:
    """The probability (0..1) that what was found answers."""
    intercept, coefficients = (INTERCEPT, COEFFICIENTS) if signs.asked is not None else (UNASKED_INTERCEPT, UNASKED)
    z = intercept + sum(weight * float(getattr(signs, name)) for name, weight in coefficients.items())
    likely = 1 / (1 + math.exp(-z))
    unsaid = signs.missing_specifics or signs.unmet or signs.gap or signs.not_held
    return max(likely, ANSWERED) if (signs.asked or 0.0) >= ALL_BUT_ASKED and not unsaid else likely
