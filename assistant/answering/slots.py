"""What a follow-up can put in the place of something said before: a place, a time, a numbered thing, a term."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from vectorstore.profile import CollectionProfile

PlaceReader = Callable[[str, CollectionProfile], list[str]]  # the words of a text that name places

_MONTH = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?"
    r"|nov(?:ember)?|dec(?:ember)?)"
)
_PREPOSITION = r"(?:(?:back |as )?(?:in|on|at|for|during|of|from|since|before|after|until|by|around|as of)\s+)?"
_TIME = re.compile(
    rf"\b{_PREPOSITION}(?:(?:early|late|mid|the end of|the start of|spring|summer|autumn|winter)[ -](?:of )?)?"
    rf"(?:\d{{1,2}}(?:st|nd|rd|th)?(?: of)? {_MONTH},? 20\d\d|{_MONTH},? 20\d\d|20\d\d-\d\d-\d\d"
    r"|20\d\d(?:\s*(?:-|–|/|to)\s*(?:20)?\d\d)?)\b",
    re.IGNORECASE,
)
_NOW = re.compile(
    r"\b(?:right now|now|today|at the moment|at present|currently|these days|nowadays|this year|last year|next year"
    r"|(?:one|two|three|four|five|\d) years? ago)\b",
    re.IGNORECASE,
)
_NUMBERED = re.compile(
    r"\b(stage|section|level|annex|phase|part|chapter|cycle|round|paragraph|clause|priority|year|s\.?)\s*"
    r"(?:\d{1,3}[A-Za-z]?|[A-D]|one|two|three|four|five|six)\b",
    re.IGNORECASE,
)
_TENSE = re.compile(
    r"\b(?:current|present|new|newest|latest|old|older|previous|last|first|former|earlier|original)\b", re.I
)


@dataclass(frozen=True, slots=True)
class Value:
    """One value that a text gives for a slot: its words and where they stand."""

    slot: str
    start: int
    end: int
    words: str


def values(text: str, profile: CollectionProfile, places: PlaceReader) -> list[Value]:
    """The values that `text` gives, by place in it; of overlapping ones the first kind found counts."""
    found: list[Value] = []
    for value in (*_places(text, profile, places), *_times(text), *_numbered(text), *_terms(text, profile)):
        if all(value.end <= o.start or o.end <= value.start for o in found):
            found.append(value)
    return sorted(found, key=lambda v: v.start)


def are_joined(text: str, one: Value, other: Value) -> bool:
    """Whether two values of a text stand side by side, as those of a list do."""
    return re.fullmatch(r"\W*(?:and|or|with|versus|vs|from|to)?\W*", text[one.end : other.start]) is not None


def _places(text: str, profile: CollectionProfile, places: PlaceReader) -> Iterator[Value]:
    """Places; those that stand side by side ("Ashford in Kent") are one."""
    spans: list[tuple[int, int]] = []
    for words in places(text, profile):
        found = re.search(rf"(?<!\w){re.escape(words)}(?!\w)", text, re.IGNORECASE)
        if found:
            spans.append(found.span())
    joined: list[tuple[int, int]] = []
    for start, end in sorted(set(spans)):
        if joined and re.fullmatch(r"(?:,| in| near|, in|\s*\()?\s*", text[joined[-1][1] : start]):
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        else:
            joined.append((start, end))
    yield from (Value("place", a, b, text[a:b]) for a, b in joined)


def _times(text: str) -> Iterator[Value]:
    for pattern in (_TIME, _NOW):
        yield from (Value("time", *m.span(), m[0]) for m in pattern.finditer(text))


def _numbered(text: str) -> Iterator[Value]:
    yield from (Value(m[1].lower(), *m.span(), m[0]) for m in _NUMBERED.finditer(text))


def _terms(text: str, profile: CollectionProfile) -> Iterator[Value]:
    """Terms of the collection that stand for one another, and words for which edition is meant."""
    for slot, terms in profile.alternatives.items():
        longest = sorted(terms, key=len, reverse=True)
        pattern = rf"(?<![\w-])(?:(?:an?|the)\s+)?(?:{'|'.join(re.escape(t) for t in longest)})(?!\w)"
        yield from (Value(slot, *m.span(), m[0]) for m in re.finditer(pattern, text, re.IGNORECASE))
    yield from (Value("edition", *m.span(), m[0]) for m in _TENSE.finditer(text))
