"""The page of each area: who leads it, its councils, its strategic authority, what changed, its plan."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from ingestion.facts.paragraphs import (
    LOOKUP,
    NOTICE,
    REDRAWN,
    SECOND_CYCLE,
    Atlas,
    Page,
    Paragraph,
    bare,
    capital,
    counted,
    in_words,
    listed,
    named,
    overlap,
    slug,
    sources_of,
    weakest,
)
from ingestion.facts.tables import AreaRow, AuthorityRow, ErbRow
from vectorstore.model import Evidence


def area_page(area: AreaRow) -> Page:
    """The page of an area; areas that followed each other under one name share it."""
    title = f"{area.name} LSIP area: who leads, councils, authority, changes and plan"
    return Page(f"{slug(area.name)}-area", title, "areas", area.id)


def area_paragraphs(atlas: Atlas) -> Iterator[Paragraph]:
    """The paragraphs of all areas' pages, in reading order."""
    for area in atlas.tables.areas:
        page = area_page(area)
        for name, start, end in atlas.names(area):
            window = (start, end)
            for tenure in atlas.tenures(area.id):
                yield from _led(page, name, tenure, window)
            yield from _earlier(atlas, page, area, name, window)
            yield from _councils(atlas, page, area, name, window)
            yield from _authorities(atlas, page, area, name, window)
            if end is None:
                yield from _changed(atlas, page, area)
                yield from _plans(atlas, page, area)


def _led(page: Page, name: str, tenure: ErbRow, window: tuple[date | None, date | None]) -> Iterator[Paragraph]:
    shared = overlap(window, (tenure.valid_from, tenure.valid_to))
    if shared is None:
        return
    start, end = shared
    heading = f"{name} Employer Representative Body"

    def said(text: str, kind: str = "", where: str = heading, *, gap: bool = False) -> Paragraph:
        data = {"name": tenure.name, "url": tenure.url, "other_names": list(tenure.other_names)} if kind else {}
        return Paragraph(
            page, where, text, tenure.sources, tenure.evidence, start, end, gap, kind, page.area or "", data
        )

    if not tenure.name:
        between = f"from {in_words(start)} to {in_words(end)}" if start and end else "in this time"
        yield said(f"No Employer Representative Body (ERB) is held for {name} {between}. {tenure.note}", "erb")
        return
    text = (
        "The Employer Representative Body (ERB) that leads the Local Skills Improvement Plan (LSIP) "
        f"for {name} is {named(tenure.name)}."
    )
    if tenure.url:
        text += f" The ERB's LSIP page for {name} is {tenure.url}."
    yield said(text, "erb")
    if tenure.partners:
        yield said(
            f"{capital(named(tenure.name))} works with {listed(tenure.partners)} on the {bare(name)} LSIP.",
            "erb_partners",
        )
    if tenure.note:
        yield said(tenure.note)
    if tenure.url:
        where = f"Taking part in the {bare(name)} LSIP"
        yield said(
            f"Employers and training providers in {name} can reach the LSIP through the page of its ERB, "
            f"{named(tenure.name)}: {tenure.url}.",
            "taking_part",
            where,
        )
        if tenure.contact:
            yield said(f"The mailbox of the {bare(name)} LSIP is {tenure.contact}.", "contact", where)
        else:
            text = f"A named contact, telephone number or mailbox for the {bare(name)} LSIP is not held."
            yield said(text, "", where, gap=True)


def _earlier(
    atlas: Atlas, page: Page, area: AreaRow, name: str, window: tuple[date | None, date | None]
) -> Iterator[Paragraph]:
    """Who led before, said of the time after."""
    before = [r for a in (area.id, *area.predecessors) for r in atlas.tenures(a)]
    for tenure in before:
        if tenure.valid_to is None or not tenure.name or tenure.valid_from is None:
            continue
        shared = overlap(window, (max(tenure.valid_to, atlas.eve), None))
        start = atlas.redrawn
        if shared is None or (shared[1] is not None and shared[1] < start):
            continue
        then = atlas.name(tenure.area, tenure.valid_from)
        yield Paragraph(
            page,
            f"Earlier ERBs in {name}",
            f"From {in_words(tenure.valid_from)} to {in_words(tenure.valid_to)} the ERB for {then} was "
            f"{named(tenure.name)}{_beside(tenure)}. {tenure.note}".strip(),
            tenure.sources,
            tenure.evidence,
            start,
            shared[1],
            kind="erb_before",
            subject=area.id,
            data={"name": tenure.name, "area": tenure.area},
        )


