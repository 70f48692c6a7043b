"""Areas named in a text by the names of the collection's profile."""

from __future__ import annotations

import re
from functools import lru_cache

from vectorstore.profile import AreaName, CollectionProfile


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
    finder = _finder(profile.areas)
    if finder is None:
        return ()
    found = {a.id: a for a in (finder[1][m.lower()] for m in area_mentions(text, profile))}
    return tuple(found.values())


def area_mentions(text: str, profile: CollectionProfile) -> list[str]:
    """The words of `text` that name areas, as they stand there."""
    finder = _finder(profile.areas)
    if finder is None:
        return []
    found = [m[0] for m in finder[0].finditer(text)]
    return [m for m in found if not (m.islower() and (len(m) <= 4 or m in profile.ordinary_words))]


@lru_cache(maxsize=16)
def _finder(areas: tuple[AreaName, ...]) -> tuple[re.Pattern[str], dict[str, AreaName]] | None:
    owners: dict[str, AreaName] = {}
    for area in areas:
        for name in (area.name, *area.names):
            owners.setdefault(name.lower(), area)
    if not owners:
        return None
    names = "|".join(re.escape(n) for n in sorted(owners, key=len, reverse=True))
    return re.compile(rf"(?<![\w-])(?:{names})(?!\w)", re.IGNORECASE), owners
