"""The awards of a fund: a page for each area that had one, or belonged to one that had, and the list of all."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from ingestion.facts.paragraphs import (
    ANNOUNCED,
    CLOSED,
    Atlas,
    Page,
    Paragraph,
    bare,
    capital,
    counted,
    in_words,
    listed,
    slug,
)
from ingestion.facts.tables import AreaRow, AwardRow
from vectorstore.model import Evidence

FULL_NAME = {"LSIF": "Local Skills Improvement Fund (LSIF)"}


def award_paragraphs(atlas: Atlas) -> Iterator[Paragraph]:
    """The paragraphs of all award pages, in reading order."""
    for area in atlas.tables.areas:
        awards = [a for a in atlas.tables.awards if a.area == area.id or a.area in area.predecessors]
        if awards and area.valid_to is None:
            yield _closed(atlas, area)
        for award in awards:
            yield from _of_area(atlas, area, atlas.by_id[award.area], award)
    yield from _list(atlas)


def _closed(atlas: Atlas, area: AreaRow) -> Paragraph:
    return Paragraph(
        _page(area),
        f"A closed fund in {area.name}",
        f"The {FULL_NAME['LSIF']} is closed in {area.name} as everywhere in England. The funding years of the LSIF "
        "were 2023-24 and 2024-25.",
        atlas.milestones[CLOSED].sources,
        Evidence.PRIMARY,
        max(atlas.day(CLOSED), area.valid_from or date.min),
    )


def _share(atlas: Atlas, before: AreaRow, after: AreaRow) -> str:
    """What of `after` belonged to `before`."""
    moved = atlas.moved(before.id, after.id)
    return after.name if len(moved) == len(atlas.councils(after.id)) else f"part of {after.name}"


def _page(area: AreaRow) -> Page:
    title = f"Local Skills Improvement Fund in {area.name}: award and lead college"
    return Page(f"{slug(area.name)}-lsif", title, "areas", area.id)


def _of_area(atlas: Atlas, area: AreaRow, holder: AreaRow, award: AwardRow) -> Iterator[Paragraph]:
    page, start = _page(area), max(_told(atlas, award), area.valid_from or date.min)
    heading = f"{award.fund} award of {award.of}"
    inherited = holder.id != area.id
    link = (
        f" The {holder.name} area, to which {_share(atlas, holder, area)} belonged, ended on {in_words(atlas.eve)}."
        if inherited and holder.name != area.name
        else ""
    )
    yield Paragraph(
        page,
        heading,
        award_text(award) + link,
        award.sources,
        award.evidence,
        start,
        area.valid_to,
        gap=not award.found,
        kind="award",
        subject=area.id,
        data={
            "fund": award.fund,
            "of": award.of,
            "area": award.area,
            "amount": award.amount,
            "lead": award.lead,
            "found": award.found,
        },
    )
    details = details_text(award)
    if details:
        yield Paragraph(
            page,
            heading,
            details,
            award.sources,
            award.evidence,
            start,
            area.valid_to,
            kind="award",
            subject=area.id,
            data={"fund": award.fund, "of": award.of, "area": award.area, "details": True},
        )


def award_text(award: AwardRow) -> str:
    """The award in a sentence or two: amount and lead, or what of them was not found."""
    fund = FULL_NAME[award.fund]
    if not award.found:
        said = f"The {award.fund} award of {award.of}, its amount and its lead college, is not held."
        return f"{said} {award.note}".strip()
    if not award.amount:
        return f"The {bare(award.of)} award from the {fund} was led by {award.lead}. The amount was not seen."
    if award.lead:
        return f"The {bare(award.of)} award from the {fund} was {award.amount_words}, led by {award.lead}."
    shared = f", for {award.partners}" if award.partners else ""
    return (
        f"The {bare(award.of)} award from the {fund} was {award.amount_words}{shared}. The lead college was not seen."
    )


def details_text(award: AwardRow) -> str:
    """Partners, themes, date and remarks of an award that was found."""
    if not award.found:
        return ""
    said = []
    if award.partners and award.lead:
        said.append(f"{capital(award.lead)} shared the {bare(award.of)} award with {award.partners}.")
    if award.themes:
        said.append(f"Themes of the {bare(award.of)} {award.fund} projects were: {'; '.join(award.themes)}.")
    if award.announced:
        said.append(f"The {bare(award.of)} award was reported in {_reported(award.announced)}.")
    if award.note:
        said.append(award.note)
    return " ".join(said)


def _list(atlas: Atlas) -> Iterator[Paragraph]:
    page = Page("lsif-awards", "Awards from the Local Skills Improvement Fund", "lsif")
    awards = atlas.tables.awards
    found = [a for a in awards if a.found]
    priced = [a for a in found if a.amount]
    largest = max(priced, key=lambda a: a.amount or 0)

    announced = atlas.milestones[ANNOUNCED]
    looked_in = (*announced.sources, *atlas.milestones[CLOSED].sources)

    def said(
        heading: str, text: str, evidence: Evidence = Evidence.SECONDARY, start: date = announced.day
    ) -> Paragraph:
        return Paragraph(page, heading, text, looked_in, evidence, start, kind="awards", subject="LSIF")

    yield said(
        "LSIF awards in short",
        f"{len(found)} awards from the {FULL_NAME['LSIF']} were found, {len(priced)} of them with an amount. "
        "The full list of the Department for Education (DfE) was not found.",
    )
    yield said(
        "The largest LSIF award",
        f"The largest LSIF award seen is {largest.amount_words} for {largest.of}, led by {largest.lead}.",
    )
    yield said(
        "LSIF awards in short",
        "Area names in the list of LSIF awards are those of 2023. Several areas were merged, split or renamed on "
        f"{in_words(atlas.redrawn)}.",
        start=atlas.redrawn,
    )
    for award in sorted(found, key=lambda a: -(a.amount or 0)):
        yield Paragraph(
            page, f"LSIF award: {award.of}", award_text(award), award.sources, award.evidence, _told(atlas, award)
        )
    missing = [a.of for a in awards if not a.found]
    yield said(
        "Areas where no LSIF award was found",
        f"For {counted(len(missing), 'area', 'areas')} of 2023 no amount and no lead of an LSIF award was found: "
        f"{listed(missing)}.",
        Evidence.INFERENCE,
    )
    yield Paragraph(
        page,
        "What is not held",
        "The full DfE list of LSIF awards is not held.",
        looked_in,
        Evidence.INFERENCE,
        announced.day,
        gap=True,
    )


def _told(atlas: Atlas, award: AwardRow) -> date:
    """From when an award may be told of: the day it was reported, or the day after its month."""
    if len(award.announced) == 10:
        return max(date.fromisoformat(award.announced), atlas.day(ANNOUNCED))
    if award.announced.endswith("-12"):
        return date(int(award.announced[:4]) + 1, 1, 1)
    return atlas.day(ANNOUNCED)


def _reported(words: str) -> str:
    """A date of any precision in words: November 2023, 22 November 2023."""
    if len(words) == 10:
        return f"the press of {in_words(date.fromisoformat(words))}"
    return f"{date.fromisoformat(words + '-01'):%B %Y}" if len(words) == 7 else words
