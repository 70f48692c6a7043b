"""Ways to rank the passages of the starter corpus that differ from what is used in one thing each."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
import tantivy

from tests.bench.sizes import AS_CUT, SENTENCE, Held
from vectorstore.embedding.protocol import TokenEmbedder, Vectors
from vectorstore.figures import exact_terms, with_exact_terms
from vectorstore.fusion import reciprocal_rank_fusion
from vectorstore.known_questions import Likenesses
from vectorstore.new import embedded_text
from vectorstore.retrieval import EXACT_WEIGHT, KNOWN_DEPTH, KNOWN_FROM, KNOWN_READ, LEG_DEPTH, SYNONYM_WEIGHT
from vectorstore.text import STOPWORDS, TOKEN_PATTERN, build_analyzer
from vectorstore.token_store import DIMENSIONS, SEED
from vectorstore.vocabulary import expansions, spell_out


@dataclass(frozen=True)
class Variant:
    """One way to rank. The defaults are what the retriever does."""

    embedded: str = "title, headings and text"
    query: str = "averaged"
    legs: str = "both"
    known: int = 1  # how often the list of the known questions counts in the fusion
    known_from: float = KNOWN_FROM
    size: str = AS_CUT  # of the passages: what `recut` takes
    stems: bool = True
    acronyms: bool = True
    exact: bool = True
    context_boost: float = 0.6
    fusion: str = "rrf 20"
    late: int = 0  # how many of the first are ordered again by late interaction
    late_share: float = 0.5  # how much late interaction counts against the fused ranking, both scaled to 0..1
    reduced: bool = False  # late interaction over token vectors as they are kept: 64 dimensions in int8
    per_document: int = 0  # passages of one document before others come first; 0 = no bound
    neighbours: bool = False  # judge each passage with the one before and after it


class Corpus:
    """All live passages, with the vectors and word indexes that variants need, each made once."""

    def __init__(
        self,
        held: Sequence[Held],
        vocabulary: Mapping[str, tuple[str, ...]],
        embedder: TokenEmbedder,
        bulk: Callable[[Sequence[str]], Vectors],
        likenesses: Callable[[Vectors], Likenesses],
        stored: Vectors | None,
        folder: Path,
    ) -> None:
        self.held = held
        self.vocabulary = vocabulary
        self.embedder = embedder
        self._bulk = bulk
        self._likenesses = likenesses
        self._folder = folder
        self._vectors = {} if stored is None else {BASE.embedded: stored}
        self._words: dict[bool, tuple[tantivy.Index, tantivy.TextAnalyzer]] = {}
        self._asked: dict[str, Vectors] = {}
        self._asked_tokens: dict[str, Vectors] = {}
        self._tokens: dict[int, Vectors] = {}
        self._reduced: dict[int, Vectors] = {}
        self._map = self._reduction()
        self._of_document: dict[str, list[int]] = {}
        for row, (_, version) in enumerate(held):
            self._of_document.setdefault(version.document_id, []).append(row)

    def vectors(self, embedded: str) -> Vectors:
        """The passages' vectors of shape (passages, dimension), by what was embedded of them."""
        if embedded not in self._vectors:
            texts = {
                "title, headings and text": [embedded_text(v.title, p.heading, p.text) for p, v in self.held],
                "text only": [p.text for p, _ in self.held],
                "title and text": [f"{v.title}\n{p.text}" for p, v in self.held],
                "last heading and text": ["\n".join((*p.heading[-1:], p.text)) for p, v in self.held],
            }[embedded]
            once = list(dict.fromkeys(texts))  # editions share most of their text
            place = {text: n for n, text in enumerate(once)}
            self._vectors[embedded] = self._bulk(once)[[place[text] for text in texts]]
        return self._vectors[embedded]

    def dense(self, variant: Variant, question: str, allowed: Vectors) -> list[int]:
        """Rows of the nearest passages, best first."""
        scores = self.similarity(variant, question)
        scores = np.where(allowed, scores, -np.inf)
        best = np.argsort(-scores, kind="stable")[:LEG_DEPTH]
        return [int(n) for n in best if scores[n] > -np.inf]

    def similarity(self, variant: Variant, question: str) -> Vectors:
        return np.asarray(self.vectors(variant.embedded) @ self._query(variant, question), dtype=np.float32)

    def _query(self, variant: Variant, question: str) -> Vectors:
        spelled = spell_out(question, self.vocabulary)
        forms = {"as asked": [question], "spelled out": [spelled], "averaged": sorted({question, spelled})}
        vector = np.sum([self._vector(text) for text in forms[variant.query]], axis=0)
        return np.asarray(vector / np.linalg.norm(vector), dtype=np.float32)

    def _vector(self, text: str) -> Vectors:
        """The vector of a question, embedded once for all variants."""
        if text not in self._asked:
            self._asked[text] = self.embedder.embed([text])[0]
        return self._asked[text]

    def known(self, variant: Variant, question: str, allowed: Vectors) -> list[tuple[int, float]]:
        """Rows of the passages with sentences that answer the likest known questions, and how like these are."""
        found: dict[int, float] = {}
        for known in self._likenesses(self._query(variant, question)).best(KNOWN_READ, variant.known_from):
            for row in self._of_document.get(known.document, ()):
                if allowed[row] and known.sentence in self.held[row][0].text:
                    found.setdefault(row, known.likeness)
            if len(found) >= KNOWN_DEPTH:
                break
        return list(found.items())

    def words(self, variant: Variant, question: str, allowed: Vectors) -> list[tuple[int, float]]:
        """Rows and BM25 scores of the passages that share words with the question, best first."""
        index, analyzer = self._index(variant.stems)
        stop = {t for w in STOPWORDS for t in analyzer.analyze(w)}
        weighted = {t: 1.0 for t in analyzer.analyze(question) if t not in stop}
        if variant.exact:
            weighted |= {t: EXACT_WEIGHT for term in exact_terms(question) for t in analyzer.analyze(term)}
        if variant.acronyms:
            for _, other in expansions(question, self.vocabulary):
                for term in analyzer.analyze(other):
                    if term not in stop:
                        weighted.setdefault(term, SYNONYM_WEIGHT)
        query = tantivy.Query
        parts = []
        for term, weight in weighted.items():
            for name, boost in (("text", 1.0), ("context", variant.context_boost)):
                if boost:
                    clause = query.boost_query(query.term_query(index.schema, name, term), boost * weight)
                    parts.append((tantivy.Occur.Should, clause))
        searcher = index.searcher()
        found = searcher.search(query.boolean_query(parts), limit=len(self.held), count=False).hits
        rows = ((int(searcher.doc(address)["row"][0]), float(score)) for score, address in found)
        return [(row, score) for row, score in rows if allowed[row]][:LEG_DEPTH]

    def _index(self, stems: bool) -> tuple[tantivy.Index, tantivy.TextAnalyzer]:
        if stems not in self._words:
            analyzer = build_analyzer() if stems else _plain_analyzer()
            builder = tantivy.SchemaBuilder()
            builder.add_integer_field("row", stored=True)
            for name in ("text", "context"):
                builder.add_text_field(name, stored=False, tokenizer_name="bench")
            folder = self._folder / f"words-{stems}"
            folder.mkdir()
            index = tantivy.Index(builder.build(), path=str(folder))
            index.register_tokenizer("bench", analyzer)
            writer = index.writer(heap_size=64_000_000, num_threads=1)
            for row, (p, v) in enumerate(self.held):
                context = with_exact_terms(" > ".join((v.title, *p.heading)))
                document = tantivy.Document(text=[with_exact_terms(p.text)], context=[context])
                document.add_integer("row", row)
                writer.add_document(document)
            writer.commit()
            writer.wait_merging_threads()
            index.reload()
            self._words[stems] = index, analyzer
        return self._words[stems]

    def ranked(self, variant: Variant, question: str, allowed: Vectors) -> list[int]:
        """Rows of the passages for `question`, best first."""
        near = self.dense(variant, question, allowed) if variant.legs != "words" else []
        worded = self.words(variant, question, allowed) if variant.legs != "vectors" else []
        known = self.known(variant, question, allowed) if variant.known else []
        if variant.fusion.startswith("rrf"):
            lists = [[str(n) for n in near], [str(n) for n, _ in worded]]
            lists += [[str(n) for n, _ in known]] * variant.known
            fused = [(int(n), s) for n, s in reciprocal_rank_fusion(lists, int(variant.fusion.split()[1]))]
        else:
            similarity = self.similarity(variant, question)
            sums = _scaled({n: float(similarity[n]) for n in near})
            for n, score in _scaled(dict(worded)).items():
                sums[n] = sums.get(n, 0.0) + score
            for n, score in _scaled(dict(known)).items():
                sums[n] = sums.get(n, 0.0) + variant.known * score
            fused = sorted(sums.items(), key=lambda item: (-item[1], item[0]))
        if variant.late:
            fused = self._again(variant, question, fused)
        rows = [n for n, _ in fused]
        return self._spread(rows, variant.per_document) if variant.per_document else rows

    def _again(self, variant: Variant, question: str, fused: list[tuple[int, float]]) -> list[tuple[int, float]]:
        first = fused[: variant.late]
        if question not in self._asked_tokens:
            (asked,) = self.embedder.embed_tokens([spell_out(question, self.vocabulary)])
            self._asked_tokens[question] = asked.tokens
        self._encode([n for n, _ in first])
        tokens = self._asked_tokens[question]
        if variant.reduced:
            tokens = _unit(tokens @ self._map)
        late = {}
        for n, _ in first:
            held = self._reduced_tokens(n) if variant.reduced else self._tokens[n]
            late[n] = float((tokens @ held.T).max(axis=1).mean()) if len(held) else 0.0
        before, after = _scaled(dict(first)), _scaled(late)
        share = variant.late_share
        order = sorted(((n, (1 - share) * before[n] + share * after[n]) for n, _ in first), key=lambda i: -i[1])
        return order + fused[variant.late :]

    def _encode(self, rows: Sequence[int]) -> None:
        new = [n for n in rows if n not in self._tokens]
        texts = [f"{self.held[n][1].title}\n{self.held[n][0].text}" for n in new]
        for n, made in zip(new, self.embedder.embed_tokens(texts), strict=True):
            self._tokens[n] = made.tokens

    def _reduction(self) -> Vectors:
        """A random orthonormal map of shape (dimension, 64), as the store of token vectors draws it."""
        square = np.random.default_rng(SEED).standard_normal((self.embedder.dimension, DIMENSIONS))
        return np.asarray(np.linalg.qr(square)[0], dtype=np.float32)

    def _reduced_tokens(self, row: int) -> Vectors:
        if row not in self._reduced:
            small = _unit(self._tokens[row] @ self._map)
            self._reduced[row] = np.asarray(np.round(small * 127) / 127, dtype=np.float32)
        return self._reduced[row]

    def _spread(self, rows: list[int], most: int) -> list[int]:
        counts: dict[str, int] = {}
        first: list[int] = []
        rest: list[int] = []
        for n in rows:
            document = self.held[n][1].document_id
            counts[document] = counts.get(document, 0) + 1
            (first if counts[document] <= most else rest).append(n)
        return first + rest


