"""A follow-up as a question that stands alone: every word of meaning in it was said by the person."""

from __future__ import annotations

import re
from dataclasses import dataclass

from assistant.answering.follow_ups import (
    PRONOUN,
    THEN,
    THERE,
    Tie,
    courtesies_off,
    linked_off,
    swap_off,
    tie,
)
from assistant.answering.parts import focus
from assistant.answering.referents import referent
from assistant.answering.slots import PlaceReader, Value, values
from vectorstore.profile import CollectionProfile

_LITTLE = re.compile(
    r"(?:\b(?:and|but|so|what|how|about|in|for|on|at|of|to|from|ok|okay|then|the|an?|also|one|ones|too|if|is|are|we"
    r"|we['’]re|i|i['’]m"
    r"|it|it['’]s|were|was|please|just|meant|mean|area|instead|only|with|same|does|that|apply|go|sorry|no|near"
    r"|around|or)\b|\W)+",
    re.IGNORECASE,
)
_LAST_TOPIC = re.compile(
    r"\b(about|on|regarding|concerning|for) (?!.*\b(?:about|regarding|concerning)\b)([^?]*)$", re.I
)
_SELF = re.compile(
    r"\b(?:we|i)(?:['’](?:re|m)| are| am| run| work| lead| own| manage| represent)\b"
    r"(?! (?:asking|wondering|looking|going|trying|not sure))[^.?!,;]{2,80}",
    re.IGNORECASE,
)
_OTHER_YEAR = re.compile(
    r"^\W*(?:and )?(?:in |for )?the (?:(year before|previous year|prior year|one before|last one)|(?:year after"
    r"|next year|following year))\b",
    re.IGNORECASE,
)
_YEARS = re.compile(r"\b(20\d\d)(?:(\s?[-–/]\s?)(?:20)?(\d\d)\b(?!-))?")
_WE = re.compile(r"\b(?:we|us|our|i|me|my|ours|mine)\b", re.IGNORECASE)
_POSSESSIVE = re.compile(r"^(?:its|their|theirs|his|hers?)$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Said:
    """What a conversation has come to: its last question standing alone, its last place, and who is asking.

    `question` is what was asked, `whole` the same with its background, which a reply to a question back completes.
    """

    question: str = ""
    whole: str = ""
    place: str = ""
    asker: str = ""


def follow(said: Said, text: str, profile: CollectionProfile, places: PlaceReader, *, reply: bool = False) -> Said:
    """What the conversation comes to with one more turn; `reply` says that the turn answers a question put back."""
    question = standalone(said, text, profile, places, reply=reply)
    named = [v.words for v in values(text, profile, places) if v.slot == "place"]
    own = _SELF.search(text)
    return Said(focus(question), question, named[0] if named else said.place, own[0].strip() if own else said.asker)


def standalone(said: Said, text: str, profile: CollectionProfile, places: PlaceReader, *, reply: bool = False) -> str:
    """`text` as a question that stands alone after what was `said`; `text` itself where it does already."""
    if not said.question:
        return text
    own = linked_off(courtesies_off(text))
    how = Tie.SWAP if reply else tie(text)
    base = said.whole if reply else said.question
    before = values(base, profile, places)
    if how is Tie.SWAP:
        return _swapped(base, before, text, profile, places, reply)
    if how is Tie.POINTS:
        made = _pointed(own, said.question, before)
    elif how is Tie.SHORT:
        about = referent(said.question) or said.question.rstrip(" ?.!")
        made = f"{own.rstrip(' ?.!')} ({about})?"
    else:
        made = courtesies_off(text)
    return _carried(made, said, before, how, profile, places)


def _swapped(
    base: str, before: list[Value], text: str, profile: CollectionProfile, places: PlaceReader, reply: bool
) -> str:
    """The question before with what the turn brings in the place of what it had."""
    brought = swap_off(courtesies_off(text)) or linked_off(courtesies_off(text)).strip(" ?.!")
    if brought is not None and re.match(r"^\W*the\b.*\bones?\W*$", brought, re.IGNORECASE):
        brought = re.sub(r"^\W*the\s+|\s+ones?\W*$", "", brought, flags=re.IGNORECASE)
    years = _OTHER_YEAR.search(brought)
    if years is not None:
        return _YEARS.sub(lambda m: _shifted(m, -1 if years[1] else 1), base)
    new = values(brought, profile, places)
    made = base.rstrip(" ?.!")
    added: list[str] = []
    for value in new:
        old = [
            v for v in before if v.slot == value.slot or (value.slot == "edition" and v.slot in ("time", "edition"))
        ]
        if not old:
            added.append(value.words)
        elif reply and value.slot == "place" and old[0].words.lower() not in value.words.lower():
            made = _replaced(made, old[0].words, f"{old[0].words} ({value.words})")
        else:
            made = _replaced(made, old[0].words, _fitting(value, old[0]))
            for other in old[1:]:
                made = _replaced(made, other.words, "")
    rest = brought
    for value in new:
        rest = rest.replace(value.words, " ")
    left = "" if _LITTLE.fullmatch(rest.strip() or " ") else brought
    if left and not new:
        topic = _LAST_TOPIC.search(made)
        if topic is not None and not values(topic[2], profile, places):
            return f"{made[: topic.start(2)]}{brought}?"
        return f"{made}: {brought}?"
    made = re.sub(r"\b(?:and|or|with)\s*$", "", " ".join([made, *(_with_preposition(a) for a in added)])).strip()
    made = " ".join(made.split())
    return f"{made}: {brought}?" if left else f"{made}?"


def _shifted(found: re.Match[str], by: int) -> str:
    """A year, or a span of two, moved by some years."""
    first = str(int(found[1]) + by)
    return f"{first}{found[2]}{(int(found[3]) + by) % 100:02d}" if found[3] else first


def _fitting(new: Value, old: Value) -> str:
    """The new words with the article or preposition that the old had and the new lack."""
    lead = re.match(
        r"^(?:an?|the|in|on|at|for|during|of|from|since|before|after|until|by|around|as of)\s+", old.words, re.I
    )
    has = re.match(
        r"^(?:an?|the|in|on|at|for|during|of|from|since|before|after|until|by|around|as of|now|today|currently)\b",
        new.words,
        re.I,
    )
    return f"{lead[0]}{new.words}" if lead and not has else new.words


def _with_preposition(words: str) -> str:
    plain = re.match(
        r"^(?:in|on|at|for|during|of|from|since|before|after|until|by|around|as of|now|today|currently)\b",
        words,
        re.I,
    )
    return words if plain else f"({words})"


def _replaced(text: str, old: str, new: str) -> str:
    found = re.search(rf"(?<!\w){re.escape(old)}(?!\w)", text)
    return f"{text[: found.start()]}{new}{text[found.end() :]}" if found else text


def _pointed(own: str, base: str, before: list[Value]) -> str:
    """`own` with its pronoun, or "there", as the thing or place of the question before."""
    about = referent(base)
    where = next((v.words for v in before if v.slot == "place"), None)
    there = THERE.search(own)
    pronoun = PRONOUN.search(own)
    if pronoun is None and there is not None and where is not None:
        return f"{own[: there.start()]}in {where}{own[there.end() :]}"
    if about is None or pronoun is None:
        return f"{own.rstrip(' ?.!')} ({about or base.rstrip(' ?.!')})?"
    words = pronoun[0]
    kept = re.match(r"^(about|of|for|after|before|with|is|was|does|did|why|since|on|do|to|by|in|from) ", words, re.I)
    rest = own[pronoun.end() :]
    if re.match(r"^the (?!same|other|old|new|current|latest|previous|last|first)\w+ ones?$", words, re.I):
        return f"{own.rstrip(' ?.!')} ({about})?"  # "the farming one": one of what was spoken of
    if re.match(r"^(?:this|those|these) ?$", words, re.I) and re.match(r"^\s?\w", rest) and not kept:
        return f"{own.rstrip(' ?.!')} ({about})?"  # "those areas": the noun is there
    if _POSSESSIVE.match(words):
        about = f"{about}’s" if not about.endswith("s") else f"{about}’"
    made = f"{own[: pronoun.start()]}{kept[1] + ' ' if kept else ''}{about}{rest}"
    return made[:1].upper() + made[1:]


def _carried(
    made: str, said: Said, before: list[Value], how: Tie, profile: CollectionProfile, places: PlaceReader
) -> str:
    """`made` with the place, the time and the asker's own words that it leaves unsaid and hangs on."""
    now = {v.slot for v in values(made, profile, places)}
    tied = how is not Tie.NONE
    added: list[str] = []
    of_own_area = bool(profile.carries_area and re.search(profile.carries_area, made, re.IGNORECASE)) or bool(
        profile.own_area and re.search(profile.own_area, made, re.IGNORECASE)
    )
    old_place = next((v.words for v in before if v.slot == "place"), "")
    if "place" not in now and (tied and old_place):
        added.append(old_place)
    elif "place" not in now and of_own_area and said.place:
        added.append(said.place)
    old_time = next((v.words for v in before if v.slot == "time"), "")
    if "time" not in now and old_time and (tied or THEN.search(made)):
        added.append(old_time)
    if said.asker and _WE.search(made) and not _SELF.search(made) and said.asker.lower() not in made.lower():
        added.append(said.asker)
    if not added:
        return made
    made = linked_off(made)
    return f"{made[:1].upper()}{made[1:].rstrip(' ?.!')} ({'; '.join(added)})?"
