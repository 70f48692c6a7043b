"""Request ids, the log, and the numbers for Prometheus."""

from __future__ import annotations

import json
import logging
import re
from collections.abc import Iterator
from typing import Any

import pytest
from fastapi.testclient import TestClient
from prometheus_client.parser import text_string_to_metric_families

from assistant.logs import JsonLines, TextLines

WORDS = "Is the zebra fund still open?"


class Lines(logging.Handler):
    """Keeps every line of the log as both forms would write it."""

    def __init__(self) -> None:
        super().__init__()
        self.text: list[str] = []
        self.json: list[dict[str, Any]] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.text.append(TextLines().format(record))
        self.json.append(json.loads(JsonLines().format(record)))

    def named(self, message: str) -> dict[str, Any]:
        return next(line for line in self.json if line["message"] == message)


@pytest.fixture
def lines() -> Iterator[Lines]:
    handler, root = Lines(), logging.getLogger("assistant")
    level = root.level
    root.addHandler(handler)
    root.setLevel(logging.INFO)
    yield handler
    root.setLevel(level)
    root.removeHandler(handler)


def numbers(client: TestClient) -> dict[tuple[str, tuple[tuple[str, str], ...]], float]:
    response = client.get("/metrics")
    assert response.headers["content-type"].startswith("text/plain")
    families = text_string_to_metric_families(response.text)
    return {(s.name, tuple(sorted(s.labels.items()))): s.value for f in families for s in f.samples}


def test_a_request_keeps_its_id_or_gets_one(client: TestClient) -> None:
    given = client.get("/healthz", headers={"x-request-id": "trace-0001"})
    assert given.headers["x-request-id"] == "trace-0001"
    for bad in ("short", "x" * 65, "with space 12", "new\u00e9line-12"):
        made = client.get("/healthz", headers=[(b"x-request-id", bad.encode())]).headers["x-request-id"]
        assert re.fullmatch(r"[0-9a-f]{32}", made)


@pytest.mark.parametrize("path", ["/v1/nope", "/v1/answers/none", "/v1/questions"])
def test_problems_hold_the_id(client: TestClient, path: str) -> None:
    response = client.get(path)
    assert response.json()["request_id"] == response.headers["x-request-id"]


def test_a_failure_holds_the_id_too(client: TestClient, services: Any) -> None:
    services.assistant.reply = RuntimeError("x")
    response = client.post("/v1/questions", json={"question": WORDS}, headers={"x-request-id": "trace-0001"})
    assert response.status_code == 500
    assert response.json()["request_id"] == response.headers["x-request-id"] == "trace-0001"


def test_the_log_names_answers_and_requests_but_no_words(client: TestClient, lines: Lines) -> None:
    sent = {"x-request-id": "trace-0001"}
    client.post("/v1/questions", json={"question": WORDS}, headers=sent)
    client.get("/", params={"q": WORDS})
    said, request = lines.named("answered"), lines.named("request")
    assert (said["status"], said["door"], said["request_id"]) == ("answered", "api", "trace-0001")
    assert said["answer_id"]
    assert (request["route"], request["status"], request["method"]) == ("/v1/questions", 200, "POST")
    assert "zebra" not in " ".join(lines.text)
    assert "request_id=trace-0001" in " ".join(lines.text)


def test_the_log_has_the_words_where_the_operator_wants_them(client: TestClient, services: Any, lines: Lines) -> None:
    services.settings.log_questions = True
    client.post("/v1/questions", json={"question": WORDS})
    assert lines.named("answered")["question"] == WORDS


def test_a_json_line_holds_the_traceback(lines: Lines) -> None:
    try:
        raise ValueError("inner")
    except ValueError:
        logging.getLogger("assistant.x").exception("went wrong")
    line = lines.named("went wrong")
    assert "ValueError: inner" in line["exception"]
    assert line["level"] == "ERROR"


def test_numbers(client: TestClient, services: Any) -> None:
    client.post("/v1/questions", json={"question": WORDS})
    client.get("/v1/answers/none")
    client.get("/never/heard/of")
    found = numbers(client)
    assert found["lsip_answers_total", (("door", "api"), ("status", "answered"))] == 1
    route = ("route", "/v1/answers/{answer_id}")
    assert found["lsip_requests_total", (("method", "GET"), route, ("status", "404"))] == 1
    assert found["lsip_requests_total", (("method", "GET"), ("route", "none"), ("status", "404"))] == 1
    assert found["lsip_questions_taken", ()] == 0
    assert found["lsip_open_requests", ()] == 1  # this one
    assert not [name for name, labels in found if "zebra" in str(labels)]