def _beside(tenure: ErbRow) -> str:
    return f", with {listed(tenure.partners)}" if tenure.partners else ""


def _councils(
    atlas: Atlas, page: Page, area: AreaRow, name: str, window: tuple[date | None, date | None]
) -> Iterator[Paragraph]:
    heading = f"Councils in the {bare(name)} LSIP area"
    for names, evidence, start, end in atlas.districts(area.id, window):
        number = counted(len(names), "council district", "council districts")
        yield Paragraph(
            page,
            heading,
            f"The {bare(name)} LSIP area covers {number}: {listed([_plain(n) for n in names])}.",
            atlas.milestones[LOOKUP].sources,
            evidence,
            start,
            end,
            kind="councils",
            subject=area.id,
            data={"councils": [c.code for c in atlas.councils(area.id)]},
        )
    yield Paragraph(
        page,
        heading,
        f"The {bare(name)} LSIP area is listed under the {area.region} region of England.",
        area.sources,
        area.evidence,
        *window,
    )
    if area.code:
        yield Paragraph(
            page,
            heading,
            f"The ONS code of the {bare(name)} LSIP area on the boundaries of 2023 is {area.code}.",
            atlas.milestones[LOOKUP].sources,
            Evidence.PRIMARY,
            *window,
        )


def _authorities(
    atlas: Atlas, page: Page, area: AreaRow, name: str, window: tuple[date | None, date | None]
) -> Iterator[Paragraph]:
    heading = f"Strategic authority in {name}"
    rows = [r for r in atlas.tables.authorities if r.area == area.id]
    for row in rows:
        shared = overlap(window, (row.valid_from, None))
        if shared is not None:
            yield Paragraph(
                page,
                heading,
                _authority(atlas, row, name),
                row.sources,
                row.evidence,
                *shared,
                kind="authority",
                subject=area.id,
                data={"name": row.name},
            )
    shared = overlap(window, (atlas.day(NOTICE), None))
    if not rows and shared is not None:
        day = in_words(atlas.day(NOTICE))
        text = f"A strategic authority for the {bare(name)} LSIP area was not seen in the notice of {day}."
        yield Paragraph(
            page,
            heading,
            text,
            atlas.milestones[NOTICE].sources,
            Evidence.INFERENCE,
            *shared,
            gap=True,
            kind="authority",
            subject=area.id,
        )


def _authority(atlas: Atlas, row: AuthorityRow, name: str) -> str:
    if row.evidence is Evidence.INFERENCE:
        since = f" ({row.from_words})" if row.from_words else ""
        said = f"{row.name} holds devolved adult education functions in the {bare(name)} LSIP area{since}."
    elif row.covers != ("all",):
        names = {c.code: _plain(c.name) for c in atlas.tables.councils}
        covered = listed(sorted(names[c] for c in row.covers))
        said = f"The {row.name} covers part of the {bare(name)} LSIP area: {covered}."
    else:
        said = f"The strategic authority for the {bare(name)} LSIP area is the {row.name}."
        said += f" The {row.name} was {row.from_words}." if row.from_words.startswith(("set up", "formed")) else ""
        said += f" The {row.name} {row.from_words}." if row.from_words.startswith("first met") else ""
    return f"{said} {row.note}".strip()


def _changed(atlas: Atlas, page: Page, area: AreaRow) -> Iterator[Paragraph]:
    rows = [area, *(atlas.by_id[p] for p in area.predecessors)]
    yield Paragraph(
        page,
        f"What changed for {area.name} on {in_words(atlas.redrawn)}",
        what_changed(atlas, area),
        tuple(dict.fromkeys((*atlas.milestones[REDRAWN].sources, *sources_of(*rows)))),
        weakest(rows),
        atlas.redrawn,
        None,
        kind="change",
        subject=area.id,
        data={"predecessors": list(area.predecessors), "former_name": area.former_name},
    )


