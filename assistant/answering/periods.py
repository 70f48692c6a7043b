"""Dates and stretches of time that a question asks about: "in 2024", "on 1 March 2024", "back in March 2023"."""

from __future__ import annotations

import calendar
import re
from collections.abc import Callable
from datetime import date, timedelta

from assistant.answering.dated_things import belongs_to_thing
from assistant.answering.turn import Period

_MONTHS = {name.lower(): number for number, name in enumerate(calendar.month_name) if name}
_MONTHS |= {name.lower(): number for number, name in enumerate(calendar.month_abbr) if name} | {"sept": 9}
_MONTH = "|".join(sorted(_MONTHS, key=len, reverse=True))
_SEASONS = {"spring": 3, "summer": 6, "autumn": 9, "winter": 12}  # the first of its three months
_SEASON_NAMES = "|".join(_SEASONS)

_DAY = re.compile(rf"\b(\d{{1,2}})(?:st|nd|rd|th)?(?: of)? ({_MONTH})\.?,? (20\d\d)\b", re.IGNORECASE)
_ISO = re.compile(r"\b(20\d\d)-(\d\d)-(\d\d)\b")
_MONTH_YEAR = re.compile(rf"\b({_MONTH})\.? (20\d\d)\b", re.IGNORECASE)
_SEASON = re.compile(rf"\b({_SEASON_NAMES}) (?:of )?(20\d\d)\b(?![-/–]\d)", re.IGNORECASE)
_PART_OF_YEAR = re.compile(
    r"\b(?:(early|mid|late)|the (start|beginning|middle|end) of)[ -](20\d\d)\b(?![-/–]\d)", re.IGNORECASE
)
_PARTS = {"early": (1, 4), "mid": (5, 8), "late": (9, 12), "start": (1, 1), "beginning": (1, 1)}
_PARTS |= {"middle": (5, 8), "end": (12, 12)}
_YEAR = re.compile(
    r"\b(?:in|during|back in|for|of|throughout|as of|by|before|until|around) ?-?(20\d\d)\b(?![-/–]\d)",
    re.IGNORECASE,
)
_LAST_YEAR = re.compile(r"\b(?:last year|the previous year|the year before(?=\W*$))", re.IGNORECASE)
_LAST_MONTHS = re.compile(rf"\b(?:last|this past) (month|{_MONTH}|{_SEASON_NAMES})\b", re.IGNORECASE)
_BARE_MONTHS = re.compile(
    rf"\b(?:in|by|back in|as of|until|during|before|over|since) (?:the )?({_MONTH}|{_SEASON_NAMES})\b(?! ?\d|['’-])",
    re.IGNORECASE,
)
_PAST_TENSE = re.compile(r"\b(?:was|were|had|did)\b", re.IGNORECASE)
_RELATIVE = re.compile(
    r"\b(?:in |for |of )?(last|this|next|the previous|the following|the) year(?:['’]s)?"
    r"(?: (before|after)(?=\W*$))?\b",
    re.I,
)
_AGO = re.compile(r"\b(an?|one|two|three|four|five|\d) years? ago\b", re.IGNORECASE)
_BEFORE = re.compile(r"\b(?:before|prior to|until|up to)\s+$", re.IGNORECASE)
_UNTIL = re.compile(r"\b(?:before|prior to|until|till|up to|to|by)\s+(?:the )?$", re.IGNORECASE)
_SINCE = re.compile(r"\bsince\s+(?:the )?$", re.IGNORECASE)  # from then until now
_NUMBERS = {"a": 1, "an": 1, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5}


