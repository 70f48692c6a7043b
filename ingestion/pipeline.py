"""Publications become knowledge: read, stage, embed, index, then one transaction makes it all visible."""

from __future__ import annotations

import hashlib
import shutil
import time
import uuid
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any, Protocol

from filelock import FileLock, Timeout

from ingestion.discovery import default_ids, discover, file_digest
from ingestion.facts.rendering import Rendered, render
from ingestion.passages import CHUNKER_VERSION
from ingestion.places import compile_places
from ingestion.questions import compile_questions, drop_others, load_questions
from ingestion.reader import Reader, Reading
from ingestion.reading import check_size
from ingestion.registry import load_profile, load_sources
from ingestion.report import FileReport, Progress, RunReport, silent
from vectorstore.catalogue import Catalogue
from vectorstore.chroma import ChromaIndex
from vectorstore.embedding.finder import Finder
from vectorstore.embedding.protocol import Vectors
from vectorstore.errors import BadFileError, BusyError, UnknownCollectionError
from vectorstore.flat_files import ChromaSource, FlatFiles
from vectorstore.keywords import ANALYSIS_VERSION, KeywordEntry
from vectorstore.locations import Locations
from vectorstore.model import Source
from vectorstore.new import NewVersion, Pending
from vectorstore.profile import CollectionProfile
from vectorstore.sentence_index import SentenceSource, sentences_name
from vectorstore.staging import FileState, Publication, Staging, chunks
from vectorstore.token_store import TokenStore

STAGE_BATCH = 200  # versions written to the catalogue at once
EMBED_BATCH = 512  # passages embedded at once; sorted by length inside the embedder
KEPT = ("places", "questions")  # of the manifest, where the folder ingested has none of its own


class BulkEmbedder(Protocol):
    """An embedder that is told how much is coming."""

    @property
    def model_key(self) -> str: ...
    @property
    def dimension(self) -> int: ...
    def expect(self, texts: int) -> None: ...
    def embed(self, texts: Sequence[str]) -> Vectors: ...


