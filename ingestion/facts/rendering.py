"""Tables of facts become documents to search and facts to compute with: the one door of this room."""

from __future__ import annotations

import json
from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from ingestion.facts import dated_tables, decision_tables
from ingestion.facts.area_pages import area_paragraphs
from ingestion.facts.award_pages import award_paragraphs
from ingestion.facts.conflicts import load_conflicts
from ingestion.facts.consistency import check, refuse, unregistered
from ingestion.facts.documents import documents, facts
from ingestion.facts.event_pages import (
    conflict_paragraphs,
    edition_paragraphs,
    event_paragraphs,
    term_paragraphs,
    unknown_paragraphs,
)
from ingestion.facts.naming import naming_facts, profile_areas
from ingestion.facts.national_pages import national_paragraphs
from ingestion.facts.paragraphs import Atlas
from ingestion.facts.rule_pages import check_fact, check_paragraphs
from ingestion.facts.tables import FACTS_FOLDER, load_tables
from ingestion.parsing.model import ParsedDocument
from vectorstore.facts import Fact
from vectorstore.places.towns import Town
from vectorstore.profile import AreaName

COMPILED_ON = date(2026, 11, 23)  # the day on which the tables were compiled; raise it when they are revised


@dataclass(frozen=True, slots=True)
class Rendered:
    """What the tables of one corpus give."""

    documents: tuple[ParsedDocument, ...]
    facts: tuple[Fact, ...]
    areas: tuple[AreaName, ...]
    localities: tuple[Town, ...]  # places that the tables add to GeoNames', one for each council


def render(root: Path, sources: Collection[str]) -> Rendered | None:
    """The documents, facts and areas of the tables under `root`; None if it has none.

    Raises BadFileError for a wrong row, or tables that contradict each other.
    """
    tables = load_tables(root)
    if tables is None:
        return None
    check(tables, sources)
    atlas = Atlas(tables)
    folder = root / FACTS_FOLDER
    events, terms = dated_tables.load_events(folder), dated_tables.load_terms(folder)
    conflicts, checks = load_conflicts(folder), decision_tables.load_checks(folder)
    refuse(dated_tables.problems(events, terms, [c.id for c in conflicts], {a.id for a in tables.areas}))
    refuse(decision_tables.problems(checks, {e.id for e in events}))
    unknown = dated_tables.load_unknown_dates(folder)
    editions = dated_tables.load_editions(folder)
    rested = {s for row in (*events, *terms, *editions) for s in row.sources} | {
        s for row in unknown for s in row.sources
    }
    rested |= {s for conflict in conflicts for side in conflict.sides for s in side.sources}
    refuse(unregistered(rested | decision_tables.sources_of(checks), sources))
    paragraphs = [
        *area_paragraphs(atlas),
        *award_paragraphs(atlas),
        *national_paragraphs(atlas),
        *event_paragraphs(events),
        *edition_paragraphs(editions),
        *term_paragraphs(terms),
        *unknown_paragraphs(unknown),
        *conflict_paragraphs(conflicts),
        *(p for c in checks for p in check_paragraphs(c)),
    ]
    stated = [*facts(paragraphs), *naming_facts(atlas), *(check_fact(c) for c in checks)]
    return Rendered(
        tuple(documents(paragraphs, COMPILED_ON)),
        tuple(replace(f, data=json.loads(json.dumps(f.data))) for f in stated),
        profile_areas(atlas),
        tuple(Town(r.name, code, 0, ours=True) for r in tables.localities for code in r.councils),
    )
