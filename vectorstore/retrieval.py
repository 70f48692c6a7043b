"""Hybrid search: both legs look only at what is in force, their rankings are fused, every hit is checked."""

from __future__ import annotations

import re
import threading
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

import numpy as np

from vectorstore.catalogue import Catalogue
from vectorstore.chroma import ChromaIndex
from vectorstore.embedding.protocol import TokenEmbedder, TokenVectors, Vectors
from vectorstore.errors import IndexMismatchError, KnowledgeError
from vectorstore.fusion import reciprocal_rank_fusion
from vectorstore.keywords import KeywordIndex
from vectorstore.locations import Locations
from vectorstore.model import Hit
from vectorstore.scope import Scope
from vectorstore.snapshot import Snapshot
from vectorstore.text import content_stems
from vectorstore.validity import in_force

LEG_DEPTH = 50  # candidates each leg brings to the fusion, at least
SYNONYM_WEIGHT = 0.5
REMEMBERED_DOCUMENTS = 64  # whole documents kept in memory for one generation
ATTEMPTS = 5  # searches for one query when knowledge changes during each of them
_SEPARATORS = re.compile(r"[^\w£%.-]+")


@dataclass(frozen=True, slots=True)
class Query:
    """What to look for, as of when, and where."""

    text: str
    on: date
    areas: tuple[str, ...] = ()  # only these areas' texts and national ones; empty: all
    document_id: str | None = None
    limit: int = 10
    by_document: bool = False
    leave_out: frozenset[str] = frozenset()  # documents not to look in


@dataclass(frozen=True, slots=True)
class _View:
    """One generation of a collection with its indexes open. Searches that began with it end with it."""

    snapshot: Snapshot
    vectors: ChromaIndex
    keywords: KeywordIndex
    documents: dict[tuple[str, date], list[Hit]] = field(default_factory=dict, hash=False, compare=False)


