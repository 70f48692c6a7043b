"""Searches as the answer path does for a plain question: in force on the date, for the places it names."""

from __future__ import annotations

from assistant.answering.model import Answer
from assistant.areas.engine import AreasEngine
from assistant.evaluation.ranking import DEPTH, Found
from vectorstore.retrieval import Query, Retriever


class PlainSearch:
    """The retriever of one collection, asked with the words of the question alone."""

    def __init__(self, retriever: Retriever, areas: AreasEngine) -> None:
        self._retriever = retriever
        self._areas = areas

    def find(self, question: str, answer: Answer, *, by_document: bool) -> list[Found]:
        """The ten best passages, or the best passage of each of the ten best documents."""
        scope = self._areas.scope(self._areas.locate(question, answer.as_of))
        query = Query(question, answer.as_of, areas=scope, limit=DEPTH, by_document=by_document)
        return [
            Found(h.version.document_id, h.version.title, h.passage.section or "", h.passage.text)
            for h in self._retriever.search(query)
        ]
