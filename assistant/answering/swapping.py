"""A turn that brings another value for something of the question before: the question with it in its place."""

from __future__ import annotations

import re
from itertools import pairwise

from assistant.answering.carrying import SELF
from assistant.answering.ellipsis import of_another, of_clause
from assistant.answering.follow_ups import COUNTING, courtesies_off, linked_off, swap_off
from assistant.answering.referents import is_many
from assistant.answering.slots import PlaceReader, Value, are_joined, values
from vectorstore.profile import CollectionProfile
from vectorstore.text import content_stems

_ARTICLE = re.compile(r"^(?:the|an?)\s+", re.IGNORECASE)
_LITTLE = re.compile(
    r"(?:\b(?:and|but|so|what|how|about|in|for|on|at|of|to|from|ok|okay|then|the|an?|also|one|ones|too|if|is|are|we"
    r"|we['’]re|i|i['’]m"
    r"|it|it['’]s|were|was|please|just|meant|mean|area|instead|only|with|same|does|that|apply|go|sorry|no|near"
    r"|around|or)\b|\W)+",
    re.IGNORECASE,
)
_THE_ONE_ON = re.compile(  # "Stratford! the one on avon"
    r"(?<=\w)\W+(?:(?:i mean|that is|namely)\W+)?(?:the )?one (?=(?:on|upon|in|under|near|by)\b)", re.IGNORECASE
)
_PARENTHESES = re.compile(r"(?:\s+\([^()]*\))+$")
_LAST_TOPIC = re.compile(
    r"\b(about|on|regarding|concerning|for) (?!.*\b(?:about|regarding|concerning)\b)([^?]*)$", re.I
)
_OTHER_YEAR = re.compile(
    r"^\W*(?:and )?(?:in |for )?the (?:(year before|previous year|prior year|one before|last one)|(?:year after"
    r"|next year|following year))\b",
    re.IGNORECASE,
)
_ORDINALS = ("first", "second", "third", "fourth", "fifth", "sixth")
_NUMBERED_THINGS = r"(?:stage|section|level|annex|phase|part|chapter|cycle|round|paragraph|clause|priority|year)\b"
_CARDINALS = ("one", "two", "three", "four", "five", "six")
_NTH = rf"(?:{'|'.join(_ORDINALS)})"
_ONLY_NTH = re.compile(
    rf"^\W*(?:in |for |of |during )?(?:the|its) (?P<nth>{_NTH})(?: (?P<thing>\w+))?\W*$", re.IGNORECASE
)
_YEARS = re.compile(r"\b(20\d\d)(?:(\s?[-–/]\s?)(?:20)?(\d\d)\b(?!-))?")
_WHEN_ELSE = re.compile(
    r"(?:before|after|since|until|previously|originally|at first|initially|earlier|in the past)", re.I
)


def swapped(
    base: str, before: list[Value], text: str, profile: CollectionProfile, places: PlaceReader, *, reply: bool = False
) -> str:
    """The question before with what the turn brings in the place of what it had."""
    brought = swap_off(courtesies_off(text)) or linked_off(courtesies_off(text)).strip(" ?.!")
    if brought is not None and re.match(r"^\W*the\b.*\bones?\W*$", brought, re.IGNORECASE):
        brought = re.sub(r"^\W*the\s+|\s+ones?\W*$", "", brought, flags=re.IGNORECASE)
    brought = _THE_ONE_ON.sub(" ", brought)
    years = _OTHER_YEAR.search(brought)
    if years is not None:
        moved = _YEARS.sub(lambda m: _shifted(m, -1 if years[1] else 1), base)
        return moved if moved != base else f"{base.rstrip(' ?.!')} ({years[0].strip()})?"
    numbered = of_clause(brought, base) or _of_nth(brought, base)
    if numbered is not None:
        return numbered
    new = named = values(brought, profile, places)
    made = base.rstrip(" ?.!")
    added: list[str] = []
    if any(v.slot == "time" for v in new) and not any(v.slot == "edition" for v in before):
        new = [v for v in new if v.slot != "edition"]  # "the old one, 2023": the year says which is meant
    for value in new:
        old = [
            v for v in before if v.slot == value.slot or (value.slot == "edition" and v.slot in ("time", "edition"))
        ]
        if not old:
            added.append(value.words)
        elif reply and value.slot == "place" and old[0].words.lower() not in value.words.lower():
            made = replaced(made, old[0].words, f"{old[0].words} ({value.words})")
        else:
            if value.slot == "edition" and re.match(r"(?:in|for|of|from|since)\s", old[0].words, re.IGNORECASE):
                # "in 2023" is no place for "new", as that of "the 2023 plan" is
                made, added = without(made, old[0].words), [*added, value.words]
                continue
            beside = [o for one, o in pairwise(old) if are_joined(base, one, o)]
            bare = re.search(r"\b(?:how much|how many|which|what)\s$", base[: old[0].start], re.IGNORECASE)
            words = _fitting(value, old[0])
            made = replaced(made, old[0].words, _ARTICLE.sub("", words) if bare else words)
            for other in beside:
                made = replaced(made, other.words, "")
    if not new or not any(v.slot == o.slot for v in new for o in before):
        another = of_another(brought, base)
        if another is not None:
            return another
    rest = brought
    for value in named:
        rest = re.sub(rf"{re.escape(value.words)}(?:['’]s)?", " ", rest)
    if _WHEN_ELSE.fullmatch(brought):
        return f"{re.sub(rf' {_WHEN_ELSE.pattern}$', '', made, flags=re.IGNORECASE)} {brought}?"
    left = "" if _LITTLE.fullmatch(rest.strip() or " ") else brought
    if left and not new:
        added_before = _PARENTHESES.search(made)
        head, tail = (made[: added_before.start()], added_before[0]) if added_before else (made, "")
        counted = _beside(head, tail, brought, profile, places)
        if counted is not None:
            return counted
        topic = _LAST_TOPIC.search(head)
        if topic is not None and not values(topic[2], profile, places):
            words = re.sub(rf"^{topic[1]}\s+", "", brought, flags=re.IGNORECASE)
            return f"{head[: topic.start(2)]}{words}{tail}?"
        return f"{made}: {brought}?"
    made = re.sub(r"\b(?:and|or|with)\s*$", "", " ".join([made, *(_with_preposition(a) for a in added)])).strip()
    made = re.sub(r"\b(?:my|our|your|their|its) (?=(?:the|an?) )", "", " ".join(made.split()))
    return f"{made}: {brought}?" if left else f"{made}?"


