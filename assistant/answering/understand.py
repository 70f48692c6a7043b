"""What kind of fact is asked for, of which area and time, and whether it lies outside the subject."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Protocol

from assistant.answering.area_names import areas_named
from assistant.answering.belonging import Belonging, sent_away
from assistant.answering.expectations import things_asked
from assistant.answering.model import AnswerStatus, Choice
from assistant.answering.periods import named_period
from assistant.answering.subject import in_subject
from assistant.answering.turn import Kind, Period, Stop, Turn, Understanding
from assistant.areas.atlas import Atlas
from assistant.areas.bare import is_bare
from assistant.areas.locating import NOWHERE, Found, Location
from prompts import message
from vectorstore.profile import AreaName, CollectionProfile

_THE = r"(?:was |is )?(?:the )?(?:exact |precise )?"
_AUX = "is|are|am|was|were|do|does|did|can|could|must|should|shall|has|have|had|will|would|may|might"
_LISTED = (
    "areas|sectors|industries|projects|colleges|councils|(?:local )?authorities|districts|priorities|bodies"
    "|grounds|conditions|providers"
)
_KINDS: tuple[tuple[Kind, str], ...] = (
    (Kind.WHEN, r"\bwhen\b"),
    (Kind.WHEN, rf"\b(?:what|which) {_THE}(?:date|day|year|month)\b|\bdeadline\b"),
    (Kind.HOW_MUCH, r"\bhow (?:much|big|large)\b|\bworth\b"),
    (Kind.HOW_MUCH, r"\bwhat (?:was|is) the (?:amount|budget|value|size|total|sum|pot)\b"),
    (
        Kind.HOW_MANY,
        r"\bhow many\b|\bhow long\b|\bnumber of\b"
        r"|\bwhat (?:percentage|share|proportion)\b",
    ),
    (Kind.WHO, r"^\W*(?:and )?(?:who|whom|whose)\b|\bwho(?:'s| is| are| was| were| leads?| led| runs?)\b"),
    (Kind.WHO, r"\bwhich (?:body|organisation|college|chamber|erb)\b"),
    (Kind.WHERE, r"\bwhere\b|\bwebsite\b|\blink\b|\be-?mail\b"),
    (Kind.WHERE, r"\bhow (?:do|can|could|should) (?:i|we) (?:contact|reach|get in touch)\b"),
    (Kind.WHERE, r"\b(?:best|easiest|quickest) way to (?:contact|reach|get in touch|get hold of)\b"),
    (Kind.DEFINITION, r"^\W*(?:so )?what(?:'s| is| are| was| were) (?:an? |the )?[\w' -]{2,50}\?*$"),
    (Kind.DEFINITION, r"\bstands? for\b|\bwhat does [\w ]+ mean\b|\bwhat (?:counts as|is meant by)\b"),
    (Kind.LIST, rf"\b(?:what|which) (?:are|were) the\b|\b(?:what|which) (?:{_LISTED})\b|\blist\b"),
    (Kind.LIST, r"^\W*(?:name|list|give me|what all) (?:the |all )"),
    (Kind.LIST, r"\bwhat (?:sectors|priorities|skills|roles|jobs|kinds|types)\b"),
    (Kind.YES_NO, rf"^\W*(?:(?:so|and|but|hi|hello|ok|please|um)\W+)*(?:{_AUX})\b"),
    (Kind.YES_NO, rf"[,:;] (?:{_AUX}) (?:it|that|this|they|we|i|you|there|the)\b"),
)
_CONDITION_FIRST = re.compile(  # "when a plan is approved, what must we do?"
    rf"^\W*when (?!(?:{_AUX})\b)[^,?]{{5,80}},\s+(?=(?:what|which|who|how|{_AUX})\b)", re.IGNORECASE
)
_CONDITION_LAST = re.compile(  # "what must we do when a plan is approved?"
    rf"^(\W*(?:what|which|who|how)\b[^,;?]*?) when (?!(?:{_AUX})\b)[^,;?]*", re.IGNORECASE
)
_BEFORE_LISTS = frozenset({Kind.WHEN, Kind.HOW_MUCH, Kind.HOW_MANY})
_COMPILED = tuple((kind, re.compile(pattern, re.IGNORECASE)) for kind, pattern in _KINDS)


class Places(Protocol):
    """Reads where a text is about."""

    @property
    def atlas(self) -> Atlas: ...
    def locate(self, text: str, on: date) -> Location: ...
    def scope(self, located: Location) -> tuple[str, ...]: ...


class Understand:
    """Reads kind, period, area and places outside from the words of the question; asks back which place is meant.

    `places` knows the areas of the collection on any date; without it, areas are read by the profile's names.
    `time_of` gives the time of an edition, over by the date, of which a question asks what it said. By `belonging` a
    question on something else is sent away before it is read further.
    """

    def __init__(
        self,
        places: Places | None = None,
        time_of: Callable[[str, date], Period | None] = lambda question, on: None,
        belonging: Belonging | None = None,
    ) -> None:
        self._places = places
        self._time_of = time_of
        self._belonging = belonging

    def __call__(self, turn: Turn) -> Turn | Stop:
        if self._belonging is not None and self._belonging.is_surely_elsewhere(turn):
            return sent_away(turn)
        text = turn.interpreted
        period = None
        if turn.asked.as_of is None:
            period = named_period(text, turn.today) or self._time_of(text, turn.today)
        on = period.end if period is not None and period.end < turn.as_of else turn.as_of
        located = self._places.locate(text, on) if self._places else NOWHERE
        if self._places and on < turn.as_of and not located.areas:  # there were none: it is about the area of today
            now = self._places.locate(text, turn.as_of)
            located, on = (now, turn.as_of) if now.areas else (located, on)
        understanding = Understanding(
            kind=question_kind(text),
            period=period,
            outside=outside_place(text, turn.profile),
            asks_own_area=bool(turn.profile.own_area and re.search(turn.profile.own_area, text, re.IGNORECASE)),
            located=located,
        )
        if self._places is not None and self._places.atlas.councils:
            understanding = self._located(understanding, turn, on)
        else:
            named = areas_named(text, turn.profile)
            own = _by_id(turn.asked.area, turn.profile) if turn.asked.area else None
            area = named[0] if len(named) == 1 else (own if not named else None)
            understanding = replace(understanding, area=area, areas_named=named)
        turn = replace(turn, understanding=understanding)
        unsettled = located.status is Found.AMBIGUOUS and not understanding.areas_named
        if unsettled and (in_subject(turn) or is_bare(text, [located.asked])):
            return _ask_back(turn, located)
        if located.status is Found.UNKNOWN and located.places and located.places[0].kind.startswith("postcode"):
            return Stop(AnswerStatus.NO_EVIDENCE, message("no_postcode", postcode=located.places[0].words), turn)
        return turn

    def _located(self, understanding: Understanding, turn: Turn, on: date) -> Understanding:
        """`understanding` with the areas on the date, and the ids whose texts speak of them."""
        assert self._places is not None
        atlas, located = self._places.atlas, understanding.located
        own = atlas.on_date(turn.asked.area, on) if turn.asked.area else ()
        options = tuple(o.area for o in located.options if o.area in own)
        areas = located.areas or options
        named = tuple(atlas.area_name(a, on) for a in areas)
        if named:
            outside = understanding.outside if located.status is not Found.FOUND else None
            area = named[0] if len(named) == 1 else None
            return replace(
                understanding,
                area=area,
                areas_named=named,
                outside=outside,
                scope=self._places.scope(located) if located.areas else atlas.scope(areas),
            )
        if located.status is Found.NOT_ENGLAND:
            return replace(understanding, outside=understanding.outside or located.lands[0])
        if len(own) == 1:
            return replace(understanding, area=atlas.area_name(own[0], on), scope=atlas.scope(own))
        return understanding


def _ask_back(turn: Turn, located: Location) -> Stop:
    """The question again for each place that its ambiguous name may mean."""
    stem = turn.interpreted.rstrip(" ?.!")
    choices = tuple(
        Choice(label=o.label, question=f"{stem} ({o.label.partition(' (')[2].rstrip(')') or o.land})?")
        for o in located.options
    )
    return Stop(AnswerStatus.CLARIFY, message("clarify_place", place=located.asked), turn, choices=choices)


def question_kind(text: str) -> Kind:
    """The kind of fact asked for, by the first pattern that matches; order settles overlaps.

    One that asks for several things by their plural ("what are the grounds") asks for their list.
    """
    text = _without_condition(text)
    several = bool(things_asked(text))
    for kind, pattern in _COMPILED:
        if several and kind not in _BEFORE_LISTS:
            return Kind.LIST
        if pattern.search(text):
            return kind
    return Kind.OTHER


def _without_condition(text: str) -> str:
    """`text` without the time at which what it asks holds; that asks for no date."""
    return _CONDITION_FIRST.sub("", _CONDITION_LAST.sub(r"\1", text))


def _by_id(area: str | None, profile: CollectionProfile) -> AreaName | None:
    return next((a for a in profile.areas if a.id == area), None)


def outside_place(text: str, profile: CollectionProfile) -> str | None:
    """The nation outside the collection's reach that `text` names, itself or by one of its places."""
    rest = text
    for phrase in profile.outside.unless:
        rest = re.sub(re.escape(phrase), " ", rest, flags=re.IGNORECASE)
    for nation, names in profile.outside.places.items():
        if any(re.search(rf"(?<![\w-]){re.escape(name)}(?!\w)", rest, re.IGNORECASE) for name in names):
            return nation
    return None
