"""A small almanac for tests: invented events of every precision and a term, as the facts the tables would give.

The areas are those of the small England.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date
from typing import Any, cast

from assistant.timeline.engine import TimelineEngine
from assistant.timeline.events import Event
from assistant.timeline.report import TimelineDesk
from ingestion.facts.dated_tables import EventRow, TermRow
from ingestion.facts.documents import facts
from ingestion.facts.event_pages import event_paragraphs, term_paragraphs
from ingestion.facts.paragraphs import Atlas
from ingestion.facts.tables import AreaRow, Tables
from tests.fakes import england
from tests.fakes.knowledge import PROFILE, Shelf, hit, version
from tests.fakes.seen import Seen
from vectorstore.catalogue import Catalogue
from vectorstore.facts import Fact
from vectorstore.model import Evidence, Hit, Kind, Reference
from vectorstore.snapshot import Snapshot

TODAY = date(2026, 1, 15)
_AREAS = tuple(
    AreaRow(
        id=ident, name=name, region="East", valid_from=start, valid_to=end, sources=("S1",), evidence=Evidence.PRIMARY
    )
    for ident, name, start, end, _ in england.AREAS
)
_PLACES = Atlas(Tables(areas=_AREAS, erbs=(), councils=(), milestones=()))


def row(**cells: Any) -> EventRow:
    """An event row as the table would hold it; cells that are not given are those of a plain day."""
    given: dict[str, Any] = {
        "id": "made",
        "title": "The making",
        "noun": "the making",
        "kind": "legal",
        "topic": "law",
        "start": "2024-02-10",
        "end": "2024-02-10",
        "precision": "day",
        "known_from": "2020-01-01",
        "text": "It was made.",
        "sources": "S1",
        "evidence": "primary",
    }
    return EventRow.model_validate(given | cells)


def event(**cells: Any) -> Event:
    """The event that such a row gives."""
    [fact] = facts(event_paragraphs((row(**cells),)))
    return Event.of(fact)


EVENTS = (
    row(
        id="glade-window", title="Bids to the Glade Fund", noun="the Glade Fund window", kind="funding", fund="glade",
        topic="glade", start="2023-05-24", end="2023-06-20", time="12:00", known_from="2023-05-24",
        text="Bids to the Glade Fund could be sent from 24 May 2023 to midday on 20 June 2023.",
        asked_as=r"^(?=.*\bglade\b)(?=.*\b(?:window|bids?|bidding|apply)\b)",
    ),
    row(
        id="glade-closes", title="Closing time of the Glade Fund", noun="the closing time of the Glade Fund",
        kind="deadline", fund="glade", topic="glade", start="2023-06-20", end="2023-06-20", time="12:00",
        known_from="2023-05-24", text="The Glade Fund closed at midday on 20 June 2023.",
        asked_as=r"\bglade\b(?!.*\breport)",
    ),
    row(
        id="glade-stage-2", title="Second stage of the Glade Fund", noun="the second stage of the Glade Fund",
        kind="funding", fund="glade-second", topic="glade", start="", end="2023-11-10", precision="by",
        known_from="2023-11-10", text="The second stage of the Glade Fund closed by 10 November 2023.",
        asked_as=r"\bsecond stage\b",
    ),
    row(
        id="glade-report", title="Report on the Glade Fund", noun="the due date of the Glade Fund report",
        kind="deadline", fund="glade", topic="glade", start="2026-01-30", end="2026-01-30", known_from="2025-07-01",
        text="The report on the Glade Fund is due on 30 January 2026.", asked_as=r"\bglade\b.*\breport",
    ),
    row(
        id="orchard-act", title="Orchards Act in force", noun="the day the Orchards Act took force", kind="legal",
        start="2022-04-28", end="2022-04-28", known_from="2022-04-28",
        text="The Orchards Act took force on 28 April 2022.", asked_as=r"\borchards act\b",
    ),
    row(
        id="white-paper", title="White paper on orchards", noun="the white paper on orchards", kind="publication",
        topic="history", start="2021-01-01", end="2021-01-31", precision="month", known_from="2021-01-31",
        text="The white paper on orchards came out in January 2021.", asked_as=r"\bwhite paper\b",
    ),
    row(
        id="second-plans", title="Second plans", noun="the second set of plans", kind="expected", topic="plans",
        start="2026-06-01", end="2026-08-31", precision="season", known_from="2025-11-18", known_to="2026-10-04",
        text="The second plans are expected in summer 2026.", asked_as=r"\bsecond plans?\b",
    ),
    row(
        id="second-plans-out", title="Second plans published", noun="the publication of the second plans",
        kind="publication", topic="plans", start="2026-10-05", end="2026-10-05", known_from="2026-10-05",
        text="The second plans came out on 5 October 2026.", asked_as=r"\bsecond plans?\b",
    ),
    row(
        id="map", title="Map of orchards", noun="the map of orchards", kind="expected", topic="plans",
        start="2026-02-16", end="2026-02-16", known_from="2025-12-01",
        text="A map of orchards is expected on 16 February 2026.", asked_as=r"\bmap\b",
    ),
    row(
        id="review", title="Review of orchards", noun="the review of orchards", kind="expected", topic="plans",
        start="2025-10-01", end="2025-12-31", precision="quarter", known_from="2025-06-01",
        text="The review of orchards was expected in the fourth quarter of 2025.", asked_as=r"\breview\b",
    ),
    row(
        id="settlement", title="Settlement", noun="the settlement", kind="funding", topic="money",
        start="2026-04-01", end="2027-03-31", precision="year", known_from="2025-06-01",
        text="A settlement follows in the financial year 2026-27.", asked_as=r"\bsettlement\b",
    ),
    row(
        id="plan-time", title="Time of the second plans", noun="the time of the second plans", kind="funding",
        topic="plans", start="2026-01-01", end="2029-12-31", precision="year", known_from="2025-11-18",
        text="The second plans run from 2026 to 2029.", asked_as=r"\bplans?\b.*\brun out\b",
    ),
    row(
        id="moor-fair", title="Moor fair", noun="the Moor fair", kind="deadline", area="A01", topic="areas",
        start="2026-03-02", end="2026-03-02", known_from="2025-12-01",
        text="Names for the Moor fair are due on 2 March 2026.", asked_as=r"\bfair\b",
    ),
    row(
        id="reed-and-south", title="Reed show", noun="the Reed show", kind="funding", area="A02;A03", topic="areas",
        start="2026-05-01", end="2026-05-31", precision="month", known_from="2025-12-01",
        text="The Reed show is in May 2026.", asked_as=r"\bshow\b",
    ),
    row(
        id="moorland-day", title="Moorland day", noun="the Moorland day", kind="designation", area="P01",
        topic="areas", start="2022-09-05", end="2022-09-05", known_from="2022-09-05",
        text="Moorland was named on 5 September 2022.", asked_as=r"\bmoorland day\b",
    ),
)  # fmt: skip
TERMS = (
    TermRow(
        id="terms-reply", title="Time to reply", noun="the time to reply to new terms",
        text="A body that does not reply within 10 working days is bound by the new terms.", count=10,
        unit="working_days", from_what="the notice of the new terms", asked_as=r"\bnew terms\b",
        valid_from=date(2022, 1, 1), sources=("S1",), evidence=Evidence.PRIMARY,
    ),
    TermRow(
        id="gate", title="Time at the gate", noun="the time at the gate", text="The gate stays open for 14 days.",
        count=14, unit="days", from_what="the first frost", asked_as=r"\bgate\b", valid_from=date(2022, 1, 1),
        sources=("S1",), evidence=Evidence.PRIMARY,
    ),
)  # fmt: skip


def almanac_facts() -> list[Fact]:
    return list(facts([*event_paragraphs(EVENTS), *term_paragraphs(TERMS)]))


class Facts(Catalogue):
    """A catalogue that holds facts and nothing else, and counts how often it is read."""

    def __init__(self, held: Sequence[Fact]) -> None:
        self.held = held
        self.reads = 0

    def facts(self, collection: str, kinds: Collection[str] = ()) -> list[Fact]:
        self.reads += 1
        return [f for f in self.held if not kinds or f.kind in kinds]


class FactTexts(Shelf):
    """A retriever that holds, on a date, the texts of the given facts that are true on it."""

    def __init__(self, held: Sequence[Fact]) -> None:
        self._held = held

    def document_passages(self, document_id: str, on: date) -> list[Hit]:
        texts = dict.fromkeys(f.text for f in self._held if f.text and f.document == document_id and f.holds(on))
        page = version(kind=Kind.BRIEF, document_id=document_id, url=None, publisher="LSIP Assistant")
        rests = (Reference("The Orchard notice", "The Orchard Office", "https://www.gov.uk/orchards"),)
        return [hit(f"So it is. {t}", of=page, passage_id=f"p{n}", rests_on=rests) for n, t in enumerate(texts)]


def texts(held: Sequence[Fact] | None = None) -> FactTexts:
    return FactTexts(almanac_facts() if held is None else held)


def seen(generation: int = 1) -> Snapshot:
    """What of a snapshot the engines read."""
    return cast(Snapshot, Seen("lsip", generation, PROFILE, {}))


def engine(held: Sequence[Fact] | None = None) -> TimelineEngine:
    return TimelineEngine(Facts(almanac_facts() if held is None else held), seen)


def desk(held: Sequence[Fact] | None = None) -> TimelineDesk:
    """The desk over this almanac; it finds one place, the council of Northmoor in A01."""

    def locate(place: str, on: date) -> str | None:
        return "A01" if place.strip() == "Northmoor" else None

    return TimelineDesk(engine(held), texts(held), england.atlas, locate)
