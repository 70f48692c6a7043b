"""The service as a process: switches heard, overload told at once, and a stop that finishes what was begun."""

from __future__ import annotations

import json
import re
import shutil
import signal
import time
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path
from typing import Any

import httpx
import psutil
import pytest

from assistant.composition import build
from assistant.settings import load_settings
from tests.fakes.gardens import rules
from tests.fakes.model_server import ModelServer, serving
from tests.fakes.served import served
from tests.integration.conftest import TODAY

pytestmark = pytest.mark.timeout(300)
RULES = rules()[:40]
ASKED = RULES[3].question
ORIGIN = "https://www.garden.example"


@pytest.fixture(scope="module")
def shed(tmp_path_factory: pytest.TempPathFactory, encoder_cache: Path) -> Path:
    """A data directory that holds a small collection."""
    data = tmp_path_factory.mktemp("shed")
    shutil.copytree(encoder_cache / "encoders", data / "encoders")
    source = data / "rules.jsonl"
    lines = [json.dumps({"id": r.id, "title": r.title, "text": r.text}) for r in RULES]
    source.write_text("\n".join(lines) + "\n", encoding="utf-8")
    app = build(load_settings(data_dir=data, today=TODAY))
    assert not app.pipeline().run(source, "gardens").failed
    app.catalogue.engine.dispose()
    return data


@pytest.fixture
def server() -> Iterator[ModelServer]:
    with serving() as made:
        yield made


@pytest.fixture
def hands() -> Iterator[ThreadPoolExecutor]:
    with ThreadPoolExecutor(8) as pool:
        yield pool


def settings(server: ModelServer | None = None, **others: str) -> dict[str, str]:
    """One worker, and a chat model that never answers: each question takes as long as the model may."""
    slow = {"model": "timeout", "model_url": server.url, "model_retries": "0"} if server else {}
    return {"collection": "gardens", "today": TODAY.isoformat(), "workers": "1", **slow, **others}


def post(url: str, **headers: str) -> httpx.Response:
    return httpx.post(f"{url}/v1/questions", json={"question": ASKED}, headers=headers, timeout=120)


def until(true: Any) -> None:
    """Wait until something is the case; the test's own limit ends a wait in vain."""
    while not true():
        time.sleep(0.02)


def test_switches_are_heard_by_a_running_service(shed: Path) -> None:
    with served(shed, **settings(open_api="false")) as service, httpx.Client(base_url=service.url) as http:

        def opened() -> httpx.Response:
            return http.post("/v1/widget/sessions", json={"site": "garden"}, headers={"Origin": ORIGIN})

        assert opened().status_code == 403
        service.lsip("sites", "add", "garden", "--name", "The Garden", "--origin", ORIGIN, "--theme", "accent=#036")
        until(lambda: opened().status_code == 201)
        session = opened().json()
        assert session["site"]["theme"] == {"accent": "#003366"}
        headers = {"Origin": ORIGIN, "Authorization": f"Bearer {session['token']}"}
        asked = http.post("/v1/questions", json={"question": ASKED}, headers=headers, timeout=60)
        assert asked.status_code == 200 and asked.json()["status"] == "answered"

        service.lsip("sites", "disable", "garden", "--comment", "a test")
        until(lambda: http.get("/v1/documents", headers=headers).status_code == 403)

        assert http.get("/v1/documents").status_code == 401
        made = json.loads(service.lsip("keys", "add", "portal", "--json"))
        with_key = {"Authorization": f"Bearer {made['key']}"}
        until(lambda: http.get("/v1/documents", headers=with_key).status_code == 200)
        service.lsip("keys", "revoke", made["id"], "--comment", "a test")
        until(lambda: http.get("/v1/documents", headers=with_key).status_code == 401)

        service.lsip("doors", "off", "pages", "--comment", "a test")
        until(lambda: http.get("/about").status_code == 503)
        service.lsip("doors", "on", "pages", "--comment", "over")
        until(lambda: http.get("/about").status_code == 200)
        changes = json.loads(service.lsip("sites", "audit", "--json"))["changes"]
        assert [(c["subject"].split(":")[0], c["action"]) for c in reversed(changes)] == [
            ("site", "add"),
            ("site", "disable"),
            ("key", "add"),
            ("key", "revoke"),
            ("door", "off"),
            ("door", "on"),
        ]


def test_two_processes_of_one_data_directory_know_each_others_sessions(shed: Path) -> None:
    with served(shed, **settings()) as one, served(shed, **settings()) as other:
        one.lsip("sites", "add", "pair", "--name", "Pair", "--origin", ORIGIN)
        until(lambda: httpx.options(one.url + "/v1/x", headers=preflight()).status_code == 204)
        given = httpx.post(f"{one.url}/v1/widget/sessions", json={"site": "pair"}, headers={"Origin": ORIGIN})
        headers = {"Origin": ORIGIN, "Authorization": f"Bearer {given.json()['token']}"}
        until(lambda: httpx.options(other.url + "/v1/x", headers=preflight()).status_code == 204)
        assert httpx.get(f"{other.url}/v1/documents", headers=headers).status_code == 200
        one.lsip("sites", "remove", "pair")


