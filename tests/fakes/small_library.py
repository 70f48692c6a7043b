"""A small library of invented texts in two editions, with passages and a profile."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

from vectorstore.errors import NotFoundError, UnknownCollectionError
from vectorstore.model import Evidence, Kind, Passage, Reference, Status, Version
from vectorstore.profile import AreaName, CollectionProfile

TODAY = date(2026, 11, 23)
HOSTILE = "<script>alert('x')</script>\"'><img src=x onerror=alert(1)>"
GUIDANCE_2022 = """Statutory guidance for the development of a Local Skills Improvement Plan

The employer representative body

The designated employer representative body must lead the development of the plan, working closely with employers, \
the providers of English-funded post-16 technical education and training, and other local stakeholders. Relevant \
providers must co-operate with the body.

What a plan must hold

A plan must:

- set out the post-16 technical education and training that employers need
- name the actions that providers and others should take
- be reviewed in the second year"""
GUIDANCE_2025 = """Guidance for the next round of plans

The employer representative body

The body and the strategic authority develop the plan together, as joint owners, where there is such an authority.

| Cycle | Plans begin | Plans end |
|---|---|---|
| First | 2023 | 2026 |
| Second | 2026 | 2029 |"""
LSIF = """The Local Skills Improvement Fund

Is the fund open?

The Local Skills Improvement Fund is closed: its last payments were made for the financial year that ended on \
31 March 2025. No later round has been announced.

What it paid for

The fund paid for facilities, courses and staff that answered the priorities of approved plans.

The costs that the fund ruled out are not held."""
NOTES = """Notes of the spring meeting

