"""The registry of sources and the particulars of a collection: the data files that stand beside its documents."""

from __future__ import annotations

import csv
from dataclasses import fields
from pathlib import Path

import yaml
from pydantic import ValidationError

from vectorstore.errors import BadFileError
from vectorstore.model import Source
from vectorstore.profile import CollectionProfile

PROFILE_FILE = "collection.yaml"
SOURCES_FOLDER = "sources"
_COLUMNS = {f.name: "id" if f.name == "source_id" else f.name for f in fields(Source)}


def load_sources(root: Path) -> dict[str, Source] | None:
    """All rows of `sources/*.csv` under `root`, by id; None if there is no such file. Raises BadFileError."""
    folder = root / SOURCES_FOLDER
    if not folder.is_dir():
        return None
    registry: dict[str, Source] = {}
    found = False
    for path in sorted(folder.glob("*.csv")):
        rows = _rows(path)
        found = found or rows is not None
        for number, row in enumerate(rows or (), start=2):
            source = Source(**{name: (row.get(column) or "").strip() for name, column in _COLUMNS.items()})
            where = f"{path.name}:{number}"
            if not source.source_id or not source.title:
                raise BadFileError(f"{where} has no id or title.", "Give every source both.")
            if source.source_id in registry:
                raise BadFileError(f"{where} repeats the source {source.source_id!r}.", "Give it another id.")
            if source.url and not source.url.startswith(("https://", "http://")):
                raise BadFileError(f"{where} has a url that is not a web address.", "Correct it, or leave it empty.")
            registry[source.source_id] = source
    return registry if found else None


def _rows(path: Path) -> list[dict[str, str]] | None:
    """The rows of a sources file; None for a table of something else, that is, without the columns id and title."""
    try:
        with path.open(encoding="utf-8-sig", newline="") as stream:
            reader = csv.DictReader(stream)
            if not {"id", "title"} <= set(reader.fieldnames or ()):
                return None
            return list(reader)
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise BadFileError(
            f"{path.name} cannot be read as a table of sources.", "Save it as CSV in UTF-8, and make it readable."
        ) from error


def load_profile(root: Path) -> CollectionProfile | None:
    """The particulars in `collection.yaml` under `root`; None if there is none. Raises BadFileError."""
    path = root / PROFILE_FILE
    if not path.is_file():
        return None
    try:
        values = yaml.safe_load(path.read_text(encoding="utf-8"))
        return CollectionProfile.model_validate(values or {})
    except (OSError, yaml.YAMLError, UnicodeDecodeError, ValidationError) as error:
        detail = error.errors()[0] if isinstance(error, ValidationError) else None
        where = ".".join(str(p) for p in detail["loc"]) if detail else "the file"
        raise BadFileError(
            f"{path.name} does not describe a collection: {where} is wrong.",
            "See vectorstore/profile.py for its keys.",
        ) from error
