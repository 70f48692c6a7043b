"""What changed between two dates, as commands, HTTP and pages show it, both sides quoted."""

from __future__ import annotations

from datetime import date
from typing import Literal

from pydantic import BaseModel, ConfigDict


class _Model(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Edition(_Model):
    """One of the versions compared."""

    document_id: str
    version_id: str
    title: str
    label: str
    kind: str
    valid_from: date | None
    valid_to: date | None


class Place(_Model):
    """Where a side of a change stands: `version_text[start:end]` is its words."""

    document_id: str
    version_id: str
    passage_id: str
    start: int
    end: int


class ChangeReport(_Model):
    """One clause that was added, removed or reworded, with its exact words on each side."""

    kind: Literal["added", "removed", "reworded"]
    clause: str
    before: str | None
    after: str | None
    before_at: Place | None
    after_at: Place | None


class ChangesReport(_Model):
    """All changes between the editions in force on two dates."""

    document_id: str
    from_date: date
    to_date: date
    before: tuple[Edition, ...]
    after: tuple[Edition, ...]
    changes: tuple[ChangeReport, ...]
