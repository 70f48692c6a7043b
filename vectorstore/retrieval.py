"""Hybrid search: both legs look only at what is in force, their rankings are fused, every hit is checked."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

import numpy as np

from vectorstore.catalogue import Catalogue
from vectorstore.embedding.finder import Finder
from vectorstore.embedding.protocol import TokenEmbedder, TokenVectors, Vectors
from vectorstore.figures import exact_terms
from vectorstore.fusion import reciprocal_rank_fusion
from vectorstore.known_questions import Likenesses
from vectorstore.locations import Locations
from vectorstore.model import Hit, Passage, Version
from vectorstore.reranking import RERANKED, Reranker, reranked
from vectorstore.scope import Scope
from vectorstore.snapshot import Snapshot
from vectorstore.text import content_stems, stems
from vectorstore.validity import in_force
from vectorstore.view import View, Views
from vectorstore.vocabulary import expansions, spell_out

READ_AT_ONCE = 24  # passages fetched from the catalogue at a time, best first
LEG_DEPTH = 50  # candidates each leg brings to the fusion, at least
GAP_DEPTH = 400  # the same where only recorded gaps are looked for, which are a small part of what is held
SYNONYM_WEIGHT = 0.5
EXACT_WEIGHT = 0.5  # of a clause number or sum in one spelling, beside its plain words
KNOWN_DEPTH, KNOWN_READ = 12, 48  # passages brought by known questions, and sentences looked at for them
FINDER_COUNTS = 2  # of the finder's ranking for one of another: with 1 fewer passages that answer were found
KNOWN_FROM = 0.8  # how like (cosine) a known question has to be: from less, texts without any are pushed down
REMEMBERED_DOCUMENTS = 256  # whole documents kept in memory for one generation
REMEMBERED_PASSAGES = 10_000  # passages found lately, kept as long: some 20 MB
NATIONAL = ("",)  # no area has this id: with it a query sees national texts only
ATTEMPTS = 5  # searches for one query when knowledge changes during each of them


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
    gaps: bool = False  # only what is recorded not to be held


class Retriever:
    """Finds passages of one collection. Reopens its indexes when the catalogue's generation moves."""

    def __init__(
        self,
        collection: str,
        catalogue: Catalogue,
        locations: Locations,
        embedder: TokenEmbedder,
        reranker: Reranker | None = None,
        finder: Finder | None = None,
    ) -> None:
        """`reranker` orders the first hits again; without one they stay as the legs rank them. `finder` is a leg."""
        self._collection = collection
        self._reranker = reranker
        self._catalogue = catalogue
        self._embedder = embedder
        self._views = Views(collection, catalogue, locations, embedder.model_key, finder)

    def snapshot(self) -> Snapshot:
        """What is in force at the present generation. Raises UnknownCollectionError."""
        return self._views.present().snapshot

    def embed_tokens(self, texts: Sequence[str]) -> list[TokenVectors]:
        """Text and token vectors of questions and sentences, by the model the passages were embedded with."""
        return self._embedder.embed_tokens(texts)

    def is_word(self, word: str) -> bool:
        """Whether a word is no misspelt one: the collection uses it, it only joins others, or it is a common one."""
        held = content_stems(word)
        return not held or any(self.document_frequency(s) > 0 for s in held) or self._embedder.is_word(word)

    def document_frequency(self, stem: str) -> int:
        """In how many passages of the collection the stem stands."""
        return self._views.present().keywords.document_frequency(stem)

    def document_count(self) -> int:
        """How many passages the keyword index holds."""
        return self._views.present().keywords.count()

    def document_passages(self, document_id: str, on: date) -> list[Hit]:
        """All passages of a document as it was in force on a date, in reading order."""
        return self._passages(self._views.present(), document_id, on)

    def likenesses(self, vector: Vectors) -> Likenesses:
        """How like the question with this unit vector is to those that sentences are known to answer."""
        return self._views.present().known.likenesses(vector)

    def leaning(self, vector: Vectors) -> float | None:
        """Which way the question with this unit vector leans (`Leaning`); None for a collection with no measure."""
        leaning = self._views.present().leaning
        return None if leaning is None else leaning(vector)

    def nearness(self, question: str, hit: Hit) -> Vectors | None:
        """How near each sentence of a passage is to `question` by the finder; None where it has no vectors of it."""
        index = self._views.present().sentences
        found = index.likeness(question, hit.passage.passage_id) if index is not None else None
        return found if found is not None and len(found) else None

    def _passages(self, view: View, document_id: str, on: date) -> list[Hit]:
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
        documents = self._views.present().snapshot.documents_of(areas, on)
        return [hit for document in documents for hit in self.document_passages(document, on)]

    def search(self, query: Query) -> list[Hit]:
        """The best passages for `query`, best first; at most `query.limit`, one a document if asked so.

        All hits are of one generation: when knowledge changes during a search, the search is done again.
        """
        spelled = spell_out(query.text, self.snapshot().profile.vocabulary)
        read = self.embed_tokens(list(dict.fromkeys([query.text, spelled])))
        both = np.sum([text.vector for text in read], axis=0)
        vector = np.asarray(both / np.linalg.norm(both), dtype=np.float32)
        hits: list[Hit] = []
        for _ in range(ATTEMPTS):
            view = self._views.present()
            hits = self._search(view, vector, query if self._reranker is None else _widened(query))
            if self._views.is_present(view):
                break
        if self._reranker is not None:
            hits = reranked(self._reranker, query.text, hits, view.snapshot.profile.vocabulary)[: query.limit]
        return [h for h in hits if in_force(h.version, query.on)]

    def _search(self, view: View, vector: Vectors, query: Query) -> list[Hit]:
        scope = view.snapshot.scope(query.on, query.areas, query.document_id, query.leave_out)
        weighted = self._weighted_stems(query.text, view.snapshot)
        depth = max(LEG_DEPTH, query.limit * (4 if query.by_document else 2))
        if query.gaps:
            if not view.gaps:
                return []
            depth = max(depth, GAP_DEPTH)
        by_question = self._by_question(view, vector, query.on, scope)
        hits: list[Hit] = []
        for _ in range(3):
            hits = self._fused(view, vector, weighted, depth, scope, query, by_question)
            if query.gaps or len(hits) >= query.limit or depth > 8 * LEG_DEPTH + 8 * query.limit:
                break
            depth *= 4
        return hits

    def _fused(
        self,
        view: View,
        vector: Vectors,
        weighted: Sequence[tuple[str, float]],
        depth: int,
        scope: Scope,
        query: Query,
        by_question: Sequence[str],
    ) -> list[Hit]:
        """At most `query.limit` of the passages that the legs bring at `depth`, best first."""
        by_vector = view.vectors.search(vector, depth, scope)
        by_keyword = view.keywords.search(weighted, depth, scope)
        legs = [[i for i, _ in by_vector], [i for i, _ in by_keyword], by_question]
        if view.sentences is not None:
            legs += [view.sentences.passages(query.text, depth, scope)] * FINDER_COUNTS
        if query.gaps:
            legs = [[i for i in leg if i in view.gaps] for leg in legs]
        fused = reciprocal_rank_fusion(legs)
        similarity = dict(by_vector)
        vector_rank = {i: n for n, (i, _) in enumerate(by_vector, start=1)}
        keyword_rank = {i: n for n, (i, _) in enumerate(by_keyword, start=1)}
        hits: list[Hit] = []
        documents: set[str] = set()
        for start in range(0, len(fused), READ_AT_ONCE):
            part = fused[start : start + READ_AT_ONCE]
            held = self._remembered(view, [i for i, _ in part])
            for key, score in part:
                if key not in held:
                    continue
                passage, version = held[key]
                if not scope.holds(version.version_id) or version.collection != self._collection:
                    continue
                if query.by_document and version.document_id in documents:
                    continue
                documents.add(version.document_id)
                hits.append(
                    Hit(passage, version, score, similarity.get(key), vector_rank.get(key), keyword_rank.get(key))
                )
                if len(hits) == query.limit:
                    return hits
        return hits

    def _remembered(self, view: View, passage_ids: Sequence[str]) -> dict[str, tuple[Passage, Version]]:
        """Those of `passage_ids` that are live at the generation of `view`, with their versions."""
        known = ((i, view.passages.get(i)) for i in passage_ids)  # another thread may empty it meanwhile
        found = {i: held for i, held in known if held is not None}
        new = self._catalogue.passages([i for i in passage_ids if i not in found])
        if len(view.passages) + len(new) > REMEMBERED_PASSAGES:
            view.passages.clear()
        view.passages.update(new)
        return found | new

    def _by_question(self, view: View, vector: Vectors, on: date, scope: Scope) -> list[str]:
        """The passages in scope with sentences that answer the known questions likest to the query, likest first."""
        found: dict[str, None] = {}
        for known in view.known.likenesses(vector).best(KNOWN_READ, KNOWN_FROM):
            for hit in self._passages(view, known.document, on):
                if known.sentence in hit.passage.text and scope.holds(hit.version.version_id):
                    found[hit.passage.passage_id] = None
            if len(found) >= KNOWN_DEPTH:
                break
        return list(found)

    def _weighted_stems(self, text: str, snapshot: Snapshot) -> list[tuple[str, float]]:
        exact = (stem for term in exact_terms(text) for stem in stems(term))
        weighted = {**dict.fromkeys(content_stems(text), 1.0), **dict.fromkeys(exact, EXACT_WEIGHT)}
        for _, other in expansions(text, snapshot.profile.vocabulary):
            for stem in content_stems(other):
                weighted.setdefault(stem, SYNONYM_WEIGHT)
        return list(weighted.items())


def _widened(query: Query) -> Query:
    """`query` for as many hits as are ordered again, at least."""
    return replace(query, limit=max(query.limit, RERANKED))
