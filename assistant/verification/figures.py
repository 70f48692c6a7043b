"""Numbers, sums, dates and shares of a text in one canonical form, each with the bound that its words put on it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

MONTHS = {
    name: number
    for number, names in enumerate(
        """january jan|february feb|march mar|april apr|may|june jun|july jul|august aug|september sept sep
        |october oct|november nov|december dec""".split("|"),
        start=1,
    )
    for name in names.split()
}
_UNITS = dict(
    zip(
        """zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen
        seventeen eighteen nineteen""".split(),
        range(20),
        strict=True,
    )
)
_TENS = dict(zip("twenty thirty forty fifty sixty seventy eighty ninety".split(), range(20, 100, 10), strict=True))
_ORDINALS = dict(
    zip("first second third fourth fifth sixth seventh eighth ninth tenth".split(), range(1, 11), strict=True)
)
_FRACTIONS = {"half": "1/2", "halves": "1/2", "third": "1/3", "thirds": "1/3", "quarter": "1/4", "quarters": "1/4"}
_SCALE = {"hundred": 100, "thousand": 1000, "k": 1000, "m": 10**6, "million": 10**6, "bn": 10**9, "billion": 10**9}

_MONTH = "|".join(sorted(MONTHS, key=len, reverse=True))
_WORD = "|".join([*_TENS, *sorted(_UNITS, key=len, reverse=True)])
_PATTERN = re.compile(
    rf"""
      (?P<iso>\b(?:19|20)\d\d-\d\d-\d\d\b)
    | (?P<dmy>\b(?P<d>\d{{1,2}})(?:st|nd|rd|th)?\ (?:of\ )?(?P<m>{_MONTH})\b\.?
        (?:,?\ (?P<y>(?:19|20)\d\d)\b(?![-/]\d))?)
    | (?P<mdy>\b(?P<m2>{_MONTH})\ (?P<d2>\d{{1,2}})(?:st|nd|rd|th)?\b(?!\d)
        (?:,?\ (?P<y2>(?:19|20)\d\d)\b)?)
    | (?P<my>\b(?P<m3>{_MONTH})\.?,?\ (?P<y3>(?:19|20)\d\d)\b)
    | (?P<range>\b(?P<r1>(?:19|20)\d\d)\s?(?:-|/|\ to\ )\s?(?P<r2>(?:20)?\d\d)\b(?![\d/-]))
    | (?P<season>\b(?:spring|summer|autumn|winter)\b)
    | (?P<month>\b(?:january|february|april|june|july|august|september|october|november|december)\b)
    | (?P<num>(?:(?P<cur>[£€$])\ ?|(?<!\w)(?<!\d\.))(?P<n>\d[\d,]*(?:\.\d+)?)
        (?:st|nd|rd|th)?(?:\ ?(?P<scale>million|billion|thousand|hundred|bn|[mk](?![a-z])))?
        (?:\ ?(?P<pct>%|per\ ?cent\b|percent\b))?(?P<pounds>\ pounds\b)?)
    | (?P<words>\b(?:{_WORD})(?:[- ](?:{"|".join(list(_UNITS)[1:10])}))?\b
        (?:\ (?P<wscale>hundred|thousand|million|billion)\b)?(?P<wpct>\ (?:per\ ?cent|percent)\b)?
        (?P<wpounds>\ pounds\b)?)
    | (?P<ordinal>\b(?:{"|".join(_ORDINALS)})\b)
    | (?P<fraction>\b(?:half|halves|quarters?|thirds)\b)
    """,
    re.VERBOSE | re.IGNORECASE,
)
_NOT_A_NUMBER = re.compile(r"one (?:of|another)\b|one's\b", re.IGNORECASE)

# Words right before a figure that change what it says; those of time count before a date only.
_BOUNDS: tuple[tuple[str, str, str], ...] = (
    (
        "most",
        r"up to|at most|no more than|not more than|maximum(?: of)?|within|under|below|less than|fewer than",
        r"no later than|not later than|until|till|by|before|up to and including",
    ),
    (
        "least",
        r"at least|no less than|no fewer than|minimum(?: of)?|more than|over|above|exceeding",
        r"since|from|after",
    ),
    ("about", r"about|around|approximately|roughly|nearly|almost|circa", r"early|mid|late"),
)
_ARTICLES = r"(?: (?:the|a|an|midday on|noon on|midnight on|end of|start of|beginning of))*[\s(£-]*$"
_BOUND = tuple((name, re.compile(rf"\b(?:{words}){_ARTICLES}", re.IGNORECASE)) for name, words, _ in _BOUNDS)
_DATED = tuple((name, re.compile(rf"\b(?:{w}|{t}){_ARTICLES}", re.IGNORECASE)) for name, w, t in _BOUNDS)
_TIMES = frozenset({"date", "range", "season"})
_TIME_UNIT = re.compile(
    r"[- ](?:(?:working|calendar|full|financial|academic|consecutive)[- ])?"
    r"(day|week|month|year|hour|minute|term)s?\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure: `kind` and `value` say what it is, `unit` a unit of time, `bound` at most, at least or about."""

    kind: str  # date | range | season | money | share | number | ordinal
    value: str
    at: int
    unit: str = ""
    bound: str = ""


