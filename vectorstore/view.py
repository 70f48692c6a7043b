"""One generation of a collection with its indexes open, and the next one when knowledge has moved."""

from __future__ import annotations

import threading
import time
from dataclasses import dataclass, field
from datetime import date
from typing import Protocol

from vectorstore.catalogue import Catalogue
from vectorstore.embedding.finder import Finder
from vectorstore.embedding.protocol import Vectors
from vectorstore.errors import IndexMismatchError, KnowledgeError
from vectorstore.flat_files import ChromaSource, FlatFiles
from vectorstore.keywords import KeywordIndex
from vectorstore.known_questions import KnownQuestions
from vectorstore.leaning import Leaning, leaning_of
from vectorstore.locations import Locations
from vectorstore.model import Hit, Passage, Version
from vectorstore.scope import Scope
from vectorstore.sentence_index import SentenceIndex, SentenceSource
from vectorstore.snapshot import Snapshot

FLAT_UP_TO = 500_000  # passages compared one by one (30 ms by extrapolation); above, Chroma is asked
ATTEMPTS = 3
FRESH = 0.005  # seconds for which a view found present is taken for it: one question asks a hundred times


class Nearest(Protocol):
    """An index of vectors: the nearest passages within a scope, best first, with their cosine similarity."""

    def search(self, vector: Vectors, limit: int, scope: Scope) -> list[tuple[str, float]]: ...
    def count(self) -> int: ...


@dataclass(frozen=True, slots=True)
class View:
    """What searches that began with it end with."""

    snapshot: Snapshot
    vectors: Nearest
    keywords: KeywordIndex
    known: KnownQuestions = field(hash=False, compare=False)
    gaps: frozenset[str] = field(
        default=frozenset(), hash=False, compare=False
    )  # passages that record what is not held
    sentences: SentenceIndex | None = field(default=None, hash=False, compare=False)  # None: they have no vectors
    leaning: Leaning | None = field(default=None, hash=False, compare=False)  # None: few questions are known
    documents: dict[tuple[str, date], list[Hit]] = field(default_factory=dict, hash=False, compare=False)
    passages: dict[str, tuple[Passage, Version]] = field(default_factory=dict, hash=False, compare=False)


class Views:
    """The present view of one collection. Safe between threads."""

    def __init__(
        self,
        collection: str,
        catalogue: Catalogue,
        locations: Locations,
        model_key: str,
        finder: Finder | None = None,
        *,
        flat_up_to: int = FLAT_UP_TO,
    ) -> None:
        """With a `finder` sentences are found by its vectors too, where ingestion made them."""
        self._finder = finder
        self._collection = collection
        self._catalogue = catalogue
        self._locations = locations
        self._model_key = model_key
        self._flat_up_to = flat_up_to
        self._lock = threading.Lock()
        self._current: View | None = None
        self._found_at = float("-inf")

    def present(self) -> View:
        """The present generation's view; a new one with reopened indexes if it moved.

        Raises UnknownCollectionError, IndexMismatchError, or KnowledgeError if an index lacks passages.
        """
        held = self._current
        if held is not None and time.monotonic() - self._found_at < FRESH:
            return held
        with self._lock:
            for attempt in range(1, ATTEMPTS + 1):
                if self._current is not None and self.is_present(self._current):
                    break
                generation = self._catalogue.generation(self._collection)
                try:
                    self._current = self._opened()
                except KnowledgeError:
                    moved = self._catalogue.generation(self._collection) != generation
                    if not moved or attempt == ATTEMPTS:  # what was there went with the generation it was for
                        raise
            assert self._current is not None
            return self._current

    def is_present(self, view: View) -> bool:
        """Whether `view` is of the present generation, read from the catalogue now."""
        now = time.monotonic()
        present = self._catalogue.generation(self._collection) == view.snapshot.generation
        self._found_at = now if present and view is self._current else float("-inf")
        return present

    def _opened(self) -> View:
        fresh = Snapshot(self._catalogue, self._collection)
        built = fresh.manifest.get("embedding")
        if built != self._model_key:
            raise IndexMismatchError(
                f"The collection {self._collection!r} was embedded with {built}, "
                f"but {self._model_key} is configured.",
                "Set LSIP_EMBEDDING_MODEL back, or run `lsip ingest` again to embed with the configured model.",
            )
        held = self._catalogue.passage_count(self._collection)
        vectors = self._nearest(fresh, held)
        keywords = self._current.keywords if self._current else self._locations.keywords(self._collection)
        keywords.reopen()
        if min(vectors.count(), keywords.count()) < held:
            raise KnowledgeError(
                f"The indexes of the collection {self._collection!r} lack passages that the catalogue holds.",
                "Run `lsip ingest` again for its folder: it builds what is missing.",
            )
        gaps = self._catalogue.gap_ids(self._collection)
        known = self._known(fresh)
        leaning = leaning_of(known.vectors, self._model_key)
        return View(fresh, vectors, keywords, known, gaps, self._sentences(fresh), leaning)

    def _known(self, snapshot: Snapshot) -> KnownQuestions:
        parent = self._locations.questions(self._collection)
        try:
            return KnownQuestions.open(parent / d for d in snapshot.manifest.get("questions", {}).values())
        except (OSError, ValueError) as error:
            raise KnowledgeError(
                f"The known questions of the collection {self._collection!r} cannot be read.",
                "Run `lsip ingest` again for its folder: it builds what is missing.",
            ) from error

    def _nearest(self, snapshot: Snapshot, passages: int) -> Nearest:
        chroma = self._locations.vectors(snapshot.manifest["vectors"])
        if passages > self._flat_up_to:
            chroma.reopen()
            return chroma
        return FlatFiles(self._locations.flat, ChromaSource(self._catalogue, chroma)).index(snapshot.version_ids)

    def _sentences(self, snapshot: Snapshot) -> SentenceIndex | None:
        """The vectors of sentences, if they were made by the finder of now: to make them here would take minutes."""
        if self._finder is None or snapshot.manifest.get("sentences") != self._finder.model_key:
            return None
        source = SentenceSource(self._catalogue, self._finder, self._collection)
        held = FlatFiles(self._locations.flat, source).held(snapshot.version_ids)
        return SentenceIndex(held, self._finder) if held is not None else None
