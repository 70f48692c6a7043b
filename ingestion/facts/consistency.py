"""What no single row can show: tables that contradict each other, or name what is not there."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable
from datetime import date, timedelta
from itertools import pairwise

from ingestion.facts.paragraphs import MILESTONES
from ingestion.facts.tables import Dated, Grounded, Tables
from vectorstore.errors import BadFileError


def check(tables: Tables, sources: Collection[str]) -> None:
    """Raise BadFileError with the first contradiction, for a person to mend."""
    refuse(problems(tables, sources))


def refuse(found: Iterable[str]) -> None:
    """Raise BadFileError with the first problem, if there is one."""
    for problem in found:
        raise BadFileError(f"The facts do not fit together: {problem}.", "Correct the row and ingest again.")


def problems(tables: Tables, sources: Collection[str]) -> Iterable[str]:
    """All contradictions, each in a few words."""
    areas = {a.id for a in tables.areas}
    codes = {c.code for c in tables.councils} | {c.code_2025 for c in tables.councils}
    yield from _repeated("area", (a.id for a in tables.areas))
    yield from _repeated("council", (c.code for c in tables.councils))
    yield from _repeated("council name", (c.name for c in tables.councils))
    named = [
        *(("erbs", r.area, r.area) for r in tables.erbs),
        *(("councils", c.name, a) for c in tables.councils for a in (c.area, c.area_2022)),
        *(("strategic_authorities", r.name, r.area) for r in tables.authorities),
        *(("awards", r.of, r.area) for r in tables.awards),
        *(("plans", r.label, r.area) for r in tables.plans),
        *(("areas", a.id, p) for a in tables.areas for p in a.predecessors),
        *(("aliases", r.name, m[5:]) for r in tables.aliases for m in r.means if m.startswith("area:")),
    ]
    yield from (
        f"{table}: {row} names the area {area}, which is not there" for table, row, area in named if area not in areas
    )
    coded = [
        *(("former_councils", r.name, c) for r in tables.former_councils for c in r.successors),
        *(("counties", r.name, c) for r in tables.counties for c in r.councils),
        *(("localities", r.name, c) for r in tables.localities for c in r.councils),
        *(("strategic_authorities", r.name, c) for r in tables.authorities for c in r.covers if c != "all"),
        *(("aliases", r.name, m[8:]) for r in tables.aliases for m in r.means if m.startswith("council:")),
    ]
    yield from (
        f"{table}: {row} names the council {code}, which is not there"
        for table, row, code in coded
        if code not in codes
    )
    yield from (
        f"aliases: {r.name} means {m!r}, which is neither area: nor council:"
        for r in tables.aliases
        for m in r.means
        if not m.startswith(("area:", "council:"))
    )
    told = {m.name for m in tables.milestones}
    yield from (f"milestones: there is no {name!r}" for name in MILESTONES if name not in told)
    yield from _lineage(tables)
    yield from _tenures(tables)
    grounded: list[Grounded] = [
        *tables.milestones, *tables.areas, *tables.erbs, *tables.former_councils, *tables.authorities,
        *tables.awards, *tables.plans,
    ]  # fmt: skip
    yield from unregistered({s for row in grounded for s in row.sources}, sources)


def unregistered(named: Collection[str], sources: Collection[str]) -> Iterable[str]:
    """The sources named that the registry does not list."""
    return (f"the source {s} is not in the registry" for s in sorted(set(named) - set(sources)))


def _repeated(what: str, values: Iterable[str]) -> Iterable[str]:
    return (f"the {what} {v} stands twice" for v, n in Counter(values).items() if n > 1)


def _lineage(tables: Tables) -> Iterable[str]:
    """Each council's areas follow each other by the areas' own lineage, and both are areas of their time."""
    by_id = {a.id: a for a in tables.areas}
    for c in tables.councils:
        now, then = by_id.get(c.area), by_id.get(c.area_2022)
        if now is None or then is None:
            continue
        if now.id != then.id and then.id not in now.predecessors:
            yield f"{c.name} went from {then.id} to {now.id}, but {then.id} is no predecessor of {now.id}"
        if now.valid_to is not None:
            yield f"{c.name} is in {now.id}, which ended"
    for area in tables.areas:
        for p in area.predecessors:
            if p in by_id and not follows(by_id[p], area):
                yield f"{area.id} does not begin on the day after its predecessor {p} ended"


def _tenures(tables: Tables) -> Iterable[str]:
    """Each area is led, or said not to be, on every day, by one body at a time."""
    for area in tables.areas:
        rows = sorted((r for r in tables.erbs if r.area == area.id), key=lambda r: r.valid_from or date.min)
        if not rows or rows[0].valid_from != area.valid_from or rows[-1].valid_to != area.valid_to:
            yield f"the rows of erbs for {area.id} do not cover its whole time"
        yield from (
            f"the rows of erbs for {area.id} leave a gap or overlap at {b.valid_from}"
            for a, b in pairwise(rows)
            if not follows(a, b)
        )
        yield from (f"{r.area} has no ERB from {r.valid_from} and no note" for r in rows if not r.name and not r.note)


def follows(before: Dated, after: Dated) -> bool:
    """Whether `after` begins on the day after `before` ends."""
    return before.valid_to is not None and after.valid_from == before.valid_to + timedelta(days=1)
