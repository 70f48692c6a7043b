"""From the places a text names to LSIP areas on a date: found, ambiguous, outside England, or unknown."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from assistant.areas.atlas import Atlas
from assistant.areas.meanings import COUNCIL, COUNTY, ERB, LAND, LOCALITY, TOWN, Meaning, plain
from assistant.areas.mentions import Mention
from vectorstore.places.names import key
from vectorstore.places.postcodes import OUTWARD, Postcode, PostcodeTable, read_postcode

CLEARLY = 20  # times as many people: a name then means the larger place, and the answer says so
CLEARLY_BESIDE = 10  # the same where another place is named too, as people do who speak of a known region
_LANDS = {"BT": "Northern Ireland", "IM": "Isle of Man", "JE": "Channel Islands", "GY": "Channel Islands"}
_NATIONS = {"W": "Wales", "S": "Scotland"}


class Found(StrEnum):
    """What became of the places in a text."""

    FOUND = "found"
    AMBIGUOUS = "ambiguous"
    NOT_ENGLAND = "not_england"
    UNKNOWN = "unknown"  # a place was meant that is not known here
    NONE = "none"  # no place was named


@dataclass(frozen=True, slots=True)
class Place:
    """One place as it was understood."""

    words: str
    label: str
    kind: str
    councils: frozenset[str] = frozenset()
    areas: tuple[str, ...] = ()
    land: str = ""
    within: str = ""  # the council district it lies in, where that is another name
    near: bool = False
    read_as: str = ""
    instead_of: tuple[str, ...] = ()  # other places of that name, with far fewer people
    start: int = 0  # of its words in the text
    end: int = 0


@dataclass(frozen=True, slots=True)
class Option:
    """One of the things an ambiguous name may mean."""

    label: str
    area: str
    land: str = ""


@dataclass(frozen=True, slots=True)
class Location:
    """Where a text is about."""

    status: Found
    places: tuple[Place, ...] = ()
    areas: tuple[str, ...] = ()
    options: tuple[Option, ...] = ()
    asked: str = ""  # the ambiguous name

    @property
    def councils(self) -> frozenset[str]:
        return frozenset(c for p in self.places if p.kind != COUNTY for c in p.councils)

    @property
    def lands(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(p.land for p in self.places if p.land))


NOWHERE = Location(Found.NONE)


class Locator:
    """Resolves postcodes and mentions by the areas of an atlas."""

    def __init__(self, atlas: Atlas, postcodes: PostcodeTable | None) -> None:
        self._atlas = atlas
        self._postcodes = postcodes

    def locate(self, mentions: Sequence[Mention], on: date, text: str = "") -> Location:
        """Where `mentions` of `text` are, taken together: one may settle what another means ("Ashford in Kent")."""
        clearly = CLEARLY if len(mentions) < 2 else CLEARLY_BESIDE
        excluded = [m for m in mentions if m.excluded]
        mentions = own_mentions([m for m in mentions if not m.excluded], text)
        main = [m for m in mentions if not m.near]
        if all(supposed(m, text) for m in main):
            main = list(mentions)
        places: list[Place] = []
        for mention in main:
            meanings = _left(mention.meanings, excluded)
            meanings = _agreeing(meanings, [w for w in main if w is not mention])
            chosen, rest = self._choose(meanings, on, clearly)
            if chosen is None:
                options = self._options(mention, meanings, on)
                return Location(Found.AMBIGUOUS, options=options, asked=mention.words)
            places.append(self._place(mention, chosen, rest, on))
        places = _without_premise(_without_qualifiers(places, text), text)
        places = [self._named_after(p, text, on) for p in places]
        areas = tuple(dict.fromkeys(a for p in places for a in p.areas))
        if areas:
            return Location(Found.FOUND, tuple(p for p in places if p.areas), areas)
        if any(p.land for p in places):
            return Location(Found.NOT_ENGLAND, tuple(places))
        return Location(Found.UNKNOWN if places else Found.NONE, tuple(places))

    def _place(self, mention: Mention, chosen: Meaning, rest: Sequence[Meaning], on: date) -> Place:
        return Place(
            words=mention.words,
            label=chosen.label,
            kind=chosen.kind,
            councils=chosen.councils,
            areas=self._areas(chosen, on),
            land=chosen.land,
            within=self._within(chosen),
            near=mention.near,
            read_as=mention.read_as,
            instead_of=tuple(dict.fromkeys(self._label(m) for m in rest)),
            start=mention.start,
            end=mention.end,
        )

    def _named_after(self, place: Place, text: str, on: date) -> Place:
        """`place`; a county as the area of its name with most of it, unless where it lies or who leads is asked."""
        meant = bool(_ITS_PLAN.match(text[place.end :]) or _PLAN_OF.search(text[: place.start]))
        meant = meant or not _ASKS_WHERE.search(text)
        if place.kind != COUNTY or len(place.areas) < 2 or not meant:
            return place
        name = key(place.label).split()
        own = tuple(a for a in place.areas if set(name) <= set(key(self._atlas.name(a, on)).split()))
        mostly = sum(self._atlas.areas_of([c], on) == own for c in place.councils) * 2 > len(place.councils)
        return replace(place, areas=own) if len(own) == 1 and mostly else place

    def _within(self, meaning: Meaning) -> str:
        names = [plain(self._atlas.councils[c].name) for c in meaning.councils]
        return names[0] if len(names) == 1 and names[0] != meaning.label else ""

    def _areas(self, meaning: Meaning, on: date) -> tuple[str, ...]:
        if meaning.area:
            return self._atlas.on_date(meaning.area, on)
        if meaning.kind == ERB:
            return self._atlas.led_by(meaning.label, on)
        return self._atlas.areas_of(meaning.councils, on)

    def _choose(
        self, meanings: Sequence[Meaning], on: date, clearly: int
    ) -> tuple[Meaning | None, Sequence[Meaning]]:
        """The one that is meant, with those passed over; None where several areas are as likely."""
        if any(m.kind == COUNCIL for m in meanings):
            meanings = [m for m in meanings if m.kind != COUNTY]
        if len(meanings) > 1 and all(m.area for m in meanings):
            live = [m for m in meanings if self._atlas.exists(m.area, on)]
            meanings = live or meanings
        by_target: dict[tuple[tuple[str, ...], str], list[Meaning]] = {}
        for meaning in meanings:
            by_target.setdefault((self._areas(meaning, on), meaning.land), []).append(meaning)
        ranked = sorted(by_target.values(), key=lambda group: -max(m.population for m in group))
        best = max(ranked[0], key=lambda m: m.population)
        if len(ranked) == 1:
            return best, ()
        second = max(m.population for m in ranked[1])
        if best.population >= clearly * second:
            return best, [m for group in ranked[1:] for m in group]
        return None, ()

    def _options(self, mention: Mention, meanings: Sequence[Meaning], on: date) -> tuple[Option, ...]:
        ranked = sorted(meanings, key=lambda m: -m.population)
        options: dict[Option, None] = {}
        for meaning in ranked:
            for area in self._areas(meaning, on) or ("",):
                where = self._label(meaning)
                label = f"{where} ({self._atlas.name(area, on)})" if area else f"{where} ({meaning.land})"
                options.setdefault(Option(label, area, meaning.land))
        return tuple(options)[:8]

    def _label(self, meaning: Meaning) -> str:
        """A place with the council it lies in, where that tells it from others of its name."""
        if meaning.kind in (TOWN, LOCALITY):
            [code] = meaning.councils
            council = plain(self._atlas.councils[code].name)
            return meaning.label if council == meaning.label else f"{meaning.label} in {council}"
        return f"{meaning.label} in {meaning.land}" if meaning.kind == LAND else meaning.label

    def postcode(self, text: str, on: date) -> Location | None:
        """Where the postcode in `text` is; None if there is none, or no table of them."""
        if self._postcodes is None:
            return None
        wanted = read_postcode(text)
        if wanted is None:
            return None
        land = land_of(wanted.outward)
        if land:
            return Location(Found.NOT_ENGLAND, (Place(str(wanted), str(wanted), "postcode", land=land),))
        district = self._postcodes.district(wanted)
        counts = (
            {district: 1} if district else self._postcodes.sector(wanted) or self._postcodes.outward(wanted.outward)
        )
        kind = "postcode" if district else "postcode, by its neighbours"
        return self._by_districts(str(wanted), kind, counts, on)

    def outward(self, text: str, on: date) -> Location | None:
        """Where an outward code that stands alone in `text` is ("CV1"); None if there is none that exists."""
        if self._postcodes is None:
            return None
        for found in OUTWARD.finditer(text):
            code = found[1].upper()
            land = land_of(code)
            counts = self._postcodes.outward(code)
            if land and not counts:
                return Location(Found.NOT_ENGLAND, (Place(code, code, "outward code", land=land),))
            if counts:
                return self._by_districts(code, "outward code", counts, on)
        return None

    def _by_districts(self, words: str, kind: str, counts: dict[str, int], on: date) -> Location:
        if not counts:
            return Location(Found.UNKNOWN, (Place(words, words, kind),))
        english = [self._atlas.codes[c] for c in counts if c in self._atlas.codes]
        if not english:
            land = _NATIONS.get(next(iter(counts))[:1], "")
            return Location(Found.NOT_ENGLAND, (Place(words, words, kind, land=land),))
        areas = self._atlas.areas_of(english, on)
        within = plain(self._atlas.councils[english[0]].name) if len(set(english)) == 1 else ""
        place = Place(words, words, kind, frozenset(english), areas, within=within)
        return Location(Found.FOUND if areas else Found.UNKNOWN, (place,), areas)


def land_of(outward: str) -> str:
    """The land outside Great Britain that an outward code belongs to; empty for the others."""
    return _LANDS.get("".join(c for c in outward[:2] if c.isalpha()), "")


def is_postcode(text: str) -> Postcode | None:
    """The postcode that `text` is, and nothing else."""
    found = read_postcode(text)
    return found if found and len(text.strip()) <= len(str(found)) + 2 else None


_BETWEEN = re.compile(r"^\s*(?:,|\(|in|,? ?near)?\s*(?:the\s+)?$", re.IGNORECASE)
_ITS_PLAN = re.compile(r"^(?:['’]s)?\s*(?:\d{4} )?(?:skills )?(?:plan|lsip|area)\b", re.IGNORECASE)
_ASKS_WHERE = re.compile(  # or nothing but the place
    r"\b(?:which|what|how many) (?:\w+ ){0,2}?(?:areas?|plans?|lsips?|erbs?|bod(?:y|ies)|chambers?|councils?)\b"
    r"|\b(?:who|covers?|covered|lies?|falls?|belongs?|part of|where)\b|^\W*(?:\w+\W*){1,3}$",
    re.IGNORECASE,
)
_PLAN_OF = re.compile(r"\b(?:plan|lsip) (?:for|of) (?:the )?$", re.IGNORECASE)
_BELONGING = re.compile(
    r"\b(?:under|covered by|covers?|belongs?|fall|part of|comes?|ours?|mine|or|are we|am i|is it"
    r"|we(?:['’]?(?:re|d be|ll be)| are| would be) in)\b",
    re.IGNORECASE,
)
_OTHERS_LIVE = re.compile(  # where those who work for somebody live says nothing of where the work is
    r"\b(?:lads|staff|workers?|workforce|employees?|people|team|crew|girls|men|women|drivers?|learners?|students?"
    r"|trainees?|apprentices?|customers?|clients?|half of us|most of us|some of us|commuters?)\b[^,.;:?!]{0,40}?"
    r"\b(?:live|lives|living|come|comes|coming|commut\w+|travel\w*)\b (?:(?:in|over|down|up|across) )*(?:in"
    r"|from|around|near)\s+"
    r"(?:the\s+)?$",
    re.IGNORECASE,
)
CONTENT = re.compile(
    r"\b(?:says?|said|about|priorit\w*|mention\w*|want\w*|bind\w*|apply|applies|follow)\b", re.IGNORECASE
)


def own_mentions(mentions: Sequence[Mention], text: str) -> list[Mention]:
    """`mentions` without those of where others live, if any of the asker's own place is left."""
    kept = [m for m in mentions if not _OTHERS_LIVE.search(text[: m.start])]
    return kept if any(not supposed(m, text) for m in kept) else list(mentions)


