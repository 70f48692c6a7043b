"""What a pronoun stands for: the subject of the conversation, or the phrase of the last question that fits it."""

from __future__ import annotations

import re

from assistant.answering.carrying import BODIES, names_own_subject
from assistant.answering.follow_ups import PRONOUN
from assistant.answering.pointing import PERSON
from assistant.answering.referents import gist, indefinite, is_many, phrases, referent, subject
from assistant.answering.slots import PlaceReader, Value, values
from vectorstore.profile import CollectionProfile
from vectorstore.text import content_stems

_DEMONSTRATIVE = re.compile(r"\b(?:that|this|those|these)\b")
_THEY = re.compile(r"\b(?:they|them|their|theirs)\b")
_THEY_ACT = re.compile(
    r"\b(?:do|does|did|have|has|had|can|could|must|should|will|would) they (?!be\b)\w", re.IGNORECASE
)
_DO_THAT = re.compile(
    r"\b(?:do|does|did|done|doing) (?:that|this|it)\b"
    r"(?=\W*$| (?:before|after|without|for|in|at|on|by|now|then|too|instead|every|when|if|until|again)\b)",
    re.IGNORECASE,
)
_THE_SAME = re.compile(r"\b(?:that|this|it) (?:be |still |always |also )?the same\b", re.IGNORECASE)
_HOW_MUCH = re.compile(
    r"^\W*(?:and |so |but )*(?:how (?:long|many|big|large|far|old|high|often)|what (?:share|size|length))\b", re.I
)
_DOES_THAT = re.compile(
    r"^\W*(?:and |so |but )*(?:is|was|does|did|do|are|were|has|would|will|can|could) (?:that|this|those|these)\b"
    r"(?! (?:fund|plan|area|body|one|ones|report|notice|guidance|law|act)\b)",
    re.IGNORECASE,
)
_OF_ONE = re.compile(r"\b(?:of|in|for|from|under|on) ((?:the|an?|our|my|its|their) .+)$", re.IGNORECASE)
_MANY_DO = re.compile(
    r"\b(?:do|have|are|were|don['’]t|haven['’]t|aren['’]t) they\b|\bthey(?:['’]re|['’]ve| are| have| do)\b", re.I
)
_DOERS = re.compile(
    r"^\W*who (?!is\b|are\b|was\b|were\b|do\b|does\b|did\b|has\b|had\b"
    r"|(?:can|could|must|should|will|would) (?:we|i|you|they|an?|the|our|my)\b)",
    re.IGNORECASE,
)


def antecedent(question: str, topic: str, text: str, profile: CollectionProfile, places: PlaceReader) -> str | None:
    """What a pronoun of `text`, or what it leaves out, stands for after `question` and its `topic`.

    Personal pronouns go on with what those of the turn before stood for, as subjects of a conversation do; "that"
    and "this" point to what was said last, and so does a pronoun that differs in number from the subject. "One" is
    one of a kind, and "they" that do something are who did something before. None where no one phrase says it: "so",
    or a body of a kind of which the question says more than that phrase does.
    """
    found = PRONOUN.search(text)
    words = found[0].lower() if found else ""
    if words == "so" or _DO_THAT.search(text) or _THE_SAME.search(text) or means_figure(text, question):
        return None  # what was done or how much it is, not who or what
    chosen = _phrase(question, topic, text, words, profile, places)
    return None if chosen and _is_any_body(chosen, question, profile, places) else chosen


def means_figure(text: str, question: str) -> bool:
    """Whether "that" of `text` is how long or how many, which `question` asked ("does that include the annexes?")."""
    return _HOW_MUCH.match(question) is not None and _DOES_THAT.match(text) is not None


def _phrase(
    question: str, topic: str, text: str, words: str, profile: CollectionProfile, places: PlaceReader
) -> str | None:
    """The phrase that the pronoun `words` of `text` stands for."""
    known = values(question, profile, places)
    last = referent(question, known)
    if words == "one":
        things = [
            p for p in phrases(question, known) if p != subject(question)
        ]  # who acts is seldom one of what is done
        acting = topic == subject(question) and bool(things)
        return indefinite(question, known) or (things[-1] if acting else topic or last or None)
    chosen = _of_conversation(last, topic, words)
    if words in PERSON:
        return subject(question) or chosen
    if _THEY_ACT.search(text) and _DOERS.match(question):
        return None  # "who pays? can they refuse?": whoever does it, which only the whole question says
    if _THEY_ACT.search(text) and chosen and not is_many(chosen):
        return subject(question) or chosen
    area = _of_its_area(chosen, question, text, profile, places) if chosen and words else None
    if area is not None:
        return area
    if re.fullmatch(r"it|(?:.* )?(?:that|this)", words) and chosen:
        return _single(chosen, question, text, profile, places)
    return chosen


def agrees(text: str, about: str, profile: CollectionProfile, places: PlaceReader) -> bool:
    """Whether `about` can stand in the place of the pronoun of `text`, by its number."""
    found = PRONOUN.search(text)
    if found is None:
        return True
    if _THEY.search(found[0].lower()) and _MANY_DO.search(text):
        return is_many(about)
    one = re.fullmatch(r"it|(?:.* )?(?:that|this)", found[0].lower())
    return one is None or not _are_many(about, values(about, profile, places))


def _are_many(about: str, found: list[Value]) -> bool:
    """Whether `about` is several things, a place being one whatever its name ("Kent and Medway")."""
    for value in found:
        if value.slot == "place":
            about = about.replace(value.words, "it")
    return is_many(about)


def _is_any_body(chosen: str, question: str, profile: CollectionProfile, places: PlaceReader) -> bool:
    """Whether `chosen` is only some body of a kind, of which `question` says what it does or what befalls it."""
    bodies = {s for v in values(chosen, profile, places) if v.slot == BODIES for s in content_stems(v.words)}
    own = set(content_stems(chosen))
    return bool(bodies) and own <= bodies and chosen in question and bool(set(content_stems(gist(question))) - own)


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
    of = _OF_ONE.search(chosen)
    if of is not None and not _are_many(of[1], found) and of[1] not in [v.words for v in found]:
        return of[1]  # "what are the sectors of the plan? when was it approved?"
    return single[0] if single else chosen