def _plain_analyzer() -> tantivy.TextAnalyzer:
    builder = tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.regex(TOKEN_PATTERN))
    return builder.filter(tantivy.Filter.lowercase()).filter(tantivy.Filter.ascii_fold()).build()


def _scaled(scores: Mapping[int, float]) -> dict[int, float]:
    """`scores` moved to 0..1."""
    if not scores:
        return {}
    low, high = min(scores.values()), max(scores.values())
    return {n: (s - low) / (high - low) if high > low else 1.0 for n, s in scores.items()}


def _unit(vectors: Vectors) -> Vectors:
    return np.asarray(vectors / np.maximum(np.linalg.norm(vectors, axis=1, keepdims=True), 1e-9), dtype=np.float32)


BASE = Variant()
VARIANTS: dict[str, Variant] = {
    "as used": BASE,
    "vectors only": replace(BASE, legs="vectors", known=0),
    "words only": replace(BASE, legs="words", known=0),
    "known questions: none": replace(BASE, known=0),
    "known questions: from 0.55, count twice": replace(BASE, known=2, known_from=0.55),
    "known questions: from 0.7": replace(BASE, known_from=0.7),
    "known questions: count twice": replace(BASE, known=2),
    "known questions: from 0.9": replace(BASE, known_from=0.9),
    "known questions: from 0.8, count once": replace(BASE, known=1, known_from=0.8),
    "passages: each sentence alone": replace(BASE, size=SENTENCE),
    "passages: merged up to 60 words": replace(BASE, size="60 words"),
    "passages: merged up to 120 words": replace(BASE, size="120 words"),
    "passages: merged up to 200 words": replace(BASE, size="200 words"),
    "no known questions, each sentence alone": replace(BASE, known=0, size=SENTENCE),
    "no known questions, merged up to 120 words": replace(BASE, known=0, size="120 words"),
    "embedded: text only": replace(BASE, embedded="text only"),
    "embedded: title and text": replace(BASE, embedded="title and text"),
    "embedded: last heading and text": replace(BASE, embedded="last heading and text"),
    "query: as asked": replace(BASE, query="as asked"),
    "query: acronyms spelled out": replace(BASE, query="spelled out"),
    "words: no stems": replace(BASE, stems=False),
    "words: no acronyms": replace(BASE, acronyms=False),
    "words: no exact terms": replace(BASE, exact=False),
    "words: headings do not count": replace(BASE, context_boost=0.0),
    "words: headings count 0.3": replace(BASE, context_boost=0.3),
    "words: headings count 1.0": replace(BASE, context_boost=1.0),
    "fusion: RRF k = 10": replace(BASE, fusion="rrf 10"),
    "fusion: RRF k = 60": replace(BASE, fusion="rrf 60"),
    "fusion: scores scaled and summed": replace(BASE, fusion="sums"),
    "at most 1 passage a document first": replace(BASE, per_document=1),
    "at most 3 passages a document first": replace(BASE, per_document=3),
    "each with its neighbours": replace(BASE, neighbours=True),
    "late interaction on 20": replace(BASE, late=20),
    "late interaction on 50": replace(BASE, late=50),
    "late interaction alone on 20": replace(BASE, late=20, late_share=1.0),
    "late interaction on 20, 64 dims in int8": replace(BASE, late=20, reduced=True),
    "late interaction on 20, share 0.3": replace(BASE, late=20, late_share=0.3),
}
