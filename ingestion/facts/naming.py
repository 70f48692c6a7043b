"""The facts that no text says and that names of places lead by: areas, councils, counties, aliases."""

from __future__ import annotations

from collections.abc import Iterator

from ingestion.facts.paragraphs import LOOKUP, Atlas
from vectorstore.facts import Fact
from vectorstore.model import Evidence
from vectorstore.profile import AreaName


def naming_facts(atlas: Atlas) -> Iterator[Fact]:
    """Names and what they lead to, in the order of the tables."""
    for area in atlas.tables.areas:
        for number, (name, start, end) in enumerate(atlas.names(area)):
            yield Fact(
                f"area:{area.id}:{number}",
                "area",
                area.id,
                {"name": name, "region": area.region, "predecessors": list(area.predecessors)},
                start,
                end,
                area.evidence,
                area.sources,
            )
    for c in atlas.tables.councils:
        yield Fact(
            f"council:{c.code}",
            "council",
            c.code,
            {
                "name": c.name,
                "other_names": list(c.other_names),
                "code_2025": c.code_2025,
                "area": c.area,
                "area_2022": c.area_2022,
                "redrawn": atlas.redrawn.isoformat(),
            },
            evidence=Evidence.PRIMARY,
            sources=atlas.milestones[LOOKUP].sources,
        )
    for row in atlas.tables.former_councils:
        yield Fact(
            f"former_council:{row.name}",
            "former_council",
            row.name,
            {"councils": list(row.successors), "last_day": row.last_day.isoformat() if row.last_day else None},
            evidence=row.evidence,
            sources=row.sources,
        )
    for county in atlas.tables.counties:
        data = {"other_names": list(county.other_names), "councils": list(county.councils)}
        yield Fact(f"county:{county.name}", "county", county.name, data)
    for number, authority in enumerate(atlas.tables.authorities):
        covers = (
            [c.code for c in atlas.councils(authority.area)]
            if authority.covers == ("all",)
            else list(authority.covers)
        )
        yield Fact(
            f"authority_name:{number}",
            "authority_name",
            authority.name,
            {"other_names": list(authority.other_names), "councils": covers},
            evidence=authority.evidence,
            sources=authority.sources,
        )
    for alias in atlas.tables.aliases:
        yield Fact(f"alias:{alias.name}", "alias", alias.name, {"means": list(alias.means)})


def profile_areas(atlas: Atlas) -> tuple[AreaName, ...]:
    """The areas of the collection's profile: names by which a text says which area it is about."""
    made = []
    for area in atlas.tables.areas:
        last = atlas.tenures(area.id)[-1]
        councils = [n for c in atlas.councils(area.id) for n in (c.name, *(c.other_names))]
        former = [area.former_name] if area.former_name else []
        aliases = [a.name for a in atlas.tables.aliases if a.means == (f"area:{area.id}",)]
        own = [*former, *aliases, *(councils if area.valid_to is None else [])]
        names = {n.casefold(): n for n in reversed(own)}
        made.append(
            AreaName(
                id=area.id,
                name=area.name,
                erb=last.name,
                url=last.url,
                names=tuple(n for n in reversed(names.values()) if n != area.name),
                valid_from=area.valid_from,
                valid_to=area.valid_to,
            )
        )
    return tuple(made)
