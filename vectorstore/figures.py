"""Clause numbers, sums, shares and spans of years in one spelling each, so that the keyword index matches them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

_UNITS = {
    "k": 1_000,
    "thousand": 1_000,
    "m": 1_000_000,
    "mn": 1_000_000,
    "million": 1_000_000,
    "bn": 1_000_000_000,
    "billion": 1_000_000_000,
}
_SUM = re.compile(
    r"(?P<pound>£\s?)?(?<![\w.,])(?P<number>\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?)"
    r"(?:\s?(?P<unit>k|mn?|bn|thousand|million|billion)\b)?(?P<share>\s?(?:%|per\s?cent\b))?",
    re.IGNORECASE,
)
_KINDS = {"s": "sec", "ss": "sec", "c": "cla", "p": "par", "r": "reg", "a": "art"}
_CLAUSE = re.compile(
    r"\b(?P<kind>ss?\.|s(?=\d)|sections?|para(?:graph)?s?\.?|reg(?:ulation)?s?\.?|art(?:icle)?s?\.?|clauses?|"
    r"sch(?:edule)?s?\.?)\s?(?P<number>\d+[A-Z]{0,3}(?:\.\d+)*)(?P<parts>(?:\s?\([0-9a-z]{1,4}\))*)",
    re.IGNORECASE,
)
_YEARS = re.compile(r"\b(20\d\d)\s?(?:[-–/]|to)\s?(?:20)?(\d\d)\b")
_LONG = 10_000  # a bare number from here on is as good as a sum


def exact_terms(text: str) -> tuple[str, ...]:
    """The terms that `text` names exactly, as words that the analysis of the keyword index leaves whole.

    "£3.07m", "£3.07 million" and "3,070,000" give sum_3070000; "s.4(2)(a)" and "section 4(2)(a)" give sec_4,
    sec_4_2 and sec_4_2_a, so that a question on a subsection finds its paragraphs; "5 per cent" gives share_5;
    "2026/27" and "2026 to 2027" give years_2026_27.
    """
    return tuple(dict.fromkeys((*_sums(text), *_clauses(text), *_years(text))))


def years_short(text: str) -> str:
    """`text` with each span of years as "2026-29", however it is written there ("2026 to 2029", "2026/29")."""
    return _YEARS.sub(r"\1-\2", text)


def with_exact_terms(text: str) -> str:
    """`text` with its exact terms behind it, as the keyword index takes it."""
    return " ".join((text, *exact_terms(text)))


def _sums(text: str) -> Iterator[str]:
    for found in _SUM.finditer(text):
        value = Decimal(found["number"].replace(",", ""))
        if found["share"]:
            yield f"share_{_plain(value)}"
        elif found["unit"] or found["pound"] or value >= _LONG:
            yield f"sum_{_plain(value * _UNITS[(found['unit'] or '').lower()] if found['unit'] else value)}"


def _plain(value: Decimal) -> str:
    """Digits without trailing zeros; a decimal point becomes an underscore."""
    return f"{value:f}".rstrip("0").rstrip(".").replace(".", "_") if value % 1 else str(int(value))


def _clauses(text: str) -> Iterator[str]:
    for found in _CLAUSE.finditer(text):
        word = found["kind"].lower().rstrip(".")
        kind = "sch" if word.startswith("sch") else _KINDS[word[0]]
        term = kind
        for part in (*found["number"].lower().split("."), *re.findall(r"\(([^)]+)\)", found["parts"].lower())):
            term = f"{term}_{part}"
            yield term


def _years(text: str) -> Iterator[str]:
    for first, last in _YEARS.findall(text):
        if int(last) == (int(first) + 1) % 100:
            yield f"years_{first}_{last}"
