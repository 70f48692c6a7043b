"""The one predicate that says whether a text is in force on a date, and the windows it reads."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Protocol

from vectorstore.model import Status


class Dated(Protocol):
    """Whatever has a status and a window."""

    @property
    def status(self) -> Status: ...
    @property
    def valid_from(self) -> date | None: ...
    @property
    def valid_to(self) -> date | None: ...


_ENDED = frozenset({Status.SUPERSEDED, Status.CLOSED, Status.WITHDRAWN})
_NOT_YET = frozenset({Status.EXPECTED, Status.DRAFT})


def in_force(text: Dated, on: date) -> bool:
    """Whether `text` may be quoted as the position on `on`.

    A draft or expected text never is. A superseded, closed or withdrawn text is only inside a window whose
    end is known: without an end nobody can say until when it held. Bounds are inclusive.
    """
    if text.status in _NOT_YET:
        return False
    if text.status in _ENDED and text.valid_to is None:
        return False
    if text.valid_from is not None and on < text.valid_from:
        return False
    return text.valid_to is None or on <= text.valid_to


@dataclass(frozen=True, slots=True)
class Edition:
    """What `resolve_windows` needs of one version: its stated window and what it says it replaces."""

    version_id: str
    document_id: str
    status: Status
    valid_from: date | None
    valid_to: date | None
    published: date | None
    path: str
    supersedes: tuple[str, ...] = ()
    superseded_by: str | None = None


def _order(edition: Edition) -> tuple[date, date, str, str]:
    return (edition.valid_from or date.min, edition.published or date.min, edition.path, edition.version_id)


def _close(edition: Edition, successor: Edition) -> Edition:
    """End `edition` the day before `successor` begins, unless it ended earlier by its own account.

    What something else has replaced by then keeps the name of that.
    """
    starts = successor.valid_from
    if edition.superseded_by and (edition.valid_to is None or starts is None or edition.valid_to < starts):
        return edition
    if starts is None or starts == date.min:
        return replace(edition, status=Status.SUPERSEDED, superseded_by=successor.version_id)
    last = starts - timedelta(days=1)
    if edition.valid_to is None or edition.valid_to > last:
        edition = replace(edition, valid_to=last)
    ended = Status.SUPERSEDED if edition.status is Status.IN_FORCE else edition.status
    return replace(edition, status=ended, superseded_by=successor.version_id)


def _succession(ordered: list[Edition]) -> list[Edition]:
    """`ordered` editions of one document, each closed by the next that takes force."""
    result: list[Edition] = []
    successor: Edition | None = None
    for edition in reversed(ordered):
        result.append(_close(edition, successor) if successor else edition)
        if edition.status not in _NOT_YET:
            successor = edition
    return result[::-1]


def resolve_windows(editions: Iterable[Edition]) -> dict[str, Edition]:
    """Windows as they hold when all editions are known, by version id.

    Editions of one document follow each other by start (then publication date, then path): each is closed by
    the next that takes force. An edition that names other documents in `supersedes` closes those of their editions
    that began before it. A draft or expected edition closes nothing: it is announced, not in force.
    """
    by_document: dict[str, list[Edition]] = {}
    for edition in editions:
        by_document.setdefault(edition.document_id, []).append(edition)
    for document, group in by_document.items():
        by_document[document] = _succession(sorted(group, key=_order))
    superseding = [e for group in by_document.values() for e in group if e.supersedes and e.status not in _NOT_YET]
    for newer in sorted(superseding, key=_order):
        for document in newer.supersedes:
            if document == newer.document_id:
                continue
            by_document[document] = [
                _close(e, newer) if (e.valid_from or date.min) < (newer.valid_from or date.max) else e
                for e in by_document.get(document, [])
            ]
    return {e.version_id: e for group in by_document.values() for e in group}
