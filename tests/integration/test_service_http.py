"""The service over real HTTP on the loopback: answers in every form, and a stop that finishes what it began."""

from __future__ import annotations

import json
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx
import pytest

from assistant.api.app import create_app
from assistant.composition import Application
from assistant.conversations.ledger import Wanted
from tests.fakes.served_app import Server, served
from tests.fakes.slow_service import GATE, Held, orchard

ASKED = {"question": "When is the orchard gate locked?"}


@dataclass
class World:
    app: Application
    held: Held
    server: Server
    http: httpx.Client


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    app, held = orchard(tmp_path)
    with served(create_app(app)) as server, httpx.Client(base_url=server.url, timeout=60) as http:
        yield World(app, held, server, http)
    app.catalogue.engine.dispose()


def lines(response: httpx.Response) -> Iterator[tuple[str, Any]]:
    name = ""
    for line in response.iter_lines():
        if line.startswith("event: "):
            name = line.removeprefix("event: ")
        elif line.startswith("data: "):
            yield name, json.loads(line.removeprefix("data: "))


def test_a_conversation_from_first_question_to_deletion(world: World) -> None:
    first = world.http.post("/v1/questions", json=ASKED).json()
    assert GATE in first["plain"]
    talk = first["conversation_id"]
    second = world.http.post("/v1/questions", json={"question": "Who cleans the pond?", "conversation_id": talk})
    page = world.http.get(f"/v1/conversations/{talk}").json()
    assert [a["answer_id"] for a in page["answers"]] == [first["answer_id"], second.json()["answer_id"]]
    vote = world.http.put(f"/v1/answers/{first['answer_id']}/feedback", json={"vote": "up"})
    assert vote.json()["vote"] == "up"
    told = world.http.get(f"/v1/conversations/{talk}/export").json()
    assert told["answers"][0]["feedback"][0]["vote"] == "up"
    assert world.http.delete(f"/v1/conversations/{talk}").status_code == 204
    assert world.http.get(f"/v1/answers/{first['answer_id']}").status_code == 404


def test_an_answer_is_known_from_its_acceptance_on(world: World) -> None:
    world.held.free.clear()
    with world.http.stream("POST", "/v1/questions", json=ASKED, headers={"accept": "text/event-stream"}) as response:
        events = lines(response)
        name, accepted = next(events)
        assert name == "accepted"
        pending = world.http.get(f"/v1/answers/{accepted['answer_id']}")
        assert (pending.status_code, pending.json()["state"]) == (202, "pending")
        again = {**ASKED, "conversation_id": accepted["conversation_id"]}
        assert world.http.post("/v1/questions", json=again).status_code == 409
        world.held.free.set()
        rest = dict(events)
    assert rest["done"]["answer_id"] == accepted["answer_id"]
    stored = world.http.get(f"/v1/answers/{accepted['answer_id']}").json()
    assert {**rest["done"], "affected": None} == stored
    assert world.http.post("/v1/questions", json=again).status_code == 200


def test_a_reader_that_goes_away_frees_the_conversation(world: World) -> None:
    world.held.free.clear()
    talk = {**ASKED, "conversation_id": "c-left"}
    with world.http.stream("POST", "/v1/questions", json=talk, headers={"accept": "text/event-stream"}) as response:
        next(lines(response))
    world.held.free.set()
    for _ in range(500):
        again = world.http.post("/v1/questions", json=talk)
        if again.status_code != 409:
            break
    assert again.status_code == 200


@pytest.mark.parametrize("headers", [{}, {"accept": "text/event-stream"}, {"prefer": "respond-async"}])
def test_a_stop_finishes_what_was_begun(world: World, headers: dict[str, str]) -> None:
    world.held.free.clear()
    with ThreadPoolExecutor(1) as caller:
        key = {**headers, "idempotency-key": "k"}
        asked = caller.submit(
            lambda: httpx.post(f"{world.server.url}/v1/questions", json=ASKED, headers=key, timeout=60)
        )
        assert world.held.entered.acquire(timeout=30)
        if "prefer" in headers:
            assert asked.result(30).status_code == 202
        world.server.stop()
        world.held.free.set()
        response = asked.result(60)
    world.server.thread.join(60)
    assert not world.server.thread.is_alive()
    (stored,) = world.app.records.ledger.questions(Wanted(), 10)
    assert stored.status == "answered"
    assert not world.app.records.claims.pending(stored.answer_id)
    if "prefer" in headers:
        assert response.json()["answer_id"] == stored.answer_id
    else:
        assert stored.answer_id in response.text
        assert GATE in response.text
