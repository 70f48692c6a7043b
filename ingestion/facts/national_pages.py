"""What is said of all areas together: how many, where, who leads several, and what became of each."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from datetime import date

from ingestion.facts.area_pages import what_changed
from ingestion.facts.paragraphs import (
    FIRST,
    NOTICE,
    REDRAWN,
    Atlas,
    Page,
    Paragraph,
    capital,
    counted,
    in_words,
    listed,
    named,
    sources_of,
    weakest,
)
from ingestion.facts.tables import AreaRow, ErbRow
from vectorstore.model import Evidence

COUNT = Page("lsip-areas-count", "How many LSIP areas there are", "areas")
LIST = Page("lsip-areas", "The LSIP areas of England and who leads each", "areas")
SEVERAL = Page("erbs-leading-several-areas", "ERBs and the areas they lead", "areas")
CHANGES = Page("lsip-area-changes", "What became of each LSIP area on 1 October 2025", "areas")
_REGIONS = (
    "North East", "North West", "Yorkshire and the Humber", "East Midlands", "West Midlands", "East of England",
    "London", "South East", "South West",
)  # fmt: skip


def national_paragraphs(atlas: Atlas) -> Iterator[Paragraph]:
    """The paragraphs of the pages on all areas, in reading order."""
    yield from _count(atlas)
    yield from _regions(atlas)
    yield from _leads(atlas)
    yield from _changes(atlas)


def _old(atlas: Atlas) -> list[AreaRow]:
    return [a for a in atlas.tables.areas if not a.predecessors]


def _count(atlas: Atlas) -> Iterator[Paragraph]:
    now, then, day = len(atlas.current()), len(_old(atlas)), in_words(atlas.redrawn)
    first = min(a.valid_from for a in atlas.tables.areas if a.valid_from)
    yield Paragraph(
        COUNT,
        f"Number of LSIP areas: {then}",
        f"England has {then} Local Skills Improvement Plan (LSIP) areas.",
        atlas.milestones[FIRST].sources,
        Evidence.SECONDARY,
        first,
        atlas.eve,
        kind="count",
        subject="areas",
        data={"areas": then},
    )
    yield Paragraph(
        COUNT,
        f"Number of LSIP areas: {now}",
        f"England has {now} Local Skills Improvement Plan (LSIP) areas. The number has been {now} since {day} and "
        f"was {then} before that day.",
        atlas.milestones[REDRAWN].sources,
        Evidence.PRIMARY,
        atlas.redrawn,
        kind="count",
        subject="areas",
        data={"areas": now, "before": then},
    )
    merged, split = _mergers(atlas), _splits(atlas)
    fresh = [a for a in atlas.tables.areas if a.predecessors]
    ended = [a for a in atlas.tables.areas if a.valid_to]
    if not merged:
        return
    what = [f"{listed([p.name for p in ps])} merged into {a.name}" for a, ps in merged]
    what += [
        f"{p.name} was split into {listed([a.name for a in into])}" for p, into in split if p not in _moved(atlas)
    ]
    yield Paragraph(
        COUNT,
        f"How {then} areas became {now}",
        f"The change from {then} to {now} areas on {day} is {counted(len(merged), 'merger', 'mergers')} and "
        f"{counted(len(what) - len(merged), 'split', 'splits')}: {'; '.join(what)}. "
        f"{capital(counted(len(ended), 'area', 'areas'))} of {then} ended or lost districts, and "
        f"{counted(len(fresh), 'area', 'areas')} of {now} have a new boundary.",
        atlas.milestones[REDRAWN].sources,
        Evidence.INFERENCE,
        atlas.redrawn,
        kind="count",
        subject="change",
    )


def _mergers(atlas: Atlas) -> list[tuple[AreaRow, list[AreaRow]]]:
    """Areas made of two or more whole areas."""
    found = []
    for area in atlas.tables.areas:
        whole = [p for p in area.predecessors if len(atlas.moved(p, area.id)) == len(atlas.councils(p))]
        if len(whole) > 1 and len(whole) == len(area.predecessors):
            found.append((area, [atlas.by_id[p] for p in whole]))
    return found


def _splits(atlas: Atlas) -> list[tuple[AreaRow, list[AreaRow]]]:
    """Areas whose districts went to several areas."""
    return [(a, s) for a in atlas.tables.areas if a.valid_to and len(s := atlas.successors(a.id)) > 1]


def _moved(atlas: Atlas) -> list[AreaRow]:
    """Split areas that made no new area out of nothing: their districts joined, or stayed in, others."""
    return [p for p, into in _splits(atlas) if any(len(a.predecessors) > 1 for a in into)]


def _regions(atlas: Atlas) -> Iterator[Paragraph]:
    for areas, start, end in (
        (_old(atlas), min(a.valid_from for a in atlas.tables.areas if a.valid_from), atlas.eve),
        (atlas.current(), atlas.redrawn, None),
    ):
        by_region: dict[str, list[str]] = defaultdict(list)
        for area in areas:
            by_region[area.region].append(atlas.name(area.id, start))
        for region in _REGIONS:
            names = sorted(by_region[region])
            yield Paragraph(
                LIST,
                f"LSIP areas in the {region} region" if region != "London" else "LSIP area in London",
                f"{capital(counted(len(names), 'LSIP area is', 'LSIP areas are'))} listed under the {region} region: "
                f"{'; '.join(names)}.",
                atlas.milestones[NOTICE if end is None else FIRST].sources,
                Evidence.THIRD_PARTY if end is None else Evidence.SECONDARY,
                start,
                end,
                kind="region",
                subject=region,
            )


def _leads(atlas: Atlas) -> Iterator[Paragraph]:
    cuts = sorted({d for r in atlas.tables.erbs for d in (r.valid_from,) if d})
    for start, after in zip(cuts, [*cuts[1:], None], strict=True):
        end = date.fromordinal(after.toordinal() - 1) if after else None
        rows = [r for r in atlas.tables.erbs if r.name and r.valid_from and r.valid_from <= start]
        rows = [r for r in rows if r.valid_to is None or r.valid_to >= start]
        by_name: dict[str, list[ErbRow]] = defaultdict(list)
        for row in rows:
            by_name[row.name.replace("&", "and")].append(row)
        yield from _several(atlas, by_name, start, end)


def _several(atlas: Atlas, by_name: dict[str, list[ErbRow]], start: date, end: date | None) -> Iterator[Paragraph]:
    several = {n: rows for n, rows in by_name.items() if len(rows) > 1}
    ordered = sorted(several.items(), key=lambda item: (-len(item[1]), item[0]))
    everyone = [r for rows in by_name.values() for r in rows]
    led = {
        name: f"{capital(named(name))} leads {counted(len(rows), 'area', 'areas')}: "
        f"{'; '.join(sorted(atlas.name(r.area, start) for r in rows))}"
        for name, rows in by_name.items()
    }
    yield Paragraph(
        SEVERAL,
        "ERBs that lead more than one area",
        f"{capital(counted(len(several), 'ERB leads', 'ERBs lead'))} more than one Local Skills Improvement Plan "
        f"(LSIP) area:\n" + "\n".join(f"- {led[name]}." for name, _ in ordered),
        sources_of(*(r for rows in several.values() for r in rows))[:6],
        weakest(everyone),
        start,
        end,
        kind="several_erbs",
        subject="erbs",
        data={name: [r.area for r in rows] for name, rows in ordered},
    )
    yield Paragraph(
        SEVERAL,
        "Number of different ERBs",
        f"The {len(everyone)} areas that have an Employer Representative Body (ERB) are led by {len(by_name)} "
        f"different ERBs. The other {len(by_name) - len(several)} ERBs lead one area each.",
        atlas.milestones[NOTICE if end is None else FIRST].sources,
        Evidence.INFERENCE,
        start,
        end,
        kind="erb_count",
        subject="erbs",
    )
    for name, rows in sorted(by_name.items()):
        yield Paragraph(
            SEVERAL,
            f"Areas led by {name}",
            f"{led[name]}.",
            sources_of(*rows),
            weakest(rows),
            start,
            end,
            kind="erb_areas",
            subject=name,
            data={"areas": [r.area for r in rows]},
        )


def _changes(atlas: Atlas) -> Iterator[Paragraph]:
    day = in_words(atlas.redrawn)
    changed = [a for a in atlas.current() if a.predecessors]
    renamed = [a for a in atlas.current() if a.former_name]
    same = len(atlas.current()) - len(changed) - len(renamed)

    sources = atlas.milestones[REDRAWN].sources

    def said(heading: str, text: str, kind: str, subject: str, evidence: Evidence = Evidence.PRIMARY) -> Paragraph:
        return Paragraph(CHANGES, heading, text, sources, evidence, atlas.redrawn, kind=kind, subject=subject)

    yield said(
        f"The {counted(len(changed), 'area', 'areas')} with changed boundaries",
        f"{capital(counted(len(changed), 'LSIP area', 'LSIP areas'))} of {len(atlas.current())} had changed "
        f"boundaries on {day}:\n" + "\n".join(f"- {_briefly(atlas, a)}" for a in changed),
        "changed_areas",
        "boundaries",
    )
    yield said(
        f"The {counted(len(renamed), 'area', 'areas')} that were only renamed",
        f"{capital(counted(len(renamed), 'LSIP area was', 'LSIP areas were'))} only renamed on {day}, with the same "
        f"council districts:\n" + "\n".join(f"- {a.name} was called {a.former_name}." for a in renamed),
        "renamed_areas",
        "names",
    )
    yield said(
        "The areas that did not change",
        f"The other {same} of the {len(atlas.current())} areas had neither a changed boundary nor a new name on "
        f"{day}.",
        "unchanged_areas",
        "names",
        Evidence.INFERENCE,
    )
    for area in (a for a in atlas.tables.areas if a.valid_to):
        went = [f"{a.name} ({_names(atlas, area, a)})" for a in atlas.successors(area.id)]
        yield Paragraph(
            CHANGES,
            f"What became of {area.name}",
            f"The {area.name} LSIP area of the first cycle ended on {in_words(atlas.eve)}. Its council districts "
            f"went to {'; and to '.join(went)}.{_merger(atlas, area)}",
            tuple(dict.fromkeys((*atlas.milestones[REDRAWN].sources, *area.sources))),
            Evidence.PRIMARY,
            atlas.redrawn,
            kind="ended",
            subject=area.id,
            data={"successors": [a.id for a in atlas.successors(area.id)]},
        )


def _merger(atlas: Atlas, area: AreaRow) -> str:
    """The merger that an area went into, if it did."""
    for after, merged in _mergers(atlas):
        if area in merged:
            return f" {what_changed(atlas, after)}"
    return ""


def _names(atlas: Atlas, before: AreaRow, after: AreaRow) -> str:
    moved = atlas.moved(before.id, after.id)
    return "all of them" if len(moved) == len(atlas.councils(before.id)) else listed([c.name for c in moved])


def _briefly(atlas: Atlas, area: AreaRow) -> str:
    return what_changed(atlas, area).replace(f" on {in_words(atlas.redrawn)}", "", 1)
