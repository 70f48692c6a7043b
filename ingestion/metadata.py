"""What a file says about itself: read leniently, checked strictly, unknown keys kept."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from pydantic import BaseModel, ConfigDict, Field, ValidationError, field_validator, model_validator

from vectorstore.addresses import web_address
from vectorstore.errors import BadFileError
from vectorstore.model import Kind, Status

_UNSTORABLE = re.compile("[\x00\ud800-\udfff]")


class Metadata(BaseModel):
    """The metadata of one document: front matter, or the keys of a JSON line."""

    model_config = ConfigDict(extra="allow", frozen=True, str_strip_whitespace=True)

    document: str = Field(min_length=1, max_length=500)
    version: str = ""
    title: str = Field(min_length=1)
    publisher: str = ""
    url: str | None = None
    kind: Kind = Kind.SUPPLIED
    status: Status = Status.IN_FORCE
    published: date | None = None
    valid_from: date | None = None
    valid_to: date | None = None
    supersedes: tuple[str, ...] = ()
    area: str | None = Field(default=None, max_length=16)
    compiled_on: date | None = None
    checked_on: date | None = None

    @field_validator("published", "valid_from", "valid_to", "compiled_on", "checked_on", mode="before")
    @classmethod
    def _date(cls, value: object) -> object:
        if value in ("", None):
            return None
        if isinstance(value, datetime):
            return value.date()
        if isinstance(value, date):
            return value
        try:
            return date.fromisoformat(str(value).strip())
        except ValueError:
            raise ValueError(f"{value!r} is not a date; write YYYY-MM-DD") from None

    @field_validator("document", "version", "title", "publisher", mode="before")
    @classmethod
    def _text(cls, value: object) -> object:
        return "" if value is None else str(value)

    @field_validator("url", "area", mode="before")
    @classmethod
    def _blank(cls, value: object) -> object:
        return None if value in ("", None) else str(value)

    @field_validator("url", mode="before")
    @classmethod
    def _spaces(cls, value: object) -> object:
        """Browsers' addresses of files may hold spaces; stored, an address has none."""
        return value.strip().replace(" ", "%20") if isinstance(value, str) else value

    @field_validator("url")
    @classmethod
    def _web(cls, value: str | None) -> str | None:
        if value is not None and web_address(value) is None:
            raise ValueError("must be a web address that starts with https://")
        return value

    @field_validator("supersedes", mode="before")
    @classmethod
    def _list(cls, value: object) -> object:
        if value in ("", None):
            return ()
        return (value,) if isinstance(value, str) else value

    @model_validator(mode="before")
    @classmethod
    def _storable(cls, values: object) -> object:
        if isinstance(values, Mapping):
            for key, value in values.items():
                if not _storable(_plain(value)) or not _storable(key):
                    raise ValueError(f"{key!r} holds characters that cannot be stored (NUL, or half a character)")
        return values

    @model_validator(mode="after")
    def _order(self) -> Metadata:
        if self.valid_from and self.valid_to and self.valid_to < self.valid_from:
            raise ValueError(f"valid_to {self.valid_to} is before valid_from {self.valid_from}")
        return self

    def unknown(self) -> dict[str, Any]:
        """Keys nobody here reads; they are kept with the version."""
        return {k: _plain(v) for k, v in (self.model_extra or {}).items()}


def read_metadata(values: Mapping[str, Any], where: str) -> Metadata:
    """Check `values`. Raises BadFileError that names the key, what is wrong and what to write."""
    try:
        return Metadata.model_validate(dict(values))
    except ValidationError as error:
        first = error.errors(include_url=False, include_context=False)[0]
        key = ".".join(str(part) for part in first["loc"])
        text = first["msg"].removeprefix("Value error, ")
        what = f"the metadata key {key!r} is wrong" if key else "the metadata is wrong"
        raise BadFileError(
            f"{where}: {what}: {text}.",
            "Correct the key and ingest again; docs/corpus-format.md lists the keys.",
        ) from error


def _plain(value: Any) -> Any:
    if isinstance(value, date | datetime):
        return value.isoformat()
    if isinstance(value, Mapping):
        return {str(k): _plain(v) for k, v in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(v) for v in value]
    if isinstance(value, set):
        return sorted((_plain(v) for v in value), key=str)
    return value if isinstance(value, str | int | float | bool) or value is None else str(value)


def _storable(value: Any) -> bool:
    """Whether a plain value is text that every database takes."""
    if isinstance(value, Mapping):
        return all(_storable(k) and _storable(v) for k, v in value.items())
    if isinstance(value, list):
        return all(_storable(v) for v in value)
    return not isinstance(value, str) or not _UNSTORABLE.search(value)
