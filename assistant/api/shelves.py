"""The documents held, arranged for browsing: by topic or area, then by document, then by edition."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from assistant.presenting.paths import version_path
from assistant.presenting.wording import KINDS, Badge, Window, badge, dates, topic
from vectorstore.model import Version
from vectorstore.validity import in_force


@dataclass(frozen=True, slots=True)
class EditionRow:
    """One edition of a document."""

    label: str
    path: str
    badge: Badge
    dates: str
    kind: str


@dataclass(frozen=True, slots=True)
class DocumentRow:
    """A document with its editions, the newest first."""

    title: str
    publisher: str
    editions: tuple[EditionRow, ...]


@dataclass(frozen=True, slots=True)
class Shelf:
    """Documents of one topic or area."""

    anchor: str
    name: str
    documents: tuple[DocumentRow, ...]


def shelves(versions: Iterable[Version], on: date, today: date, areas: Mapping[str, str]) -> list[Shelf]:
    """Topics first, then areas, each in order of name."""
    by_shelf: dict[tuple[bool, str], dict[str, list[Version]]] = {}
    for v in versions:
        key = (v.area is not None, areas.get(v.area, v.area) if v.area else topic(_topic(v)))
        by_shelf.setdefault(key, {}).setdefault(v.document_id, []).append(v)
    made = []
    for number, (key, documents) in enumerate(sorted(by_shelf.items())):
        rows = sorted((_row(group, on, today) for group in documents.values()), key=lambda r: r.title.lower())
        made.append(Shelf(f"shelf_{number}", key[1], tuple(rows)))
    return made


def _row(group: list[Version], on: date, today: date) -> DocumentRow:
    ordered = sorted(group, key=lambda v: (v.valid_from or date.min, v.version_id), reverse=True)
    return DocumentRow(ordered[0].title, ordered[0].publisher, tuple(edition(v, on, today) for v in ordered))


def edition(v: Version, on: date, today: date) -> EditionRow:
    """One edition as a line."""
    window = Window(v.status, v.valid_from, v.valid_to, in_force(v, on))
    return EditionRow(
        label=v.label or dates(v.valid_from, v.valid_to),
        path=version_path(v.document_id, v.version_id),
        badge=badge(window, on, today),
        dates=dates(v.valid_from, v.valid_to),
        kind=KINDS[v.kind],
    )


def _topic(version: Version) -> str:
    """The topic a document states, else the folder it came from."""
    stated = version.extra.get("topic")
    if isinstance(stated, str) and stated.strip():
        return stated.strip()
    folder, slash, _ = version.path.partition("/")
    return folder if slash and folder else "documents"
