"""The keyword index: BM25 by tantivy, in a folder beside the catalogue, rebuilt from it when it is lost."""

from __future__ import annotations

import shutil
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

import tantivy

from vectorstore.errors import KnowledgeError
from vectorstore.scope import Scope
from vectorstore.text import build_analyzer

ANALYZER = "lsip"
WRITER_BYTES = 64_000_000
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
            document.add_text("text", entry.text)
            document.add_text("context", entry.context)
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
        index = self._open()
        query_type = tantivy.Query
        parts = []
        for stem, weight in weighted_stems:
            for name, boost in (("text", 1.0), ("context", CONTEXT_BOOST)):
                term = query_type.term_query(self._schema, name, stem)
                parts.append((tantivy.Occur.Should, query_type.boost_query(term, boost * weight)))
        query = query_type.boolean_query(parts)
        if scope.only is not None:
            allowed = query_type.term_set_query(self._schema, "version", list(scope.only))
            limited = query_type.const_score_query(allowed, 0.0)
            query = query_type.boolean_query([(tantivy.Occur.Must, query), (tantivy.Occur.Must, limited)])
        elif scope.without:
            barred = query_type.term_set_query(self._schema, "version", list(scope.without))
            query = query_type.boolean_query([(tantivy.Occur.Must, query), (tantivy.Occur.MustNot, barred)])
        searcher = index.searcher()
        found = searcher.search(query, limit=limit, count=False).hits
        return [(str(searcher.doc(address)["passage"][0]), float(score)) for score, address in found]

    def document_frequency(self, stem: str) -> int:
        """In how many passages the stem stands."""
        return int(self._open().searcher().doc_freq("text", stem))

    def count(self) -> int:
        """How many passages the index holds."""
        return int(self._open().searcher().num_docs)
