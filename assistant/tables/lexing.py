"""The words of a question as items of one table: its rows, columns, places, numbers and what is asked of them.

Every word has to be known here, to the table or as a word of form: one word over, and the question asks for
something that the table does not hold.
"""

from __future__ import annotations

import calendar
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from vectorstore.tables import Column, Table, ValueKind

_NUMBERS = {w: n for n, w in enumerate("one two three four five six seven eight nine ten eleven twelve".split(), 1)}
_UNITS = {"m": 1e6, "mn": 1e6, "million": 1e6, "k": 1e3, "thousand": 1e3}
_UNIT = r"(?: ?(?P<unit>m|mn|million|k|thousand)\b)?"
_N = rf"(?P<pound>£ ?)?(?P<n>(?!(?:19|20)\d\d\b)\d[\d,]*(?:\.\d+)?|{'|'.join(_NUMBERS)}){_UNIT}"
_COUNT = rf"(?P<count>\d\d?|{'|'.join(_NUMBERS)})"
_BIG, _SMALL = "largest|biggest|highest|greatest", "smallest|lowest|least|fewest"
_AMOUNT = r"(?: (?:number|amount|share|sum) of)?"
_MONTHS = [m.lower() for m in calendar.month_name if m]
_MONTH = f"(?:{'|'.join(_MONTHS)})"
_FORMS: tuple[tuple[str, str], ...] = (
    ("over", rf"(?:more than|over|above|greater than|exceeding|in excess of) {_N}"),
    ("at_least", rf"at least {_N}"),
    ("under", rf"(?:less than|fewer than|under|below) {_N}"),
    ("at_most", rf"(?:at most|up to|no more than) {_N}"),
    ("exactly", rf"(?:exactly |just |only |precisely )?{_N}"),
    ("exactly", r"(?:just |only )?an? single|(?:just|only) an?"),
    ("several", r"several|multiple|two or more|more than an?(?: single)?"),
    ("most", rf"(?:most|(?:{_BIG}|top)(?: {_COUNT})?){_AMOUNT}"),
    ("most", rf"{_COUNT} (?:{_BIG}){_AMOUNT}"),
    ("least", rf"(?:{_SMALL})(?: {_COUNT})?{_AMOUNT}"),
    ("least", rf"{_COUNT} (?:{_SMALL}){_AMOUNT}"),
    ("sum", r"in total|total(?: (?:of|value|amount))?|altogether|in all|all together|combined|added (?:up|together)"),
    ("sum", r"adds? up(?: to)?|sum of|the sum|put together|come to"),
    ("mean", r"(?:the |on )?average|mean"),
    ("count", r"how many(?: of)?|(?:the )?number of|count(?: of)?"),
    ("much", r"how much|what (?:amount|sum)"),
    ("list", r"which(?: of)?|what|who|list|name|show(?: me)?|give me|tell me"),
    ("list", r"(?:a |the )?(?:full |complete )?list of"),
    ("compare", r"compare[ds]?|comparison of"),
    ("more", rf"more|bigger|larger|higher|(?:a )?greater{_AMOUNT}"),
    ("less", r"less|fewer|smaller|lower"),
    ("than", r"than|versus|vs|against|compared (?:to|with)"),
    ("or", r"or"),
    ("every", r"every(?: one of)?|each(?: of)?|all(?: of)?"),
    ("any", r"any(?: of)?|at all|some"),
    ("no", r"no|not|without|lacks?|lacking|missing|other than|except|(?:anything|something) (?:other than|but)"),
    ("known", r"known(?: of)?|held|seen|found|recorded"),
    ("unknown", r"unknown|not (?:known|held|seen|found|recorded)"),
    ("there", r"there"),
    ("duty", r"(?:have|has|had) (?:got )?to"),
    ("date", rf"(?:(?P<when>in|during|after|since|from|before) )?(?P<date>(?:{_MONTH} )?20\d\d)"),
    ("aux", r"is|are|was|were|do|does|did|has|have|had"),
    ("word", r"a|an|the|of|in|for|from|by|at|to|across|among|amongst|within|under|between|that|with|having|been|be"),
    ("word", r"and|get|gets|got|getting|but|its|their|own|now|today|currently|at the moment|at present|so far|yet"),
    ("word", r"still|already|please|one|as|right now|in (?:it|them|there)|something|anything|them|these|those|ever"),
    ("word", r"only|also|such|out|the country|nationally|(?:can|could|would) you|i (?:need|want)|to know|know|exist"),
    ("word", r"covered"),
    ("word", r"(?:that )?(?:you|we) (?:know of|know about|know|have|hold)|in (?:your|the) records|on record"),
    ("word", r"you(?:'ve| have)? got"),
)  # fmt: skip
_NOT = re.compile(r"\b(do|does|did|is|are|was|were|has|have|had)n['’]?t\b")
_OWNER = re.compile(r"(?<=\w)'s\b|(?<=s)'(?=\s)")
_PUNCTUATION = re.compile(r"[?.!,;:()\"“”]+(?=\s|$)|(?<=\s)[(\"“”]|[?!,;:()\"“”]")
PLACE = "\x01"  # stands for a place in the text to be read; so many of them, so many places