def without(text: str, words: str) -> str:
    """`text` without some words and the preposition or the comma that ties them to the rest."""
    return re.sub(
        rf"\s*(?:\b(?:and|or|in|for|of|with|from|to)\s+|,\s*)?(?<!\w){re.escape(words)}(?:['’]s)?(?!\w)", "", text
    ).strip()


def less_named(about: str, own: str, profile: CollectionProfile, places: PlaceReader) -> str:
    """`about` without the place, the time and the terms in it of which `own` names another."""
    new = {v.slot for v in values(own, profile, places)}
    for value in values(about, profile, places):
        if value.slot in new:
            about = without(about, value.words)
    return about


def _beside(head: str, tail: str, brought: str, profile: CollectionProfile, places: PlaceReader) -> str | None:
    """A short question with what it is of, which stands behind it, replaced: "how many are needed (plumbers)"."""
    if len(set(content_stems(head)) - COUNTING) > 1:
        return None
    for item in re.finditer(r"\(([^()]+)\)", tail):
        if not values(item[1], profile, places) and not SELF.search(item[1]):
            return f"{head}{tail[: item.start(1)]}{brought}{tail[item.end(1) :]}?"
    return None


def _of_nth(brought: str, base: str) -> str | None:
    """`base` with the number of a year, stage or the like that `brought` alone gives ("and the second?")."""
    found = _ONLY_NTH.match(brought)
    if found is None:
        return None
    nth, thing = found["nth"].lower(), (found["thing"] or "").lower()
    thing = rf"{re.escape(thing)}\b" if thing not in ("", "one") else r"[a-z]\w+"
    place = _ORDINALS.index(nth)
    ordinal = re.search(rf"\b(?:the|its|their) (?P<nth>{_NTH}) (?={thing})", base, re.IGNORECASE)
    if ordinal is not None:
        return f"{base[: ordinal.start('nth')]}{nth}{base[ordinal.end('nth') :].rstrip(' ?.!')}?"
    named = re.search(rf"\b{thing} (?P<n>{'|'.join(_CARDINALS)}|[1-6])\b(?! (?:of|or|and)\b)", base, re.IGNORECASE)
    if named is None or not re.match(_NUMBERED_THINGS, named[0], re.IGNORECASE):
        return None
    word = str(place + 1) if named["n"].isdigit() else _CARDINALS[place]
    return f"{base[: named.start('n')]}{word}{base[named.end('n') :].rstrip(' ?.!')}?"


def _shifted(found: re.Match[str], by: int) -> str:
    """A year, or a span of two, moved by some years."""
    first = str(int(found[1]) + by)
    return f"{first}{found[2]}{(int(found[3]) + by) % 100:02d}" if found[3] else first


def _fitting(new: Value, old: Value) -> str:
    """The new words with the article or preposition that the old had and the new lack, and no other ending."""
    words = new.words
    ending = re.search(r"['’]s?$", old.words)
    words = re.sub(r"['’]s?$", "", words) + (ending[0] if ending else "")
    lead = re.match(
        r"^(?:an?|the|in|on|at|for|during|of|from|since|before|after|until|by|around|as of)\s+", old.words, re.I
    )
    has = re.match(
        r"^(?:an?|the|in|on|at|for|during|of|from|since|before|after|until|by|around|as of|now|today|currently)\b",
        new.words,
        re.I,
    )
    single = lead is not None and re.match(r"(?:an?)\s", lead[0], re.IGNORECASE) is not None
    if lead is None or has or (single and is_many(new.words)):
        return words
    return f"{lead[0]}{words}"


def _with_preposition(words: str) -> str:
    plain = re.match(
        r"^(?:in|on|at|for|during|of|from|since|before|after|until|by|around|as of|now|today|currently)\b",
        words,
        re.I,
    )
    if re.fullmatch(r"20\d\d", words):
        return f"in {words}"
    return words if plain else f"({words})"


def replaced(text: str, old: str, new: str) -> str:
    found = re.search(rf"(?<!\w){re.escape(old)}(?!\w)", text)
    return f"{text[: found.start()]}{new}{text[found.end() :]}" if found else text
