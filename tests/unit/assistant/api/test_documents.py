"""/v1/documents: what is held, its exact text, its passages; health."""

from __future__ import annotations

from typing import Any

import pytest
from fastapi.testclient import TestClient

from assistant.presenting.paths import text_path, version_path
from vectorstore.errors import KnowledgeError


def test_listing_says_what_is_in_force_on_a_date(client: TestClient) -> None:
    body = client.get("/v1/documents", params={"document_id": "guidance/statutory", "as_of": "2023-01-01"}).json()
    assert (body["as_of"], body["collection"], body["total"]) == ("2023-01-01", "lsip", 2)
    assert [(v["version_id"], v["in_force"]) for v in body["versions"]] == [("v-2022", True), ("v-2025", False)]
    first = body["versions"][0]
    assert first["superseded_by"] == "v-2025"
    assert first["valid_to"] == "2025-11-17"
    assert first["checked_on"] == "2026-11-20"


def test_listing_by_area_and_in_parts(client: TestClient) -> None:
    assert [v["version_id"] for v in client.get("/v1/documents?area=A06").json()["versions"]] == ["v-notes"]
    part = client.get("/v1/documents?limit=2&offset=1").json()
    assert part["total"] == 5
    assert len(part["versions"]) == 2


@pytest.mark.parametrize("query", ["collection=nope", "as_of=soon", "limit=0"])
def test_a_wrong_filter_is_422(client: TestClient, query: str) -> None:
    response = client.get(f"/v1/documents?{query}")
    assert response.status_code == 422
    assert response.headers["content-type"] == "application/problem+json"


def test_the_text_is_exact(client: TestClient, services: Any) -> None:
    for held in services.catalogue.held:
        response = client.get(text_path(held.document_id, held.version_id))
        assert response.headers["content-type"] == "text/plain; charset=utf-8"
        assert response.content.decode() == services.catalogue.text(held.version_id)


def test_every_citation_can_be_checked_over_http(client: TestClient) -> None:
    for c in client.post("/v1/questions", json={"question": "x?"}).json()["citations"]:
        text = client.get(text_path(c["document_id"], c["version_id"])).text
        assert text[c["start"] : c["end"]] == c["quote"]
        where = text_path(c["document_id"], c["version_id"]).removesuffix("/text")
        passage = client.get(f"{where}/passages/{c['passage_id']}").json()
        assert c["quote"] in passage["text"]
        assert text[passage["start"] : passage["end"]] == passage["text"]


def test_a_version_or_passage_of_another_document_is_not_found(client: TestClient) -> None:
    for path in (
        "/v1/documents/lsif/versions/v-2025/text",
        "/v1/documents/lsif/versions/none/text",
        "/v1/documents/lsif/versions/v-lsif/passages/v-2025-p0",
        "/v1/documents/lsif/versions/v-lsif/passages/none",
    ):
        response = client.get(path)
        assert response.status_code == 404, path
        assert response.headers["content-type"] == "application/problem+json"


@pytest.mark.parametrize("document_id", ["a/b", "a b?#%", "../../etc/passwd", "a//b", "/a", "é/ü", "versions/x/text"])
def test_any_document_id_makes_a_path_that_comes_back(document_id: str, services: Any, client: TestClient) -> None:
    from dataclasses import replace

    held = replace(services.catalogue.held[2], document_id=document_id)
    services.catalogue.held = (held,)
    assert client.get(text_path(document_id, held.version_id)).status_code == 200
    page = client.get(version_path(document_id, held.version_id, "top", (1, 2)))
    assert page.status_code == 200
    assert held.title in page.text


def test_health_and_readiness(client: TestClient, services: Any) -> None:
    assert client.get("/healthz").json() == {"status": "ok"}
    assert client.get("/readyz").json() == {"status": "ready"}
    services.catalogue.collections = ()
    response = client.get("/readyz")
    assert response.status_code == 503
    assert response.headers["content-type"] == "application/problem+json"
    services.catalogue.broken = KnowledgeError("The catalogue's database does not answer.", "Check it.")
    assert client.get("/readyz").json()["detail"] == "The catalogue's database does not answer."
    assert client.get("/healthz").status_code == 200