def what_changed(atlas: Atlas, area: AreaRow) -> str:
    """What happened to an area when areas were redrawn, worked out from its councils."""
    day, name = in_words(atlas.redrawn), area.name
    if area.former_name:
        return (
            f"Only the name of the {bare(name)} LSIP area changed on {day}: it was called {area.former_name} before, "
            "with the same council districts."
        )
    if not area.predecessors:
        return (
            f"Nothing changed for the {bare(name)} LSIP area on {day}, when LSIP areas were redrawn: "
            f"{name} kept its name and its council districts."
        )
    whole = [p for p in area.predecessors if len(atlas.moved(p, area.id)) == len(atlas.councils(p))]
    parts = [p for p in area.predecessors if p not in whole]
    if not parts and len(whole) > 1:
        merged = listed([atlas.by_id[p].name for p in whole])
        return f"The areas {merged} merged on {day} into one LSIP area, {name}."
    if not whole and len(parts) == 1:
        before = atlas.by_id[parts[0]]
        others = [a for a in atlas.successors(before.id) if a.id != area.id]
        lost = [c for o in others for c in atlas.moved(before.id, o.id)]
        if before.name == name:
            return (
                f"The {bare(name)} LSIP area lost {listed([_plain(c.name) for c in lost])} on {day}, which went to "
                f"{listed([o.name for o in others])}. The other council districts stayed in {name}."
            )
        return (
            f"The {bare(name)} LSIP area was split from {before.name} on {day}. The other council districts of "
            f"{before.name} went to {listed([o.name for o in others])}."
        )
    came = [f"all council districts of {atlas.by_id[p].name} came into it" for p in whole]
    came += [
        f"{listed([_plain(c.name) for c in atlas.moved(p, area.id)])} joined from {atlas.by_id[p].name}"
        for p in parts
    ]
    return f"The {bare(name)} LSIP area got a new boundary on {day}: {', and '.join(came)}."


def _plans(atlas: Atlas, page: Page, area: AreaRow) -> Iterator[Paragraph]:
    heading = f"The {bare(area.name)} plan for 2026 to 2029"
    rows = [r for r in atlas.tables.plans if r.area == area.id]
    for row in rows:
        seen = row.status == "published"
        said = (
            f"The {bare(area.name)} plan for {row.label} was published in {row.published_words}."
            if seen
            else f"A plan for {row.label} stands in the title of a page of the {bare(area.name)} ERB."
        )
        yield Paragraph(
            page,
            heading,
            f"{said} {row.note}".strip(),
            row.sources,
            row.evidence,
            _start(atlas, row.published),
            None,
            kind="plan",
            subject=area.id,
            data={"label": row.label, "status": row.status, "published": row.published},
        )
    if not rows:
        text = (
            f"A {bare(area.name)} plan for 2026 to 2029 is not held: new plans were due in summer 2026, and none was "
            f"seen for {area.name}."
        )
        yield Paragraph(
            page,
            heading,
            text,
            (*atlas.milestones[SECOND_CYCLE].sources, *atlas.tenures(area.id)[-1].sources[-1:]),
            Evidence.INFERENCE,
            atlas.day(SECOND_CYCLE),
            None,
            gap=True,
            kind="plan",
            subject=area.id,
        )


def _start(atlas: Atlas, published: str) -> date:
    """The first day on which something published then may be told of: a bare year or month has to be over."""
    if len(published) == 10:
        return date.fromisoformat(published)
    year, _, month = published.partition("-")
    if not month:
        return atlas.day(NOTICE)
    return date(int(year), int(month) % 12 + 1, 1) if int(month) < 12 else date(int(year) + 1, 1, 1)


def _plain(council: str) -> str:
    """The name of a council district as people say it: "Bristol, City of" is "City of Bristol"."""
    name, comma, rest = council.partition(", ")
    return f"{rest} {name}" if comma and rest in ("City of", "County of") else council