def preflight() -> dict[str, str]:
    return {"Origin": ORIGIN, "Access-Control-Request-Method": "GET"}


def filled(
    url: str, server: ModelServer, hands: ThreadPoolExecutor, queue: int
) -> tuple[Future[httpx.Response], list[Future[httpx.Response]], list[httpx.Response]]:
    """One question that a stream answers, as many that wait as may, and what three more were told."""
    running = hands.submit(post, url, accept="text/event-stream")
    until(lambda: server.requests)
    asked = [hands.submit(post, url) for _ in range(queue + 3)]
    until(lambda: sum(f.done() for f in asked) == 3)
    assert not running.done()
    return running, [f for f in asked if not f.done()], [f.result() for f in asked if f.done()]


def busy(response: httpx.Response) -> bool:
    """Whether a response says so, and when to come back."""
    problem = response.json()["type"] == "urn:lsip:problem:busy"
    return response.status_code == 503 and problem and int(response.headers["retry-after"]) > 0


def test_whoever_comes_when_all_places_are_taken_is_told_at_once(
    shed: Path, server: ModelServer, hands: ThreadPoolExecutor
) -> None:
    with served(shed, **settings(server, queue="1", model_timeout="20")) as service:
        running, waiting, refused = filled(service.url, server, hands, 1)
        refused.append(post(service.url, accept="text/event-stream"))
        page = httpx.get(service.url, params={"q": ASKED}, headers={"Accept": "text/html"})
        assert httpx.get(f"{service.url}/healthz").status_code == 200
        assert not running.done()  # all of this while the first is still answered
        assert all(busy(r) for r in refused)
        assert page.status_code == 503 and "Too many questions are waiting" in page.text
        service.process.kill()
        for future in (running, *waiting):
            future.exception(60)


def stopped(
    shed: Path, server: ModelServer, hands: ThreadPoolExecutor, **others: str
) -> tuple[httpx.Response, list[httpx.Response]]:
    """What became of a stream and of two that waited, when the service was told to stop."""
    with served(shed, **settings(server, queue="2", **others)) as service:
        running, waiting, _ = filled(service.url, server, hands, 2)
        service.ask_to_stop()
        until(lambda: not reachable(service.url))
        assert service.ended() == (-signal.SIGTERM, "")  # all done, it ends by the signal that it was sent
    return running.result(60), [f.result(60) for f in waiting]


def reachable(url: str) -> bool:
    try:
        httpx.get(f"{url}/healthz")
    except httpx.TransportError:
        return False
    return True


def test_a_stop_finishes_what_was_begun_and_what_waits(
    shed: Path, server: ModelServer, hands: ThreadPoolExecutor
) -> None:
    stream, plain = stopped(shed, server, hands, model_timeout="3", shutdown_grace="60")
    assert stream.text.count("event: done\n") == 1
    assert [r.json()["status"] for r in plain] == ["answered", "answered"]


def test_a_stop_tells_those_who_would_wait_too_long(
    shed: Path, server: ModelServer, hands: ThreadPoolExecutor
) -> None:
    stream, plain = stopped(shed, server, hands, model_timeout="8", shutdown_grace="0")
    assert stream.text.count("event: done\n") == 1
    assert [busy(r) for r in plain] == [True, True]


def alive(process: psutil.Process) -> bool:
    return process.is_running() and process.status() != psutil.STATUS_ZOMBIE


def test_several_processes_share_a_port_their_numbers_and_a_stop(shed: Path, hands: ThreadPoolExecutor) -> None:
    with served(shed, **settings(processes="2")) as service:
        asked = list(hands.map(lambda _: post(service.url), range(12)))
        assert {r.json()["status"] for r in asked} == {"answered"}
        assert len({r.json()["answer_id"] for r in asked}) == 12
        answers = re.compile(r'^lsip_answers_total\{door="api",status="answered"\} 12\.0$', re.MULTILINE)
        assert {bool(answers.search(httpx.get(f"{service.url}/metrics").text)) for _ in range(4)} == {True}

        first, second = service.serving()
        first.kill()
        until(lambda: {p.pid for p in service.serving()} - {first.pid, second.pid})
        assert post(service.url).json()["status"] == "answered"

        serving_now = service.serving()
        service.ask_to_stop()
        assert service.ended() == (0, "")
        assert not any(alive(p) for p in serving_now)


def test_processes_end_with_the_one_that_began_them(shed: Path) -> None:
    with served(shed, **settings(processes="2")) as service:
        assert post(service.url).status_code == 200
        left = service.serving()
        service.process.kill()
        until(lambda: not any(alive(p) for p in left))


def test_several_processes_that_cannot_begin_say_so_once(shed: Path) -> None:
    with served(shed, **settings(processes="2", collection="meadows")) as service:
        code, logged = service.ended()
    assert code == 1
    assert "There is no collection 'meadows'" in logged and "Traceback" not in logged
