"""What ingestion hands to the catalogue: versions and passages as their files state them, and the rows they are."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from vectorstore.facts import Fact
from vectorstore.model import Evidence, Kind, Reference, Status


@dataclass(frozen=True, slots=True)
class NewPassage:
    """A passage to stage. `content_key` is the digest of what is embedded: equal keys share a vector."""

    passage_id: str
    text: str
    start: int
    end: int
    heading: tuple[str, ...]
    page: str | None
    anchor: str
    evidence: Evidence
    gap: bool
    rests_on: tuple[Reference, ...]
    content_key: str


@dataclass(frozen=True, slots=True)
class Pending:
    """A stored passage as the indexes need it."""

    passage_id: str
    version_id: str
    text: str
    context: str
    content_key: str

    @property
    def embed_text(self) -> str:
        return f"{self.context}\n{self.text}"


def context_of(title: str, heading: Iterable[str]) -> str:
    """Title and headings of a passage: embedded and indexed with it, never quoted."""
    return " > ".join((title, *heading))


def embedded_text(title: str, heading: Iterable[str], text: str) -> str:
    """What is embedded for a passage."""
    return f"{context_of(title, heading)}\n{text}"


@dataclass(frozen=True, slots=True)
class NewVersion:
    """A version to stage, as its file states it; windows are resolved when it is published."""

    version_id: str
    document_id: str
    label: str
    title: str
    publisher: str
    url: str | None
    kind: Kind
    status: Status
    valid_from: date | None
    valid_to: date | None
    supersedes: tuple[str, ...]
    published: date | None
    area: str | None
    compiled_on: date | None
    checked_on: date | None
    path: str
    extra: dict[str, Any]
    text: str
    passages: tuple[NewPassage, ...]


def fact_rows(collection: str, facts: Iterable[Fact]) -> list[dict[str, Any]]:
    return [
        {
            "collection": collection,
            "ordinal": ordinal,
            **asdict(fact),
            "evidence": str(fact.evidence),
            "sources": list(fact.sources),
        }
        for ordinal, fact in enumerate(facts)
    ]


def version_row(collection: str, root: str, version: NewVersion) -> dict[str, Any]:
    return {
        "version_id": version.version_id,
        "collection": collection,
        "document_id": version.document_id,
        "label": version.label,
        "title": version.title,
        "publisher": version.publisher,
        "url": version.url,
        "kind": str(version.kind),
        "stated_status": str(version.status),
        "stated_from": version.valid_from,
        "stated_to": version.valid_to,
        "supersedes": list(version.supersedes),
        "status": str(version.status),
        "valid_from": version.valid_from,
        "valid_to": version.valid_to,
        "superseded_by": None,
        "published": version.published,
        "area": version.area,
        "compiled_on": version.compiled_on,
        "checked_on": version.checked_on,
        "root": root,
        "path": version.path,
        "extra": version.extra,
        "text": version.text,
        "state": "staged",
    }


def passage_row(version: NewVersion, ordinal: int, passage: NewPassage) -> dict[str, Any]:
    return {
        "passage_id": passage.passage_id,
        "version_id": version.version_id,
        "ordinal": ordinal,
        "text": passage.text,
        "start": passage.start,
        "end": passage.end,
        "heading": list(passage.heading),
        "page": passage.page,
        "anchor": passage.anchor,
        "evidence": str(passage.evidence),
        "gap": passage.gap,
        "rests_on": [asdict(r) for r in passage.rests_on],
        "content_key": passage.content_key,
    }
