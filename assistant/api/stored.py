"""Stored answers, votes and conversations as the routes give them."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated, Any, Literal

from fastapi import Path
from pydantic import BaseModel, ConfigDict, Field

from assistant.answering.model import Answer
from assistant.api.schemas import Receipt

ID_PATTERN = r"^[A-Za-z0-9_-]{1,64}$"
AnswerId = Annotated[str, Path(pattern=ID_PATTERN, description="The id of an answer")]
ConversationId = Annotated[str, Path(pattern=ID_PATTERN, description="The id of a conversation")]
Reason = Literal["wrong", "missing", "out_of_date", "unclear", "other"]


class ChangedDocument(BaseModel):
    """A version that an answer cites, and what became of it."""

    document_id: str
    version_id: str
    title: str
    reason: Literal["superseded", "withdrawn", "closed", "retired"]
    since: date
    superseded_by: str | None


class AffectedBy(BaseModel):
    """Why a stored answer may no longer be right, and since when."""

    since: date
    reason: Literal["superseded", "withdrawn", "closed", "retired"]
    documents: list[ChangedDocument]


class StoredAnswer(Answer):
    """The answer as it was given, with what its sources have gone through since."""

    affected: AffectedBy | None = Field(None, description="Set when sources of the answer have changed")


class PendingAnswer(BaseModel):
    """An answer that is being made."""

    answer_id: str
    state: Literal["pending"] = "pending"
    conversation_id: str | None = Field(None, description="Given where the question is taken in")


class VoteGiven(BaseModel):
    """What a person says of an answer; a null vote takes it back."""

    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={
            "examples": [{"vote": "down", "reasons": ["out_of_date"], "comment": "A new round opened."}]
        },
    )

    vote: Literal["up", "down"] | None
    reasons: list[Reason] = Field(default=[], max_length=5)
    comment: str = Field("", max_length=500, description="Without personal data")


class VoteKept(BaseModel):
    """The vote as it stands."""

    answer_id: str
    vote: Literal["up", "down"] | None
    reasons: list[Reason]
    comment: str


class Turn(BaseModel):
    """One question of a conversation and its answer."""

    answer_id: str
    created: datetime
    question: str
    answer: StoredAnswer


class ConversationPage(BaseModel):
    """Some turns of a conversation, oldest first."""

    conversation_id: str
    created: datetime
    answers: list[Turn]
    next: str | None = Field(description="Give it as `after` for the turns that follow; null at the end")


class OneVote(BaseModel):
    """A vote without who gave it."""

    vote: Literal["up", "down"]
    reasons: list[Reason]
    comment: str


class ExportedTurn(Turn):
    """A turn with all that is stored beside it."""

    door: str
    site: str | None
    receipt: Receipt
    feedback: list[OneVote]


class ExportedConversation(BaseModel):
    """All that is stored of a conversation."""

    conversation_id: str
    created: datetime
    exported: datetime
    answers: list[ExportedTurn]


PENDING_DOC: dict[int | str, dict[str, Any]] = {
    202: {
        "description": "The answer is being made; ask for it again after Retry-After",
        "model": PendingAnswer,
        "headers": {"Retry-After": {"schema": {"type": "string"}, "description": "Seconds"}},
    }
}
