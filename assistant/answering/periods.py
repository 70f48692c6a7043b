"""Dates and stretches of time that a question names: "in 2024", "on 1 March 2024", "back in March 2023"."""

from __future__ import annotations

import calendar
import re
from collections.abc import Callable
from datetime import date, timedelta

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
    r"\b(?:in|during|back in|for|of|throughout|at the end of|late|early|mid|as of|before|until|around)"
    r" ?-?(20\d\d)\b(?![-/–]\d)",
    re.IGNORECASE,
)
_LAST_YEAR = re.compile(r"\b(?:last year|the previous year|the year before(?=\W*$))", re.IGNORECASE)
_RELATIVE = re.compile(
    r"\b(?:in |for |of )?(last|this|next|the previous|the following|the) year(?:['’]s)?"
    r"(?: (before|after)(?=\W*$))?\b",
    re.I,
)
_AGO = re.compile(r"\b(one|two|three|four|five|\d) years? ago\b", re.IGNORECASE)
_BEFORE = re.compile(r"\b(?:before|prior to|until|up to)\s+$", re.IGNORECASE)
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


def with_years(text: str, today: date) -> str:
    """`text` with "last year" and the like as the year that it is, as texts name years."""

    def year(found: re.Match[str]) -> str:
        word, side = found[1].lower(), (found[2] or "").lower()
        if word == "the" and not side:
            return found[0]
        by = -1 if side == "before" or word in ("last", "the previous") else 1
        return f"in {today.year + (0 if word == 'this' else by)}"

    return _RELATIVE.sub(year, text)


def named_days(text: str) -> list[date]:
    """The days that `text` names to the day, in the order in which it does."""
    found = [(m.start(), _day(int(m[3]), _MONTHS[m[2].lower()], int(m[1]), m[0])) for m in _DAY.finditer(text)]
    found += [(m.start(), _day(int(m[1]), int(m[2]), int(m[3]), m[0])) for m in _ISO.finditer(text)]
    return [period.start for _, period in sorted(found, key=lambda f: f[0]) if period is not None]


def _periods(text: str, today: date) -> list[Period]:
    """Every stretch that `text` names; one that stands behind "before" is the day before it begins."""
    rest = text
    result: list[Period] = []

    def take(pattern: re.Pattern[str], read: Callable[[re.Match[str]], Period | None]) -> None:
        nonlocal rest
        for match in pattern.finditer(rest):
            period = read(match)
            if period is not None and _BEFORE.search(f"{rest[: match.start()]}{_lead(match)}"):
                eve = period.start - timedelta(days=1)
                period = Period(eve, eve, f"before {period.words}")
            if period is not None:
                result.append(period)
        rest = pattern.sub(" ", rest)

    take(_DAY, lambda m: _day(int(m[3]), _MONTHS[m[2].lower()], int(m[1]), m[0]))
    take(_ISO, lambda m: _day(int(m[1]), int(m[2]), int(m[3]), m[0]))
    take(_MONTH_YEAR, lambda m: _months(int(m[2]), _MONTHS[m[1].lower()], _MONTHS[m[1].lower()], m[0]))
    take(_SEASON, lambda m: _months(int(m[2]), *_SEASONS[m[1].lower()], m[0]))
    take(_YEAR, lambda m: _months(int(m[1]), 1, 12, m[1]))
    take(_LAST_YEAR, lambda m: _months(today.year - 1, 1, 12, m[0]))
    take(_AGO, lambda m: _months(today.year - int(_NUMBERS.get(m[1].lower(), 0) or m[1]), 1, 12, m[0]))
    return result


def _lead(match: re.Match[str]) -> str:
    """The words of a match before its first digit or month, where the pattern takes them in."""
    first = match[0].split(" ", 1)[0]
    return f"{first} " if first.isalpha() and first.lower() not in _MONTHS else ""


def _months(year: int, first: int, last: int, words: str) -> Period:
    return Period(date(year, first, 1), date(year, last, calendar.monthrange(year, last)[1]), words)


def _day(year: int, month: int, day: int, words: str) -> Period | None:
    try:
        exact = date(year, month, day)
    except ValueError:
        return None
    return Period(exact, exact, words)


def mentions(text: str, period: Period) -> bool:
    """Whether `text` itself names the year of `period` (or one of its years)."""
    return any(str(year) in text for year in range(period.start.year, period.end.year + 1))
