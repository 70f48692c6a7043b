"""Areas named in a text by the names of the collection's profile."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from functools import lru_cache

from vectorstore.profile import AreaName, CollectionProfile

REMEMBERED = 10_000  # sentences whose areas stay in memory: each is held against many questions


def find_area(text: str, profile: CollectionProfile) -> AreaName | None:
    """The one area that `text` is the id or a name of; None if there is none."""
    wanted = " ".join(text.lower().split())
    for area in profile.areas:
        if wanted in {area.id.lower(), area.name.lower(), *(n.lower() for n in area.names)}:
            return area
    return None


def areas_named(text: str, profile: CollectionProfile) -> tuple[AreaName, ...]:
    """Areas whose name, or a council or common name of theirs, stands in `text`; longer names win.

    Short names, and names that are ordinary words, count only with a capital.
    """
    return names_of(profile).areas(text)


def area_mentions(text: str, profile: CollectionProfile) -> list[str]:
    """The words of `text` that name areas, as they stand there."""
    return names_of(profile).mentions(text)


class AreaNames:
    """The names of all areas of a collection, as one pattern."""

    def __init__(self, areas: Sequence[AreaName], ordinary_words: Collection[str]) -> None:
        self._ordinary_words = frozenset(ordinary_words)
        self._owners: dict[str, AreaName] = {}
        for area in areas:
            for name in (area.name, *area.names):
                self._owners.setdefault(name.lower(), area)
        names = "|".join(re.escape(n) for n in sorted(self._owners, key=len, reverse=True))
        self._pattern = re.compile(rf"(?<![\w-])(?:{names})(?!\w)", re.IGNORECASE) if names else None
        self.ids_in = lru_cache(maxsize=REMEMBERED)(self._ids_in)

    def mentions(self, text: str) -> list[str]:
        """The words of `text` that name areas."""
        found = [m[0] for m in self._pattern.finditer(text)] if self._pattern else []
        return [m for m in found if not (m.islower() and (len(m) <= 4 or m in self._ordinary_words))]

    def areas(self, text: str) -> tuple[AreaName, ...]:
        """The areas that `text` names, each once."""
        return tuple({a.id: a for a in (self._owners[m.lower()] for m in self.mentions(text))}.values())

    def _ids_in(self, text: str) -> frozenset[str]:
        return frozenset(a.id for a in self.areas(text))


def names_of(profile: CollectionProfile) -> AreaNames:
    """The names of the areas of a profile; made once."""
    return _made(profile.areas, profile.ordinary_words)


@lru_cache(maxsize=16)
def _made(areas: tuple[AreaName, ...], ordinary_words: Collection[str]) -> AreaNames:
    return AreaNames(areas, ordinary_words)
