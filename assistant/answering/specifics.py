"""What a question is specifically about: names, numbered things, years. An answer about another one is no answer."""

from __future__ import annotations

import calendar
import re
from collections.abc import Iterable, Sequence

from vectorstore.figures import years_short
from vectorstore.text import content_stems, stems

_NUMBERED = re.compile(
    r"\b(?:(stage|section|level|annex|phase|part|chapter|cycle|round|paragraph|clause|priority|change)\s*"
    r"(\d{1,3}[A-Za-z]?|[A-D]|one|two|three|four|five|six)|(?<!['’])s\.?\s*(\d{1,3}[A-Za-z]?))\b",
    re.IGNORECASE,
)
_LEVELS = re.compile(r"\b(?:levels? (\d) ?(?:to|-|–) ?(?:levels? )?|up to levels? )(\d)\b", re.IGNORECASE)
_WORDS = {"one": "1", "two": "2", "three": "3", "four": "4", "five": "5", "six": "6"}
_NAME = re.compile(r"(?<![.?!:]\s)(?<!^)\b[A-Z][\w'’&-]*(?:\s+(?:(?:and|of|for|&)\s+(?:the\s+)?)?[A-Z][\w'’&-]*)*")
_YEAR_PAIR = re.compile(r"\b(20\d\d)\s*(?:-|–|/|to)\s*(?:20)?(\d\d)\b")
_YEAR = re.compile(r"\b(20\d\d)\b")
_LITTLE = frozenset(stems("a an the and of for in on at to"))
_CALENDAR = frozenset(stems(" ".join((*calendar.month_name, *calendar.month_abbr, *calendar.day_name, "Sept"))))
_EXACT_DAY = re.compile(
    r"\b(?:exact|precise|actual)\w* (?:\w+ ){0,2}(?:day|date)\b|\b(?:what|which) day\b", re.IGNORECASE
)
_FULL_DATE = re.compile(r"\b\d{1,2} (?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]* (\d{4})\b")


def specifics(question: str, ordinary: Iterable[str] = (), *, dates: bool = True) -> list[tuple[str, ...]]:
    """What `question` names, each as the stems that must stand side by side.

    Words of `ordinary` name nothing special. Without `dates`, years and months are left out: the texts are then
    chosen by their validity and need not repeat them.
    """
    common = set(stems(" ".join(ordinary)))
    found: list[tuple[str, ...]] = []
    for match in _NUMBERED.finditer(question):
        noun, number = match[1] or "section", match[2] or match[3]
        found.append((*stems(noun), *stems(_WORDS.get(number.lower(), number))))
    if dates:
        pairs = list(_YEAR_PAIR.finditer(question))
        found.extend(stems(f"{m[1]} {m[2]}") for m in pairs)
        paired = " ".join(m[0] for m in pairs)
        found.extend(stems(y) for y in _YEAR.findall(question) if y not in paired)
    if question != question.lower() and question != question.upper():
        for match in _NAME.finditer(question):
            own = tuple(s for s in content_stems(match[0]) if len(s) > 1)
            if own and not set(own) <= common and not set(own) <= _CALENDAR:
                found.append(own)
    return list(dict.fromkeys(found))


def missing_share(wanted: list[tuple[str, ...]], text: str) -> float:
    """The share (0..1) of what is wanted that `text` does not name, its words side by side."""
    if not wanted:
        return 0.0
    sequence = [s for s in stems(_with_levels(years_short(text))) if s not in _LITTLE]
    return sum(not _stands(group, sequence) for group in wanted) / len(wanted)


def _with_levels(text: str) -> str:
    """`text` and each level within the ranges that it gives: "up to level 8" speaks of level 7 too."""
    found = [(int(low or 1), int(high)) for low, high in _LEVELS.findall(text)]
    return " ; ".join([text, *(f"level {n}" for low, high in found for n in range(low, high + 1))])


def _stands(group: tuple[str, ...], sequence: list[str]) -> bool:
    size = len(group)
    return any(tuple(sequence[n : n + size]) == group for n in range(len(sequence) - size + 1))


def years(text: str) -> set[str]:
    """The years that `text` names."""
    return set(_YEAR.findall(text))


def is_of_another(question: str, text: str, *, dates: bool = True) -> bool:
    """Whether `text` names another section, stage, level or the like than `question`, or with `dates` another year,
    and not its own.
    """
    wanted, told = years(question), years(text)
    if dates and wanted and told and not wanted & told:
        return True
    asked, named = _numbered(question), _numbered(_with_levels(text))
    return any(numbers and not numbers & named.get(noun, numbers) for noun, numbers in asked.items())


def names_rival(question: str, text: str, rivals: Sequence[Sequence[str]]) -> bool:
    """Whether `text` names one of the `rivals` of what `question` names, each with its names, and not that itself."""
    asked, told = _named(question, rivals), _named(text, rivals)
    return bool(asked and told) and not asked & told


def _named(text: str, rivals: Sequence[Sequence[str]]) -> set[int]:
    words = f" {' '.join(stems(text))} "
    return {n for n, names in enumerate(rivals) if any(f" {' '.join(stems(name))} " in words for name in names)}


def _numbered(text: str) -> dict[str, set[str]]:
    """The numbers and letters by which `text` names sections, stages and the like, by what they number."""
    found: dict[str, set[str]] = {}
    for m in _NUMBERED.finditer(text):
        number = (m[2] or m[3]).lower()
        found.setdefault((m[1] or "section").lower(), set()).add(_WORDS.get(number, number))
    return found


def asks_exact_day(question: str) -> bool:
    """Whether nothing less than a day of a month will do."""
    return bool(_EXACT_DAY.search(question))


def has_full_date(text: str, of_years: set[str] | None = None) -> bool:
    """Whether `text` gives a day, month and year; of one of `of_years` if there are any."""
    found = _FULL_DATE.findall(text)
    return any(not of_years or year in of_years for year in found)
