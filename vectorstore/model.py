"""The words of the house as frozen types: what a version, a passage and a hit are."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Any

from vectorstore.text import items_after, lead_of

LIST_READ = 240  # characters of a list that are read with the sentence that introduces it


class Kind(StrEnum):
    """Whose words a text holds. Never confused; always shown to the reader."""

    OFFICIAL = "official"
    BRIEF = "brief"
    SUPPLIED = "supplied"


class Status(StrEnum):
    """The state of a document that its publisher (or our record of it) gives."""

    IN_FORCE = "in force"
    SUPERSEDED = "superseded"
    WITHDRAWN = "withdrawn"
    CLOSED = "closed"
    EXPECTED = "expected"
    DRAFT = "draft"


class Evidence(StrEnum):
    """How strong the ground of a passage is."""

    PRIMARY = "primary"
    SECONDARY = "secondary"
    THIRD_PARTY = "third_party"
    INFERENCE = "inference"


@dataclass(frozen=True, slots=True)
class Source:
    """An entry of the registry. `read_via` is the copy that was read; it is never shown as a link."""

    source_id: str
    title: str
    publisher: str
    type: str = ""
    url: str = ""
    read_via: str = ""
    published: str = ""
    updated: str = ""
    applies_from: str = ""
    applies_to: str = ""
    status: str = ""
    supersedes: str = ""
    area: str = ""
    licence: str = ""


@dataclass(frozen=True, slots=True)
class Reference:
    """A page that a brief rests on."""

    title: str
    publisher: str
    url: str | None
    section: str | None = None
    page: str | None = None
    source_id: str = ""


@dataclass(frozen=True, slots=True)
class Version:
    """One edition of a document. `valid_from`/`valid_to` are inclusive; None means no bound on that side."""

    version_id: str
    collection: str
    document_id: str
    label: str
    title: str
    publisher: str
    url: str | None
    kind: Kind
    status: Status
    published: date | None
    valid_from: date | None
    valid_to: date | None
    superseded_by: str | None
    area: str | None
    compiled_on: date | None
    checked_on: date | None
    path: str
    extra: dict[str, Any] = field(default_factory=dict, hash=False, compare=False)


@dataclass(frozen=True, slots=True)
class Passage:
    """A piece of a version: `text == version_text[start:end]`, with where it stands and what it rests on."""

    passage_id: str
    version_id: str
    ordinal: int
    text: str
    start: int
    end: int
    heading: tuple[str, ...]
    page: str | None
    anchor: str
    evidence: Evidence
    gap: bool
    rests_on: tuple[Reference, ...]

    def under(self, title: str) -> str:
        """The title of its document and its nearest heading; of a recorded gap the title alone."""
        return " > ".join((title, *(() if self.gap else self.heading[-1:])))

    def as_read(self, title: str, start: int, end: int) -> str:
        """`text[start:end]`, a sentence or an item, behind what stands above it and what introduces its list; a
        sentence that introduces a list with the first items of it.
        """
        items = items_after(self.text, end, LIST_READ)
        said = (f"{self.under(title)}:", lead_of(self.text, start), self.text[start:end], items)
        return " ".join(t for t in said if t)

    @property
    def section(self) -> str | None:
        """The heading path below the title, as a reader would name the place; None at the top of a document."""
        return " > ".join(self.heading) or None


@dataclass(frozen=True, slots=True)
class Hit:
    """A passage found, with its version, its fused score and its rank in each leg (None: not found there)."""

    passage: Passage
    version: Version
    score: float
    similarity: float | None
    vector_rank: int | None
    keyword_rank: int | None