def named_period(text: str, today: date) -> Period | None:
    """The stretch of time that `text` asks about, if it is exactly one and began before `today`.

    A stretch that reaches beyond today ends today. A date that belongs to a thing, as academic and financial years
    do ("2023-24"), is no date to stand on and is left to retrieval.
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
    """Every stretch that `text` asks about; one that stands behind "before" is the day before it begins."""
    rest = text
    result: list[Period] = []

    def take(pattern: re.Pattern[str], read: Callable[[re.Match[str]], Period | None]) -> None:
        nonlocal rest
        for match in pattern.finditer(rest):
            period = read(match)
            before = f"{text[: match.start()]}{_lead(match)}"
            if period is None or _SINCE.search(before) or belongs_to_thing(before, text[match.end() :]):
                continue
            if _BEFORE.search(before):
                eve = period.start - timedelta(days=1)
                period = Period(eve, eve, f"before {period.words}")
            result.append(period)
        rest = pattern.sub(lambda m: " " * len(m[0]), rest)

    take(_DAY, lambda m: _day(int(m[3]), _MONTHS[m[2].lower()], int(m[1]), m[0]))
    take(_ISO, lambda m: _day(int(m[1]), int(m[2]), int(m[3]), m[0]))
    take(_MONTH_YEAR, lambda m: _months(int(m[2]), *_months_of(m[1]), m[0]))
    take(_SEASON, lambda m: _months(int(m[2]), *_months_of(m[1]), m[0]))
    take(_PART_OF_YEAR, lambda m: _part(int(m[3]), (m[1] or m[2]).lower(), m[0]))
    take(_YEAR, lambda m: _months(int(m[1]), 1, 12, m[1]))
    take(_LAST_YEAR, lambda m: _months(today.year - 1, 1, 12, m[0]))
    take(_AGO, lambda m: _months(today.year - int(_NUMBERS.get(m[1].lower(), 0) or m[1]), 1, 12, m[0]))
    take(_LAST_MONTHS, lambda m: _latest(m[1], m[0], lambda p: p.end < today, today))
    if _PAST_TENSE.search(text):  # "had they come by December?": the last one
        take(_BARE_MONTHS, lambda m: _latest(m[1], m[1], lambda p: p.start <= today, today))
    return result


def _lead(match: re.Match[str]) -> str:
    """The words of a match before its date, where the pattern takes them in."""
    lead = re.match(
        r"(?:in|during|back in|for|of|throughout|as of|by|before|until|around|over)(?: the)?[ -]+",
        match[0],
        re.I,
    )
    return lead[0] if lead else ""


def _months_of(name: str) -> tuple[int, int]:
    """The first month of what is named, and how many there are of it."""
    first = _SEASONS.get(name.lower())
    return (first, 3) if first else (_MONTHS[name.lower()], 1)


def _months(year: int, first: int, count: int, words: str) -> Period:
    last_year, last = divmod(year * 12 + first - 2 + count, 12)
    return Period(date(year, first, 1), date(last_year, last + 1, calendar.monthrange(last_year, last + 1)[1]), words)


def _part(year: int, name: str, words: str) -> Period:
    first, last = _PARTS[name]
    return _months(year, first, last - first + 1, words)


def _latest(name: str, words: str, fits: Callable[[Period], bool], today: date) -> Period | None:
    """The latest of the months or seasons of a name that fits."""
    before = today.replace(day=1) - timedelta(days=1)
    if name.lower() == "month":
        return _months(before.year, before.month, 1, words)
    tried = (_months(year, *_months_of(name), words) for year in range(today.year, today.year - 3, -1))
    return next((p for p in tried if fits(p)), None)


def _day(year: int, month: int, day: int, words: str) -> Period | None:
    try:
        exact = date(year, month, day)
    except ValueError:
        return None
    return Period(exact, exact, words)


def mentions(text: str, period: Period) -> bool:
    """Whether `text` speaks of `period`: it names its year, or one of its years, and not only days that came after.

    What was so until a later day was so before it.
    """
    rest = text
    for at, named in _dates(text):
        if named.start > period.end and not _UNTIL.search(text[:at]):
            rest = f"{rest[:at]}{' ' * len(named.words)}{rest[at + len(named.words) :]}"
    return any(str(year) in rest for year in range(period.start.year, period.end.year + 1))


def is_of_another_time(text: str, period: Period) -> bool:
    """Whether the days and months that `text` names all lie outside `period`, or one is yet to come after it."""
    named = _dates(text)
    later = any(p.start > period.end and not _UNTIL.search(text[:at]) for at, p in named)
    return later or (bool(named) and all(p.end < period.start or period.end < p.start for _, p in named))


def _dates(text: str) -> list[tuple[int, Period]]:
    """The days and months that `text` names, in order, and where each stands."""
    found = [(m.start(), _day(int(m[3]), _MONTHS[m[2].lower()], int(m[1]), m[0])) for m in _DAY.finditer(text)]
    rest = _DAY.sub(lambda m: " " * len(m[0]), text)
    found += [(m.start(), _months(int(m[2]), *_months_of(m[1]), m[0])) for m in _MONTH_YEAR.finditer(rest)]
    return sorted(((at, p) for at, p in found if p is not None), key=lambda f: f[0])
