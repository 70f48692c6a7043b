"""The gate before the routes: origins, sessions, keys, switches, limits, and what a browser may read of them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from fastapi import Depends, FastAPI, Request
from fastapi.testclient import TestClient

from assistant.api.app import create_app
from assistant.api.callers import Caller, caller_of
from assistant.api.gate import WIDGET_BODY
from assistant.api.problems import Problem
from assistant.sites.rules import Rules
from tests.fakes.visitors import KEY, NO_LIMITS, ORIGIN, World

SESSIONS = "/v1/widget/sessions"
ASK = {"question": "Is the LSIF still open?"}
FROM = {"Origin": ORIGIN}
Make = Callable[[World], TestClient]


@pytest.fixture
def make(services: Any) -> Make:
    def made(world: World) -> TestClient:
        services.world = world
        app = create_app(services)

        @app.get("/v1/whoami", include_in_schema=False)
        def whoami(request: Request, caller: Caller = Depends(caller_of)) -> dict[str, Any]:
            return {"door": caller.door, "site": caller.site, "person": caller.person, "key": caller.key}

        return TestClient(app, raise_server_exceptions=False)

    return made


@pytest.fixture
def world() -> World:
    return World()


@pytest.fixture
def http(make: Make, world: World) -> TestClient:
    return make(world)


def opened(http: TestClient, **headers: str) -> dict[str, Any]:
    response = http.post(SESSIONS, json={"site": "garden"}, headers={**FROM, **headers})
    assert response.status_code == 201, response.text
    found: dict[str, Any] = response.json()
    return found


def token(http: TestClient) -> dict[str, str]:
    return {**FROM, "Authorization": f"Bearer {opened(http)['token']}"}


def problem(response: Any, status: int, kind: str) -> Problem:
    assert response.status_code == status, response.text
    found = Problem.model_validate(response.json())
    assert found.type == f"urn:lsip:problem:{kind}"
    assert found.detail and found.remedy
    return found


def test_a_session_tells_what_the_widget_shows(http: TestClient) -> None:
    response = http.post(SESSIONS, json={"site": "garden"}, headers=FROM)
    assert response.status_code == 201
    given = response.json()
    assert set(given) == {"token", "expires_at", "site"}
    assert given["site"]["id"] == "garden"
    assert given["site"]["contact"] == {"text": "The warden", "url": None}
    assert given["site"]["max_question"] == 500
    assert response.headers["access-control-allow-origin"] == ORIGIN
    assert response.headers["cache-control"] == "no-store"
    assert "origin" in response.headers["vary"].lower()
    assert "set-cookie" not in response.headers
    assert "access-control-allow-credentials" not in response.headers


def refused_openings() -> list[tuple[str, dict[str, str]]]:
    return [
        ("unknown", FROM),
        ("off", FROM),
        ("garden", {"Origin": "https://evil.example"}),
        ("garden", {"Origin": "null"}),
        ("garden", {"Origin": ORIGIN + "/"}),
        ("garden", {"Origin": ORIGIN.upper()}),
        ("garden", {"Origin": "http://www.garden.example"}),
        ("garden", {"Origin": ORIGIN + ".evil.example"}),
        ("garden", {}),
    ]


def test_whoever_is_not_admitted_reads_one_and_the_same_text(http: TestClient, world: World) -> None:
    world.listed.append(replace(world.listed[0], site_id="off", enabled=False))
    answers = set()
    for site, headers in refused_openings():
        response = http.post(SESSIONS, json={"site": site}, headers=headers)
        answers.add(problem(response, 403, "not_admitted").model_dump_json(exclude={"request_id"}))
        if headers != FROM:
            assert "access-control-allow-origin" not in response.headers
    assert len(answers) == 1


def test_a_session_is_renewed_by_its_token(http: TestClient, world: World) -> None:
    headers = token(http)
    who = http.get("/v1/whoami", headers=headers).json()["person"]
    world.now += 600
    again = opened(http, Authorization=headers["Authorization"])
    renewed = {**FROM, "Authorization": f"Bearer {again['token']}"}
    world.now += 600
    problem(http.get("/v1/whoami", headers=headers), 401, "unknown_caller")
    assert http.get("/v1/whoami", headers=renewed).json()["person"] == who
    for seconds, same in ((900, True), (8 * 3600, False)):  # a token that has run out still says whose session it was
        world.now += seconds
        later = opened(http, Authorization=renewed["Authorization"])
        fresh = {**FROM, "Authorization": f"Bearer {later['token']}"}
        assert (http.get("/v1/whoami", headers=fresh).json()["person"] == who) is same


def test_a_caller_is_known_by_door_site_session_or_key(http: TestClient) -> None:
    assert http.get("/v1/whoami").json() == {"door": "api", "site": None, "person": None, "key": None}
    by_key = http.get("/v1/whoami", headers={"Authorization": f"bearer {KEY}"}).json()
    assert by_key == {"door": "api", "site": None, "person": None, "key": "k1"}
    known = http.get("/v1/whoami", headers=token(http)).json()
    assert (known["door"], known["site"], known["key"]) == ("widget", "garden", None)
    assert len(known["person"]) > 20


@pytest.mark.parametrize("authorization", ["Bearer x", "Bearer lsk_", f"Bearer {KEY}x", "bearer a.b.c", "Bearer é"])
def test_an_unknown_token_or_key_is_refused_and_never_taken_for_nobody(http: TestClient, authorization: str) -> None:
    response = http.post("/v1/questions", json=ASK, headers={b"Authorization": authorization.encode()})
    problem(response, 401, "unknown_caller")
    assert response.headers["www-authenticate"] == "Bearer"


@pytest.mark.parametrize("authorization", ["", "Bearer", "Bearer ", "Basic dTpw"])
def test_other_ways_to_sign_in_are_not_ours(http: TestClient, authorization: str) -> None:
    assert http.get("/v1/whoami", headers={"Authorization": authorization}).json()["door"] == "api"


def test_a_token_is_bound_to_its_origin(http: TestClient) -> None:
    headers = token(http)
    assert http.post("/v1/questions", json=ASK, headers=headers).status_code == 200
    bare = {"Authorization": headers["Authorization"]}
    assert http.get("/v1/whoami", headers=bare).status_code == 200  # a page of the service itself sends no origin
    problem(http.post("/v1/questions", json=ASK, headers=bare), 403, "not_admitted")
    for other in ("https://evil.example", "https://garden.example", "null"):
        problem(http.get("/v1/whoami", headers={**bare, "Origin": other}), 403, "not_admitted")


def test_a_site_that_is_switched_off_ends_its_sessions(make: Make) -> None:
    world = World()
    headers = token(make(world))
    off = World()
    off.listed = [replace(world.listed[0], enabled=False)]
    problem(make(off).get("/v1/whoami", headers=headers), 403, "not_admitted")
    moved = World()
    moved.listed = [replace(world.listed[0], origins=("https://new.example",))]
    problem(make(moved).get("/v1/whoami", headers=headers), 403, "not_admitted")


def test_a_closed_service_answers_programs_with_a_key_only(make: Make) -> None:
    world = World()
    world.open_api = False
    http = make(world)
    problem(http.get("/v1/documents"), 401, "unknown_caller")
    problem(http.post("/v1/questions", json=ASK), 401, "unknown_caller")
    assert http.get("/v1/documents", headers={"Authorization": f"Bearer {KEY}"}).status_code == 200
    assert http.get("/v1/documents", headers=token(http)).status_code == 200
    for path in ("/", "/healthz", "/openapi.json", "/about"):
        assert http.get(path).status_code == 200, path


@pytest.mark.parametrize(
    ("door", "shut", "open_"),
    [
        ("api", ["/v1/documents", "/v1/areas"], ["/", "/about", "/healthz"]),
        ("pages", ["/", "/about", "/documents"], ["/v1/documents", "/healthz", "/static/style.css"]),
        ("widget", [], ["/", "/v1/documents"]),
    ],
)
def test_a_door_that_is_off_is_off_and_the_others_are_not(
    make: Make, door: str, shut: list[str], open_: list[str]
) -> None:
    world = World()
    http = make(world)
    headers = token(http)
    world = World()
    world.open[door] = False
    http = make(world)
    for path in shut:
        response = http.get(path)
        found = problem(response, 503, "closed")
        assert response.headers["retry-after"] == str(found.retry_after) == "300"
    for path in open_:
        assert http.get(path).status_code == 200, path
    at_widget = [
        http.post(SESSIONS, json={"site": "garden"}, headers=FROM),
        http.get("/v1/documents", headers=headers),
    ]
    assert [r.status_code for r in at_widget] == ([503, 503] if door == "widget" else [201, 200])


def test_a_reader_of_pages_reads_a_page(make: Make) -> None:
    world = World()
    world.open["pages"] = False
    response = make(world).get("/", headers={"Accept": "text/html"})
    assert response.status_code == 503
    assert response.headers["content-type"].startswith("text/html")
    assert "switched off" in response.text
    assert response.headers["retry-after"] == "300"


def test_browsers_are_told_what_they_may_send(http: TestClient) -> None:
    asks = {**FROM, "Access-Control-Request-Method": "POST", "Access-Control-Request-Headers": "authorization"}
    for path in ("/v1/questions", SESSIONS, "/v1/answers/a1/feedback"):
        response = http.options(path, headers=asks)
        assert response.status_code == 204
        assert response.headers["access-control-allow-origin"] == ORIGIN
        assert "PUT" in response.headers["access-control-allow-methods"]
        assert "Authorization" in response.headers["access-control-allow-headers"]
        assert response.headers["access-control-max-age"] == "600"
        assert response.headers["vary"] == "Origin"


@pytest.mark.parametrize("origin", ["https://evil.example", "null", "", ORIGIN + "/"])
def test_browsers_of_other_origins_are_told_nothing(http: TestClient, origin: str) -> None:
    response = http.options("/v1/questions", headers={"Origin": origin, "Access-Control-Request-Method": "POST"})
    assert response.status_code == 403
    assert not [h for h in response.headers if h.startswith("access-control")]
    assert "access-control-allow-origin" not in http.get("/v1/documents", headers={"Origin": origin}).headers


def test_every_answer_for_programs_says_that_the_origin_matters(http: TestClient, services: Any) -> None:
    for headers in ({}, FROM):
        for path in ("/v1/documents", "/v1/nothing", "/v1/answers/none"):
            response = http.get(path, headers=headers)
            assert "Origin" in response.headers["vary"]
            assert ("access-control-allow-origin" in response.headers) == bool(headers)
    services.catalogue.broken = RuntimeError("secret-canary")
    response = http.get("/v1/documents", headers=FROM)
    assert response.status_code == 500
    assert response.headers["access-control-allow-origin"] == ORIGIN
    assert "access-control-allow-origin" not in http.get("/about", headers=FROM).headers


def test_a_session_may_ask_so_often_and_is_told_when_again(make: Make) -> None:
    world = World()
    world.rules = replace(NO_LIMITS, session="2/day")
    http = make(world)
    headers = token(http)
    first, second, third = (http.post("/v1/questions", json=ASK, headers=headers) for _ in range(3))
    assert [first.status_code, second.status_code] == [200, 200]
    assert [r.headers["ratelimit-remaining"] for r in (first, second, third)] == ["1", "0", "0"]
    assert third.headers["ratelimit-limit"] == "2"
    assert third.headers["ratelimit-policy"] == "2;w=86400"
    found = problem(third, 429, "limited")
    assert int(third.headers["retry-after"]) == found.retry_after == int(third.headers["ratelimit-reset"]) > 0
    assert "hour" in found.remedy or "minute" in found.remedy or "second" in found.remedy
    assert third.headers["access-control-allow-origin"] == ORIGIN
    assert "RateLimit-Remaining" in third.headers["access-control-expose-headers"]
    assert http.get("/v1/documents", headers=headers).status_code == 200
    assert http.post("/v1/questions", json=ASK, headers=token(http)).status_code == 200


def test_limits_of_a_site_go_before_those_of_the_settings(make: Make) -> None:
    world = World()
    world.rules = Rules("5/day", "", "5/day", "", "")
    world.listed = [replace(world.listed[0], limits={"site": "1/day"})]
    http = make(world)
    codes = [http.post("/v1/questions", json=ASK, headers=token(http)).status_code for _ in range(2)]
    assert codes == [200, 429]


def test_an_address_is_counted_for_questions_pages_reading_and_opening(make: Make) -> None:
    world = World()
    world.rules = Rules("", "2/day", "", "1/day", "3/day")
    http = make(world)
    assert [http.post("/v1/questions", json=ASK).status_code for _ in range(3)] == [200, 200, 429]
    page = http.get("/", params={"q": "x?"}, headers={"Accept": "text/html"})
    assert (page.status_code, page.headers["content-type"][:9]) == (429, "text/html")
    assert [http.get("/v1/documents").status_code for _ in range(4)] == [200, 200, 200, 429]
    assert [http.post(SESSIONS, json={"site": "x"}, headers=FROM).status_code for _ in range(3)] == [403, 403, 429]
    with_key = {"Authorization": f"Bearer {KEY}"}
    assert [http.post("/v1/questions", json=ASK, headers=with_key).status_code for _ in range(2)] == [200, 429]
    assert http.get("/healthz").status_code == 200


def test_a_widget_sends_little(http: TestClient) -> None:
    headers = token(http)
    long = {**ASK, "history": [{"role": "user", "text": "x" * 900}] * (WIDGET_BODY // 900)}
    problem_of = http.post("/v1/questions", json=long, headers=headers)
    assert problem_of.status_code == 413
    assert problem_of.headers["access-control-allow-origin"] == ORIGIN
    assert http.post("/v1/questions", json=long).status_code == 200
    pieces = (b"x" * 1000 for _ in range(20))
    assert http.post(SESSIONS, content=pieces, headers=FROM).status_code == 413


@pytest.mark.parametrize(
    "body", [{}, {"site": ""}, {"site": "x" * 65}, {"site": ["x"]}, {"site": "x", "y": 1}, [], "x"]
)
def test_what_is_no_request_for_a_session_is_told(http: TestClient, body: Any) -> None:
    problem(http.post(SESSIONS, json=body, headers=FROM), 422, "invalid")


def test_a_broken_list_of_sites_is_a_problem_and_health_is_not(make: Make) -> None:
    class Broken(World):
        def sites(self) -> Any:
            raise RuntimeError("secret-canary")

    http = make(Broken())
    response = http.get("/v1/documents")
    problem(response, 503, "knowledge")
    assert "canary" not in response.text
    assert http.get("/healthz").status_code == 200


def test_the_sample_page_works_on_ones_own_machine(services: Any) -> None:
    services.world = World()
    http = TestClient(create_app(services), base_url="http://127.0.0.1:8000")
    own = {"Origin": "http://127.0.0.1:8000"}
    response = http.post(SESSIONS, json={"site": "demo"}, headers=own)
    assert response.status_code == 201
    bearer = {"Authorization": f"Bearer {response.json()['token']}"}
    assert http.post("/v1/questions", json=ASK, headers={**own, **bearer}).status_code == 200
    assert http.get("/v1/documents", headers=bearer).status_code == 200
    away = TestClient(create_app(services), base_url="https://service.example")
    assert (
        away.post(SESSIONS, json={"site": "demo"}, headers={"Origin": "https://service.example"}).status_code == 403
    )


def test_without_the_gate_a_caller_is_a_program() -> None:
    app = FastAPI()

    @app.get("/")
    def who(caller: Caller = Depends(caller_of)) -> str:
        return caller.door

    assert TestClient(app).get("/").json() == "api"
