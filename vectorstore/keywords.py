"""The keyword index: BM25 by tantivy, in a folder beside the catalogue, rebuilt from it when it is lost."""

from __future__ import annotations

import shutil
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

import tantivy

from vectorstore.errors import KnowledgeError
from vectorstore.figures import with_exact_terms
from vectorstore.scope import Scope
from vectorstore.text import build_analyzer

ANALYZER = "lsip"
ANALYSIS_VERSION = "2"  # of what is indexed of a text; an index of another version is made again
WRITER_BYTES = 64_000_000
FEW_VERSIONS = 200  # a list this short is a filter that the index applies fast
READ_AHEAD = (4, 32)  # times the limit that is read and looked through before the index filters by a long list
CONTEXT_BOOST = 0.6  # a word in the title or heading counts for less than one in the text


@dataclass(frozen=True, slots=True)
class KeywordEntry:
    """What the index holds of a passage: its words, and those of its title and headings."""

    passage_id: str
    version_id: str
    text: str
    context: str


def _schema() -> tantivy.Schema:
    builder = tantivy.SchemaBuilder()
    builder.add_text_field("passage", stored=True, tokenizer_name="raw")
    builder.add_text_field("version", stored=True, tokenizer_name="raw")
    builder.add_text_field("text", stored=False, tokenizer_name=ANALYZER)
    builder.add_text_field("context", stored=False, tokenizer_name=ANALYZER)
    return builder.build()


class KeywordIndex:
    """Passages by their words. Writes are atomic per `commit`; a reader sees the last one after `reopen`."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._schema = _schema()
        self._index: tantivy.Index | None = None

    def _open(self) -> tantivy.Index:
        if self._index is None:
            self._folder.mkdir(parents=True, exist_ok=True)
            try:
                index = tantivy.Index(self._schema, path=str(self._folder), reuse=True)
            except ValueError as error:
                raise KnowledgeError(
                    "The keyword index cannot be opened.", "Run `lsip ingest` again; it rebuilds the index."
                ) from error
            index.register_tokenizer(ANALYZER, build_analyzer())
            self._index = index
        return self._index

    def restore(self) -> None:
        """Begin an empty index where the one on disk cannot be opened. Only for the run that fills it again."""
        try:
            self._open()
        except KnowledgeError:
            shutil.rmtree(self._folder)
            self._open()

    def reopen(self) -> None:
        """See what other processes committed."""
        self._open().reload()

    def version_ids(self) -> set[str]:
        """The versions that have at least one passage in the index."""
        index = self._open()
        index.reload()
        searcher = index.searcher()
        if searcher.num_docs == 0:
            return set()
        found = searcher.search(tantivy.Query.all_query(), limit=searcher.num_docs, count=False).hits
        return {str(searcher.doc(address)["version"][0]) for _, address in found}

    def write(self, entries: Iterable[KeywordEntry], remove_versions: Iterable[str] = ()) -> None:
        """Remove `remove_versions`, add `entries`, commit. Entries of a version replace those it had."""
        index = self._open()
        writer = index.writer(heap_size=WRITER_BYTES, num_threads=1)
        writer.garbage_collect_files()  # a writer that was killed leaves files under names that this one will use
        for version in set(remove_versions):
            writer.delete_documents_by_term("version", version)
        for entry in entries:
            document = tantivy.Document()
            document.add_text("passage", entry.passage_id)
            document.add_text("version", entry.version_id)
            document.add_text("text", with_exact_terms(entry.text))
            document.add_text("context", with_exact_terms(entry.context))
            writer.add_document(document)
        writer.commit()
        writer.wait_merging_threads()
        index.reload()

    def search(
        self, weighted_stems: Sequence[tuple[str, float]], limit: int, scope: Scope
    ) -> list[tuple[str, float]]:
        """Passages that hold any of the stems, best first: (passage id, BM25 score), within `scope` only."""
        if not weighted_stems or scope.only == ():
            return []
        parts = []
        for stem, weight in weighted_stems:
            for name, boost in (("text", 1.0), ("context", CONTEXT_BOOST)):
                term = tantivy.Query.term_query(self._schema, name, stem)
                parts.append((tantivy.Occur.Should, tantivy.Query.boost_query(term, boost * weight)))
        query = tantivy.Query.boolean_query(parts)
        searcher = self._open().searcher()
        if scope.only is None or len(scope.only) > FEW_VERSIONS:
            for factor in READ_AHEAD:
                found = _read(searcher, query, factor * limit)
                within = [(passage, score) for passage, version, score in found if scope.holds(version)]
                if len(within) >= limit or len(found) < factor * limit:
                    return within[:limit]
        return [(passage, score) for passage, _, score in _read(searcher, self._within(query, scope), limit)]

    def _within(self, query: tantivy.Query, scope: Scope) -> tantivy.Query:
        """`query` among the versions of `scope` only, by the index itself."""
        listed = scope.only if scope.only is not None else scope.without or ()
        versions = tantivy.Query.term_set_query(self._schema, "version", list(listed))
        if scope.only is None:
            return tantivy.Query.boolean_query([(tantivy.Occur.Must, query), (tantivy.Occur.MustNot, versions)])
        limited = tantivy.Query.const_score_query(versions, 0.0)
        return tantivy.Query.boolean_query([(tantivy.Occur.Must, query), (tantivy.Occur.Must, limited)])

    def document_frequency(self, stem: str) -> int:
        """In how many passages the stem stands."""
        return int(self._open().searcher().doc_freq("text", stem))

    def count(self) -> int:
        """How many passages the index holds."""
        return int(self._open().searcher().num_docs)


def _read(searcher: tantivy.Searcher, query: tantivy.Query, limit: int) -> list[tuple[str, str, float]]:
    """The best `limit` passages for `query`: passage id, version id, score."""
    found = searcher.search(query, limit=limit, count=False).hits
    documents = ((searcher.doc(address), score) for score, address in found)
    return [(str(d["passage"][0]), str(d["version"][0]), float(score)) for d, score in documents]