class Pipeline:
    """Ingests folders and files into one collection at a time. Killed anywhere, it resumes by running again."""

    def __init__(
        self,
        catalogue: Catalogue,
        staging: Staging,
        locations: Locations,
        embedder: BulkEmbedder,
        tokens: Callable[[str], TokenStore] | None = None,
        finder: Finder | None = None,
    ) -> None:
        """`tokens` gives the store of a collection's token vectors, where late interaction is in use; `finder` makes
        the vectors of sentences.
        """
        self._finder = finder
        self._tokens = tokens
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
        rendered = render(root, registry)
        reading = Reading(RunReport("dry-run", collection, dry_run=True))
        known = self._staging.file_states(collection, root_name)
        for _ in self._read(root, collection, root_name, registry, known, reading, silent, rendered):
            pass
        return reading.report

    def _run(self, root: Path, collection: str, root_name: str, progress: Progress) -> RunReport:
        run_id = uuid.uuid4().hex
        unfinished = self._staging.unfinished(collection)
        sources, profile = load_sources(root), load_profile(root)
        registry = sources if sources is not None else {s.source_id: s for s in self._catalogue.sources(collection)}
        rendered = render(root, registry)
        if rendered is not None and profile is not None:
            profile = profile.model_copy(update={"areas": rendered.areas})
        vectors = self._locations.vectors(self._locations.vectors_name(collection, self._embedder.model_key))
        reading = Reading(RunReport(run_id, collection))
        known = self._staging.file_states(collection, root_name)
        self._staging.begin_run(run_id, collection, root_name)

        batches = self._read(root, collection, root_name, registry, known, reading, progress, rendered)
        for batch in batches:
            self._staging.stage(collection, root_name, batch)
        before = self._manifest_now(collection)
        manifest = {**{k: v for k, v in (before or {}).items() if k in KEPT}, **self._manifest(vectors)}
        if rendered is not None:
            progress("placing", 0, 1)
            manifest["places"] = compile_places(self._locations.places, rendered.localities)
            progress("placing", 1, 1)
        asked = self._known_questions(root, collection, profile, progress)
        others = {name: held for name, held in manifest.pop("questions", {}).items() if name != root_name}
        if asked or others:
            manifest["questions"] = {**others, **({root_name: asked} if asked else {})}
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
            facts=rendered.facts if rendered is not None else None,
        )
        lost = before is not None and self._lost(collection, vectors)
        whole = not unfinished and not lost and self._sentences_held(collection)
        if whole and before == manifest and not self._staging.would_change(publication):
            self._staging.close_run(run_id, reading.report.counts())
        else:
            if lost or (before is not None and before.get("embedding") != manifest["embedding"]):
                targets = reading.version_ids | self._staging.live_ids(collection)
            else:
                targets = reading.version_ids
            self._embed(collection, vectors, targets, reading.report, progress)
            again = before is not None and before.get("words") != manifest["words"]
            self._index_words(collection, targets, progress, again=again)
            live = self._staging.live_after(publication)
            self._flat(vectors).index(live)
            if self._finder is not None:
                self._sentences(collection, self._finder, progress).index(live)
            if self._tokens is not None:
                self._keep_tokens(self._tokens(collection), targets, progress)
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
        reading: Reading,
        progress: Progress,
        rendered: Rendered | None,
    ) -> Iterator[list[NewVersion]]:
        """Phase one: versions of files that changed, in batches; everything else is noted in `reading`."""
        rows = [[s.source_id, asdict(s)] for s in sorted(registry.values(), key=lambda s: s.source_id)]
        salt = (CHUNKER_VERSION, hashlib.sha256(repr(rows).encode()).hexdigest())
        found_files = list(discover(root))
        reader = Reader(collection, root_name, registry, reading, default_ids(f.name for f in found_files))
        batch: list[NewVersion] = []
        if rendered is not None:
            yield from chunks(reader.rendered(rendered, known, salt), STAGE_BATCH)
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
        twins: dict[str, list[Pending]] = {}
        for passage in todo:
            twins.setdefault(passage.content_key, []).append(passage)
        todo = [same[0] for same in twins.values()]
        self._embedder.expect(len(todo))
        done = 0
        with ThreadPoolExecutor(max_workers=1) as writer:
            writes: list[Future[None]] = []
            for batch in chunks(todo, EMBED_BATCH):
                made = self._embedder.embed([p.embed_text for p in batch])
                every = [(n, same) for n, p in enumerate(batch) for same in twins[p.content_key]]
                ids, version_ids = [same.passage_id for _, same in every], [same.version_id for _, same in every]
                writes.append(writer.submit(vectors.upsert, ids, made[[n for n, _ in every]], version_ids))
                done += len(batch)
                progress("embedding", done, len(todo))
                if len(writes) > 2:
                    writes.pop(0).result()
            for write in writes:
                write.result()
        report.embedded = len(todo)

    def _known_questions(
        self, root: Path, collection: str, profile: CollectionProfile | None, progress: Progress
    ) -> str | None:
        """The questions that the folder's sentences are known to answer, embedded; None where it has none."""
        questions = load_questions(root)
        if not questions:
            return None
        return compile_questions(
            self._locations.questions(collection),
            questions,
            profile.vocabulary if profile is not None else {},
            self._embedder.model_key,
            self._embedder.embed,
            lambda done, total: progress("questions", done, total),
            self._embedder.expect,
        )

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

    def _index_words(self, collection: str, versions: set[str], progress: Progress, *, again: bool) -> None:
        """Phase three: the words of the new versions, and of any live one that the keyword index lost.

        With `again` all of them, in one commit: the index was made by another analysis.
        """
        progress("indexing", 0, 1)
        index = self._locations.keywords(collection)
        held = index.version_ids()
        wanted = (versions | self._staging.live_ids(collection)) - (set() if again else held)
        if wanted:
            entries = (
                KeywordEntry(p.passage_id, p.version_id, p.text, p.context) for p in self._staging.pending(wanted)
            )
            index.write(entries, remove_versions=held if again else ())
        progress("indexing", 1, 1)

    def _keep_tokens(self, store: TokenStore, versions: set[str], progress: Progress) -> None:
        """Token vectors of the new versions' passages, where late interaction will read them."""
        for batch in chunks(self._staging.pending(versions), EMBED_BATCH):
            store.add([p.embed_text for p in batch])
            progress("tokens", 0, 1)
        progress("tokens", 1, 1)

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
        self._flat(vectors).sweep(live)
        if self._finder is not None:
            self._sentences(collection, self._finder).sweep(live)
        former_finder = (before or {}).get("sentences")
        if former_finder and former_finder != (self._finder and self._finder.model_key):
            shutil.rmtree(self._locations.flat / sentences_name(collection, former_finder), ignore_errors=True)
        if self._tokens is not None:
            self._tokens(collection).keep_only(p.embed_text for p in self._staging.pending(live))
        manifest = self._manifest_now(collection) or {}
        drop_others(self._locations.questions(collection), manifest.get("questions", {}).values())
        if before is not None and before["vectors"] != vectors.name:
            former = self._locations.vectors(before["vectors"])
            former.drop()
            self._flat(former).drop()

    def _flat(self, vectors: ChromaIndex) -> FlatFiles:
        return FlatFiles(self._locations.flat, ChromaSource(self._catalogue, vectors, writer=True))

    def _sentences(self, collection: str, finder: Finder, progress: Progress = silent) -> FlatFiles:
        def embedded(done: int, total: int) -> None:
            progress("sentences", done, total)

        return FlatFiles(self._locations.flat, SentenceSource(self._catalogue, finder, collection, embedded))

    def _sentences_held(self, collection: str) -> bool:
        """Whether the vectors of sentences are there, or not wanted."""
        if self._finder is None:
            return True
        return self._sentences(collection, self._finder).held(self._staging.live_ids(collection)) is not None

    def _manifest(self, vectors: ChromaIndex) -> dict[str, Any]:
        return {
            "embedding": self._embedder.model_key,
            "dimension": self._embedder.dimension,
            "chunker": CHUNKER_VERSION,
            "vectors": vectors.name,
            "words": ANALYSIS_VERSION,
            **({"sentences": self._finder.model_key} if self._finder is not None else {}),
        }

    def _manifest_now(self, collection: str) -> dict[str, Any] | None:
        try:
            return self._catalogue.manifest(collection)
        except UnknownCollectionError:
            return None
