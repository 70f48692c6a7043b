"""Remarks on how the places of a question were understood: computed, so they stand as notes and cite nothing."""

from __future__ import annotations

from collections.abc import Iterable

from assistant.areas.locating import Found, Location, Place
from prompts import message


def place_notes(located: Location, areas: dict[str, str]) -> list[str]:
    """One remark for each thing a reader should know of the places: misspelt, assumed, near, or where they lie.

    `areas` gives the names of the areas found, by id.
    """
    if located.status is not Found.FOUND:
        return []
    return list(dict.fromkeys(note for place in located.places for note in _of(place, areas)))


def _of(place: Place, areas: dict[str, str]) -> Iterable[str]:
    if place.read_as:
        yield message("note_read_as", words=place.words, place=place.read_as)
    if place.instead_of:
        yield message("note_assumed", place=place.label, others="; ".join(place.instead_of[:3]))
    if place.near:
        yield message("note_near", place=place.label)
    names = [areas[a] for a in place.areas if a in areas]
    where = f"{place.label} ({place.within})" if place.within else place.label
    if len(names) == 1 and place.kind in _PLACED:
        yield message(_PLACED[place.kind], place=where, area=names[0])
    elif len(names) > 1 and place.kind in ("county", "outward code", "authority"):
        yield message("note_several", place=place.label, areas="; ".join(names))


_PLACED = {
    "town": "note_place",
    "locality": "note_locality",
    "former council": "note_place",
    "postcode": "note_postcode",
    "outward code": "note_outward",
    "postcode, by its neighbours": "note_postcode_near",
}
