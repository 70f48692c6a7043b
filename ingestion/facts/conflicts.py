"""Matters on which sources in force differ: what each says, and which goes first."""

from __future__ import annotations

from pathlib import Path
from typing import Literal

import yaml
from pydantic import Field, TypeAdapter, ValidationError

from ingestion.facts.dated_tables import Pattern
from ingestion.facts.tables import Day, Row
from vectorstore.errors import BadFileError
from vectorstore.model import Evidence

Rank = Literal["law", "statutory_guidance", "notice", "plan", "press"]


class Side(Row):
    """What one of the sources says."""

    text: str
    rank: Rank
    dated: Day = None
    sources: tuple[str, ...] = Field(min_length=1)
    locator: str = ""
    evidence: Evidence


class Conflict(Row):
    """A matter on which sources in force differ; `resolution` says which goes first, or that none does."""

    id: str = Field(pattern=r"^[a-z0-9][a-z0-9-]*$")
    subject: str
    asked_as: Pattern
    valid_from: Day = None
    valid_to: Day = None
    sides: tuple[Side, ...] = Field(min_length=2)
    resolution: str


def load_conflicts(folder: Path) -> tuple[Conflict, ...]:
    """The matters on which sources differ. Raises BadFileError."""
    path = folder / "conflicts.yaml"
    if not path.is_file():
        return ()
    try:
        entries = yaml.safe_load(path.read_text(encoding="utf-8"))
        if not isinstance(entries, list):
            raise TypeError("not a list")
        return TypeAdapter(tuple[Conflict, ...]).validate_python(entries)
    except (OSError, UnicodeDecodeError, yaml.YAMLError, TypeError) as error:
        raise BadFileError("conflicts.yaml cannot be read.", "Write it as a list in YAML, in UTF-8.") from error
    except ValidationError as error:
        first = error.errors(include_url=False, include_context=False, include_input=False)[0]
        where = ".".join(str(p) for p in first["loc"])
        raise BadFileError(
            f"conflicts.yaml: {where or 'an entry'} is wrong: {first['msg'].lower()}.",
            "docs/corpus-format.md lists the keys of an entry.",
        ) from error
