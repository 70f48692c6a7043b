"""What a follow-up leaves unsaid and hangs on: the place, the time, the fund or text, and who is asking."""

from __future__ import annotations

import re

from assistant.answering.follow_ups import THEN, Tie, linked_off
from assistant.answering.slots import PlaceReader, Value, values
from vectorstore.profile import CollectionProfile

SELF = re.compile(
    r"\b(?:we|i)(?:['’](?:re|m)| are| am| run| work| lead| own| manage| represent)\b"
    r"(?! (?:asking|wondering|looking|going|trying|not sure))[^.?!,;]{2,80}",
    re.IGNORECASE,
)
_WE = re.compile(r"\b(?:we|us|our|i|me|my|ours|mine)\b", re.IGNORECASE)
_MEMBER = re.compile(  # "I'm in the press team at a college in Bath": the college asks
    r"^(?:we|i)(?:['’](?:re|m)| are| am| work) (?:in|at|for|with|on|part of)\b.*?\b(?P<body>an? \w.*)$", re.IGNORECASE
)
BODIES = "who"  # the kind of terms that name who acts, of which each question has its own
_REACHES = re.compile(r"\b(?:includ(?:e[sd]?|ing)|inc|cover(?:s|ed)?|contain(?:s|ed)?|part of|counts?)\b", re.I)
_ARTICLE = re.compile(r"^(?:the|an?|in|for|of|on|from|under)\s+", re.IGNORECASE)
_OWN_BODIES = re.compile(  # "which councils does it cover?", other than "which college led it?"
    r"^\W*(?:which|what|how many)\s+(?!(?:is|are|was|were|do|does|did)\b)(?:[\w'’-]+\s+){1,3}(?:is|are|do|does)\b",
    re.IGNORECASE,
)


def asker(text: str) -> str:
    """What `text` says of who is asking; empty if it says nothing."""
    own = SELF.search(text)
    if own is None:
        return ""
    member = _MEMBER.match(own[0].strip())
    return member["body"] if member else own[0].strip()


def with_asker(made: str, asking: str) -> str:
    """`made` with who asks behind it, where it speaks of "us" without saying who that is."""
    if not asking or not _WE.search(made) or SELF.search(made) or asking.lower() in made.lower():
        return made
    made = linked_off(made)
    return f"{made[:1].upper()}{made[1:].rstrip(' ?.!')} ({asking})?"


def names_own_subject(own: str, profile: CollectionProfile, places: PlaceReader) -> bool:
    """Whether `own` asks about a thing of the area, or which bodies: no longer about what was spoken of."""
    of_area = bool(profile.carries_area and re.search(profile.carries_area, own, re.IGNORECASE))
    if of_area and not (profile.awards and re.search(profile.awards, own, re.IGNORECASE)):
        return True
    return bool(_OWN_BODIES.match(own)) and any(v.slot == BODIES for v in values(own, profile, places))


def is_part(made: str, before: list[Value], now: set[str], profile: CollectionProfile) -> bool:
    """Whether `made` asks about what belongs to a term of the last question and names no other of its kind."""
    said = {v.slot for v in before} - now
    return any(kind in said and re.search(pattern, made, re.IGNORECASE) for kind, pattern in profile.parts.items())


def terms_along(
    own: str, made: str, before: list[Value], profile: CollectionProfile, places: PlaceReader
) -> list[str]:
    """The terms of the last question, such as its fund or its text, that `made` hangs on and does not name.

    A term of another kind in the person's own words `own` is a new subject, with which those of before end.
    """
    kinds = set(profile.alternatives) - {BODIES}
    now = {v.slot for v in values(made, profile, places)}
    if names_own_subject(own, profile, places) or kinds & {v.slot for v in values(own, profile, places)}:
        return []
    first: dict[str, str] = {}
    for value, previous in zip(before, [None, *before], strict=False):
        if value.slot in kinds - now:
            which = f"{previous.words} " if previous and _is_edition_of(previous, value) else ""
            first.setdefault(value.slot, f"{which}{_ARTICLE.sub('', value.words)}")
    return [words for words in first.values() if words.lower() not in made.lower()]


def _is_edition_of(one: Value, term: Value) -> bool:
    """Whether a word for an edition stands right before a term ("the new guidance")."""
    return one.slot == "edition" and term.start - one.end == 1


def carried(
    made: str,
    own: str,
    before: list[Value],
    how: Tie,
    profile: CollectionProfile,
    places: PlaceReader,
    *,
    place: str = "",
    background: str = "",
) -> str:
    """`made` of the turn `own`, with what it leaves unsaid and hangs on.

    `place` is the last place of the conversation, `background` the last question with its own.
    """
    now = {v.slot for v in values(made, profile, places)}
    tied = how is not Tie.NONE or is_part(made, before, now, profile)
    added: list[str] = []
    of_own_area = bool(profile.carries_area and re.search(profile.carries_area, made, re.IGNORECASE)) or bool(
        profile.own_area and re.search(profile.own_area, made, re.IGNORECASE)
    )
    old_place = next((v.words for v in (*before, *values(background, profile, places)) if v.slot == "place"), "")
    within = _REACHES.search(own) is not None and old_place.lower() not in made.lower()  # a place in the old one
    if ("place" not in now or within) and tied and old_place:
        added.append(re.sub(r"['’]s$", "", old_place))
    elif "place" not in now and of_own_area and place:
        added.append(place)
    if tied:
        added.extend(terms_along(own, made, before, profile, places))
    old_time = next((v.words for v in before if v.slot == "time"), "")
    if "time" not in now and old_time and (tied or THEN.search(made)):
        added.append(old_time)
    if not added:
        return made
    made = linked_off(made)
    return f"{made[:1].upper()}{made[1:].rstrip(' ?.!')} ({'; '.join(added)})?"
