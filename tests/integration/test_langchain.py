"""The catalogue as a LangChain retriever, and the example of its page."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pytest
from langchain_core.documents import Document
from langchain_core.retrievers import BaseRetriever
from pydantic import ValidationError

from tests.integration.conftest import TODAY, Starter
from vectorstore.langchain import CatalogueRetriever
from vectorstore.retrieval import Query

pytestmark = pytest.mark.timeout(600)
ROOT = Path(__file__).resolve().parents[2]
METADATA = "title section page document_id version_id passage_id start end in_force score".split()
QUERY = "How many LSIP areas are there?"


def made(starter: Starter, **fields: object) -> CatalogueRetriever:
    return CatalogueRetriever.model_validate({"retriever": starter.app.retriever("lsip"), **fields})


def test_it_finds_what_search_finds(starter: Starter) -> None:
    retriever = made(starter, on=TODAY, limit=5)
    assert isinstance(retriever, BaseRetriever)
    documents = retriever.invoke(QUERY)
    hits = starter.app.retriever("lsip").search(Query(QUERY, TODAY, limit=5))
    assert [d.metadata["passage_id"] for d in documents] == [h.passage.passage_id for h in hits]
    assert [d.id for d in documents] == [h.passage.passage_id for h in hits]


def test_a_document_is_an_exact_stretch_of_the_stored_text(starter: Starter) -> None:
    for document in made(starter, on=TODAY).invoke(QUERY):
        m = document.metadata
        assert sorted(m) == sorted(METADATA)
        assert starter.app.catalogue.text(m["version_id"])[m["start"] : m["end"]] == document.page_content
        assert m["in_force"] is True


def test_the_date_decides(starter: Starter) -> None:
    then = made(starter, on=date(2024, 3, 1)).invoke(QUERY)
    now = made(starter, today=starter.app.settings.current_date).invoke(QUERY)
    assert "38" in " ".join(d.page_content for d in then[:3])
    assert "39" in " ".join(d.page_content for d in now[:3])
    days = iter([date(2024, 3, 1), TODAY])
    moving = made(starter, today=lambda: next(days))
    assert [d.id for d in moving.invoke(QUERY)] == [d.id for d in then]
    assert [d.id for d in moving.invoke(QUERY)] == [d.id for d in now]


def test_areas_leave_others_out(starter: Starter) -> None:
    found = made(starter, on=TODAY, areas=("A04",), limit=30).invoke("priorities of the plan")
    areas = {starter.app.catalogue.version(d.metadata["version_id"]).area for d in found}
    assert areas <= {None, "A04"}


def test_an_empty_query_finds_nothing_and_limits_are_bounded(starter: Starter) -> None:
    assert made(starter).invoke("  ") == []
    for limit in (0, 201):
        with pytest.raises(ValidationError):
            made(starter, limit=limit)


def test_the_example_of_the_page_runs(at_starter: Starter, capsys: pytest.CaptureFixture[str]) -> None:
    page = (ROOT / "docs" / "langchain.md").read_text(encoding="utf-8")
    (code,) = re.findall(r"```python\n(.*?)```", page, re.DOTALL)
    names: dict[str, object] = {}
    exec(compile(code, "docs/langchain.md", "exec"), names)
    documents = names["documents"]
    assert isinstance(documents, list)
    assert len(documents) == 3
    assert all(isinstance(d, Document) for d in documents)
    assert len(capsys.readouterr().out.splitlines()) >= 3
