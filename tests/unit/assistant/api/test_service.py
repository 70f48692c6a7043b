"""What holds for every response: headers, problems, and the OpenAPI document."""

from __future__ import annotations

from typing import Any

import pytest
from fastapi.testclient import TestClient

from assistant.answering.model import Answer, Question
from assistant.api.problems import Problem
from assistant.api.schemas import ANSWER_EXAMPLE, QUESTION_EXAMPLES

PATHS = ["/", "/?q=x", "/documents", "/about", "/nope", "/v1/nope", "/static/style.css", "/static/no.css", "/healthz"]


@pytest.mark.parametrize("path", PATHS)
def test_security_headers_are_on_every_response(client: TestClient, path: str) -> None:
    response = client.get(path, headers={"accept": "text/html"})
    policy = response.headers["content-security-policy"]
    for directive in (
        "default-src 'none'",
        "style-src 'self'",
        "img-src 'self'",
        "form-action 'self'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
    ):
        assert directive in policy
    assert "unsafe" not in policy
    assert response.headers["x-content-type-options"] == "nosniff"
    assert response.headers["referrer-policy"] == "no-referrer"
    assert "set-cookie" not in response.headers


@pytest.mark.parametrize(
    ("path", "accept", "kind"),
    [
        ("/nope", "text/html,*/*", "text/html"),
        ("/nope", "*/*", "application/problem+json"),
        ("/v1/nope", "text/html", "application/problem+json"),
        ("/documents/lsif/none", "text/html", "text/html"),
    ],
)
def test_not_found_as_page_or_problem(client: TestClient, path: str, accept: str, kind: str) -> None:
    response = client.get(path, headers={"accept": accept})
    assert response.status_code == 404
    assert response.headers["content-type"].startswith(kind)


def test_method_not_allowed_names_what_is(client: TestClient) -> None:
    response = client.get("/v1/questions")
    assert response.status_code == 405
    assert response.headers["allow"] == "POST"
    assert Problem.model_validate(response.json()).status == 405


def test_no_interactive_documentation_that_needs_another_host(client: TestClient) -> None:
    assert client.get("/docs").status_code == 404
    assert client.get("/redoc").status_code == 404


def test_openapi_describes_every_route_with_problems(client: TestClient) -> None:
    document = client.get("/openapi.json").json()
    assert set(document["paths"]) == {
        "/v1/questions",
        "/v1/answers/{answer_id}",
        "/v1/answers/{answer_id}/receipt",
        "/v1/answers/{answer_id}/feedback",
        "/v1/conversations/{conversation_id}",
        "/v1/conversations/{conversation_id}/export",
        "/metrics",
        "/v1/widget/sessions",
        "/v1/areas",
        "/v1/timeline",
        "/v1/timeline.ics",
        "/v1/timeline/terms/{term_id}",
        "/v1/checks",
        "/v1/checks/{check_id}",
        "/v1/documents",
        "/v1/documents/{document_id}/changes",
        "/v1/documents/{document_id}/versions/{version_id}/text",
        "/v1/documents/{document_id}/versions/{version_id}/passages/{passage_id}",
        "/healthz",
        "/readyz",
    }
    schemas = document["components"]["schemas"]
    for path, operations in document["paths"].items():
        for operation in operations.values():
            assert operation["summary"], path
            assert operation["tags"], path
            assert operation["description"], path
            for status, response in operation["responses"].items():
                if status >= "400":
                    assert list(response["content"]) == ["application/problem+json"], (path, status)
    assert "HTTPValidationError" not in str(document["paths"])
    assert {"Problem", "Invalid", "Answer", "Receipt", "HeldVersions", "HeldPassage"} <= set(schemas)
    assert client.get("/openapi.json").json() == document


def test_openapi_examples_validate(client: TestClient) -> None:
    document = client.get("/openapi.json").json()
    body = document["paths"]["/v1/questions"]["post"]["requestBody"]["content"]["application/json"]
    assert set(body["examples"]) == set(QUESTION_EXAMPLES)
    for example in body["examples"].values():
        Question.model_validate(example["value"])
        assert client.post("/v1/questions", json=example["value"]).status_code == 200
    answer = document["paths"]["/v1/questions"]["post"]["responses"]["200"]["content"]["application/json"]
    assert Answer.model_validate(answer["example"]) == Answer.model_validate(ANSWER_EXAMPLE)
    for example in document["components"]["schemas"]["Problem"]["examples"]:
        Problem.model_validate(example)


def test_a_failure_on_a_page_is_a_page(client: TestClient, services: Any) -> None:
    services.catalogue.broken = RuntimeError("secret-canary")
    response = client.get("/documents", headers={"accept": "text/html"})
    assert response.status_code == 500
    assert response.headers["content-type"].startswith("text/html")
    assert "secret-canary" not in response.text
    assert "style-src 'self'" in response.headers["content-security-policy"]
