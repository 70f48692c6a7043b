"""Two invented decision tables: a duty in two editions, and a fund whose only round is over.

The bodies, rules and sums are made up, so that nothing here can agree with the real tables by chance.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Any, cast

from assistant.areas.atlas import Atlas
from assistant.eligibility.engine import EligibilityEngine
from assistant.eligibility.findings import EligibilityFindings
from assistant.eligibility.report import CheckDesk
from assistant.timeline.events import Event, Precision
from ingestion.facts.documents import facts as facts_of
from ingestion.facts.rule_pages import check_fact, check_paragraphs
from tests.fakes.england import facts as england
from tests.fakes.knowledge import PROFILE, Shelf, hit, version
from tests.fakes.seen import FactsOnly, Seen
from vectorstore.catalogue import Catalogue
from vectorstore.facts import Fact
from vectorstore.model import Evidence, Hit, Kind
from vectorstore.rules.model import Check
from vectorstore.snapshot import Snapshot

TODAY = date(2026, 11, 23)
FIRST_EDITION = date(2022, 4, 1)
LAST_OF_FIRST = date(2024, 3, 31)
SECOND_EDITION = date(2024, 4, 1)
ROUND_OPENS = date(2023, 5, 24)
ROUND_CLOSES = date(2023, 6, 20)
DUE = date(2026, 12, 1)

KEEPER: dict[str, Any] = {
    "id": "keeper",
    "type": "choice",
    "label": "Kind of keeper",
    "question": "What kind of keeper is it?",
    "help": "Choose the nearest.",
    "values": [
        {"id": "village_college", "label": "village college", "said": r"\b(?:village )?colleges?\b"},
        {"id": "upper_college", "label": "upper college", "said": r"\bupper colleges?\b"},
        {"id": "grower", "label": "market grower", "said": r"\b(?:market )?growers?\b"},
        {"id": "other", "label": "another kind of keeper", "said": r"\bbee clubs?\b"},
    ],
}
PUBLIC: dict[str, Any] = {
    "id": "public",
    "type": "yes_no",
    "label": "Paid for publicly",
    "question": "Is any of its work paid for with public money?",
    "help": "A grant from a council counts.",
    "said_yes": r"\bpublic money\b|\bcouncil grant\b",
    "said_no": r"\b(?:no|without any) public money\b",
}
SALES: dict[str, Any] = {
    "id": "sales",
    "type": "number",
    "unit": "£",
    "label": "Yearly sales",
    "question": "How much honey is sold in a year, in pounds?",
    "said": r"\bsales\b|\bsells?\b",
}
IN_GROUP: dict[str, Any] = {
    "id": "in_group",
    "type": "yes_no",
    "label": "In a group",
    "question": "Would it bid in a group?",
    "said_yes": r"\bin a group\b",
    "said_no": r"\bnot in a group\b|\balone\b",
}
SENT: dict[str, Any] = {
    "id": "sent",
    "type": "date",
    "label": "Day of the bid",
    "question": "On which day was the bid sent?",
    "said": r"\bsent\b",
}
AREA: dict[str, Any] = {
    "id": "area",
    "type": "area",
    "label": "Area",
    "question": "Which area is it about?",
    "help": "It says whom to ask.",
}


def row(ident: str, outcome: str, text: str, **more: Any) -> dict[str, Any]:
    """A row as a table states it; primary, of one source, always in force, unless told otherwise."""
    return {"id": ident, "outcome": outcome, "text": text, "sources": ["S1"], "evidence": "primary", **more}


_COLLEGES = ["village_college", "upper_college"]
_ONCE = {"valid_from": FIRST_EDITION, "valid_to": LAST_OF_FIRST}
_SINCE = {"valid_from": SECOND_EDITION}
_ROUND = {"valid_from": ROUND_OPENS, "valid_to": ROUND_CLOSES}
HIVE_RETURN: dict[str, Any] = {
    "id": "hive-return",
    "title": "Hive return",
    "question": "Must a keeper send a hive return under the Bee Rules?",
    "topic": "law",
    "about": "Who sends a hive return.",
    "outcomes": {
        "eligible": "The keeper must send a hive return.",
        "partly": "The keeper must send the first part of a hive return.",
        "not_eligible": "The keeper need not send a hive return.",
    },
    "asked_as": r"\bhive returns?\b",
    "unless": r"\btemplate\b",
    "facts": [KEEPER, PUBLIC, SALES],
    "rows": [
        row("HR-1", "eligible", "A college with public money sends a hive return of one page.",
            when={"keeper": _COLLEGES, "public": ["yes"]}, clause="s.2", **_ONCE),
        row("HR-2", "not_eligible", "No grower sends a hive return under the first Bee Rules.",
            when={"keeper": ["grower"]}, **_ONCE),
        row("HR-3", "not_eligible", "A keeper without public money sends no hive return.",
            when={"public": ["no"]}, valid_from=FIRST_EDITION),
        row("HR-4", "eligible", "A college with public money sends a hive return of two pages.",
            when={"keeper": _COLLEGES, "public": ["yes"]}, clause="s.2", event="return-due", **_SINCE),
        row("HR-5", "partly", "A grower with public money and sales above £1,000,000 sends the first page.",
            when={"keeper": ["grower"], "public": ["yes"], "sales": {"more_than": 1_000_000}}, **_SINCE),
        row("HR-6", "not_eligible", "A grower with sales of £1,000,000 or less sends no hive return.",
            when={"keeper": ["grower"], "public": ["yes"], "sales": {"at_most": 1_000_000}}, **_SINCE),
        row("HR-7", "not_enough_information", "Whether another kind of keeper sends a hive return is not held.",
            when={"keeper": ["other"], "public": ["yes"]}, evidence="inference", confidence="low",
            valid_from=FIRST_EDITION),
    ],
    "next": "Ask the bee inspector.",
}  # fmt: skip
ORCHARD_GRANT: dict[str, Any] = {
    "id": "orchard-grant",
    "title": "Orchard Grant",
    "question": "Can a keeper bid to the Orchard Grant?",
    "topic": "lsif",
    "fund": "orchard-1",
    "about": "Who could bid in the only round.",
    "outcomes": {"eligible": "The keeper can bid.", "not_eligible": "The keeper cannot bid."},
    "asked_as": r"\borchard grant\b",
    "facts": [KEEPER, IN_GROUP, SENT, AREA],
    "rows": [
        row("OG-1", "eligible", "By a newspaper, keepers in a group were told to bid.",
            when={"keeper": [*_COLLEGES, "other"], "in_group": ["yes"]}, evidence="secondary", **_ROUND),
        row("OG-2", "not_eligible", "A grower cannot bid to the Orchard Grant.",
            when={"keeper": ["grower"]}, clause="p.4", **_ROUND),
        row("OG-3", "not_eligible", "A bid comes from a group.", when={"in_group": ["no"]}, **_ROUND),
        row("OG-4", "not_eligible", "A bid sent after 20 June 2023 is not read.",
            when={"sent": {"after": ROUND_CLOSES}}, **_ROUND),
    ],
    "gaps": [
        {"text": "The form of the bid is not held.", "sources": ["S2"]},
        {"text": "The scoring of bids is not held.", "sources": ["S2"]},
        {"text": "The list of losers is not held.", "sources": ["S2"]},
    ],
    "closed": {"since": ROUND_CLOSES, "text": "The Orchard Grant is closed since 20 June 2023.", "sources": ["S3"]},
    "successor": {"text": "No successor to the Orchard Grant was found.", "sources": ["S3"]},
    "next": "Ask the body that leads the area.",
}  # fmt: skip


def hive_return() -> Check:
    return Check.model_validate(HIVE_RETURN)


def orchard_grant() -> Check:
    return Check.model_validate(ORCHARD_GRANT)


def checks() -> dict[str, Check]:
    return {c.id: c for c in (hive_return(), orchard_grant())}


def awards() -> list[Fact]:
    """What the fund paid to two areas of the small England: to one a sum, of the other it is not held."""
    said = {
        "A02": "Reed College led the Orchard Grant in Reedshire.",
        "A03": "Who led the Orchard Grant in Southland is not held.",
    }
    return [
        Fact(f"award:{area}", "award", area, {"fund": "ORCHARD", **({"gap": True} if area == "A03" else {})},
             SECOND_EDITION, None, Evidence.PRIMARY, ("S4",), "awards", text)
        for area, text in said.items()
    ]  # fmt: skip


def facts(*tables: Check) -> list[Fact]:
    """The facts of checks, these two unless others are given, as ingestion states and JSON keeps them."""
    made = []
    for check in tables or tuple(checks().values()):
        made += [*facts_of(check_paragraphs(check)), check_fact(check)]
    return [replace(f, data=json.loads(json.dumps(f.data))) for f in made]


def atlas() -> Atlas:
    """The areas of the small England, with the awards of the fund."""
    return Atlas([*(f for f in england() if f.kind != "award"), *awards()])


DUE_FACT = Fact(
    "event:return-due", "event", "return-due", {}, SECOND_EDITION, None, Evidence.PRIMARY, ("S5",), "events",
    "The hive return of 2026 is due on 1 December 2026.",
)  # fmt: skip


def event(ident: str) -> Event | None:
    """The one deadline there is."""
    if ident != "return-due":
        return None
    noun = "the time for the hive return of 2026"
    return Event(
        ident, "Hive return due", noun, "deadline", (), "", "law", DUE, DUE, Precision.DAY, "", DUE_FACT
    )  # fmt: skip


class RuleShelf(Shelf):
    """A retriever that holds, on a date, the texts of the facts that are true on it, one after the other."""

    def __init__(self, held: Sequence[Fact] | None = None) -> None:
        super().__init__()
        self._held = [*(facts() if held is None else held), *awards(), DUE_FACT]

    def full_text(self, document_id: str, on: date) -> str:
        """The whole text of a document, in which offsets count."""
        return f"# {document_id}\n\n" + "\n\n".join(self._texts(document_id, on))

    def document_passages(self, document_id: str, on: date) -> list[Hit]:
        whole = self.full_text(document_id, on)
        brief = version(kind=Kind.BRIEF, document_id=document_id, version_id=document_id, url=None)
        return [
            hit(text, of=brief, passage_id=f"{document_id}-{n}", start=whole.index(text))
            for n, text in enumerate(self._texts(document_id, on))
        ]

    def _texts(self, document_id: str, on: date) -> list[str]:
        said = (f.text for f in self._held if f.text and f.holds(on) and f.document == document_id)
        return list(dict.fromkeys(said))


def engine(*tables: Check) -> EligibilityEngine:
    """The engine over these two checks, or those given."""
    seen = cast(Snapshot, Seen("lsip", 1, PROFILE, {}))
    return EligibilityEngine(cast(Catalogue, FactsOnly(facts(*tables))), lambda: seen)


def findings(*tables: Check, shelf: RuleShelf | None = None) -> EligibilityFindings:
    return EligibilityFindings(engine(*tables), shelf or RuleShelf(facts(*tables)), atlas, event)


def desk(*tables: Check) -> CheckDesk:
    """The desk over these checks; the one place it can locate is Reedham."""
    place = {"Reedham": "A02"}
    return CheckDesk(engine(*tables), RuleShelf(facts(*tables)), atlas, lambda text, on: place.get(text), event)
