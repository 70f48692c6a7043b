"""What the routes for programs give, beyond the answer itself, and examples for the OpenAPI document."""

from __future__ import annotations

from datetime import date
from typing import Any

from pydantic import BaseModel, Field

from assistant.answering.model import RestsOn
from assistant.answering.writing import Writing
from assistant.api.problems import MEDIA_TYPE
from vectorstore.model import Passage, Version
from vectorstore.validity import in_force


class HeldVersion(BaseModel):
    """One edition of a document, with its window and whether it is in force on the date asked."""

    document_id: str = Field(examples=["lsif"])
    version_id: str = Field(examples=["0f6a3c0d2b7e4a11"])
    collection: str = Field(examples=["lsip"])
    label: str
    title: str
    publisher: str
    url: str | None
    kind: str = Field(examples=["official", "brief", "supplied"])
    status: str = Field(examples=["in force", "superseded"])
    published: date | None
    valid_from: date | None
    valid_to: date | None
    superseded_by: str | None = Field(description="The version that took its place")
    area: str | None = Field(examples=["A06"])
    compiled_on: date | None
    checked_on: date | None
    in_force: bool

    @classmethod
    def of(cls, version: Version, on: date) -> HeldVersion:
        values = {name: getattr(version, name) for name in cls.model_fields if name != "in_force"}
        return cls(**values, in_force=in_force(version, on))


class HeldVersions(BaseModel):
    """The versions held of one collection; `total` counts those that match before `limit` and `offset`."""

    collection: str
    as_of: date
    total: int
    versions: list[HeldVersion]


class HeldPassage(BaseModel):
    """A piece of a version: `version_text[start:end] == text`, counted in Unicode code points."""

    passage_id: str
    document_id: str
    version_id: str
    ordinal: int
    title: str
    publisher: str
    kind: str
    section: str | None
    page: str | None
    anchor: str
    text: str
    start: int
    end: int
    evidence: str
    gap: bool = Field(description="Says that a fact is not held; never quoted as an answer")
    rests_on: list[RestsOn]

    @classmethod
    def of(cls, passage: Passage, version: Version) -> HeldPassage:
        return cls(
            passage_id=passage.passage_id,
            document_id=version.document_id,
            version_id=version.version_id,
            ordinal=passage.ordinal,
            title=version.title,
            publisher=version.publisher,
            kind=version.kind,
            section=passage.section,
            page=passage.page,
            anchor=passage.anchor,
            text=passage.text,
            start=passage.start,
            end=passage.end,
            evidence=passage.evidence,
            gap=passage.gap,
            rests_on=[
                RestsOn(title=r.title, publisher=r.publisher, url=r.url, section=r.section, page=r.page)
                for r in passage.rests_on
            ],
        )


class Quotation(BaseModel):
    """What is needed to find one quotation again."""

    n: int
    document_id: str
    version_id: str
    passage_id: str
    start: int
    end: int
    quote: str
    status: str
    in_force: bool


class Receipt(BaseModel):
    """What made an answer, and where each of its quotations stands."""

    answer_id: str
    made: str
    as_of: date
    status: str
    collection: str
    generation: int
    manifest: dict[str, Any]
    composer: str
    writing: Writing | None = Field(None, description="A chat model's part: its prompts, what was kept, why not")
    citations: list[Quotation]


class Health(BaseModel):
    """The state of the service."""

    status: str = Field(examples=["ok"])


QUESTION_EXAMPLES: dict[str, dict[str, Any]] = {
    "plain": {"summary": "A question of today", "value": {"question": "Is the LSIF still open?"}},
    "dated": {
        "summary": "As of an earlier date, for one area",
        "value": {
            "question": "What does the plan say about construction?",
            "as_of": "2025-06-30",
            "area": "Lancashire",
        },
    },
    "follow_up": {
        "summary": "A follow-up with the turns before it",
        "value": {
            "question": "And who approves it?",
            "history": [
                {"role": "user", "text": "What is a local skills improvement plan?"},
                {"role": "assistant", "text": "A plan that sets out the skills employers in an area need."},
            ],
        },
    },
}

ANSWER_EXAMPLE: dict[str, Any] = {
    "status": "answered",
    "text": "The fund closed on 31 March 2025. [1]",
    "plain": "The fund closed on 31 March 2025.",
    "blocks": [
        {"type": "paragraph", "statements": [{"text": "The fund closed on 31 March 2025.", "citations": [1]}]}
    ],
    "confidence": 0.91,
    "interpreted_question": "Is the LSIF still open?",
    "as_of": "2026-11-23",
    "area": None,
    "choices": [],
    "related": [],
    "findings": [],
    "citations": [
        {
            "n": 1,
            "kind": "brief",
            "title": "The Local Skills Improvement Fund",
            "publisher": "LSIP Assistant",
            "url": None,
            "section": "Is the fund open?",
            "page": None,
            "quote": "The fund closed on 31 March 2025.",
            "document_id": "lsif",
            "version_id": "0f6a3c0d2b7e4a11",
            "passage_id": "77c1c0a9d3e24f58",
            "start": 120,
            "end": 153,
            "status": "in force",
            "in_force": True,
            "valid_from": "2025-04-01",
            "valid_to": None,
            "superseded_by": None,
            "compiled_on": "2026-11-23",
            "checked_on": None,
            "evidence": "primary",
            "rests_on": [
                {
                    "title": "Local Skills Improvement Fund",
                    "publisher": "Department for Education",
                    "url": "https://www.gov.uk/government/publications/local-skills-improvement-fund",
                    "section": None,
                    "page": None,
                }
            ],
        }
    ],
    "conversation_id": "c0ffee",
    "answer_id": "a1b2c3",
    "composer": "extractive",
    "timings": {"total": 120.5},
}

_DESCRIPTIONS = {
    400: "The request cannot be read",
    401: "The key or session is not known, has run out, or is needed",
    403: "The site, its origin or the session may not do this",
    404: "Nothing is held under that id",
    409: "Something it depends on is still going on; Retry-After says when to come back",
    413: "The request is larger than is read",
    422: "The request is not valid",
    429: "Asked too often; Retry-After says when to come back",
    500: "No answer could be made",
    503: "Busy, switched off, or the knowledge cannot be used; Retry-After says when to come back",
}


def problem_responses(*statuses: int) -> dict[int | str, dict[str, Any]]:
    """The problem documents a route may give, for its OpenAPI entry."""
    return {
        status: {
            "description": _DESCRIPTIONS[status],
            "content": {MEDIA_TYPE: {"schema": {"$ref": "#/components/schemas/Problem"}}},
        }
        for status in statuses
    }
