"""What a name may mean: areas, councils, counties, authorities, bodies, towns; each leads to council districts."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from assistant.areas.atlas import Atlas, erb_names
from vectorstore.places.names import key
from vectorstore.places.towns import Town

# The kinds of meaning, in the order in which one stands for a name that has several.
AREA, ERB, AUTHORITY, COUNCIL, COUNTY, FORMER, TOWN, LOCALITY, LAND = (
    "area", "erb", "authority", "council", "county", "former council", "town", "locality", "land",
)  # fmt: skip
_TOWNS = frozenset({TOWN, LOCALITY})
SMALL_TOWN = 300  # people in a place whose number GeoNames does not give
COUNCIL_SEAT = 60_000  # people a council's name stands for where no town of that name lies in it
FORMER_SEAT = 30_000
NATION = 1_000_000  # people at least in a land called by its own name, so that no village of that name is meant
UNCOUNTED = 500  # people of a suburb or village that GeoNames does not list
_NATIONS = {"W": "Wales", "S": "Scotland"}


@dataclass(frozen=True, slots=True)
class Meaning:
    """One thing a name may mean. `councils` are codes; a land outside England has none and is named in `land`."""

    kind: str
    label: str
    councils: frozenset[str] = frozenset()
    area: str = ""  # of kind area: its id
    land: str = ""
    population: int = 0


def build_index(atlas: Atlas, towns: Sequence[Town], lands: Mapping[str, Sequence[str]]) -> dict[str, list[Meaning]]:
    """Every known name by its key, with all it may mean. `lands` are nations outside England and their names."""
    index: dict[str, list[Meaning]] = {}
    for name, meaning in (*_named(atlas), *_lands(lands), *_towns(atlas, towns)):
        wanted = key(name)
        held = index.setdefault(wanted, [])
        if wanted and meaning not in held:
            held.append(meaning)
    return {name: _settled(meanings) for name, meanings in index.items() if name}


def _named(atlas: Atlas) -> Iterator[tuple[str, Meaning]]:
    for fact in atlas.of("area"):
        codes = frozenset(c.code for c in atlas.councils.values() if fact.subject in (c.area, c.area_2022))
        yield fact.data["name"], Meaning(AREA, fact.data["name"], codes, fact.subject)
        yield fact.subject, Meaning(AREA, fact.data["name"], codes, fact.subject)
    for fact in atlas.of("erb"):
        for name in erb_names(fact):
            yield name, Meaning(ERB, fact.data["name"])
    for fact in atlas.of("authority_name"):
        for name in (fact.subject, *fact.data["other_names"]):
            yield name, Meaning(AUTHORITY, fact.subject, frozenset(fact.data["councils"]))
    for council in atlas.councils.values():
        meaning = Meaning(COUNCIL, plain(council.name), frozenset([council.code]), population=COUNCIL_SEAT)
        for name in (council.name, plain(council.name), *council.other_names, council.code, council.code_2025):
            yield name, meaning
    for fact in atlas.of("county"):
        for name in (fact.subject, *fact.data["other_names"]):
            yield name, Meaning(COUNTY, fact.subject, frozenset(fact.data["councils"]), population=COUNCIL_SEAT)
    for fact in atlas.of("former_council"):
        codes = frozenset(fact.data["councils"])
        yield fact.subject, Meaning(FORMER, fact.subject, codes, population=FORMER_SEAT)
    for fact in atlas.of("alias"):
        for target in fact.data["means"]:
            kind, _, ident = target.partition(":")
            if kind == "area":
                codes = frozenset(c.code for c in atlas.councils.values() if ident in (c.area, c.area_2022))
                yield fact.subject, Meaning(AREA, str(atlas.of("area", ident)[-1].data["name"]), codes, ident)
            else:
                council = atlas.councils[atlas.codes[ident]]
                meaning = Meaning(COUNCIL, plain(council.name), frozenset([council.code]), population=COUNCIL_SEAT)
                yield fact.subject, meaning


def _lands(lands: Mapping[str, Sequence[str]]) -> Iterator[tuple[str, Meaning]]:
    for land, names in lands.items():
        for name in names:
            yield name, Meaning(LAND, name, land=land, population=NATION if name == land else COUNCIL_SEAT)


def _towns(atlas: Atlas, towns: Iterable[Town]) -> Iterator[tuple[str, Meaning]]:
    for town in towns:
        people = town.population or (UNCOUNTED if town.ours else SMALL_TOWN)
        if town.district in atlas.codes:
            codes = frozenset([atlas.codes[town.district]])
            yield town.name, Meaning(LOCALITY if town.ours else TOWN, town.name, codes, population=people)
        elif not town.district.startswith("E"):
            land = _NATIONS.get(town.district[:1], "") if town.district[1:2].isdigit() else town.district
            yield town.name, Meaning(LAND, town.name, land=land, population=people)


def _settled(meanings: list[Meaning]) -> list[Meaning]:
    """`meanings` of one name without those that another stands for: an area, body or authority alone is meant; a town
    in the council or county of its name is that, and a council counts as many people as the town that gave it its
    name."""
    for kind in (AREA, AUTHORITY, ERB):
        if any(m.kind == kind for m in meanings):
            return [m for m in meanings if m.kind == kind]
    settled = []
    for meaning in meanings:
        if meaning.kind in (COUNCIL, FORMER):
            seats = (m.population for m in meanings if m.kind in _TOWNS and m.councils <= meaning.councils)
            seat = max(seats, default=0)
            settled.append(replace(meaning, population=max(seat, meaning.population)))
        elif not (
            meaning.kind in _TOWNS
            and any(m.kind in (COUNCIL, FORMER, COUNTY) and meaning.councils <= m.councils for m in meanings)
        ):
            settled.append(meaning)
    return settled


def plain(council: str) -> str:
    """The name of a council district as people say it: "Bristol, City of" is "Bristol"."""
    name, comma, rest = council.partition(", ")
    return name if comma and rest in ("City of", "County of") else council