def figures(text: str) -> list[Figure]:
    """The figures of a text on one line, in order."""
    found: list[Figure] = []
    for match in _PATTERN.finditer(text):
        if _NOT_A_NUMBER.match(text, match.start()):
            continue
        read = _read(match)
        if read is None:
            continue
        kind, value = read
        unit = _TIME_UNIT.match(text, match.end()) if kind == "number" else None
        before = text[max(0, match.start() - 40) : match.start()]
        bound = next((name for name, pattern in (_DATED if kind in _TIMES else _BOUND) if pattern.search(before)), "")
        found.append(Figure(kind, value, match.start(), unit[1].lower() if unit else "", bound))
    return found


def stands(said: Figure, held: Figure) -> bool:
    """Whether the figure `said` is what `held` says: the same, or a date less exactly."""
    if said.unit != held.unit or (said.kind, held.kind) == ("date", "range"):
        return False
    if said.kind == "date" == held.kind:
        parts, held_parts = said.value.split("-"), held.value.split("-")
        if any(p != "?" and p != h for p, h in zip(parts, held_parts, strict=True)):
            return False
    elif (said.kind, said.value) != (held.kind, held.value):
        return False
    if said.bound == held.bound:
        return True
    return said.kind == "date" and said.bound == "" and held.bound == "least"  # "from 1 May": it began on 1 May


def last_day(text: str) -> str | None:
    """The latest date that a text names, as an ISO date rounded up to the end of its month or year; None if none."""
    days = [_rounded(f.value) for f in figures(text) if f.kind == "date" and f.value[0] != "?"]
    return max(days, default=None)


def _rounded(value: str) -> str:
    year, month, day = value.split("-")
    return f"{year}-{'12' if month == '?' else month}-{'31' if day == '?' else day}"


def _read(match: re.Match[str]) -> tuple[str, str] | None:
    g = match.groupdict()
    if g["iso"]:
        return "date", g["iso"]
    if g["dmy"]:
        return "date", _date(g["y"], g["m"], g["d"])
    if g["mdy"]:
        return "date", _date(g["y2"], g["m2"], g["d2"])
    if g["my"]:
        return "date", _date(g["y3"], g["m3"], None)
    if g["range"]:
        second = g["r2"] if len(g["r2"]) == 4 else g["r1"][:2] + g["r2"]
        return "range", f"{g['r1']}-{second}"
    if g["season"]:
        return "season", g["season"].lower()
    if g["month"]:
        return "date", _date(None, g["month"], None)
    if g["ordinal"]:
        return "ordinal", str(_ORDINALS[g["ordinal"].lower()])
    if g["fraction"]:
        return "share", _FRACTIONS[g["fraction"].lower()]
    if g["words"]:
        return _worded(g)
    return _number(g)


def _number(g: dict[str, str | None]) -> tuple[str, str] | None:
    digits = (g["n"] or "").rstrip(",")
    try:
        value = Decimal(digits.replace(",", ""))
    except InvalidOperation:
        return None
    plain_year = re.fullmatch(r"(?:19|20)\d\d", digits) and not (g["cur"] or g["scale"] or g["pct"] or g["pounds"])
    if plain_year:
        return "date", f"{digits}-?-?"
    value *= _SCALE[(g["scale"] or "").lower()] if g["scale"] else 1
    return _kind(value, money=g["cur"] or g["pounds"], share=g["pct"])


def _worded(g: dict[str, str | None]) -> tuple[str, str]:
    words = re.split(r"[- ]", (g["words"] or "").lower())
    value = sum(_TENS.get(w, _UNITS.get(w, 0)) for w in words[:2])
    scale = (g["wscale"] or "").lower()
    return _kind(Decimal(value) * (_SCALE[scale] if scale else 1), money=g["wpounds"], share=g["wpct"])


def _kind(value: Decimal, *, money: str | None, share: str | None) -> tuple[str, str]:
    plain = format(value.normalize(), "f")
    if money:
        return "money", f"{'£' if money.strip() == 'pounds' else money}{plain}"
    return ("share", plain) if share else ("number", plain)


def _date(year: str | None, month: str | None, day: str | None) -> str:
    number = f"{MONTHS[month.lower().rstrip('.')]:02d}" if month else "?"
    return f"{year or '?'}-{number}-{f'{int(day):02d}' if day else '?'}"
