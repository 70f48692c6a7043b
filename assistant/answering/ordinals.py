"""The one of a list that a question asks for by its number ("what's number 2?"), and whether what is said has it."""

from __future__ import annotations

import re
from collections.abc import Sequence

_I = re.IGNORECASE
_ORDINALS = {
    word: n
    for n, word in enumerate("first second third fourth fifth sixth seventh eighth ninth tenth".split(), start=1)
}
_CARDINALS = {word: n for n, word in enumerate("one two three four five six seven eight nine ten".split(), start=1)}
_NTH = rf"(?P<nth>{'|'.join(_ORDINALS)}|\d{{1,2}}(?:st|nd|rd|th))"
_COUNT = rf"(?P<count>\d{{1,2}}|{'|'.join(_CARDINALS)})"
_MEMBER = r"(?:priority|change|aim|point|ground|condition|objective|theme|test|goal|step|criterion|rule)"
_ASKED = (
    re.compile(
        rf"\bwhat(?:['’]?s| is| was| were| does)? (?:about )?(?:the )?(?:number |no\. ?|# ?){_COUNT}\b(?!['’-]|\d)"
        rf"|(?:\bnumber |\bno\. ?|# ?)(?P<alone>\d{{1,2}}|{'|'.join(_CARDINALS)})\W*$",
        _I,
    ),
    re.compile(
        rf"\bwhat(?:['’]?s| is| was| were)? (?:the |its |their |our )?{_NTH} (?:main )?(?:one|{_MEMBER})\b", _I
    ),
    re.compile(rf"\b(?:what|which)\b.{{0,40}}\b{_MEMBER} (?:number |no\. ?)?{_COUNT}\b(?!\d|-)", _I),
)
_NUMBERED = re.compile(rf"\b{_MEMBER}s? (?:number )?[A-Z]?(?:\d{{1,2}}|{'|'.join(_CARDINALS)})\b", _I)


def number_asked_for(question: str) -> int:
    """The place in a list that `question` asks for; 0 for most."""
    for pattern in _ASKED:
        found = pattern.search(question)
        if found:
            return next(_number(g) for g in found.groupdict().values() if g)
    return 0


def number_lacking(question: str, said: Sequence[str]) -> int:
    """The place asked for, where `said` numbers others and not that one, or has too few to hold it; else 0."""
    wanted = number_asked_for(question)
    if not wanted:
        return 0
    text = " ".join(said)
    ordinals = "|".join(w for w, n in _ORDINALS.items() if n == wanted)
    numbers = "|".join([str(wanted), *(w for w, n in _CARDINALS.items() if n == wanted)])
    told = re.search(
        rf"\b(?:{ordinals or 'nth'}|{wanted}(?:st|nd|rd|th))\b"
        rf"|\b(?:{_MEMBER}s?|number|no\.?) [A-Z]?(?:{numbers})\b"
        rf"|\({wanted}\)|(?:^|[;:,] ){wanted}[.)] ",
        text,
        _I,
    )
    if told:
        return 0
    enough = len(said) + text.count(";") + text.count(",") >= wanted
    return 0 if enough and not _NUMBERED.search(text) else wanted


def _number(word: str) -> int:
    word = word.lower()
    digits = re.match(r"\d+", word)
    return int(digits[0]) if digits else _ORDINALS.get(word) or _CARDINALS[word]
