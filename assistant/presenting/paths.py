"""Addresses of our own pages, as paths: every door that can link gives the same."""

from __future__ import annotations

from datetime import date
from urllib.parse import quote, urlencode


def ask_path(question: str, as_of: date | None = None, area: str | None = None) -> str:
    """The page that answers `question`."""
    values = {"q": question, "as_of": as_of.isoformat() if as_of else "", "area": area or ""}
    return "/?" + urlencode({k: v for k, v in values.items() if v})


def version_path(
    document_id: str, version_id: str, anchor: str | None = None, span: tuple[int, int] | None = None
) -> str:
    """Our page of a stored version, at a passage, with a stretch of its text marked."""
    path = f"/documents/{_id_path(document_id)}/{quote(version_id, safe='')}"
    if span is not None:
        path += f"?quote={span[0]}-{span[1]}"
    return f"{path}#{quote(anchor)}" if anchor else path


def text_path(document_id: str, version_id: str) -> str:
    """The exact stored text of a version."""
    return f"/v1/documents/{_id_path(document_id)}/versions/{quote(version_id, safe='')}/text"


def _id_path(document_id: str) -> str:
    """An id as part of a path; slashes stay unless a browser would fold the parts between them."""
    folds = any(part in {"", ".", ".."} for part in document_id.split("/"))
    return quote(document_id, safe="" if folds else "/")
