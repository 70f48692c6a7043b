"""Pending answers, idempotency keys, votes and conversations through the routes, over real stores."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
from fastapi import FastAPI, Request
from fastapi.testclient import TestClient

from assistant.answering.model import Answer
from assistant.api.app import create_app
from assistant.api.callers import Caller, caller_of
from assistant.conversations.ledger import Wanted
from tests.fakes.recorded import Kept
from tests.fakes.saving import Saving
from tests.fakes.small_answers import answered
from tests.fakes.visitors import KEY, ORIGIN
from tests.unit.assistant.api.conftest import FakeServices
from tests.unit.assistant.api.test_event_stream import events
from tests.unit.assistant.api.test_questions import problem

ASKED = {"question": "Is the LSIF still open?", "conversation_id": "c1"}
STREAM = {"accept": "text/event-stream"}


@pytest.fixture
def saving(tmp_path: Path) -> Iterator[Saving]:
    kept = Kept.at(tmp_path)
    yield Saving(kept)
    kept.engine.dispose()


def as_person(app: FastAPI) -> None:
    """Callers say who they are in a header, as the sessions of a site will by their tokens."""

    def who(request: Request) -> Caller:
        person = request.headers.get("person")
        return Caller("widget", "dorset", person) if person else Caller("api")

    app.dependency_overrides[caller_of] = who


@pytest.fixture
def client(saving: Saving) -> Iterator[TestClient]:
    services = FakeServices(assistant=saving, store=saving.kept.store)
    services.records = saving.kept.records
    app = create_app(services)
    as_person(app)
    with TestClient(app, raise_server_exceptions=False) as made:
        yield made


Asking = Callable[..., Any]


def test_a_stored_answer_says_where_it_came_from(client: TestClient, saving: Saving) -> None:
    answer_id = client.post("/v1/questions", json=ASKED, headers={"person": "p1"}).json()["answer_id"]
    asked = saving.kept.records.ledger.question(answer_id)
    assert (asked.door, asked.site, asked.question) == ("widget", "dorset", ASKED["question"])
    stored = client.get(f"/v1/answers/{answer_id}").json()
    assert stored.pop("affected") is None
    assert Answer.model_validate(stored).answer_id == answer_id


def test_door_site_and_person_come_from_the_gate(saving: Saving) -> None:
    services = FakeServices(assistant=saving, store=saving.kept.store)
    services.records = saving.kept.records
    with TestClient(create_app(services)) as http:
        given = http.post("/v1/widget/sessions", json={"site": "garden"}, headers={"origin": ORIGIN}).json()
        asking = {"origin": ORIGIN, "authorization": f"Bearer {given['token']}"}
        answer = http.post("/v1/questions", json={"question": "Is it open?"}, headers=asking).json()
        talk = f"/v1/conversations/{answer['conversation_id']}"
        assert http.get(talk, headers=asking).status_code == 200
        assert http.get(talk).status_code == 403
        assert http.get("/", params={"q": "Is it open?"}).status_code == 200
        key = {"idempotency-key": "k", "authorization": f"Bearer {KEY}"}
        by_key = http.post("/v1/questions", json={"question": "Is it open?"}, headers=key).json()
        by_anyone = http.post("/v1/questions", json={"question": "Is it open?"}, headers={"idempotency-key": "k"})
        assert by_anyone.json()["answer_id"] != by_key["answer_id"]
        assert "idempotency-replayed" not in by_anyone.headers
    asked = saving.kept.records.ledger.questions(Wanted(), 10)
    assert {(q.door, q.site) for q in asked} == {("widget", "garden"), ("page", ""), ("api", "")}


def test_an_answer_that_is_being_made_is_pending_and_blocks_its_conversation(
    client: TestClient, saving: Saving
) -> None:
    saving.free.clear()
    with ThreadPoolExecutor(1) as caller:
        first = caller.submit(lambda: client.post("/v1/questions", json=ASKED))
        assert saving.entered.acquire(timeout=20)
        second = client.post("/v1/questions", json=ASKED)
        assert problem(second, 409).type == "urn:lsip:problem:pending"
        assert second.headers["retry-after"] == "1"
        assert problem(client.post("/v1/questions", json=ASKED, headers=STREAM), 409)
        problem(client.delete("/v1/conversations/c1"), 409) if _known(client) else None
        saving.free.set()
        assert first.result().status_code == 200
    assert client.post("/v1/questions", json=ASKED).status_code == 200


def _known(client: TestClient) -> bool:
    return client.get("/v1/conversations/c1").status_code == 200


def test_an_answer_to_be_fetched_later(client: TestClient, saving: Saving) -> None:
    accepted = client.post("/v1/questions", json={"question": "x?"}, headers={"prefer": "respond-async, wait=5"})
    assert accepted.status_code == 202
    assert accepted.headers["preference-applied"] == "respond-async"
    told = accepted.json()
    assert told["state"] == "pending"
    address = accepted.headers["location"]
    assert address == f"/v1/answers/{told['answer_id']}"
    for _ in range(2000):
        answer = client.get(address)
        if answer.status_code != 202:
            break
        assert answer.json() == {"answer_id": told["answer_id"], "state": "pending"}
        assert answer.headers["retry-after"] == "1"
    assert answer.json()["conversation_id"] == told["conversation_id"]


def test_what_is_wrong_with_a_question_for_later_is_told_at_once(client: TestClient, saving: Saving) -> None:
    saving.reply = RuntimeError("secret-canary")
    response = client.post("/v1/questions", json=ASKED, headers={"prefer": "respond-async"})
    assert "secret-canary" not in response.text
    problem(response, 500)
    saving.reply = answered()
    assert client.post("/v1/questions", json=ASKED).status_code == 200


@pytest.mark.parametrize("error", [RuntimeError("x"), None])
@pytest.mark.parametrize("headers", [{}, STREAM])
def test_a_conversation_is_free_after_a_failure_and_after_an_answer(
    client: TestClient, saving: Saving, error: Exception | None, headers: dict[str, str]
) -> None:
    saving.reply = error or answered()
    client.post("/v1/questions", json=ASKED, headers=headers)
    assert not saving.kept.records.claims.busy("c1")


@pytest.mark.parametrize("second", [{}, STREAM])
def test_a_request_sent_twice_is_answered_once(client: TestClient, saving: Saving, second: dict[str, str]) -> None:
    key = {"idempotency-key": "k-1"}
    first = client.post("/v1/questions", json=ASKED, headers=key)
    assert "idempotency-replayed" not in first.headers
    again = client.post("/v1/questions", json=ASKED, headers=key | second)
    assert again.headers["idempotency-replayed"] == "true"
    told = dict(events(again.text))["done"] if second else again.json()
    assert told == first.json()
    assert len(saving.asked) == 1
    other = client.post("/v1/questions", json={**ASKED, "question": "Another?"}, headers=key)
    assert problem(other, 422).type == "urn:lsip:problem:idempotency_key"
    stranger = client.post("/v1/questions", json={"question": "x?"}, headers={**key, "person": "p2"})
    assert stranger.status_code == 200
    assert len(saving.asked) == 2


def test_a_request_sent_again_while_it_is_answered(client: TestClient, saving: Saving) -> None:
    key = {"idempotency-key": "k-1"}
    saving.free.clear()
    with ThreadPoolExecutor(1) as caller:
        first = caller.submit(lambda: client.post("/v1/questions", json=ASKED, headers=key))
        assert saving.entered.acquire(timeout=20)
        again = client.post("/v1/questions", json=ASKED, headers=key)
        assert problem(again, 409).type == "urn:lsip:problem:in_progress"
        saving.free.set()
        assert first.result().status_code == 200


def test_a_key_may_be_used_again_after_a_failure(client: TestClient, saving: Saving) -> None:
    key = {"idempotency-key": "k-1"}
    saving.reply = RuntimeError("x")
    assert client.post("/v1/questions", json=ASKED, headers=key).status_code == 500
    saving.reply = answered()
    assert client.post("/v1/questions", json=ASKED, headers=key).status_code == 200


def test_votes(client: TestClient, saving: Saving) -> None:
    answer_id = client.post("/v1/questions", json=ASKED).json()["answer_id"]
    address = f"/v1/answers/{answer_id}/feedback"
    problem(client.get(address), 404)
    given = {"vote": "down", "reasons": ["wrong", "out_of_date"], "comment": "Too old."}
    assert client.put(address, json=given).json() == {"answer_id": answer_id, **given}
    assert client.get(address).json() == {"answer_id": answer_id, **given}
    problem(client.get(address, headers={"person": "p1"}), 404)
    assert client.put(address, json={"vote": "up"}, headers={"person": "p1"}).json()["vote"] == "up"
    assert client.get(address).json()["vote"] == "down"
    assert client.put(address, json={"vote": None}).json()["vote"] is None
    problem(client.get(address), 404)
    problem(client.put("/v1/answers/none/feedback", json=given), 404)


@pytest.mark.parametrize(
    "given",
    [
        {},
        {"vote": "sideways"},
        {"vote": "up", "reasons": ["boring"]},
        {"vote": "up", "comment": "x" * 501},
        {"vote": "up", "more": 1},
        {"vote": "down", "comment": "ask zebra@example.org"},
    ],
)
def test_a_vote_that_cannot_be_is_422_and_not_repeated(client: TestClient, given: dict[str, Any]) -> None:
    answer_id = client.post("/v1/questions", json=ASKED).json()["answer_id"]
    response = client.put(f"/v1/answers/{answer_id}/feedback", json=given)
    problem(response, 422)
    assert "zebra" not in response.text


def test_a_conversation_page_by_page_exported_and_deleted(client: TestClient) -> None:
    ids = [client.post("/v1/questions", json=ASKED).json()["answer_id"] for _ in range(3)]
    page = client.get("/v1/conversations/c1", params={"limit": 2}).json()
    assert [a["answer_id"] for a in page["answers"]] == ids[:2]
    rest = client.get("/v1/conversations/c1", params={"limit": 2, "after": page["next"]}).json()
    assert [a["answer_id"] for a in rest["answers"]] == ids[2:]
    assert rest["next"] is None
    export = client.get("/v1/conversations/c1/export")
    assert export.headers["content-disposition"] == 'attachment; filename="conversation-c1.json"'
    assert [a["receipt"]["answer_id"] for a in export.json()["answers"]] == ids
    problem(client.get("/v1/conversations/c1", params={"limit": 51}), 422)
    problem(client.get("/v1/conversations/c1", params={"after": "none"}), 422)
    gone = client.delete("/v1/conversations/c1")
    assert (gone.status_code, gone.content) == (204, b"")
    problem(client.delete("/v1/conversations/c1"), 404)
    problem(client.get("/v1/conversations/c1"), 404)
    problem(client.get(f"/v1/answers/{ids[0]}"), 404)


def test_a_conversation_of_a_session_is_for_that_session_only(client: TestClient, saving: Saving) -> None:
    mine, yours = {"person": "p1"}, {"person": "p2"}
    assert client.post("/v1/questions", json=ASKED, headers=mine).status_code == 200
    for headers in (yours, {}):
        problem(client.get("/v1/conversations/c1", headers=headers), 403)
        problem(client.get("/v1/conversations/c1/export", headers=headers), 403)
        problem(client.delete("/v1/conversations/c1", headers=headers), 403)
        problem(client.post("/v1/questions", json=ASKED, headers=headers), 403)
    assert len(saving.asked) == 1
    assert client.get("/v1/conversations/c1", headers=mine).status_code == 200
    assert client.delete("/v1/conversations/c1", headers=mine).status_code == 204


@pytest.mark.parametrize("path", ["/v1/answers/a%00b", "/v1/documents?area=%00", "/v1/conversations/..%2Fx%20y"])
def test_addresses_that_cannot_be_are_refused(client: TestClient, path: str) -> None:
    assert client.get(path).status_code in {404, 422}
