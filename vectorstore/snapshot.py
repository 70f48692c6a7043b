"""Which versions are in force, for one generation of a collection: computed once, asked many times."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from vectorstore.catalogue import Catalogue
from vectorstore.model import Status, Version
from vectorstore.profile import CollectionProfile
from vectorstore.scope import Scope
from vectorstore.validity import in_force


@dataclass(frozen=True, slots=True)
class Window:
    """A live version that is limited in time, status or area."""

    version_id: str
    document_id: str
    status: Status
    valid_from: date | None
    valid_to: date | None
    area: str | None


class Snapshot:
    """The validity of everything live at one generation. Immutable; shared between threads."""

    def __init__(self, catalogue: Catalogue, collection: str) -> None:
        self.collection = collection
        self._catalogue = catalogue
        self.generation = catalogue.generation(collection)
        self.manifest = catalogue.manifest(collection)
        self.profile: CollectionProfile = catalogue.profile(collection)
        rows, unlimited = catalogue.live_windows(collection)
        self._windows = [
            Window(r.version_id, r.document_id, Status(r.status), r.valid_from, r.valid_to, r.area) for r in rows
        ]
        self._unlimited = len(unlimited)
        self.version_ids = frozenset((*unlimited, *(w.version_id for w in self._windows)))
        self.areas = {w.area for w in self._windows if w.area}
        self.scope = lru_cache(maxsize=256)(self._scope)

    def documents_of(self, areas: Sequence[str], on: date) -> list[str]:
        """The documents filed under `areas` that have a version in force on `on`, in order of their ids."""
        return sorted({w.document_id for w in self._windows if w.area in areas and in_force(w, on)})

    def _scope(
        self,
        on: date,
        areas: tuple[str, ...] = (),
        document_id: str | None = None,
        leave_out: frozenset[str] = frozenset(),
    ) -> Scope:
        """What may be searched for a question about `on`: in force then; national, or of `areas` if any are given.

        With `document_id`, only that document's versions in force then; never those of the documents in `leave_out`,
        as far as they are limited in time, status or area.
        """

        def visible(text: Window | Version) -> bool:
            inside = not areas or text.area is None or text.area in areas
            return inside and in_force(text, on) and text.document_id not in leave_out

        if document_id is not None:
            editions = self._catalogue.versions(self.collection, document_id=document_id)
            return Scope(only=tuple(v.version_id for v in editions if visible(v)))
        inside = tuple(w.version_id for w in self._windows if visible(w))
        if self._unlimited == 0 and 2 * len(inside) <= len(self._windows):
            return Scope(only=inside)
        kept = set(inside)
        return Scope(without=tuple(w.version_id for w in self._windows if w.version_id not in kept))
