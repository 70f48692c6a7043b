"""Files and tables of a run become versions, and what became of each file is written down."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from ingestion.discovery import Found
from ingestion.documents import build_version
from ingestion.facts.rendering import Rendered
from ingestion.facts.tables import FACTS_FOLDER
from ingestion.parsing.model import ParsedDocument
from ingestion.reading import read_file, read_lines
from ingestion.report import FileReport, RunReport
from vectorstore.errors import BadFileError
from vectorstore.model import Source
from vectorstore.new import NewVersion
from vectorstore.staging import FileState

_MOST_NOTED = 5  # problems of a JSON Lines file that are told one by one


@dataclass(slots=True)
class Reading:
    """What phase one found: the files' states and which versions this run holds."""

    report: RunReport
    states: list[FileState] = field(default_factory=list)
    version_ids: set[str] = field(default_factory=set)
    keep_paths: set[str] = field(default_factory=set)
    partial: dict[str, set[str]] = field(default_factory=dict)
    documents: set[str] = field(default_factory=set)


class Reader:
    """Turns found files into versions and writes down what became of each."""

    def __init__(
        self,
        collection: str,
        root: str,
        registry: dict[str, Source],
        reading: Reading,
        default_ids: dict[str, str],
    ) -> None:
        self._default_ids = default_ids
        self._collection = collection
        self._root = root
        self._registry = registry
        self._reading = reading

    def failed(self, found: Found, error: BadFileError | OSError) -> None:
        reason = error.message if isinstance(error, BadFileError) else f"{found.name} cannot be opened."
        remedy = error.remedy if isinstance(error, BadFileError) else "Check that the file may be read."
        self._reading.keep_paths.add(found.name)
        self._reading.report.files.append(FileReport(found.name, "failed", reason, remedy))

    def closed(self, folder: Found, known: dict[str, FileState]) -> None:
        """A folder that cannot be opened: what it gave before stays."""
        inside = {path for path in known if folder.name == "." or path.startswith(folder.name + "/")}
        self._reading.keep_paths.update(inside)
        reason, remedy = f"The folder {folder.name} cannot be opened.", "Check that it may be read."
        self._reading.report.files.append(FileReport(folder.name, "failed", reason, remedy))

    def versions(self, found: Found, digest: str, *, is_new: bool) -> Iterator[NewVersion]:
        if found.suffix == ".jsonl":
            yield from self._lines(found, digest, is_new=is_new)
            return
        try:
            version, problems = self._build(read_file(found), found.name)
        except BadFileError as error:
            self.failed(found, error)
            return
        self._reading.states.append(FileState(found.name, digest, 1))
        self._reading.report.files.append(
            FileReport(
                found.name,
                "new" if is_new else "changed",
                reason="; ".join(p.reason for p in problems) or None,
                remedy="; ".join(p.remedy for p in problems) or None,
                document_id=version.document_id,
                version_id=version.version_id,
                passages=len(version.passages),
            )
        )
        yield version

    def rendered(self, rendered: Rendered, known: dict[str, FileState], salt: Sequence[str]) -> Iterator[NewVersion]:
        """The documents that the tables of facts give, as if the folder of tables were one file."""
        digest = hashlib.sha256("\x1f".join((repr(rendered.documents), *salt)).encode())
        state = known.get(FACTS_FOLDER)
        if state is not None and state.digest == digest.hexdigest():
            self._reading.keep_paths.add(FACTS_FOLDER)
            self._reading.states.append(state)
            self._reading.report.documents += state.version_count
            self._reading.report.files.append(FileReport(FACTS_FOLDER, "unchanged"))
            return
        passages = 0
        for document in rendered.documents:
            version, _ = self._build(document, FACTS_FOLDER)
            passages += len(version.passages)
            yield version
        self._reading.states.append(FileState(FACTS_FOLDER, digest.hexdigest(), len(rendered.documents)))
        self._reading.report.files.append(
            FileReport(FACTS_FOLDER, "new" if state is None else "changed", passages=passages)
        )

    def _lines(self, found: Found, digest: str, *, is_new: bool) -> Iterator[NewVersion]:
        bad, good, passages = 0, 0, 0
        noted: dict[str, str] = {}
        documents: set[str] = set()
        for line in read_lines(found.path, found.name):
            try:
                if line.error is not None:
                    raise line.error
                assert line.document is not None
                version, problems = self._build(line.document, found.name)
                noted.update({f"line {line.number}: {p.reason}": p.remedy for p in problems})
            except BadFileError as error:
                bad += 1
                where = f"{found.name}:{line.number}"
                self._reading.report.files.append(FileReport(where, "failed", error.message, error.remedy))
                continue
            good += 1
            passages += len(version.passages)
            documents.add(version.document_id)
            yield version
        if bad:
            self._reading.partial[found.name] = documents
        elif good:
            self._reading.states.append(FileState(found.name, digest, good))
        if good:
            self._reading.report.files.append(
                FileReport(
                    found.name,
                    "new" if is_new else "changed",
                    reason=_listed(noted),
                    remedy="; ".join(dict.fromkeys(noted.values())) or None,
                    passages=passages,
                )
            )
        elif not bad:
            self.failed(found, BadFileError(f"{found.name} is empty.", "Put one JSON object a line into it."))

    def _build(self, document: ParsedDocument, path: str) -> tuple[NewVersion, list[Any]]:
        version, problems = build_version(
            document, path, self._collection, self._root, self._registry, self._default_ids.get(path)
        )
        self._reading.version_ids.add(version.version_id)
        self._reading.report.documents += 1
        self._reading.report.passages += len(version.passages)
        return version, problems


def _listed(noted: dict[str, str]) -> str | None:
    """The first reasons of a file of many documents, and how many more there are."""
    reasons = list(noted)
    more = [f"and {len(reasons) - _MOST_NOTED} more"] if len(reasons) > _MOST_NOTED else []
    return "; ".join([*reasons[:_MOST_NOTED], *more]) or None
