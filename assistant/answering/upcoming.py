"""Whether the date of the next of something is asked for, and whether what is said tells one."""

from __future__ import annotations

import calendar
import re
from collections.abc import Sequence

_I = re.IGNORECASE
_MONTHS = {name: number for number, name in enumerate(calendar.month_name) if name}
_MONTH = "|".join(_MONTHS)
_ASKED = re.compile(
    r"\b(?:when(?:['’]s|s| is| are| will| do| does)|(?:what|which) (?:date|day)(?:['’]s| is| are| will)?"
    r"|dates? (?:of|for))(?: (?:the|our|my|your|its|their|an?|be|is))*"
    r"(?: [\w'’-]+(?<!\bknow)(?<!\bwhat)(?<!\bcomes)(?<!\bhappens)){0,3}? next "
    r"(?!(?:year|month|week|spring|summer|autumn|winter|to|for|after|in|and|or)\b)(?=\w)",
    _I,
)
_NONE = re.compile(
    r"\bno (?:\w+ ){0,3}?(?:next|further|new|later|more|other|date|round|plan|report)\b"
    r"|\b(?:not|n['’]t|never) (?:yet )?(?:been )?(?:set|announced|fixed|planned|published|expected|known|due)\b"
    r"|\b(?:closed|ended|over|last)\b",
    _I,
)
_DATED = re.compile(rf"\b(?:(?P<month>{_MONTH}) )?(?P<year>20\d\d)\b", _I)
_UNDATED = re.compile(rf"\b\d{{1,2}}(?:st|nd|rd|th)? (?:{_MONTH})\b(?! 20\d\d)", _I)  # "by 30 June each year"
_WITHIN = re.compile(r"\b(?:every|each|after|within) (?:\w+ )?(?:years?|months?|weeks?|days?)\b", _I)


def next_lacking(question: str, said: Sequence[str], year: int, month: int) -> bool:
    """Whether `question` asks when the next of something is and `said` tells no date from that month on."""
    if not _ASKED.search(question):
        return False
    text = " ".join(said)
    if _NONE.search(text) or _UNDATED.search(text) or _WITHIN.search(text):
        return False
    return not any(_is_ahead(m, year, month) for m in _DATED.finditer(text))


def _is_ahead(found: re.Match[str], year: int, month: int) -> bool:
    named = int(found["year"])
    if named != year or not found["month"]:
        return named >= year
    return _MONTHS[found["month"].capitalize()] >= month
