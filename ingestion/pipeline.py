"""Publications become knowledge: read, stage, embed, index, then one transaction makes it all visible."""

from __future__ import annotations

import hashlib
import time
import uuid
from collections.abc import Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path
from typing import Any, Protocol

from filelock import FileLock, Timeout

from ingestion.discovery import Found, default_ids, discover, file_digest
from ingestion.documents import build_version
from ingestion.parsing.model import ParsedDocument
from ingestion.passages import CHUNKER_VERSION
from ingestion.reading import check_size, read_file, read_lines
from ingestion.registry import load_profile, load_sources
from ingestion.report import FileReport, Progress, RunReport, silent
from vectorstore.catalogue import Catalogue
from vectorstore.chroma import ChromaIndex
from vectorstore.embedding.protocol import Vectors
from vectorstore.errors import BadFileError, BusyError, UnknownCollectionError
from vectorstore.keywords import KeywordEntry
from vectorstore.locations import Locations
from vectorstore.model import Source
from vectorstore.staging import FileState, NewVersion, Pending, Publication, Staging, chunks

STAGE_BATCH = 200  # versions written to the catalogue at once
EMBED_BATCH = 512  # passages embedded at once; sorted by length inside the embedder


class BulkEmbedder(Protocol):
    """An embedder that is told how much is coming."""

    @property
    def model_key(self) -> str: ...
    @property
    def dimension(self) -> int: ...
    def expect(self, texts: int) -> None: ...
    def embed(self, texts: Sequence[str]) -> Vectors: ...


@dataclass(slots=True)
class _Reading:
    """What phase one found: the files' states and which versions this run holds."""

    report: RunReport
    states: list[FileState] = field(default_factory=list)
    version_ids: set[str] = field(default_factory=set)
    keep_paths: set[str] = field(default_factory=set)
    partial: dict[str, set[str]] = field(default_factory=dict)
    documents: set[str] = field(default_factory=set)


