"""What a pronoun stands for: the subject of the conversation, or the phrase of the last question that fits it."""

from __future__ import annotations

import re

from assistant.answering.carrying import BODIES, names_own_subject
from assistant.answering.follow_ups import PRONOUN
from assistant.answering.referents import indefinite, is_many, phrases, referent, subject
from assistant.answering.slots import PlaceReader, values
from vectorstore.profile import CollectionProfile
from vectorstore.text import content_stems

_DEMONSTRATIVE = re.compile(r"\b(?:that|this|those|these)\b")
_THEY = re.compile(r"\b(?:they|them|their|theirs)\b")
_THEY_ACT = re.compile(
    r"\b(?:do|does|did|have|has|had|can|could|must|should|will|would) they (?!be\b)\w", re.IGNORECASE
)
_DOERS = re.compile(
    r"^\W*who (?!is\b|are\b|was\b|were\b|do\b|does\b|did\b|can\b|could\b|must\b|should\b|will\b|would\b|has\b|had\b)",
    re.IGNORECASE,
)


def antecedent(question: str, topic: str, text: str, profile: CollectionProfile, places: PlaceReader) -> str | None:
    """What a pronoun of `text`, or what it leaves out, stands for after `question` and its `topic`.

    Personal pronouns go on with what those of the turn before stood for, as subjects of a conversation do; "that"
    and "this" point to what was said last, and so does a pronoun that differs in number from the subject. "One" is
    one of a kind, and "they" that do something are who did something before.
    """
    last = referent(question)
    found = PRONOUN.search(text)
    words = found[0].lower() if found else ""
    if words == "one":
        things = [p for p in phrases(question) if p != subject(question)]  # who acts is seldom one of what is done
        acting = topic == subject(question) and bool(things)
        return indefinite(question) or (things[-1] if acting else topic or last or None)
    chosen = _of_conversation(last, topic, words)
    if _THEY_ACT.search(text) and _DOERS.match(question):
        return None  # "who pays? can they refuse?": whoever does it, which only the whole question says
    if _THEY_ACT.search(text) and chosen and not is_many(chosen):
        return subject(question) or chosen
    area = _of_its_area(chosen, question, text, profile, places) if chosen and found else None
    if area is not None:
        return area
    if re.fullmatch(r"it|(?:.* )?(?:that|this)", words) and chosen:
        return _single(chosen, question, text, profile, places)
    return chosen


def _of_conversation(last: str | None, topic: str, words: str) -> str | None:
    if last is None or not topic:
        return last or topic or None
    if _DEMONSTRATIVE.search(words):
        return last
    if words:
        many = _THEY.search(words) is not None
        if is_many(topic) is not many and is_many(last) is many:
            return last
    return topic


def _of_its_area(
    chosen: str, question: str, text: str, profile: CollectionProfile, places: PlaceReader
) -> str | None:
    """The place of `question` instead of a fund or text, where `text` asks for something that only an area has."""
    if not (_kinds(chosen, profile, places) - {BODIES} and names_own_subject(text, profile, places)):
        return None
    return next((v.words for v in values(question, profile, places) if v.slot == "place"), None)


def _kinds(text: str, profile: CollectionProfile, places: PlaceReader) -> set[str]:
    """The kinds of the terms that `text` names."""
    return {v.slot for v in values(text, profile, places)} & set(profile.alternatives)


def _single(chosen: str, question: str, text: str, profile: CollectionProfile, places: PlaceReader) -> str:
    """`chosen`, or the phrase of `question` that "it" may rather stand for: one thing, and no mere place."""
    found = values(chosen, profile, places)
    only_place = any(v.slot == "place" and set(content_stems(chosen)) <= set(content_stems(v.words)) for v in found)
    body = BODIES in _kinds(chosen, profile, places) & _kinds(text, profile, places)  # no body leads a body
    if not (only_place or body or is_many(chosen)):
        return chosen
    for phrase in phrases(question):
        if not is_many(phrase) and _kinds(phrase, profile, places) - {BODIES}:
            return phrase
    if only_place or body:
        return chosen
    single = [p for p in phrases(question) if not is_many(p) and re.match(r"(?:the|an?|our|my|its|their)\s", p)]
    return single[0] if single else chosen
