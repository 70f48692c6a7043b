"""The catalogue as a LangChain retriever, for chains and agents of other programs."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from zoneinfo import ZoneInfo

from langchain_core.callbacks import CallbackManagerForRetrieverRun
from langchain_core.documents import Document
from langchain_core.retrievers import BaseRetriever
from pydantic import ConfigDict, Field

from vectorstore.model import Hit
from vectorstore.retrieval import Query, Retriever
from vectorstore.validity import in_force


def london_today() -> date:
    """Today in London."""
    return datetime.now(ZoneInfo("Europe/London")).date()


class CatalogueRetriever(BaseRetriever):
    """Passages that were in force on a date, as LangChain documents, best first.

    With `on` the date is fixed; without, it is what `today` says at each search. `areas` holds ids of areas: only
    their texts and those of no area are searched. A document's text is `version text[start:end]`, unchanged.
    """

    model_config = ConfigDict(arbitrary_types_allowed=True)

    retriever: Retriever
    on: date | None = None
    today: Callable[[], date] = london_today
    areas: tuple[str, ...] = ()
    limit: int = Field(10, ge=1, le=200)

    def _get_relevant_documents(self, query: str, *, run_manager: CallbackManagerForRetrieverRun) -> list[Document]:
        on = self.on or self.today()
        hits = self.retriever.search(Query(query, on, areas=self.areas, limit=self.limit)) if query.strip() else []
        return [_document(hit, on) for hit in hits]


def _document(hit: Hit, on: date) -> Document:
    passage, version = hit.passage, hit.version
    return Document(
        id=passage.passage_id,
        page_content=passage.text,
        metadata={
            "title": version.title,
            "section": passage.section,
            "page": passage.page,
            "document_id": version.document_id,
            "version_id": version.version_id,
            "passage_id": passage.passage_id,
            "start": passage.start,
            "end": passage.end,
            "in_force": in_force(version, on),
            "score": hit.score,
        },
    )
