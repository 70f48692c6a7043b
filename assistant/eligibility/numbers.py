"""Numbers out of words: £1.2 million, over 900k, about £600,000."""

from __future__ import annotations

import re
from decimal import Decimal

BEFORE_NUMBER = 24  # characters before and after a number that may say that it is more or less
NEAR = Decimal("0.1")  # share of a threshold within which "about" a number cannot decide
_SCALES = {"k": 10**3, "thousand": 10**3, "m": 10**6, "mn": 10**6, "million": 10**6, "bn": 10**9, "billion": 10**9}
_SCALE = "million|thousand|billion|bn|mn|m|k"
_DIGITS = r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?"
_NUMBER = re.compile(
    rf"(?<![\w/.,-])(?P<sign>[<>])?\s?(?P<pound>£)?\s?(?P<number>{_DIGITS})\s*(?P<scale>{_SCALE})?\b(?![/–-]\s?\d)",
    re.IGNORECASE,
)
_PLAIN = re.compile(
    rf"\s*£?\s?(?P<number>{_DIGITS})\s*(?P<scale>{_SCALE})?(?:\s*(?:pounds|gbp))?[\s.!]*", re.IGNORECASE
)
_MONTHS = "jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec"
_DATE = re.compile(
    rf"\b\d{{1,2}}(?:st|nd|rd|th)?(?: of)? (?:{_MONTHS})\w*\b|\b\d{{1,4}}/\d{{1,2}}(?:/\d{{2,4}})?\b", re.I
)
_BOUND_BEFORE = re.compile(
    r"(?:\b(?:at least|at most|up to|at or (?:below|above)|(?:maximum|minimum|max|min)(?: of)?"
    r"|(?:no|not) (?:more|less|fewer) than|(?:no|not) (?:over|under|above|below))"
    r"|(?:\bnot|n['’]t) exceed\w*)\s*£?\s*$",
    re.I,
)
_BOUND_AFTER = re.compile(
    r"\s*(?:\+|plus\b|(?:or|and) (?:less|more|under|over|below|above|fewer|so)\b|at (?:most|least)\b"
    r"|(?:max|maximum|min|minimum)\b)",
    re.I,
)
_MORE = re.compile(r"\b(?:more than|over|above|exceed(?:s|ing)?|in excess of|upwards of|greater than)\s*$", re.I)
_LESS = re.compile(r"\b(?:less than|under|below|fewer than|nearly|almost|not quite|just short of)\s*$", re.I)
_ABOUT = re.compile(r"\b(?:about|around|roughly|approximately|circa|some|nearly|almost)\s+£?\d", re.I)


def read_number(text: str) -> Decimal | None:
    """The one number that `text` states; years and parts of dates are none, unless nothing else is said.

    "More than" and "less than" a number are the next whole one above and below it; a bound such as "up to" is none.
    """
    plain = _PLAIN.fullmatch(text)
    if plain is not None:
        return _value(plain)
    text = _DATE.sub(lambda m: " " * len(m[0]), text)
    found = []
    for match in _NUMBER.finditer(text):
        bare = not match["pound"] and not match["scale"]
        if bare and re.fullmatch(r"(?:19|20)\d\d", match["number"]):
            continue
        before = text[: match.start()]
        if _BOUND_BEFORE.search(before) or _BOUND_AFTER.match(text[match.end() :]):
            return None
        more = match["sign"] == ">" or _MORE.search(before)
        less = match["sign"] == "<" or _LESS.search(before)
        found.append(_value(match) + (1 if more else (-1 if less else 0)))
    return found[0] if len(set(found)) == 1 else None


def _value(match: re.Match[str]) -> Decimal:
    return Decimal(match["number"].replace(",", "")) * _SCALES.get((match["scale"] or "").lower(), 1)


def is_rough(text: str) -> bool:
    """Whether `text` gives its number only about."""
    return _ABOUT.search(text) is not None


def in_digits(value: Decimal) -> str:
    """A number with its thousands parted, and no digits that say nothing."""
    whole = value == value.to_integral_value()
    return f"{int(value):,}" if whole else f"{value.normalize():,f}"
