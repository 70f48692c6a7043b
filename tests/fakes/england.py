"""A small England for tests: five areas before and after a change, a few councils, towns and postcodes.

The names are invented, so that nothing here can agree with the real data by chance.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any, cast

from assistant.areas.atlas import Atlas
from assistant.areas.engine import AreasEngine
from assistant.areas.report import AreaDesk
from tests.fakes.knowledge import PROFILE, Shelf, hit, version
from tests.fakes.seen import FactsOnly, Seen
from vectorstore.catalogue import Catalogue
from vectorstore.facts import Fact
from vectorstore.model import Evidence, Hit, Kind
from vectorstore.places.postcodes import write_postcodes
from vectorstore.places.towns import Cell, Town, write_towns
from vectorstore.profile import AreaFinding, CollectionProfile, Outside
from vectorstore.snapshot import Snapshot

FIRST = date(2022, 9, 5)
REDRAWN = date(2025, 10, 1)
EVE = date(2025, 9, 30)
TODAY = date(2026, 11, 23)
COUNCILS = (  # code, newer code, name, other names, area since, area before
    ("E07000001", "E07000001", "Northmoor", (), "A01", "P01"),
    ("E07000002", "E07000092", "Eastmoor", ("The Moor",), "A01", "P02"),
    ("E07000003", "E07000003", "Reedham, City of", (), "A02", "P02"),
    ("E07000004", "E07000004", "Deal", (), "A03", "A03"),
    ("E07000005", "E07000005", "Southwold and Ely", (), "A03", "A03"),
)
AREAS = (  # id, name, first day, last day, predecessors
    ("A01", "Greater Moor", REDRAWN, None, ("P01", "P02")),
    ("A02", "Reedshire", REDRAWN, None, ("P02",)),
    ("A03", "Southland", FIRST, None, ()),
    ("P01", "Moorland", FIRST, EVE, ()),
    ("P02", "Moor and Reed", FIRST, EVE, ()),
)
ERBS = {
    "A01": "Moor Chamber of Commerce",
    "A02": "Federation of Traders",
    "A03": "Federation of Traders",
    "P01": "Moor Chamber of Commerce",
    "P02": "Reed Business Board (RBB) Limited",
}
TOWNS = (
    Town("Ashby", "E07000001", 9_000),
    Town("Ashby", "E07000004", 5_000),
    Town("Newport", "W06000001", 145_000),
    Town("Newport", "E07000003", 12_000),
    Town("King's Reach", "E07000002", 20_000),
    Town("Deal", "E07000004", 30_000),
    Town("Bigton", "E07000003", 300_000),
    Town("Bigton", "E07000005", 700),
    Town("Douglas", "Isle of Man", 26_000),
    Town("Wales", "E07000005", 7_000),  # a village called like a nation
    Town("Dockside", "E07000003", 0, ours=True),
)
POSTCODES = (
    ("MO1 1AA", "E07000001"),
    ("MO1 1AB", "E07000001"),
    ("MO1 2AA", "E07000002"),
    ("RE2 3CD", "E07000003"),
    ("CF101EP", "W06000001"),
    ("EH1 1YZ", "S12000001"),
)
OUTSIDE = Outside(
    places={"Wales": ("Wales", "Cardiff"), "Scotland": ("Scotland",)},
    document="only-here",
    said="Not in {land}.",
    elsewhere={"Wales": "Ask the Welsh Government."},
)
ENGLAND = PROFILE.model_copy(
    update={
        "areas": (),
        "outside": OUTSIDE,
        "ordinary_words": ("deal", "reading"),
        "area_findings": (
            AreaFinding(kind="several_erbs", of="all", pattern=r"\bmore than one area\b"),
            AreaFinding(kind="change", of="area", pattern=r"\bchanged\b", history=True),
            AreaFinding(kind="award", of="area", pattern=r"\baward\b", history=True),
            AreaFinding(kind="erb", of="area", pattern=r"\bwho (?:leads|led|covers)\b|\bwhich plan\b"),
            AreaFinding(kind="erb_areas", of="body", pattern=r"\bwhich areas\b"),
        ),
    }
)


def facts() -> list[Fact]:
    """The facts of this England, each text said by a document `said`."""
    made = []
    for ident, name, start, end, before in AREAS:
        made.append(Fact(f"area:{ident}", "area", ident, {"name": name, "predecessors": list(before)}, start, end))
        text = f"The body that leads {name} is {ERBS[ident]}."
        data = {"name": ERBS[ident], "url": f"https://www.gov.uk/{ident}", "other_names": []}
        made.append(_said(f"erb:{ident}", "erb", ident, data, start, end, text))
        held = [c[2] for c in COUNCILS if ident in c[4:6]]
        made.append(
            _said(f"councils:{ident}", "councils", ident, {}, start, end, f"{name} covers {'; '.join(held)}.")
        )
        if before:
            made.append(_said(f"change:{ident}", "change", ident, {}, start, end, f"{name} was made anew."))
    for code, newer, name, others, area, earlier in COUNCILS:
        data = {
            "name": name,
            "other_names": list(others),
            "code_2025": newer,
            "area": area,
            "area_2022": earlier,
            "redrawn": REDRAWN.isoformat(),
        }
        made.append(Fact(f"council:{code}", "council", code, data))
    made.append(Fact("former", "former_council", "Old Reed", {"councils": ["E07000003"], "last_day": "2019-03-31"}))
    made.append(
        Fact("greater", "county", "Greater", {"other_names": [], "councils": ["E07000001", "E07000002", "E07000003"]})
    )
    made.append(Fact("county", "county", "Moorshire", {"other_names": [], "councils": ["E07000001", "E07000003"]}))
    authority = {"other_names": ["MCA"], "councils": ["E07000001", "E07000002"]}
    made.append(Fact("authority", "authority_name", "Moor Combined Authority", authority))
    made.append(Fact("alias", "alias", "The Fens", {"means": ["council:E07000001", "council:E07000005"]}))
    several = "The Federation of Traders leads two areas: Reedshire; Southland."
    made.append(_said("several", "several_erbs", "erbs", {}, REDRAWN, None, several))
    made.append(_said("leads", "erb_areas", "Federation of Traders", {}, REDRAWN, None, several))
    none = "A Reedshire plan for 2026 is not held."
    made.append(_said("plan:A02", "plan", "A02", {"gap": True}, REDRAWN, None, none))
    out = "The Southland plan for 2026 was published in July 2026."
    made.append(_said("plan:A03", "plan", "A03", {"status": "published"}, REDRAWN, None, out))
    partners = "Moor Chamber of Commerce works with Fen Chamber of Commerce on the Greater Moor plan."
    lead = {"name": ERBS["A01"], "url": "", "other_names": []}
    made.append(_said("partners", "erb_partners", "A01", lead, REDRAWN, None, partners))
    for holder, amount in (("P01", 5), ("P02", None)):
        award: dict[str, Any] = {
            "area": holder,
            "of": holder,
            "amount": amount,
            "lead": "Moor College",
            "found": True,
        }
        made.append(_said(f"award:{holder}", "award", "A01", award, REDRAWN, None, f"{holder} had {amount} pounds."))
    return made


def _said(
    ident: str, kind: str, subject: str, data: Mapping[str, Any], start: date | None, end: date | None, text: str
) -> Fact:
    return Fact(ident, kind, subject, dict(data), start, end, Evidence.PRIMARY, ("s",), "said", text)


def atlas() -> Atlas:
    return Atlas(facts())


class FactShelf(Shelf):
    """A retriever that holds, on a date, the texts of the facts that are true on it."""

    def document_passages(self, document_id: str, on: date) -> list[Hit]:
        texts = dict.fromkeys(f.text for f in facts() if f.text and f.holds(on) and f.document == document_id)
        brief = version(kind=Kind.BRIEF, document_id=document_id, url=None)
        return [hit(text, of=brief, passage_id=f"p{n}") for n, text in enumerate(texts)]


def engine(folder: Path, *, held: Sequence[Fact] | None = None, profile: CollectionProfile = ENGLAND) -> AreasEngine:
    """The engine over this England, its postcodes and towns compiled into `folder`."""
    compiled = folder / "small"
    if not compiled.is_dir():
        compiled.mkdir(parents=True)
        write_postcodes(compiled, POSTCODES)
        write_towns(compiled, TOWNS, (Cell(1, 1, "E07000001"), Cell(2, 1, "E07000003"), Cell(4, 1, "E07000003")))
    seen = cast(Snapshot, Seen("lsip", 1, profile, {"places": "small"}))
    words = frozenset("who leads the plan skills bakery covers in is there".split())
    return AreasEngine(
        cast(Catalogue, FactsOnly(facts() if held is None else held)), lambda: seen, folder, lambda w: w in words
    )


def desk(folder: Path) -> AreaDesk:
    return AreaDesk(engine(folder), FactShelf())
