"""What a model may send: the schema it is held to where the provider can, and the strict reading of what comes."""

from __future__ import annotations

from typing import Any

from pydantic import BaseModel, ConfigDict, Field, ValidationError

STATEMENTS = 8  # more are not read
QUOTES = 4


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)


class ProposedQuote(_Strict):
    """A stretch that the model says it copied from the passage of that token."""

    token: str = Field(min_length=1, max_length=12)
    quote: str = Field(min_length=1, max_length=1_500)


class Proposal(_Strict):
    """One sentence that a model would say."""

    text: str = Field(min_length=1, max_length=500)
    evidence: tuple[ProposedQuote, ...] = Field(min_length=1, max_length=QUOTES, strict=False)


class Ending(BaseModel):
    """The rest of the reply."""

    model_config = ConfigDict(extra="ignore", frozen=True, strict=True)

    statements: list[Any]
    missing: str | None = Field(None, max_length=300)
    cannot_answer: bool = False


def read_proposal(value: object) -> Proposal | None:
    """The proposal, or None for what is none."""
    try:
        return Proposal.model_validate(value)
    except ValidationError:
        return None


def read_ending(value: object) -> Ending | None:
    """The reply as a whole, or None for what is none."""
    try:
        return Ending.model_validate(value)
    except ValidationError:
        return None


REPLY_SCHEMA: dict[str, Any] = {
    "type": "object",
    "additionalProperties": False,
    "required": ["statements", "missing", "cannot_answer"],
    "properties": {
        "statements": {
            "type": "array",
            "maxItems": 6,
            "items": {
                "type": "object",
                "additionalProperties": False,
                "required": ["text", "evidence"],
                "properties": {
                    "text": {"type": "string", "maxLength": 300},
                    "evidence": {
                        "type": "array",
                        "minItems": 1,
                        "maxItems": 3,
                        "items": {
                            "type": "object",
                            "additionalProperties": False,
                            "required": ["token", "quote"],
                            "properties": {
                                "token": {"type": "string", "maxLength": 6},
                                "quote": {"type": "string", "maxLength": 700},
                            },
                        },
                    },
                },
            },
        },
        "missing": {"type": ["string", "null"], "maxLength": 200},
        "cannot_answer": {"type": "boolean"},
    },
}
