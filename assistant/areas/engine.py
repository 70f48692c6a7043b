"""The areas engine: which LSIP area a text is about, and what the facts say of it on a date."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from datetime import date
from functools import cached_property, lru_cache
from pathlib import Path

from assistant.areas.atlas import Atlas
from assistant.areas.locating import NOWHERE, Found, Location, Locator, is_postcode
from assistant.areas.meanings import ERB, LAND, Meaning, build_index
from assistant.areas.mentions import Mention, MentionFinder
from vectorstore.catalogue import Catalogue
from vectorstore.generations import PerGeneration
from vectorstore.places.names import key
from vectorstore.places.postcodes import PostcodeTable, read_postcode
from vectorstore.places.towns import Cell, Town, read_towns
from vectorstore.profile import CollectionProfile, Outside
from vectorstore.snapshot import Snapshot

REMEMBERED = 1_000  # texts whose places stay in memory: one question is asked for them by several steps and engines
_OUTWARD = re.compile(
    r"\b(?:(?:postcodes?|post codes?|in|at|near|from|covers?|starts?|starting|with|area)\s+)([a-z]\d[a-z\d]?)\b"
    r"|\b([a-z]{2}\d[a-z\d]?)\b",
    re.IGNORECASE,
)
_LEVEL = re.compile(r"\b(?:level|levels|qualifications?|courses?|t[- ]levels?)\b", re.I)


class Gazetteer:
    """Everything that places are found with, for one generation of a collection. Immutable; shared by threads."""

    def __init__(
        self, atlas: Atlas, profile: CollectionProfile, folder: Path | None, is_word: Callable[[str], bool]
    ) -> None:
        self.atlas = atlas
        self._is_word = is_word
        self.mentions = lru_cache(REMEMBERED)(self._mentions)
        self._profile = profile
        self._folder = folder

    @cached_property
    def towns(self) -> tuple[tuple[Town, ...], tuple[Cell, ...]]:
        return read_towns(self._folder) if self._folder else ((), ())

    @cached_property
    def index(self) -> dict[str, list[Meaning]]:
        return build_index(self.atlas, self.towns[0], self._profile.outside.places)

    @property
    def outside(self) -> Outside:
        """What the collection says of places outside its reach."""
        return self._profile.outside

    @cached_property
    def names(self) -> list[str]:
        """Names long enough to be recognised when misspelt."""
        return [n for n, meanings in self.index.items() if len(n) > 4 and meanings[0].kind != LAND]

    @cached_property
    def finder(self) -> MentionFinder:
        return MentionFinder(self.index, self._profile.ordinary_words, self._profile.outside.unless)

    def _mentions(self, text: str) -> tuple[Mention, ...]:
        """The places that `text` names, misspelt ones included if no other is there."""
        if not self.atlas.councils:
            return ()
        found = self.finder.find(text)
        if found:
            return tuple(self.finder.longer(text, m, self.names) for m in found)
        near = self.finder.misspelt(text, self._is_word, self.names)
        return (near,) if near else ()

    @cached_property
    def locator(self) -> Locator:
        return Locator(self.atlas, PostcodeTable(self._folder) if self._folder else None)


class AreasEngine:
    """Answers from the facts of one collection; a collection without facts has no areas, and nothing is found."""

    def __init__(
        self,
        catalogue: Catalogue,
        snapshot: Callable[[], Snapshot],
        places: Path,
        is_word: Callable[[str], bool] = lambda word: False,
    ) -> None:
        self._catalogue = catalogue
        self._places = places
        self._is_word = is_word
        self._gazetteer = PerGeneration(snapshot, self._read)

    def _read(self, snapshot: Snapshot) -> Gazetteer:
        atlas = Atlas(self._catalogue.facts(snapshot.collection))
        compiled = snapshot.manifest.get("places")
        folder = self._places / compiled if compiled and atlas.councils else None
        return Gazetteer(atlas, snapshot.profile, folder, self._is_word)

    @property
    def gazetteer(self) -> Gazetteer:
        """The gazetteer of the present generation."""
        return self._gazetteer()

    @property
    def atlas(self) -> Atlas:
        return self.gazetteer.atlas

    def mentions(self, text: str) -> list[Mention]:
        """The places that `text` names, misspelt ones included if no other is there."""
        return list(self.gazetteer.mentions(text))

    def locate(self, text: str, on: date) -> Location:
        """Where a sentence is about."""
        gazetteer = self.gazetteer
        if not gazetteer.atlas.councils:
            return NOWHERE
        if read_postcode(text):
            located = gazetteer.locator.postcode(text, on)
            if located is not None and located.status is not Found.UNKNOWN:
                return located
        mentions = self.mentions(text)
        mentions = [m for m in mentions if not _only_a_body(m, mentions)]
        if mentions:
            return gazetteer.locator.locate(mentions, on, text)
        code = _OUTWARD.search(text)
        if code and not _LEVEL.search(text):
            return gazetteer.locator.outward(code[1] or code[2], on) or NOWHERE
        return NOWHERE

    def look_up(self, query: str, on: date) -> Location:
        """Where a query that is nothing but a place is: postcode, outward code, code, council, town, area or body."""
        gazetteer = self.gazetteer
        if not gazetteer.atlas.councils:
            return NOWHERE
        text = query.strip()
        if is_postcode(text):
            return gazetteer.locator.postcode(text, on) or NOWHERE
        meanings = gazetteer.index.get(key(text))
        if meanings:
            return gazetteer.locator.locate([Mention(text, 0, len(text), tuple(meanings))], on)
        if len(text) <= 5:
            outward = gazetteer.locator.outward(text, on)
            if outward is not None:
                return outward
        located = self.locate(text, on)
        return Location(Found.UNKNOWN) if located.status is Found.NONE else located

    def scope(self, located: Location) -> tuple[str, ...]:
        """The ids of areas whose texts speak of where `located` is."""
        return self.atlas.scope(located.areas, located.councils)


def _only_a_body(mention: Mention, mentions: Sequence[Mention]) -> bool:
    """Whether a body's name stands beside a place, so that the place says where."""
    return all(m.kind == ERB for m in mention.meanings) and any(
        any(m.kind != ERB for m in other.meanings) for other in mentions
    )
