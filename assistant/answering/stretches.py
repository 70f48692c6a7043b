"""The stretch of time beside one that was asked about: "and the six months after that?", "and before that?"."""

from __future__ import annotations

import calendar
import re

_NAMES = [name for name in calendar.month_name if name]
_MONTH = "|".join(_NAMES)
_COUNTS = {"": 1, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "nine": 9, "twelve": 12}
_SPAN = re.compile(
    rf"\b(?:(?:from|between|for|in|during|over)\s+)?(?P<first>{_MONTH})(?:\s+(?P<year>20\d\d))?"
    rf"\s*(?:to|and|until|[-–])\s*(?P<last>{_MONTH})\s+(?P<end>20\d\d)\b",
    re.IGNORECASE,
)
_BESIDE = re.compile(
    r"^\W*(?:(?:and|or|but|so|then|what about|how about|for|in|during|over|the)\W+)*"
    r"(?:(?:(?P<count>one|two|three|four|five|six|nine|twelve|\d{1,2})\s+)?(?P<unit>months?|years?)\s+"
    r"(?P<side>after|before)(?:\s+(?:that|this|then))?"
    r"|(?P<next>following|next|previous|preceding)\s+"
    r"(?:(?P<many>one|two|three|four|five|six|nine|twelve|\d{1,2})\s+)?(?P<units>months?|years?)"
    r"|(?P<open>after|before)\s+(?:that|this|then))\W*$",
    re.IGNORECASE,
)


def beside_span(text: str, base: str) -> str | None:
    """`base`, which names some months, asked of the time beside them that `text` names; None for other turns."""
    span, meant = _SPAN.search(base), _BESIDE.match(text)
    if span is None or meant is None:
        return None
    last = _number(span["last"], span["end"])
    first = _number(span["first"], span["year"] or span["end"])
    side = (
        meant["side"] or meant["open"] or ("after" if meant["next"] in ("following", "next") else "before")
    ).lower()
    if meant["open"]:
        words = f"after {_named(last)}" if side == "after" else f"before {_named(first)}"
    else:
        unit = 12 if (meant["unit"] or meant["units"]).lower().startswith("year") else 1
        count = unit * _count((meant["count"] or meant["many"] or "").lower())
        start, end = (last + 1, last + count) if side == "after" else (first - count, first - 1)
        words = f"from {_named(start)} to {_named(end)}" if start != end else f"in {_named(start)}"
    return f"{base[: span.start()]}{words}{base[span.end() :]}".rstrip(" ?.!") + "?"


def _count(word: str) -> int:
    return int(word) if word.isdigit() else _COUNTS[word]


def _number(month: str, year: str) -> int:
    """A month as the number of months since the year 0."""
    return int(year) * 12 + [n.lower() for n in _NAMES].index(month.lower())


def _named(number: int) -> str:
    return f"{_NAMES[number % 12]} {number // 12}"
