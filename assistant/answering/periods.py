"""Dates and stretches of time that a question names: "in 2024", "on 1 March 2024", "back in March 2023"."""

from __future__ import annotations

import calendar
import re
from datetime import date

from assistant.answering.turn import Period

_MONTHS = {name.lower(): number for number, name in enumerate(calendar.month_name) if name}
_MONTHS |= {name.lower(): number for number, name in enumerate(calendar.month_abbr) if name} | {"sept": 9}
_MONTH = "|".join(sorted(_MONTHS, key=len, reverse=True))
_SEASONS = {"spring": (3, 5), "summer": (6, 8), "autumn": (9, 11)}

_DAY = re.compile(rf"\b(\d{{1,2}})(?:st|nd|rd|th)?(?: of)? ({_MONTH})\.?,? (20\d\d)\b", re.IGNORECASE)
_ISO = re.compile(r"\b(20\d\d)-(\d\d)-(\d\d)\b")
_MONTH_YEAR = re.compile(rf"\b({_MONTH})\.? (20\d\d)\b", re.IGNORECASE)
_SEASON = re.compile(r"\b(spring|summer|autumn) (?:of )?(20\d\d)\b", re.IGNORECASE)
_YEAR = re.compile(
    r"\b(?:in|during|back in|for|of|throughout|at the end of|late|early|mid|as of|until|around)"
    r" ?-?(20\d\d)\b(?![-/–]\d)",
    re.IGNORECASE,
)
_LAST_YEAR = re.compile(r"\blast year\b", re.IGNORECASE)
_AGO = re.compile(r"\b(one|two|three|four|five|\d) years? ago\b", re.IGNORECASE)
_NUMBERS = {"one": 1, "two": 2, "three": 3, "four": 4, "five": 5}


def named_period(text: str, today: date) -> Period | None:
    """The stretch of time that `text` names, if it names exactly one and it began before `today`.

    A stretch that reaches beyond today ends today. Academic and financial years ("2023-24") name a thing, not a
    date to stand on, and are left to retrieval.
    """
    found = list(_periods(text, today))
    spans = {(p.start, p.end) for p in found}
    if len(spans) != 1:
        return None
    period = found[0]
    if period.start > today:
        return None
    return Period(period.start, min(period.end, today), period.words)


def _periods(text: str, today: date) -> list[Period]:
    rest = text
    result: list[Period] = []

    def take(pattern: re.Pattern[str]) -> list[re.Match[str]]:
        nonlocal rest
        matches = list(pattern.finditer(rest))
        rest = pattern.sub(" ", rest)
        return matches

    for m in take(_DAY):
        result.extend(_day(int(m[3]), _MONTHS[m[2].lower()], int(m[1]), m[0]))
    for m in take(_ISO):
        result.extend(_day(int(m[1]), int(m[2]), int(m[3]), m[0]))
    for m in take(_MONTH_YEAR):
        year, month = int(m[2]), _MONTHS[m[1].lower()]
        result.append(Period(date(year, month, 1), date(year, month, calendar.monthrange(year, month)[1]), m[0]))
    for m in take(_SEASON):
        first, last = _SEASONS[m[1].lower()]
        year = int(m[2])
        result.append(Period(date(year, first, 1), date(year, last, calendar.monthrange(year, last)[1]), m[0]))
    for m in take(_YEAR):
        year = int(m[1])
        result.append(Period(date(year, 1, 1), date(year, 12, 31), m[1]))
    for m in take(_LAST_YEAR):
        result.append(Period(date(today.year - 1, 1, 1), date(today.year - 1, 12, 31), m[0]))
    for m in take(_AGO):
        year = today.year - int(_NUMBERS.get(m[1].lower(), 0) or m[1])
        result.append(Period(date(year, 1, 1), date(year, 12, 31), m[0]))
    return result


def _day(year: int, month: int, day: int, words: str) -> list[Period]:
    try:
        exact = date(year, month, day)
    except ValueError:
        return []
    return [Period(exact, exact, words)]


def mentions(text: str, period: Period) -> bool:
    """Whether `text` itself names the year of `period` (or one of its years)."""
    return any(str(year) in text for year in range(period.start.year, period.end.year + 1))