class Pipeline:
    """Ingests folders and files into one collection at a time. Killed anywhere, it resumes by running again."""

    def __init__(self, catalogue: Catalogue, staging: Staging, locations: Locations, embedder: BulkEmbedder) -> None:
        self._catalogue = catalogue
        self._staging = staging
        self._locations = locations
        self._embedder = embedder

    def run(self, root: Path, collection: str, *, name: str | None = None, progress: Progress = silent) -> RunReport:
        """Ingest `root`. `name` stands for the root in the catalogue, so that a moved folder is still the same.

        Raises UsageError if `root` is missing, BusyError if another run is at work on the collection, BadFileError
        if the registry or the collection's particulars are wrong.
        """
        started = time.perf_counter()
        lock = FileLock(self._locations.lock(collection))
        try:
            lock.acquire(timeout=0)
        except Timeout as error:
            raise BusyError(
                f"Another ingestion of {collection!r} is running.", "Wait until it has finished, then run again."
            ) from error
        try:
            report = self._run(root, collection, name or str(root.resolve()), progress)
        finally:
            lock.release()
        report.seconds = time.perf_counter() - started
        return report

    def dry_run(self, root: Path, collection: str, *, name: str | None = None) -> RunReport:
        """Read what a run would read and report, writing nothing."""
        root_name = name or str(root.resolve())
        sources, _ = load_sources(root), load_profile(root)
        registry = sources if sources is not None else {s.source_id: s for s in self._catalogue.sources(collection)}
        reading = _Reading(RunReport("dry-run", collection, dry_run=True))
        known = self._staging.file_states(collection, root_name)
        for _ in self._read(root, collection, root_name, registry, known, reading, silent):
            pass
        return reading.report

    def _run(self, root: Path, collection: str, root_name: str, progress: Progress) -> RunReport:
        run_id = uuid.uuid4().hex
        unfinished = self._staging.unfinished(collection)
        sources, profile = load_sources(root), load_profile(root)
        registry = sources if sources is not None else {s.source_id: s for s in self._catalogue.sources(collection)}
        vectors = self._locations.vectors(self._locations.vectors_name(collection, self._embedder.model_key))
        reading = _Reading(RunReport(run_id, collection))
        known = self._staging.file_states(collection, root_name)
        self._staging.begin_run(run_id, collection, root_name)

        batches = self._read(root, collection, root_name, registry, known, reading, progress)
        for batch in batches:
            self._staging.stage(collection, root_name, batch)
        manifest = self._manifest(vectors)
        before = self._manifest_now(collection)
        publication = Publication(
            run_id=run_id,
            collection=collection,
            root=root_name,
            version_ids=frozenset(reading.version_ids),
            keep_paths=frozenset(reading.keep_paths),
            partial={path: frozenset(ids) for path, ids in reading.partial.items()},
            files=tuple(reading.states),
            manifest=manifest,
            sources=tuple(sources.values()) if sources is not None else None,
            profile=profile,
        )
        lost = before is not None and self._lost(collection, vectors)
        if not unfinished and not lost and before == manifest and not self._staging.would_change(publication):
            self._staging.close_run(run_id, reading.report.counts())
        else:
            if lost or (before is not None and before.get("embedding") != manifest["embedding"]):
                targets = reading.version_ids | self._staging.live_ids(collection)
            else:
                targets = reading.version_ids
            self._embed(collection, vectors, targets, reading.report, progress)
            self._index_words(collection, targets, progress)
            publication.counts.update(reading.report.counts())
            reading.report.retired = self._staging.publish(publication)
            self._tidy(collection, vectors, before, sweep=unfinished)
            self._staging.close_run(run_id, reading.report.counts())
        reading.report.generation = self._catalogue.generation(collection)
        self._name_unchanged(reading.report, collection, root_name, known)
        return reading.report

    def _name_unchanged(
        self, report: RunReport, collection: str, root_name: str, known: dict[str, FileState]
    ) -> None:
        """Say of each unchanged file of one document which version it is."""
        alone = [f.path for f in report.files if f.status == "unchanged" and known[f.path].version_count == 1]
        held = self._catalogue.at_paths(collection, root_name, alone)
        report.files[:] = [
            replace(f, document_id=held[f.path][0], version_id=held[f.path][1], passages=held[f.path][2])
            if f.status == "unchanged" and f.path in held
            else f
            for f in report.files
        ]

    def _read(
        self,
        root: Path,
        collection: str,
        root_name: str,
        registry: dict[str, Source],
        known: dict[str, FileState],
        reading: _Reading,
        progress: Progress,
    ) -> Iterator[list[NewVersion]]:
        """Phase one: versions of files that changed, in batches; everything else is noted in `reading`."""
        rows = [[s.source_id, asdict(s)] for s in sorted(registry.values(), key=lambda s: s.source_id)]
        salt = (CHUNKER_VERSION, hashlib.sha256(repr(rows).encode()).hexdigest())
        found_files = list(discover(root))
        reader = _Reader(collection, root_name, registry, reading, default_ids(f.name for f in found_files))
        batch: list[NewVersion] = []
        for number, found in enumerate(found_files, start=1):
            progress("reading", number, len(found_files))
            if found.closed_folder:
                reader.closed(found, known)
                continue
            try:
                check_size(found)
                digest = file_digest(found.path, *salt)
            except (BadFileError, OSError) as error:
                reader.failed(found, error)
                continue
            state = known.get(found.name)
            if state is not None and state.digest == digest:
                reading.keep_paths.add(found.name)
                reading.states.append(state)
                reading.report.documents += state.version_count
                reading.report.files.append(FileReport(found.name, "unchanged"))
                continue
            for version in reader.versions(found, digest, is_new=state is None):
                batch.append(version)
                if len(batch) >= STAGE_BATCH:
                    yield batch
                    batch = []
        if batch:
            yield batch

    def _lost(self, collection: str, vectors: ChromaIndex) -> bool:
        """Whether an index holds less than the catalogue: its folder was removed, or it was made anew."""
        held = self._catalogue.passage_count(collection)
        words = self._locations.keywords(collection)
        words.restore()
        return vectors.count() < held or words.count() < held

    def _embed(
        self, collection: str, vectors: ChromaIndex, versions: set[str], report: RunReport, progress: Progress
    ) -> None:
        """Phase two: vectors for the passages that have none yet, taken from an equal passage where there is one."""
        todo = self._without_vectors(vectors, versions)
        todo = self._copy_known(collection, vectors, todo)
        self._embedder.expect(len(todo))
        done = 0
        with ThreadPoolExecutor(max_workers=1) as writer:
            writes: list[Future[None]] = []
            for batch in chunks(todo, EMBED_BATCH):
                made = self._embedder.embed([p.embed_text for p in batch])
                ids, version_ids = [p.passage_id for p in batch], [p.version_id for p in batch]
                writes.append(writer.submit(vectors.upsert, ids, made, version_ids))
                done += len(batch)
                progress("embedding", done, len(todo))
                if len(writes) > 2:
                    writes.pop(0).result()
            for write in writes:
                write.result()
        report.embedded = len(todo)

    def _without_vectors(self, vectors: ChromaIndex, versions: set[str]) -> list[Pending]:
        todo: list[Pending] = []
        for batch in chunks(self._staging.pending(versions), 5_000):
            missing = vectors.missing([p.passage_id for p in batch])
            todo.extend(p for p in batch if p.passage_id in missing)
        return todo

    def _copy_known(self, collection: str, vectors: ChromaIndex, todo: list[Pending]) -> list[Pending]:
        twins = self._staging.known_content(collection, {p.content_key for p in todo})
        held = vectors.vectors(list(twins.values()))
        copies = [p for p in todo if twins.get(p.content_key) in held]
        if copies:
            import numpy as np

            made = np.stack([held[twins[p.content_key]] for p in copies])
            vectors.upsert([p.passage_id for p in copies], made, [p.version_id for p in copies])
        copied = {p.passage_id for p in copies}
        return [p for p in todo if p.passage_id not in copied]

    def _index_words(self, collection: str, versions: set[str], progress: Progress) -> None:
        """Phase three: the words of the new versions, and of any live one that the keyword index lost."""
        progress("indexing", 0, 1)
        index = self._locations.keywords(collection)
        wanted = (versions | self._staging.live_ids(collection)) - index.version_ids()
        if wanted:
            index.write(
                KeywordEntry(p.passage_id, p.version_id, p.text, p.context) for p in self._staging.pending(wanted)
            )
        progress("indexing", 1, 1)

    def _tidy(self, collection: str, vectors: ChromaIndex, before: dict[str, Any] | None, *, sweep: bool) -> None:
        """After the moment: take what no reader may see any more out of the indexes. Harmless to repeat."""
        dropped = self._staging.discard_staged(collection)
        index = self._locations.keywords(collection)
        live = self._staging.live_ids(collection)
        dead = index.version_ids() - live
        if dead:
            index.write((), remove_versions=dead)
        if dead or dropped or sweep:
            vectors.delete(list(vectors.all_ids() - self._staging.live_passage_ids(collection)))
        if before is not None and before["vectors"] != vectors.name:
            self._locations.vectors(before["vectors"]).drop()

    def _manifest(self, vectors: ChromaIndex) -> dict[str, Any]:
        return {
            "embedding": self._embedder.model_key,
            "dimension": self._embedder.dimension,
            "chunker": CHUNKER_VERSION,
            "vectors": vectors.name,
        }

    def _manifest_now(self, collection: str) -> dict[str, Any] | None:
        try:
            return self._catalogue.manifest(collection)
        except UnknownCollectionError:
            return None


class _Reader:
    """Turns found files into versions and writes down what became of each."""

    def __init__(
        self,
        collection: str,
        root: str,
        registry: dict[str, Source],
        reading: _Reading,
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

    def _lines(self, found: Found, digest: str, *, is_new: bool) -> Iterator[NewVersion]:
        bad, good, passages = 0, 0, 0
        documents: set[str] = set()
        for line in read_lines(found.path, found.name):
            try:
                if line.error is not None:
                    raise line.error
                assert line.document is not None
                version, _ = self._build(line.document, found.name)
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
                FileReport(found.name, "new" if is_new else "changed", passages=passages)
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
