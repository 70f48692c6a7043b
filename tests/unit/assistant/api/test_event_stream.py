"""POST /v1/questions as server-sent events."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Generator
from threading import Event as Flag
from typing import Any

import pytest
from fastapi.testclient import TestClient

from assistant.answering.events import Accepted, Event, Working
from assistant.answering.model import Answer, AnswerStatus, Question
from assistant.answering.origin import Origin
from assistant.api.app import create_app
from assistant.api.feed import Feed
from assistant.api.pool import Pool
from assistant.api.problems import Problem
from vectorstore.errors import BusyError, KnowledgeError, UnknownCollectionError, UsageError

WANTED = {"accept": "text/event-stream"}


def events(text: str) -> list[tuple[str, Any]]:
    blocks = [b.split("\n") for b in text.strip().split("\n\n") if not b.startswith(":")]
    return [(name.removeprefix("event: "), json.loads(data.removeprefix("data: "))) for name, data in blocks]


def ask(client: TestClient) -> Any:
    return client.post("/v1/questions", json={"question": "Is the fund open?"}, headers=WANTED)


def test_the_answer_comes_as_events(client: TestClient, services: Any) -> None:
    response = ask(client)
    assert response.status_code == 200
    assert response.headers["content-type"].startswith("text/event-stream")
    assert response.headers["cache-control"] == "no-store"
    assert "default-src 'none'" in response.headers["content-security-policy"]
    found = events(response.text)
    assert [name for name, _ in found] == ["accepted", "step", "citation", "sentence", "done"]
    whole = services.assistant.reply
    assert dict(found)["accepted"] == {"conversation_id": "c1", "answer_id": "a-answered"}
    assert dict(found)["step"] == {"step": "compose"}
    assert dict(found)["citation"] == whole.citations[0].model_dump(mode="json")
    assert dict(found)["sentence"]["citations"] == [1]
    assert Answer.model_validate(dict(found)["done"]) == whole
    assert ": ping" in response.text


def test_without_the_header_it_is_json(client: TestClient) -> None:
    assert client.post("/v1/questions", json={"question": "x?"}).headers["content-type"] == "application/json"


@pytest.mark.parametrize(
    ("error", "status"),
    [
        (UsageError("There is no area 'x'.", "Give an area's id."), 422),
        (UnknownCollectionError("There is no collection.", "`lsip ingest` makes it."), 503),
        (BusyError("Too many.", "Later."), 503),
        (RuntimeError("secret-canary"), 500),
    ],
)
def test_what_goes_wrong_at_once_has_its_own_status(
    client: TestClient, services: Any, error: Exception, status: int
) -> None:
    services.assistant.reply = error
    response = ask(client)
    assert response.status_code == status
    assert response.headers["content-type"] == "application/problem+json"
    assert "secret-canary" not in response.text


def test_a_failed_answer_is_a_failed_event(
    client: TestClient, services: Any, replies: dict[AnswerStatus, Answer]
) -> None:
    services.assistant.reply = replies[AnswerStatus.FAILED]
    name, data = events(ask(client).text)[-1]
    assert name == "failed"
    assert Problem.model_validate(data).answer_id == "a-failed"


@pytest.mark.parametrize("error", [KnowledgeError("Not stored.", "Check."), RuntimeError("secret-canary")])
def test_what_goes_wrong_later_is_a_failed_event(client: TestClient, services: Any, error: Exception) -> None:
    def stream(question: Question, origin: Origin) -> Generator[Event, None, None]:
        yield Accepted("c1", "a1")
        raise error

    services.assistant.stream = stream
    response = ask(client)
    assert [name for name, _ in events(response.text)] == ["accepted", "failed"]
    assert ("Not stored." in response.text) is isinstance(error, KnowledgeError)
    assert "secret-canary" not in response.text


class Endless:
    """Work that never ends by itself."""

    def __init__(self) -> None:
        self.closed = Flag()

    def __call__(
        self, question: Question | None = None, origin: Origin | None = None
    ) -> Generator[Event, None, None]:
        try:
            yield Accepted("c1", "a1")
            while True:
                yield Working()
        finally:
            self.closed.set()


def test_a_reader_that_leaves_ends_the_work_and_frees_the_place() -> None:
    async def play() -> None:
        pool, work = Pool(1, 0), Endless()
        feed = Feed(pool, work)
        assert await feed.first() == Accepted("c1", "a1")
        with pytest.raises(BusyError):
            Feed(pool, work)
        feed.leave()
        assert await asyncio.to_thread(work.closed.wait, 20)
        for _ in range(2000):
            try:
                assert await pool.run(lambda: 1) == 1
                break
            except BusyError:  # the place is given back right after the work has closed
                await asyncio.sleep(0.01)
        pool.close()

    asyncio.run(play())


def test_a_connection_that_closes_ends_the_work(services: Any) -> None:
    work = Endless()
    services.assistant.stream = work
    body = json.dumps({"question": "x?"}).encode()
    headers = [(b"accept", b"text/event-stream"), (b"content-type", b"application/json")]
    scope = {
        "type": "http",
        "asgi": {"version": "3.0", "spec_version": "2.3"},
        "http_version": "1.1",
        "method": "POST",
        "path": "/v1/questions",
        "raw_path": b"/v1/questions",
        "root_path": "",
        "scheme": "http",
        "query_string": b"",
        "headers": headers,
        "client": ("127.0.0.1", 1),
        "server": ("127.0.0.1", 80),
    }

    async def play() -> list[dict[str, Any]]:
        sent: list[dict[str, Any]] = []
        begun = asyncio.Event()
        came = iter([{"type": "http.request", "body": body, "more_body": False}])

        async def receive() -> dict[str, Any]:
            message = next(came, None)
            if message is None:
                await begun.wait()
                return {"type": "http.disconnect"}
            return message

        async def send(message: Any) -> None:
            sent.append(message)
            if message["type"] == "http.response.body":
                begun.set()

        await create_app(services)(scope, receive, send)
        assert await asyncio.to_thread(work.closed.wait, 20)
        return sent

    sent = asyncio.run(play())
    assert sent[0]["status"] == 200
    assert b"event: accepted" in sent[1]["body"]
