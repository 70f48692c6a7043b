"""What the answer to each kind of question looks like: a date, a sum, a count, a name, a place to go."""

from __future__ import annotations

import re

from assistant.answering.turn import Kind
from vectorstore.text import content_stems

_MONTH = "January|February|March|April|May|June|July|August|September|October|November|December"
_COUNT = "one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|forty|no"
_EXPECTED: dict[Kind, re.Pattern[str]] = {
    Kind.WHEN: re.compile(rf"\b(?:19|20)\d\d\b|\b(?:{_MONTH})\b"),
    Kind.HOW_MUCH: re.compile(r"£|\bper cent\b|%|\bmillion\b"),
    Kind.HOW_MANY: re.compile(rf"(?<![\w£])\d[\d,.]*(?!\w)|\b(?:{_COUNT})\b", re.IGNORECASE),
    Kind.WHO: re.compile(r"(?<!^)(?<!\. )\b[A-Z][a-z]+(?: (?:and |of |for |the |& )*[A-Z][a-z]+)+"),
    Kind.WHERE: re.compile(
        r"https?://|www\.|@|\b[\w-]+\.(?:co|org|gov|ac)\.uk\b|\bcontact\b|\bpage\b|\bwebsite\b", re.IGNORECASE
    ),
}
KIND_WORDS: dict[Kind, tuple[str, ...]] = {
    Kind.WHEN: ("date", "day", "deadline", "dates"),
    Kind.HOW_MUCH: ("amount", "sum", "total", "award"),
    Kind.HOW_MANY: ("number", "count", "total"),
    Kind.WHO: ("name", "names", "who"),
    Kind.LIST: ("list", "names"),
    Kind.WHERE: ("contact", "address", "link"),
}
_ENUMERATION = re.compile(r"(?:, [^,.]+){2,},? and |: [^.]+;")
_DEFINES = re.compile(r"\b(?:is|are|means|stands for|was)\b (?:a|an|the|plans?|what)\b", re.IGNORECASE)


def fits(kind: Kind, text: str) -> float:
    """How well `text` has the form of an answer to a question of `kind` (0..1); 0 for kinds that expect no form."""
    if kind is Kind.LIST:
        return 1.0 if text.rstrip().endswith(":") else 0.5 * bool(_ENUMERATION.search(text))
    pattern = _EXPECTED.get(kind)
    return float(pattern is not None and bool(pattern.search(text)))


def expects(kind: Kind) -> bool:
    """Whether a question of `kind` asks for something that can be recognised."""
    return kind in _EXPECTED


def fits_definition(question: str, text: str) -> bool:
    """Whether `text` says what the thing asked about is: the thing first, then what it is.

    `question` has its acronyms in words beside the acronyms, so that either form of the thing is known.
    """
    match = _DEFINES.search(text)
    if match is None:
        return False
    subject = set(content_stems(text[: match.start()]))
    return bool(subject) and subject <= set(content_stems(question))