class Retriever:
    """Finds passages of one collection. Reopens its indexes when the catalogue's generation moves."""

    def __init__(self, collection: str, catalogue: Catalogue, locations: Locations, embedder: TokenEmbedder) -> None:
        self._collection = collection
        self._catalogue = catalogue
        self._locations = locations
        self._embedder = embedder
        self._lock = threading.Lock()
        self._current: _View | None = None

    def snapshot(self) -> Snapshot:
        """What is in force at the present generation. Raises UnknownCollectionError."""
        return self._view().snapshot

    def _view(self) -> _View:
        """The present generation's view; a new one with reopened indexes if it moved."""
        with self._lock:
            if self._current is None or not self._is_present(self._current):
                fresh = Snapshot(self._catalogue, self._collection)
                self._check_manifest(fresh)
                vectors = self._locations.vectors(fresh.manifest["vectors"])
                vectors.reopen()
                keywords = self._current.keywords if self._current else self._locations.keywords(self._collection)
                keywords.reopen()
                self._check_indexes(vectors, keywords)
                self._current = _View(fresh, vectors, keywords)
            return self._current

    def _is_present(self, view: _View) -> bool:
        return self._catalogue.generation(self._collection) == view.snapshot.generation

    def _check_manifest(self, snapshot: Snapshot) -> None:
        built = snapshot.manifest.get("embedding")
        if built != self._embedder.model_key:
            raise IndexMismatchError(
                f"The collection {self._collection!r} was embedded with {built}, "
                f"but {self._embedder.model_key} is configured.",
                "Set LSIP_EMBEDDING_MODEL back, or run `lsip ingest` again to embed with the configured model.",
            )

    def _check_indexes(self, vectors: ChromaIndex, keywords: KeywordIndex) -> None:
        held = self._catalogue.passage_count(self._collection)
        if min(vectors.count(), keywords.count()) < held:
            raise KnowledgeError(
                f"The indexes of the collection {self._collection!r} lack passages that the catalogue holds.",
                "Run `lsip ingest` again for its folder: it builds what is missing.",
            )

    def embed_tokens(self, texts: Sequence[str]) -> list[TokenVectors]:
        """Text and token vectors by the model the passages were embedded with."""
        return self._embedder.embed_tokens(texts)

    def document_frequency(self, stem: str) -> int:
        """In how many passages of the collection the stem stands."""
        return self._view().keywords.document_frequency(stem)

    def document_count(self) -> int:
        """How many passages the keyword index holds."""
        return self._view().keywords.count()

    def document_passages(self, document_id: str, on: date) -> list[Hit]:
        """All passages of a document as it was in force on a date, in reading order."""
        view = self._view()
        key = (document_id, on)
        hits = view.documents.get(key)
        if hits is None:
            hits = []
            for version_id in view.snapshot.scope(on, (), document_id).only or ():
                version = self._catalogue.version(version_id)
                hits.extend(Hit(p, version, 1.0, None, None, None) for p in self._catalogue.passages_of(version_id))
            if len(view.documents) >= REMEMBERED_DOCUMENTS:
                view.documents.clear()
            view.documents[key] = hits
        return hits

    def area_passages(self, areas: Sequence[str], on: date) -> list[Hit]:
        """All passages of the documents of some areas as they were in force on a date, document by document."""
        documents = self._view().snapshot.documents_of(areas, on)
        return [hit for document in documents for hit in self.document_passages(document, on)]

    def search(self, query: Query) -> list[Hit]:
        """The best passages for `query`, best first; at most `query.limit`, one a document if asked so.

        All hits are of one generation: when knowledge changes during a search, the search is done again.
        """
        spelled = spell_out(query.text, self.snapshot().profile.vocabulary)
        both = self._embedder.embed(list(dict.fromkeys([query.text, spelled]))).sum(axis=0)
        vector = np.asarray(both / np.linalg.norm(both), dtype=np.float32)
        hits: list[Hit] = []
        for _ in range(ATTEMPTS):
            view = self._view()
            hits = self._search(view, vector, query)
            if self._is_present(view):
                break
        return [h for h in hits if in_force(h.version, query.on)]

    def _search(self, view: _View, vector: Vectors, query: Query) -> list[Hit]:
        scope = view.snapshot.scope(query.on, query.areas, query.document_id, query.leave_out)
        weighted = self._weighted_stems(query.text, view.snapshot)
        depth = max(LEG_DEPTH, query.limit * (4 if query.by_document else 2))
        hits: list[Hit] = []
        for _ in range(3):
            hits = self._fused(view, vector, weighted, depth, scope)
            if query.by_document:
                hits = _best_of_each_document(hits)
            if len(hits) >= query.limit or depth > 8 * LEG_DEPTH + 8 * query.limit:
                break
            depth *= 4
        return hits[: query.limit]

    def _fused(
        self, view: _View, vector: Vectors, weighted: Sequence[tuple[str, float]], depth: int, scope: Scope
    ) -> list[Hit]:
        by_vector = view.vectors.search(vector, depth, scope)
        by_keyword = view.keywords.search(weighted, depth, scope)
        fused = reciprocal_rank_fusion([[i for i, _ in by_vector], [i for i, _ in by_keyword]])
        held = self._catalogue.passages([i for i, _ in fused])
        allowed = set(scope.only) if scope.only is not None else None
        barred = set(scope.without or ())
        similarity = dict(by_vector)
        vector_rank = {i: n for n, (i, _) in enumerate(by_vector, start=1)}
        keyword_rank = {i: n for n, (i, _) in enumerate(by_keyword, start=1)}
        hits = []
        for key, score in fused:
            if key not in held:
                continue
            passage, version = held[key]
            if version.version_id in barred or (allowed is not None and version.version_id not in allowed):
                continue
            if version.collection != self._collection:
                continue
            hits.append(
                Hit(passage, version, score, similarity.get(key), vector_rank.get(key), keyword_rank.get(key))
            )
        return hits

    def _weighted_stems(self, text: str, snapshot: Snapshot) -> list[tuple[str, float]]:
        weighted = dict.fromkeys(content_stems(text), 1.0)
        for _, other in expansions(text, snapshot.profile.vocabulary):
            for stem in content_stems(other):
                weighted.setdefault(stem, SYNONYM_WEIGHT)
        return list(weighted.items())


def expansions(text: str, vocabulary: Mapping[str, tuple[str, ...]]) -> list[tuple[str, str]]:
    """Pairs of a term that `text` uses and another way to say it, both ways round (acronym and words)."""
    words = _SEPARATORS.sub(" ", text.lower()).split()
    lowered = f" {' '.join(words)} "
    found: list[tuple[str, str]] = []
    for term, others in vocabulary.items():
        group = (term, *others)
        present = [g for g in group if f" {g.lower()} " in lowered or f" {g.lower()}s " in lowered]
        found.extend((p, g) for p in present for g in group if g not in present)
    return list(dict.fromkeys(found))


def spell_out(text: str, vocabulary: Mapping[str, tuple[str, ...]]) -> str:
    """`text` with the acronyms of `vocabulary` in words: encoders know words better than they know acronyms."""
    for term, others in vocabulary.items():
        if others and term[:2].isupper() and term.lower() in text.lower():
            text = re.sub(rf"(?<![\w(]){re.escape(term)}(?!\w)", others[0], text, flags=re.IGNORECASE)
    return text


def _best_of_each_document(hits: Sequence[Hit]) -> list[Hit]:
    best: dict[str, Hit] = {}
    for hit in hits:
        best.setdefault(hit.version.document_id, hit)
    return list(best.values())