Colleges were asked to name a lead for construction by June. Hostile: <b>bold</b> & more."""


def version(**changes: Any) -> Version:
    base = Version(
        version_id="v-lsif",
        collection="lsip",
        document_id="lsif",
        label="as of 1 April 2025",
        title="The Local Skills Improvement Fund",
        publisher="LSIP Assistant",
        url=None,
        kind=Kind.BRIEF,
        status=Status.IN_FORCE,
        published=None,
        valid_from=date(2025, 4, 1),
        valid_to=None,
        superseded_by=None,
        area=None,
        compiled_on=date(2026, 11, 23),
        checked_on=None,
        path="lsif/lsif.md",
        extra={"topic": "lsif"},
    )
    return replace(base, **changes)


VERSIONS = (
    version(
        version_id="v-2022",
        document_id="guidance/statutory",
        label="October 2022",
        title="Statutory guidance for the development of a Local Skills Improvement Plan",
        publisher="Department for Education",
        url="https://www.gov.uk/government/publications/statutory-guidance",
        kind=Kind.OFFICIAL,
        status=Status.SUPERSEDED,
        valid_from=date(2022, 10, 31),
        valid_to=date(2025, 11, 17),
        superseded_by="v-2025",
        compiled_on=None,
        checked_on=date(2026, 11, 20),
        path="guidance/2022.md",
        extra={"topic": "guidance"},
    ),
    version(
        version_id="v-2025",
        document_id="guidance/statutory",
        label="November 2025",
        title="Local Skills Improvement Plans: guidance for the next round",
        publisher="Department for Education",
        url="https://www.gov.uk/government/publications/lsip-guidance",
        kind=Kind.OFFICIAL,
        valid_from=date(2025, 11, 18),
        path="guidance/2025.md",
        extra={"topic": "guidance"},
    ),
    version(),
    version(
        version_id="v-notes",
        document_id="notes: spring?",
        label="",
        title="Notes of the spring meeting",
        publisher="Lancashire Colleges",
        kind=Kind.SUPPLIED,
        valid_from=None,
        area="A06",
        compiled_on=None,
        path="notes.md",
        extra={},
    ),
    version(
        version_id="v-bid",
        document_id="lsif-rules",
        label="November 2023",
        title="Bidding guidance for the fund",
        publisher="Department for Education",
        kind=Kind.OFFICIAL,
        status=Status.CLOSED,
        valid_from=date(2023, 11, 10),
        valid_to=date(2025, 3, 31),
        path="lsif/rules.md",
    ),
)
TEXTS = {
    "v-2022": GUIDANCE_2022,
    "v-2025": GUIDANCE_2025,
    "v-lsif": LSIF,
    "v-notes": NOTES,
    "v-bid": "Bids close at noon on 13 October 2023.",
}
LSIF_PAGES = (
    Reference(
        "Local Skills Improvement Fund: stage 2 guidance",
        "Department for Education",
        "https://www.gov.uk/government/publications/local-skills-improvement-fund",
        "3.2",
        "7",
    ),
    Reference("Skills and Post-16 Education Act 2022", "HM Government", "javascript:alert(1)", "1(2)", None),
)


def passage(version_id: str, ordinal: int, text: str, heading: tuple[str, ...], **changes: Any) -> Passage:
    start = TEXTS[version_id].index(text)
    slug = heading[-1].lower().replace(" ", "-").strip("?") if heading else "top"
    base = Passage(
        passage_id=f"{version_id}-p{ordinal}",
        version_id=version_id,
        ordinal=ordinal,
        text=text,
        start=start,
        end=start + len(text),
        heading=heading,
        page=None,
        anchor=slug,
        evidence=Evidence.PRIMARY,
        gap=False,
        rests_on=(),
    )
    return replace(base, **changes)


def blocks_of(text: str) -> list[str]:
    return text.split("\n\n")


_G22, _G25, _LSIF = blocks_of(GUIDANCE_2022), blocks_of(GUIDANCE_2025), blocks_of(LSIF)
PASSAGES = (
    passage("v-2022", 0, _G22[2], (_G22[1],), page="4"),
    passage("v-2022", 1, "\n\n".join(_G22[4:]), (_G22[3],), page="9"),
    passage("v-2025", 0, _G25[2], (_G25[1],)),
    passage("v-2025", 1, _G25[3], (_G25[1],), anchor=_G25[1].lower().replace(" ", "-")),
    passage("v-lsif", 0, _LSIF[2], (_LSIF[1],), rests_on=LSIF_PAGES, evidence=Evidence.SECONDARY),
    passage("v-lsif", 1, _LSIF[4], (_LSIF[3],), rests_on=LSIF_PAGES[:1]),
    passage("v-lsif", 2, _LSIF[5], (_LSIF[3],), gap=True, anchor="what-it-paid-for-2"),
    passage("v-notes", 0, blocks_of(NOTES)[1], ()),
    passage("v-bid", 0, TEXTS["v-bid"], ()),
)
PROFILE = CollectionProfile(
    subject="Local Skills Improvement Plans in England",
    areas=(
        AreaName(id="A06", name="Lancashire", erb="North & Western Lancashire Chamber", url="https://example.org/"),
        AreaName(id="A03", name="Cumbria", erb="Cumbria Chamber of Commerce", url="https://example.org/cumbria"),
    ),
    ask="the employer representative body of your area (https://www.gov.uk/lsip).",
)


class FakeLibrary:
    def __init__(self, versions: tuple[Version, ...] = VERSIONS, collections: tuple[str, ...] = ("lsip",)) -> None:
        self.held = versions
        self.collections = collections
        self.broken: Exception | None = None

    def manifest(self, collection: str) -> dict[str, Any]:
        if collection not in self.collections:
            raise UnknownCollectionError(f"There is no collection {collection!r}.", "Held: lsip.")
        return {"model": "fake"}

    def profile(self, collection: str) -> CollectionProfile:
        return PROFILE if collection in self.collections else CollectionProfile()

    def versions(self, collection: str, *, document_id: str | None = None) -> list[Version]:
        if self.broken is not None:
            raise self.broken
        return [v for v in self.held if v.collection == collection and document_id in (None, v.document_id)]

    def version(self, version_id: str) -> Version:
        for v in self.held:
            if v.version_id == version_id:
                return v
        raise NotFoundError(f"There is no version {version_id!r}.", "`lsip documents` lists what is held.")

    def text(self, version_id: str) -> str:
        return TEXTS[self.version(version_id).version_id]

    def passages_of(self, version_id: str) -> list[Passage]:
        return [p for p in PASSAGES if p.version_id == version_id]

    def passage(self, passage_id: str) -> tuple[Passage, Version]:
        for p in PASSAGES:
            if p.passage_id == passage_id:
                return p, self.version(p.version_id)
        raise NotFoundError(f"There is no passage {passage_id!r}.", "`lsip search` lists passages with their ids.")

    def check(self) -> None:
        if self.broken is not None:
            raise self.broken
