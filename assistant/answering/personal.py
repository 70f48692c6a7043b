"""Personal data in what people type: noticed by shapes that check out, or by words that say what a number is.

Numbers of this field look alike: UKPRNs, company numbers, sums and years must pass. So a run of digits alone is
personal only if a check digit or the plan of telephone numbers says so; else the words before it must.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

_EMAIL = re.compile(r"\b[\w.+-]+@[\w-]+\.[\w.]+\b")
# The last letter stands apart only where the digits do or it is a capital: "company SC123456 a" is none.
_NINO = re.compile(
    r"\b(?!BG|GB|NK|KN|TN|NT|ZZ)[A-CEGHJ-PR-TW-Z][A-CEGHJ-NPR-TW-Z][ -]?"
    r"(?:\d{6}[ -]?(?-i:[A-D])|\d{6}[A-D]|\d{2}([ -])\d{2}\1\d{2}[ -]?[A-D])\b",
    re.IGNORECASE,
)
_CARD = re.compile(
    r"(?<![\d-])(?:(?:[3-6]\d{3}|2[2-7]\d\d)[ -]?(?:\d{4}[ -]?){2}\d{4}|3[47]\d{2}[ -]?\d{6}[ -]?\d{5})(?![\d-])"
)
_IBAN = re.compile(r"\b[A-Z]{2}\d{2}(?:[ ]?[A-Z0-9]{4}){2,7}(?:[ ]?[A-Z0-9]{1,4})?\b", re.IGNORECASE)
# Mobile and personal numbers are a person's; a number of a house or office is, if the words say whose it is.
_MOBILE = re.compile(r"(?<![\w£$€.,/+-])(?:\+44|0044)?[ -]?(?:\(0\)[ -]?|0)?7[1-9](?:[ .-]?\d){8}(?![\d/])")
_ABROAD = re.compile(
    r"(?<![\w£$€.,/+-])(?:\+|00)[1-9]\d{0,2}[ .-]?(?:\(0\)[ .-]?)?\(?\d{1,4}\)?(?:[ .-]?\d){6,9}(?![\d/])"
)
_HOUSE = r"\(?0[1238]\d{1,4}\)?(?:[ .-]?\d){5,9}"
_WHOSE_PHONE = re.compile(
    r"\b(?:my|his|her|their|our|your|me|us|him|them|i am|i'm) (?:\w+ ){0,3}?(?:on|at|number|no\.?|phone|telephone|"
    rf"tel|landline|line|mobile|is)\b[\s:,.]*(?:number|no\.?|is|on|at)?[\s:,.]*(?:is\s+)?{_HOUSE}(?![\d/])"
    rf"|\b(?:tel(?:ephone)?|phone|mobile|mob|landline|fax)\b(?: number| no)?\.?\s*(?::|is|=)?\s*{_HOUSE}(?![\d/])",
    re.IGNORECASE,
)
_NAMED: tuple[tuple[str, re.Pattern[str]], ...] = tuple(
    (kind, re.compile(pattern, re.IGNORECASE))
    for kind, pattern in (
        (
            "a passport number",
            r"\bpassport\b[^.?\d]{0,30}\b(?:\d{9}|[A-Z]{1,2}\d{6,7})\b|\b(?:\d{9}|[A-Z]{2}\d{7})\b[^.?\d]{0,15}\bpassport\b",
        ),
        ("bank details", r"\bsort ?code\b[^.?\d]{0,20}\d{2}[ -]?\d{2}[ -]?\d{2}\b"),
        ("bank details", r"\b(?:bank )?account (?:number|no)\b[^?\d]{0,15}\d{8}\b"),
        ("an NHS number", r"\bNHS (?:number|no)\b[^?\d]{0,15}\d{3}[ -]?\d{3}[ -]?\d{4}\b"),
        ("a learner number", r"\b(?:ULN|unique learner number|learner number)\b[^?\d]{0,15}\d{10}\b"),
        (
            "a date of birth",
            r"\b(?:d\.?o\.?b\b\.?|date of birth|born on)[^?\d]{0,15}"
            r"(?:\d{1,2}[/.-]\d{1,2}[/.-](?:19|20)?\d{2}|\d{1,2}(?:st|nd|rd|th)? [a-z]{3,9} (?:19|20)\d{2})",
        ),
        ("a driving licence number", r"\b[A-Z9]{5}\d[0156]\d[0-3]\d\d[A-Z9]{2}\d[A-Z]{2}\b"),
    )
)


@dataclass(frozen=True, slots=True)
class _Shape:
    """What a kind looks like, and the check that a match must pass."""

    kind: str
    pattern: re.Pattern[str]
    holds: Callable[[str], bool] = lambda _: True


def _digits(text: str) -> str:
    return "".join(c for c in text if c.isdigit())


def _luhn(number: str) -> bool:
    """Whether the check digit of a card number is right."""
    digits = [int(c) for c in _digits(number)][::-1]
    doubled = (d * 2 - 9 * (d > 4) for d in digits[1::2])
    return (sum(digits[::2]) + sum(doubled)) % 10 == 0


def _iban(number: str) -> bool:
    """Whether the check digits of an account number are right (ISO 13616)."""
    plain = number.replace(" ", "").upper()
    if not (plain.isascii() and 15 <= len(plain) <= 34):
        return False
    return int("".join(str(int(c, 36)) for c in plain[4:] + plain[:4])) % 97 == 1


def _telephone(number: str) -> bool:
    """Whether a mobile number has as many digits as the plan of numbers gives it."""
    plain = re.sub(r"^(?:0044|44)", "", _digits(number)).lstrip("0")
    return len(plain) == 10 and (number.lstrip(" -").startswith(("+", "0")))


_SHAPES = (
    _Shape("an e-mail address", _EMAIL),
    _Shape("a National Insurance number", _NINO),
    _Shape("a card number", _CARD, _luhn),
    _Shape("a bank account number", _IBAN, _iban),
    _Shape("a phone number", _MOBILE, _telephone),
    _Shape("a phone number", _ABROAD),
    _Shape("a phone number", _WHOSE_PHONE),
    *(_Shape(kind, pattern) for kind, pattern in _NAMED),
)


def personal_data(text: str) -> str | None:
    """The kind of personal data that `text` seems to hold, or None."""
    for shape in _SHAPES:
        if any(shape.holds(m[0]) for m in shape.pattern.finditer(text)):
            return shape.kind
    return None
