"""What a run did, file by file, as a person and a program read it."""

from __future__ import annotations

from collections import Counter
from dataclasses import asdict, dataclass, field
from typing import Any, Literal, Protocol

FileStatus = Literal["new", "changed", "unchanged", "failed"]


@dataclass(frozen=True, slots=True)
class FileReport:
    """One file (or one bad line of a JSON Lines file, `path:line`) and what became of it."""

    path: str
    status: FileStatus
    reason: str | None = None
    remedy: str | None = None
    document_id: str | None = None
    version_id: str | None = None
    passages: int = 0


@dataclass(slots=True)
class RunReport:
    """The result of one ingestion."""

    run_id: str
    collection: str
    files: list[FileReport] = field(default_factory=list)
    documents: int = 0
    passages: int = 0
    embedded: int = 0
    retired: int = 0
    generation: int = 0
    dry_run: bool = False
    seconds: float = 0.0

    @property
    def failed(self) -> int:
        return sum(f.status == "failed" for f in self.files)

    def counts(self) -> dict[str, int]:
        statuses = Counter(f.status for f in self.files)
        return {
            **{s: statuses.get(s, 0) for s in ("new", "changed", "unchanged", "failed")},
            "documents": self.documents,
            "passages": self.passages,
            "embedded": self.embedded,
            "retired": self.retired,
        }

    def as_json(self) -> dict[str, Any]:
        return {
            "run_id": self.run_id,
            "collection": self.collection,
            "generation": self.generation,
            "dry_run": self.dry_run,
            "seconds": round(self.seconds, 3),
            "counts": self.counts(),
            "files": [asdict(f) for f in self.files],
        }


class Progress(Protocol):
    """Told how far a run is; a front door draws it."""

    def __call__(self, step: str, done: int, total: int) -> None: ...


def silent(step: str, done: int, total: int) -> None:
    """Progress for those who do not watch."""
