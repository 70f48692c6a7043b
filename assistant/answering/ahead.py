"""What a turn names itself before it asks: a subject set in front, a condition, something to set beside another."""

from __future__ import annotations

import re
from dataclasses import dataclass

from vectorstore.text import content_stems

_AUX = r"is|are|was|were|do|does|did|has|have|had|can|could|will|would|must|should|may"
_WH = r"who|what|which|when|where|why|how"
_IT = r"it|they|them|that|this|those|these|he|she|him|her|its|their"
_AHEAD = re.compile(
    r"^\W*(?:(?:and|but|so|then|also|ok(?:ay)?|now|as for|about|on|what about|how about"
    r"|(?:going )?back to)\b[\s,]*)*"
    r"(?P<subject>(?:(?:the|that|those|this|these|our|my|an?)\s+)?[\w'’&-]+(?:\s+[\w'’&-]+){0,5}?)"
    r"(?:\s+(?:that |which )?(?:you|we|i)(?:['’]ve| have)?(?: just)? (?:mentioned|said|named|spoke (?:of|about)"
    r"|talked about|told me about|brought up|asked about))?"
    rf"\s*(?:[,:]|\s[-–—])\s*(?P<rest>(?:(?:by|since|until|in|for|to|from|with)\s+)?(?:{_WH}|{_AUX})\b.*)$",
    re.IGNORECASE,
)
_NO_SUBJECT = re.compile(
    rf"^(?:{_WH}|{_AUX}|if|unless|once|because|since|while|although|ok|okay|thanks?|sorry|no|yes|right|well|great"
    r"|i|we|you|it|they|that|this|those|these|please|in|on|at|for|from|under|by|to|of|with|after|before)\b"
    rf"(?!\s+(?:lot|one)\b)(?!(?<=that)\s+\w|(?<=those)\s+\w|(?<=this)\s+\w|(?<=these)\s+\w)"
    rf"|\b(?:{_AUX}|am|be|got|get|said|says|say|think|thought|know|makes?|see|meant|mean)\b",
    re.IGNORECASE,
)
_POINTER = re.compile(rf"\b(?:{_IT})\b", re.IGNORECASE)
_NAMED = re.compile(r"\b(?:the|an?|our|my|your|each|every|any|which)\s+\w|(?<!^)\b[A-Z]\w")
_CONDITION = re.compile(
    r"^\W*(?:(?:and|but|so|ok(?:ay)?|then)\W+)*(?:if|when|once|where|unless|until|before|after|although|while)\s+"
    r"(?:an?|the|our|my|any|every|each|some)\s+\w[^,]*,",
    re.IGNORECASE,
)
_SAME_AS = re.compile(
    r"^(?P<first>.*?)\W*\b(?:is|are|was|were) (?:it|that|they|this|he|she|those|these) the same(?: [a-z]+){0,2}?"
    r" (?:as|in|for)(?: (?:the (?:one|ones) )?(?:for|in|at|of|with))? (?P<other>[\w'’&][^?]*?)[\s?.!]*$",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Ahead:
    """A question whose subject was named in front of it, and the question with that subject in its place."""

    subject: str
    question: str


def named_ahead(text: str) -> Ahead | None:
    """`text` with what it names in front in the place of its pronoun ("and the mayor, when was he elected?")."""
    found = _AHEAD.match(text)
    if found is None or _NO_SUBJECT.search(found["subject"]) or not content_stems(found["subject"]):
        return None
    rest = found["rest"]
    pointer = _POINTER.search(rest)
    if pointer is None or _NAMED.search(rest[: pointer.start()]):
        return None
    subject = re.sub(r"^(?:that|those|this|these)\s+", "the ", found["subject"], flags=re.IGNORECASE)
    if pointer[0].lower() in {"its", "their", "her"}:
        subject = f"{subject}’" if subject.endswith("s") else f"{subject}’s"
    return Ahead(found["subject"], f"{rest[: pointer.start()]}{subject}{rest[pointer.end() :]}")


def has_condition(text: str, pronoun_at: int) -> bool:
    """Whether a clause of `text` before its pronoun names what that stands for ("if a body leaves, can it ...")."""
    found = _CONDITION.match(text)
    return found is not None and pronoun_at >= found.end()


@dataclass(frozen=True, slots=True)
class SameAs:
    """A question whether something is the same for another: what is asked first, if anything, and the other."""

    first: str
    other: str


def same_as(text: str) -> SameAs | None:
    """What `text` asks to be told of two ("who leads it, is it the same one as for Bath?"); None for other turns."""
    found = _SAME_AS.match(text)
    if found is None or not (found["first"].strip(" ,;–-") or re.search(r"\bsame\b.*\bas\b", text, re.IGNORECASE)):
        return None
    return SameAs(found["first"].strip(" ,;:–-?"), found["other"].strip())