@dataclass(frozen=True, slots=True)
class Item:
    """One thing that the words of a question mean. `number` belongs to a test, `place` counts the places."""

    sort: str  # rows | column | place | one of the forms
    words: str = ""
    column: Column | None = None
    kind: ValueKind | None = None
    number: float = 0.0
    money: bool = False
    place: int = -1
    when: str = ""  # of a date: the word before it, and the date as the facts write it
    date: str = ""
    joined: bool = False  # a noun for a column that is no number, right behind the item before it


def lex(text: str, table: Table) -> list[Item] | None:
    """The items of `text`, whose places are marked; None if a word of it means nothing to the table."""
    rest = _OWNER.sub("", _NOT.sub(r"\1 not", text.lower().replace("’", "'")))
    rest = " ".join(_PUNCTUATION.sub(" ", rest).split())
    patterns, items, place, filled = _patterns(table), list[Item](), 0, True
    while rest:
        if rest[0] == PLACE:
            items.append(Item("place", place=place))
            place, rest, filled = place + 1, rest[1:].lstrip(), False
            continue
        found = _longest(rest, patterns)
        if found is None:
            return None
        match, made = found
        noun = made.column is not None and not made.column.many and not made.words.split()[0].endswith("ed")
        items.append(replace(made, joined=noun and not filled))
        filled = made.sort in ("word", "aux")
        rest = rest[match.end() :].lstrip()
    return [i for i in items if i.sort not in ("word", "aux")]


@lru_cache(maxsize=32)
def _patterns(table: Table) -> tuple[tuple[re.Pattern[str], Item], ...]:
    """What the words of a table and of form are recognised by; of two that take as much, the first is meant."""
    own: list[tuple[str, Item]] = [(table.words, Item("rows"))]
    for column in table.columns:
        own += [(kind.words, Item("column", column=column, kind=kind)) for kind in column.kinds]
        own.append((column.words, Item("column", column=column)))
    if table.beside:
        own.append((table.beside, Item("word")))
    own += [(pattern, Item(sort)) for sort, pattern in _FORMS]
    return tuple((re.compile(rf"(?:{pattern})(?![\w'&-])"), item) for pattern, item in own)


def _longest(text: str, patterns: Sequence[tuple[re.Pattern[str], Item]]) -> tuple[re.Match[str], Item] | None:
    found = [(m, item) for pattern, item in patterns if (m := pattern.match(text)) and m.end()]
    if not found:
        return None
    match, item = max(found, key=lambda f: f[0].end())
    number, money = _number(match)
    when, day = _date(match)
    return match, Item(item.sort, match[0], item.column, item.kind, number, money, when=when, date=day)


def _number(match: re.Match[str]) -> tuple[float, bool]:
    """The number in a form, and whether it is money; how many are asked for from an end counts as one too."""
    groups = match.groupdict()
    said = groups.get("n") or groups.get("count")
    if not said:
        return 1.0, False
    value = float(_NUMBERS.get(said, 0) or said.replace(",", ""))
    unit = groups.get("unit")
    return value * (_UNITS[unit] if unit else 1), bool(groups.get("pound") or unit)


def _date(match: re.Match[str]) -> tuple[str, str]:
    """The word before a date and the date as a year or a month, "2026-07"; both empty where there is none."""
    groups = match.groupdict()
    if not groups.get("date"):
        return "", ""
    *month, year = groups["date"].split()
    return groups["when"] or "in", f"{year}-{_MONTHS.index(month[0]) + 1:02d}" if month else year
