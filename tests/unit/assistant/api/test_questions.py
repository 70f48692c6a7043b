"""POST /v1/questions and the stored answers."""

from __future__ import annotations

import threading
from concurrent.futures import FIRST_COMPLETED, ThreadPoolExecutor, wait
from typing import Any

import pytest
from fastapi.testclient import TestClient

from assistant.answering.model import Answer, AnswerStatus, Question
from assistant.api.app import create_app
from assistant.api.problems import Problem
from vectorstore.errors import IndexMismatchError, ModelError, UnknownCollectionError, UsageError

PLAIN = [s for s in AnswerStatus if s not in {AnswerStatus.BUSY, AnswerStatus.FAILED}]


def problem(response: Any, status: int) -> Problem:
    assert response.status_code == status
    assert response.headers["content-type"] == "application/problem+json"
    found = Problem.model_validate(response.json())
    assert found.status == status
    assert found.remedy
    return found


@pytest.mark.parametrize("status", PLAIN)
def test_every_status_up_to_blocked_output_is_200(
    client: TestClient, services: Any, replies: dict[AnswerStatus, Answer], status: AnswerStatus
) -> None:
    services.assistant.reply = replies[status]
    response = client.post("/v1/questions", json={"question": "Is the LSIF still open?"})
    assert response.status_code == 200
    assert Answer.model_validate(response.json()) == replies[status]


def test_busy_and_failed_answers_are_problems(
    client: TestClient, services: Any, replies: dict[AnswerStatus, Answer]
) -> None:
    services.assistant.reply = replies[AnswerStatus.BUSY]
    response = client.post("/v1/questions", json={"question": "x?"})
    problem(response, 503)
    assert int(response.headers["retry-after"]) > 0
    services.assistant.reply = replies[AnswerStatus.FAILED]
    found = problem(client.post("/v1/questions", json={"question": "x?"}), 500)
    assert found.answer_id == "a-failed"


def test_all_fields_reach_the_assistant(client: TestClient, services: Any) -> None:
    history = [{"role": "user", "text": "What is an LSIP?"}]
    sent = {
        "question": "And now?",
        "as_of": "2025-06-30",
        "area": "A06",
        "conversation_id": "c1",
        "history": history,
        "collection": "lsip",
    }
    assert client.post("/v1/questions", json=sent).status_code == 200
    assert services.assistant.asked == [Question.model_validate(sent)]


def test_a_conversation_without_history_takes_up_its_turns(client: TestClient, services: Any) -> None:
    client.post("/v1/questions", json={"question": "And now?", "conversation_id": "c1"})
    client.post("/v1/questions", json={"question": "And now?", "conversation_id": "unknown"})
    client.post("/v1/questions", json={"question": "And now?"})
    assert [q.history for q in services.assistant.asked] == [services.store.turns, (), ()]


@pytest.mark.parametrize(
    "body",
    [
        {},
        {"question": "x", "as_of": "yesterday"},
        {"question": "x", "history": [{"role": "system", "text": "x"}]},
        {"question": "x", "conversation_id": "../../etc"},
        {"question": "x", "secret-canary": 1},
        {"question": ["secret-canary"]},
        [],
    ],
)
def test_an_invalid_request_is_422_and_is_not_repeated(client: TestClient, services: Any, body: Any) -> None:
    response = client.post("/v1/questions", json=body)
    found = problem(response, 422)
    assert found.errors
    assert services.assistant.asked == []
    assert "../../etc" not in response.text


def test_json_that_is_none_is_422(client: TestClient) -> None:
    problem(client.post("/v1/questions", content=b"{", headers={"content-type": "application/json"}), 422)


def test_unknown_area_or_collection_is_422_with_the_remedy(client: TestClient, services: Any) -> None:
    services.assistant.reply = UsageError("There is no area 'Atlantis' in this collection.", "Give an area's id.")
    found = problem(client.post("/v1/questions", json={"question": "x?", "area": "Atlantis"}), 422)
    assert (found.detail, found.remedy) == ("There is no area 'Atlantis' in this collection.", "Give an area's id.")
    services.assistant.reply = UnknownCollectionError("There is no collection 'x'.", "Held: lsip.")
    problem(client.post("/v1/questions", json={"question": "x?", "collection": "x"}), 422)


def test_a_default_collection_that_is_missing_is_not_the_callers_fault(client: TestClient, services: Any) -> None:
    services.assistant.reply = UnknownCollectionError("There is no collection 'lsip'.", "`lsip ingest` makes it.")
    problem(client.post("/v1/questions", json={"question": "x?"}), 503)


def test_knowledge_that_cannot_be_used_is_503(client: TestClient, services: Any) -> None:
    services.assistant.reply = IndexMismatchError("Another model.", "Ingest again.")
    response = client.post("/v1/questions", json={"question": "x?"})
    assert problem(response, 503).detail == "Another model."
    assert "retry-after" in response.headers


@pytest.mark.parametrize("error", [RuntimeError("secret-canary"), ModelError("secret-canary", "secret-canary")])
def test_any_other_error_is_500_without_its_text(client: TestClient, services: Any, error: Exception) -> None:
    services.assistant.reply = error
    response = client.post("/v1/questions", json={"question": "x?"})
    problem(response, 500)
    assert "secret-canary" not in response.text
    assert "default-src 'none'" in response.headers["content-security-policy"]


def test_a_body_past_the_limit_is_413(client: TestClient) -> None:
    large = b'{"question": "' + b"x" * (5 * 1024 * 1024) + b'"}'
    problem(client.post("/v1/questions", content=large), 413)
    chunks = (large[i : i + 65536] for i in range(0, len(large), 65536))
    problem(client.post("/v1/questions", content=chunks, headers={"content-type": "application/json"}), 413)


def test_past_the_queue_the_service_says_busy_and_recovers(services: Any) -> None:
    services.settings.workers, services.settings.queue = 1, 1
    entered, free = threading.Semaphore(0), threading.Event()
    reply: Answer = services.assistant.reply

    def slow(_question: Question) -> Answer:
        entered.release()
        assert free.wait(20)
        return reply

    services.assistant.reply = slow
    with TestClient(create_app(services)) as client, ThreadPoolExecutor(3) as callers:

        def ask() -> Any:
            return client.post("/v1/questions", json={"question": "x?"})

        first = callers.submit(ask)
        assert entered.acquire(timeout=20)
        others = [callers.submit(ask), callers.submit(ask)]  # one place is left: one waits, the other is refused
        refused = wait(others, timeout=20, return_when=FIRST_COMPLETED).done.pop()
        page = client.get("/", params={"q": "x?"}, headers={"accept": "text/html"})
        assert client.get("/healthz").status_code == 200
        free.set()
        waited = next(o for o in others if o is not refused)
        assert first.result().status_code == waited.result().status_code == 200
        assert problem(refused.result(), 503).type == "urn:lsip:problem:busy"
        assert int(refused.result().headers["retry-after"]) > 0
        assert page.status_code == 503
        assert "Too many questions are waiting" in page.text
        assert int(page.headers["retry-after"]) > 0
        assert ask().status_code == 200


def test_stored_answers_and_receipts(client: TestClient) -> None:
    assert client.get("/v1/answers/a-answered").json()["status"] == "answered"
    assert client.get("/v1/answers/a-answered/receipt").json()["answer_id"] == "a-answered"
    problem(client.get("/v1/answers/none"), 404)
    problem(client.get("/v1/answers/none/receipt"), 404)
