"""What changed in a document between two dates, as commands, HTTP and pages show it, both sides quoted."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from assistant.changes.clauses import Clause, clauses
from assistant.changes.compare import Change, compare
from assistant.changes.editions import family, on_date
from assistant.changes.schemas import ChangeReport, ChangesReport, Edition, Place
from vectorstore.catalogue import Catalogue
from vectorstore.errors import NotFoundError, UsageError
from vectorstore.model import Version


class ChangesDesk:
    """Compares editions of the documents of one collection."""

    def __init__(self, catalogue: Catalogue, collection: str) -> None:
        self._catalogue = catalogue
        self._collection = collection

    def editions(self, document_id: str) -> list[Version]:
        """The editions held of a document and of what it replaced, by start. Raises NotFoundError."""
        found = family(self._catalogue, self._collection, document_id)
        return sorted(found, key=lambda v: (v.valid_from or date.min, v.document_id))

    def changes(self, document_id: str, start: date, end: date) -> tuple[list[Version], list[Version], list[Change]]:
        """The editions of both dates and what changed between them.

        Raises NotFoundError where nothing was in force on one of the dates, UsageError if `end` is not the later one.
        """
        if end <= start:
            raise UsageError(f"{end} is not after {start}.", "Give the earlier day as from and the later as to.")
        held = family(self._catalogue, self._collection, document_id)
        before, after = on_date(held, document_id, start), on_date(held, document_id, end)
        for day, found in ((start, before), (end, after)):
            if not found:
                raise NotFoundError(
                    f"No edition of {document_id!r} that is held was in force on {day}.",
                    f"Editions are held for: {_windows(held)}.",
                )
        if [v.version_id for v in before] == [v.version_id for v in after]:
            return before, after, []
        return before, after, compare(self._clauses(before), self._clauses(after))

    def report(self, document_id: str, start: date, end: date) -> ChangesReport:
        """The changes with both sides quoted. Raises as `changes`."""
        before, after, changes = self.changes(document_id, start, end)
        return ChangesReport(
            document_id=document_id,
            from_date=start,
            to_date=end,
            before=tuple(_edition(v) for v in before),
            after=tuple(_edition(v) for v in after),
            changes=tuple(_change(c) for c in changes),
        )

    def _clauses(self, versions: Sequence[Version]) -> list[Clause]:
        return [c for v in versions for c in clauses(v, self._catalogue.passages_of(v.version_id))]


def _windows(held: Sequence[Version]) -> str:
    spans = sorted({(v.valid_from or date.min, v.valid_to) for v in held}, key=lambda s: s[0])
    return "; ".join(f"{a if a > date.min else 'any time'} to {b or 'today'}" for a, b in spans)


def _edition(version: Version) -> Edition:
    return Edition(
        document_id=version.document_id,
        version_id=version.version_id,
        title=version.title,
        label=version.label,
        kind=version.kind,
        valid_from=version.valid_from,
        valid_to=version.valid_to,
    )


def _change(change: Change) -> ChangeReport:
    return ChangeReport(
        kind=change.kind.value,
        clause=change.clause,
        before=change.before.text if change.before else None,
        after=change.after.text if change.after else None,
        before_at=_place(change.before) if change.before else None,
        after_at=_place(change.after) if change.after else None,
    )


def _place(clause: Clause) -> Place:
    return Place(
        document_id=clause.version.document_id,
        version_id=clause.version.version_id,
        passage_id=clause.passage.passage_id,
        start=clause.start,
        end=clause.end,
    )