def supposed(mention: Mention, text: str) -> bool:
    """Whether `text` names the place only for its plan, and asks whether another place comes under that."""
    return bool(_ITS_PLAN.match(text[mention.end :]) and _BELONGING.search(text) and not CONTENT.search(text))


def _left(meanings: Sequence[Meaning], excluded: Iterable[Mention]) -> Sequence[Meaning]:
    """Those of several meanings that do not lie where the text says that it does not mean, if any are left."""
    for mention in excluded:
        codes = frozenset(c for m in mention.meanings for c in m.councils)
        lands = {m.land for m in mention.meanings if m.land}
        left = [m for m in meanings if not (m.councils and m.councils <= codes) and m.land not in lands]
        meanings = left or meanings
    return meanings


def _agreeing(meanings: Sequence[Meaning], beside: Iterable[Mention]) -> Sequence[Meaning]:
    """Those of several meanings that lie within a county, area, council or land named beside them, if any do."""
    if len(meanings) < 2:
        return meanings
    for mention in beside:
        wide = frozenset(c for m in mention.meanings if m.kind not in (TOWN, LOCALITY, ERB) for c in m.councils)
        lands = {m.land for m in mention.meanings if m.land}
        inside = [m for m in meanings if (m.councils and m.councils <= wide) or (m.land and m.land in lands)]
        if inside:
            return inside
    return meanings


def _without_qualifiers(places: Sequence[Place], text: str) -> list[Place]:
    """`places` without those that only say where the one just before is ("Ashford in Kent", "Newport, Wales")."""
    kept: list[Place] = []
    for place in places:
        last = kept[-1] if kept else None
        inside = last is not None and (
            (last.councils and last.councils <= place.councils) or (last.land and last.land == place.land)
        )
        beside = last is not None and _BETWEEN.match(text[last.end : place.start])
        if not (inside and beside and place.kind != ERB):
            kept.append(place)
    return kept


def _without_premise(places: Sequence[Place], text: str) -> list[Place]:
    """`places` without those whose plan is only asked after as that of another place: "is Coventry under the
    Warwickshire plan?" is about Coventry."""
    supposed = [p for p in places if _ITS_PLAN.match(text[p.end :])]
    others = [p for p in places if p not in supposed]
    asks = _BELONGING.search(text) and not CONTENT.search(text)
    return others if supposed and others and asks else list(places)
