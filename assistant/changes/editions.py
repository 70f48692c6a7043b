"""Which editions of a document, or of what it replaced, were in force on a date."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from vectorstore.catalogue import Catalogue
from vectorstore.errors import NotFoundError
from vectorstore.model import Version
from vectorstore.validity import in_force


def family(catalogue: Catalogue, collection: str, document_id: str) -> list[Version]:
    """The versions of a document and of those it replaced or that replaced it. Raises NotFoundError."""
    held = catalogue.versions(collection)
    by_version = {v.version_id: v for v in held}
    documents = {document_id}
    while True:
        linked = {
            d
            for v in held
            if v.superseded_by in by_version
            for d in (v.document_id, by_version[v.superseded_by].document_id)
            if documents & {v.document_id, by_version[v.superseded_by].document_id}
        }
        if linked <= documents:
            break
        documents |= linked
    found = [v for v in held if v.document_id in documents]
    if not any(v.document_id == document_id for v in found):
        raise NotFoundError(f"There is no document {document_id!r}.", "`lsip documents` lists what is held.")
    return found


def on_date(versions: Sequence[Version], document_id: str, on: date) -> list[Version]:
    """The versions in force on a date: the document's own, else those of its family, the oldest first."""
    held = [v for v in versions if in_force(v, on)]
    own = [v for v in held if v.document_id == document_id]
    return own or sorted(held, key=lambda v: (v.valid_from or date.min, v.document_id))
