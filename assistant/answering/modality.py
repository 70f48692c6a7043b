"""What must, may or can be: whether a question asks it, and whether a sentence says it."""

from __future__ import annotations

import re

_MUST_ASKED = re.compile(
    r"\b(?:must|have to|has to|had to|need to|needs to|required?|obliged|obligat\w+|compulsory|mandatory|duty|duties"
    r"|bound|legally|by law|forced|supposed to|expected to)\b",
    re.IGNORECASE,
)
_MUST_SAID = re.compile(
    r"\b(?:must|duty|duties|requir\w+|obliged?|has to|have to|bound|need not|no duty|none on|may not|cannot"
    r"|expected to|voluntary|optional|condition)\b",
    re.IGNORECASE,
)
_MAY_ASKED = re.compile(
    r"^\W*(?:(?:so|and|but)\W+)?(?:can|could|may|might)\b|\b(?:allowed|eligible|able to|permitted|entitled)\b",
    re.IGNORECASE,
)
_MAY_SAID = re.compile(
    r"\b(?:can|cannot|may|eligible|only|able to|allowed|permit\w+|entitled|not? (?:be|open)|excluded?|open to)\b",
    re.IGNORECASE,
)


def fits_modal(question: str, text: str) -> float:
    """Whether `text` says what must or may be, where `question` asks that (0 or 1)."""
    pairs = ((_MUST_ASKED, _MUST_SAID), (_MAY_ASKED, _MAY_SAID))
    return float(any(asked.search(question) and said.search(text) for asked, said in pairs))


def asks_leave(question: str) -> bool:
    """Whether `question` asks what may or can be."""
    return _MAY_ASKED.search(question) is not None


def asks_duty(question: str) -> bool:
    """Whether `question` asks what must be."""
    return _MUST_ASKED.search(question) is not None
