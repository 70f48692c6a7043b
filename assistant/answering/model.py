"""The answer as every door shows it: statuses, blocks, citations, findings. Field names are the contract."""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field

from assistant.answering.writing import Writing


class _Model(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class AnswerStatus(StrEnum):
    """How a question was dealt with; not a boolean."""

    ANSWERED = "answered"
    ANSWERED_PARTLY = "answered_partly"
    CLARIFY = "clarify"
    NO_EVIDENCE = "no_evidence"
    OUT_OF_SCOPE = "out_of_scope"
    BLOCKED_INPUT = "blocked_input"
    BLOCKED_OUTPUT = "blocked_output"
    BUSY = "busy"
    FAILED = "failed"


ANSWERED = frozenset({AnswerStatus.ANSWERED, AnswerStatus.ANSWERED_PARTLY})


class RestsOn(_Model):
    """A page that a brief rests on."""

    title: str
    publisher: str
    url: str | None
    section: str | None
    page: str | None


class Citation(_Model):
    """An exact quotation: `version_text[start:end] == quote`, with all a reader needs to judge and check it."""

    n: int
    kind: str
    title: str
    publisher: str
    url: str | None
    section: str | None
    page: str | None
    quote: str
    document_id: str
    version_id: str
    passage_id: str
    start: int
    end: int
    status: str
    in_force: bool
    valid_from: date | None
    valid_to: date | None
    superseded_by: str | None
    compiled_on: date | None
    checked_on: date | None
    evidence: str
    rests_on: tuple[RestsOn, ...] = ()


class Statement(_Model):
    """One sentence of the answer with the numbers of the citations it rests on."""

    text: str
    citations: tuple[int, ...]


class Paragraph(_Model):
    type: Literal["paragraph"] = "paragraph"
    statements: tuple[Statement, ...]


class BulletList(_Model):
    type: Literal["list"] = "list"
    lead: Statement | None = None
    items: tuple[Statement, ...]


class Note(_Model):
    """A remark of ours: needs no citation, comes from prompts/messages.yaml or a finding."""

    type: Literal["note"] = "note"
    text: str


class NextStep(_Model):
    type: Literal["next_step"] = "next_step"
    text: str


Block = Paragraph | BulletList | Note | NextStep


class Choice(_Model):
    label: str
    question: str


class Related(_Model):
    title: str
    url: str | None
    section: str | None


class Erb(_Model):
    name: str
    url: str | None


class Area(_Model):
    id: str
    name: str
    erb: Erb


class Answer(_Model):
    """What one question got. `text` carries the marks; `plain` the statements only."""

    status: AnswerStatus
    text: str
    plain: str
    blocks: tuple[Block, ...]
    confidence: float = Field(ge=0.0, le=1.0)
    interpreted_question: str
    as_of: date
    area: Area | None = None
    choices: tuple[Choice, ...] = ()
    related: tuple[Related, ...] = ()
    findings: tuple[dict[str, Any], ...] = ()
    citations: tuple[Citation, ...] = ()
    conversation_id: str
    answer_id: str
    composer: str
    writing: Writing | None = None
    timings: dict[str, float] = Field(default_factory=dict)


class Message(_Model):
    """One earlier turn of a conversation."""

    model_config = ConfigDict(extra="ignore", frozen=True)

    role: Literal["user", "assistant"]
    text: str = Field(max_length=20_000)


class Question(_Model):
    """What a door hands over."""

    question: str
    as_of: date | None = None
    area: str | None = Field(default=None, max_length=100)
    conversation_id: str | None = Field(default=None, max_length=64, pattern=r"^[A-Za-z0-9_-]+$")
    history: tuple[Message, ...] = Field(default=(), max_length=50)
    collection: str | None = Field(default=None, max_length=64)
