"""What a turn means that was said before the last question: a subject it goes back to, one of several, the two."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from assistant.answering.carrying import BODIES
from assistant.answering.parts import focus
from assistant.answering.referents import phrases
from assistant.answering.slots import PlaceReader, are_joined, values
from vectorstore.profile import CollectionProfile
from vectorstore.text import content_stems

_BACK = re.compile(
    r"^\W*(?:(?:ok(?:ay)?|right|so|and|but|anyway|now|actually|thanks)\W+)*"
    r"(?:(?P<back>(?:going |coming |to go |let['’]?s go |can we go )?back to|returning to|to return to|as for)"
    r"|on|about|regarding|with)\s+"
    r"(?P<subject>[^,;:?–—]{2,80}?)\s*(?:[,;:?–—]|\s-)\s*(?P<rest>\S.*)?$",
    re.IGNORECASE,
)
_POINTING = re.compile(r"^(?:those|these|that|this|the|my|our)\b|\b(?:again|question|you mentioned)\b", re.IGNORECASE)
_COMPARATIVE = (
    r"(?:high|low|larg|bigg|small|long|short|old|young|earl|late|great|few|strict|clos|near|cheap|new)(?:i?er|i?est|r|st)"
    r"|more|most|less|least|better|best|worse|worst"
)
_COMPARES = re.compile(
    rf"\b(?:which|who|what)\b(?: (?:one|of (?:the|these|those|them)(?: (?:two|three|four|lot))?))?(?:['’]s|\s)"
    rf"[\w\s£]{{0,40}}?\b(?:{_COMPARATIVE})\b"
    r"|\b(?:which|who) (?:came|was|is|comes?) (?:first|last)\b"
    r"|\bwhich (?:one|of (?:these|those|them|the (?:two|three)))\b"
    r"|\b(?:total|sum|average|both|all) of (?:both|them|these|those|the (?:two|three))\b"
    r"|\b(?:difference|compare[ds]?|compar\w+) (?:between )?(?:the two|the three|them|those|these|these two|both)\b"
    r"|\bthe same(?! for| in| as)\b|\b(?:of|between) the (?:two|three)\b|\bthe (?:two|three) compare\b"
    r"|\bdifference\W*$",
    re.IGNORECASE,
)
_SIZES = re.compile(
    r"\bhow (?:much|many|big|large)\b|\b(?:bigg|larg|small|high|low)(?:er|est)\b",
    re.IGNORECASE,
)
_MORE = re.compile(rf"\b(?:{_COMPARATIVE}|one|two|three|four)\b", re.IGNORECASE)
_ARRANGES = re.compile(
    r"^\W*(?:(?:and|so|now|please|(?:can|could|would|will) you|just)\W+)*"
    r"(?:put|set|show|lay|list|give|compare|line|place|tell|repeat)\b[^?]{0,30}?\b"
    r"(?:side by side|next to (?:each|one an)other"
    r"|beside (?:each|one an)other|(?:them|those|these|both)(?: (?:two|three|four))?"
    r"(?: (?:all|again|together|figures|areas))*)(?:\W+(?:please|for (?:me|us)))*\W*$",
    re.IGNORECASE,
)
_AGAINST = re.compile(
    rf"\b(?:that|this|it|they|those|these)\b.{{0,20}}\b(?:compare[ds]?|comparing|differ\w*)\b"
    rf"|^\W*compared? (?:that |it |this )?(?:with|to)\b"
    rf"|\b(?:that|this|it|they|those|these) (?:{_COMPARATIVE}) than\b"
    r"|^\W*(?:(?:so|and|but|is it|is that|that['’]s|it['’]s)\W+)*(?:the )?same (?:[\w-]+ ){1,4}as\b",
    re.IGNORECASE,
)
_ORDINAL = re.compile(
    r"\b(?:the|that) (?P<which>first|second|third|former|latter|last|other|previous)"
    r"(?: one\b| of (?:the (?:two|three)|them|these|those)\b|(?=\W*$|\W+(?:is|was|are|were|do|does|did|has|have|had"
    r"|can|could|will|would|must|get|got|then|too|also|please|instead|and|or|run|runs|cover|covers|say|says)\b|\W+-))",
    re.IGNORECASE,
)
_COMPARED = re.compile(r": (?=(?:which|who|what|is|are|was|do|does)\b)[^:]*$", re.IGNORECASE)  # as `compared` adds
_CARRIED = re.compile(r"\s+\([^()]*\)(?=\W*$)")
_TOGETHER = re.compile(
    r"\b(?:(?:each|both|all|either|any|every one) of (?:them|these|those|the (?:two|three))|(?:those|these|the) "
    r"(?:two|three)|both|each|them both|they both|either)\b",
    re.IGNORECASE,
)
_THEM = re.compile(r"\b(?:they|them|those|these)\b(?! \w+(?:s|ing)\b)", re.IGNORECASE)
_PLACES = {"first": 0, "former": 0, "second": 1, "third": 2, "last": -1, "latter": -1, "other": -2, "previous": -2}
_COUNTS = {"two": 2, "both": 2, "three": 3, "four": 4}
KEPT = 6  # earlier questions that are remembered


@dataclass(frozen=True, slots=True)
class Several:
    """Values of one kind that were named, in that order, and the last question they were named in."""

    slot: str
    words: tuple[str, ...]
    base: str
    together: bool  # whether that question itself names them all, side by side

    def joined(self, text: str = "") -> str:
        """The values side by side: as many, from the last, as `text` speaks of; all where one stands out of them."""
        said = next((n for word, n in _COUNTS.items() if re.search(rf"\b{word}\b", text, re.IGNORECASE)), 0)
        few = 2 if text and not re.search(r"\b(?:\w{2,}est|most|least|best|worst|all|any)\b", text, re.I) else 0
        chosen = self.words[-(said or few) :]
        return f"{', '.join(chosen[:-1])} and {chosen[-1]}" if len(chosen) > 1 else chosen[0]


@dataclass(frozen=True, slots=True)
class Return:
    """The earlier question that a turn goes back to, what it calls it, and what it asks then."""

    question: str
    subject: str
    rest: str


def returned(text: str, earlier: Sequence[str], last: str) -> Return | None:
    """Where `text` goes back to: one of the `earlier` questions that says more of what it names than the `last`."""
    found = _BACK.match(f"{text.rstrip(' ?.!')}?")
    if found is None:
        return None
    subject = found["subject"].strip()
    wanted = set(content_stems(subject))
    if not wanted or not (found["back"] or _POINTING.search(subject)):
        return None

    def said(question: str) -> int:
        return len(wanted & set(content_stems(question)))

    best = max(reversed(earlier), key=said, default="")
    if not best or said(best) <= (0 if found["back"] else said(last)):
        return None
    return Return(best, subject, (found["rest"] or "").strip(" ?.!"))


def several(question: str, earlier: Sequence[str], profile: CollectionProfile, places: PlaceReader) -> Several | None:
    """The values of one kind named last: by the question itself, or by it and the questions it follows on from."""
    question = _COMPARED.sub("", question)
    own = values(focus(question), profile, places)
    itself = values(_CARRIED.sub("", focus(question)), profile, places)
    for slot in dict.fromkeys(v.slot for v in own):
        words = _distinct(v.words for v in (itself if any(v.slot == slot for v in itself) else own) if v.slot == slot)
        if len(words) > 1 and slot != "edition":
            named = [v for v in own if v.slot == slot]
            beside = any(are_joined(focus(question), one, other) for one, other in pairwise(named))
            if slot == BODIES and not beside:
                continue  # "can a council be an ERB?": one acts, the other is acted on
            return Several(slot, words, question, True)
    for slot in dict.fromkeys(v.slot for v in own):
        if slot == "edition":
            continue
        before = [v.words for q in earlier for v in values(q, profile, places) if v.slot == slot]
        words = _distinct([*before, *(v.words for v in own if v.slot == slot)])
        if len(words) > 1:
            return Several(slot, words, question, False)
    return None


def compares(text: str) -> bool:
    """Whether `text` asks which of some things is more, or how they differ, without naming them."""
    return _COMPARES.search(text) is not None or arranges(text)


def sizes(text: str) -> bool:
    """Whether `text` asks how much or how many there is of something, or where there is more."""
    return _SIZES.search(text) is not None


def arranges(text: str) -> bool:
    """Whether `text` only wants things that were asked about set side by side."""
    return _ARRANGES.match(text) is not None


def only_counts(text: str, base: str) -> bool:
    """Whether `text` compares by what `base` counts and asks nothing else: both counts say which is more."""
    return re.match(r"^\W*how many\b", base, re.IGNORECASE) is not None and not content_stems(_MORE.sub(" ", text))


def of_same_kind(words: str, things: Several) -> str:
    """`words` with what the last question has of such a place ("the second one" of "Bath's new plan")."""
    owned = re.search(rf"(?<!\w){re.escape(things.words[-1])}(?:['’]s?)\s+(?P<thing>.+)$", things.base, re.IGNORECASE)
    found = phrases(owned["thing"]) if owned else []
    return f"{words}’s {found[0]}" if found else words


def compares_with(text: str) -> bool:
    """Whether `text` sets what it names against what was spoken of ("how does that compare with Bath?")."""
    return _AGAINST.search(text) is not None


def ordinal(text: str) -> re.Match[str] | None:
    """Where `text` names one of several things by its place ("the second one")."""
    return _ORDINAL.search(text)


def one_of(found: re.Match[str], things: Several) -> str | None:
    """The value that an ordinal means."""
    place = _PLACES[found["which"].lower()]
    return things.words[place] if -len(things.words) <= place < len(things.words) else None


def together(text: str, things: Several) -> re.Match[str] | None:
    """Where `text` means all of several things at once; "them" does so only where one question named them."""
    return _TOGETHER.search(text) or (_THEM.search(text) if things.together else None)


def _distinct(words: Iterable[str]) -> tuple[str, ...]:
    """Each value once, whatever article or preposition it has; the last place in which it was named counts."""
    result: dict[str, str] = {}
    for said in words:
        key = " ".join(content_stems(said)) or said.lower()
        result.pop(key, None)
        result[key] = re.sub(r"^(?:the|an?|in|for|of|on)\s+", "", said, flags=re.IGNORECASE)
    return tuple(result.values())
