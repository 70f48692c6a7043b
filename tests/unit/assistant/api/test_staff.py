"""The staff pages: behind a key, complete, inert, and as CSV."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from fastapi.testclient import TestClient
from pydantic import SecretStr

from assistant.answering.model import AnswerStatus
from assistant.answering.origin import Origin
from assistant.api.app import create_app
from assistant.api.staff_lists import as_csv, due
from assistant.conversations.feedback import Vote
from tests.fakes.recorded import Kept
from tests.fakes.small_library import HOSTILE, version
from tests.unit.assistant.api.conftest import FakeServices

KEY = "a key of staff, long"
HTML = {"accept": "text/html"}
PAGES = ("", "/questions", "/unanswered", "/voted-down", "/affected", "/runs", "/sources", "/answers/a1")
FILES = ("/overview.csv", "/questions.csv", "/unanswered.csv", "/voted-down.csv", "/affected.csv", "/runs.csv")


@pytest.fixture
def kept(tmp_path: Path) -> Iterator[Kept]:
    made = Kept.at(tmp_path)
    made.save("What is a plan?", age=2, origin=Origin("widget", "dorset", "p1"), citations=())
    made.save(HOSTILE, age=1, status=AnswerStatus.NO_EVIDENCE, citations=())
    made.save("=HYPERLINK(1)", citations=())
    made.records.feedback.put("a1", "p1", Vote("down", ("out_of_date",), f"Not so {HOSTILE}"))
    yield made
    made.engine.dispose()


@pytest.fixture
def services(kept: Kept) -> FakeServices:
    made = FakeServices(store=kept.store)
    made.records = kept.records
    made.settings.staff_key = SecretStr(KEY)
    return made


@pytest.fixture
def stranger(services: FakeServices) -> Iterator[TestClient]:
    with TestClient(create_app(services), raise_server_exceptions=False) as client:
        yield client


@pytest.fixture
def staff(stranger: TestClient) -> TestClient:
    assert stranger.post("/staff/sign-in", data={"key": KEY}).status_code == 200
    return stranger


def soup(client: TestClient, path: str) -> BeautifulSoup:
    response = client.get(f"/staff{path}", headers=HTML)
    assert response.status_code == 200
    return BeautifulSoup(response.text, "lxml")


def rows(client: TestClient, path: str) -> list[list[str]]:
    response = client.get(f"/staff{path}")
    assert response.status_code == 200
    assert response.headers["content-type"].startswith("text/csv")
    assert response.headers["content-disposition"].startswith("attachment")
    return list(csv.reader(io.StringIO(response.text.removeprefix("\ufeff"))))


@pytest.mark.parametrize("path", PAGES + FILES)
def test_without_a_key_set_there_are_no_staff_pages(services: FakeServices, path: str) -> None:
    services.settings.staff_key = SecretStr("")
    with TestClient(create_app(services)) as client:
        assert client.get(f"/staff{path}").status_code == 404
        assert client.post("/staff/sign-in", data={"key": ""}).status_code == 404


@pytest.mark.parametrize("path", PAGES + FILES)
def test_a_stranger_sees_a_form_and_nothing_else(stranger: TestClient, path: str) -> None:
    response = stranger.get(f"/staff{path}", headers=HTML)
    assert response.status_code == 401
    assert "What is a plan?" not in response.text
    assert 'type="password"' in response.text


@pytest.mark.parametrize("cookie", ["", "staff", "staff.x.y", "staff.aRxW7g.AAAAAAAAAAAAAAAAAAAAAAAAAAA"])
def test_a_cookie_that_was_not_signed_is_none(stranger: TestClient, cookie: str) -> None:
    assert stranger.get("/staff", headers={"cookie": f"lsip_staff={cookie}"}).status_code == 401


def test_the_cookie_is_bound_to_the_staff_pages(stranger: TestClient) -> None:
    response = stranger.post("/staff/sign-in", data={"key": KEY}, follow_redirects=False)
    assert (response.status_code, response.headers["location"]) == (303, "/staff")
    cookie = response.headers["set-cookie"].lower()
    for part in ("httponly", "samesite=strict", "path=/staff", "max-age=28800"):
        assert part in cookie
    assert "secure" not in cookie
    assert KEY not in cookie


def test_over_https_the_cookie_is_secure(services: FakeServices) -> None:
    with TestClient(create_app(services), base_url="https://testserver") as client:
        response = client.post("/staff/sign-in", data={"key": KEY}, follow_redirects=False)
    assert "secure" in response.headers["set-cookie"].lower()


def test_a_new_key_ends_old_sessions_and_so_does_signing_out(staff: TestClient, services: FakeServices) -> None:
    assert staff.get("/staff").status_code == 200
    services.settings.staff_key = SecretStr(KEY + "2")
    assert staff.get("/staff").status_code == 401
    services.settings.staff_key = SecretStr(KEY)
    staff.post("/staff/sign-out")
    assert staff.get("/staff").status_code == 401


def test_wrong_keys_are_refused_and_not_tried_for_ever(stranger: TestClient) -> None:
    answers = [stranger.post("/staff/sign-in", data={"key": f"wrong {n}"}) for n in range(11)]
    assert [a.status_code for a in answers] == [401] * 10 + [429]
    assert stranger.post("/staff/sign-in", data={"key": KEY}).status_code == 429


@pytest.mark.parametrize("path", PAGES)
def test_pages_hold_no_script_of_others(staff: TestClient, path: str) -> None:
    response = staff.get(f"/staff{path}", headers=HTML)
    assert response.headers["x-robots-tag"] == "noindex"
    assert response.headers["cache-control"] == "no-store"
    assert "default-src 'none'" in response.headers["content-security-policy"]
    page = BeautifulSoup(response.text, "lxml")
    assert page.find("script") is None
    assert all(str(i.get("src")).startswith("/static/") for i in page.find_all("img"))
    assert page.h1


def test_what_was_asked(staff: TestClient) -> None:
    page = soup(staff, "/questions")
    assert [a.text for a in page.select("tbody a")] == ["=HYPERLINK(1)", HOSTILE, "What is a plan?"]
    narrowed = soup(staff, "/questions?door=widget&site=dorset&vote=down&status=answered")
    assert [a.text for a in narrowed.select("tbody a")] == ["What is a plan?"]
    assert "out of date" in narrowed.text
    assert [a.text for a in soup(staff, "/unanswered").select("tbody a")] == [HOSTILE]
    assert soup(staff, "/unanswered?status=answered").select("tbody a")
    assert [a.text for a in soup(staff, "/voted-down").select("tbody a")] == ["What is a plan?"]
    assert "Nothing here" in soup(staff, "/affected").text
    assert staff.get("/staff/no-such-list").status_code == 404
    assert staff.get("/staff/questions?page=0").status_code == 422


def test_affected_answers_say_why(staff: TestClient, kept: Kept) -> None:
    kept.save("Still three years?", age=1)
    kept.write("A plan lasts four years.")
    kept.records.affected.mark(date(2020, 1, 1))
    page = soup(staff, "/affected")
    assert "Retired since" in page.text
    assert "Retired since" in soup(staff, "/answers/a4").text


def test_one_question_and_its_votes(staff: TestClient) -> None:
    page = soup(staff, "/answers/a1")
    assert page.h1 is not None
    assert page.h1.text == "What is a plan?"
    assert HOSTILE in page.text
    assert staff.get("/staff/answers/none", headers=HTML).status_code == 404


def test_days_runs_and_sources(staff: TestClient) -> None:
    overview = soup(staff, "")
    assert len(overview.select("tbody tr")) == 3
    headings = [h.text for h in overview.select("thead th")]
    assert headings[2:-2] == ["Answered", "No evidence"]  # a status that nobody got has no column
    assert "done" in soup(staff, "/runs").text
    assert "never" in soup(staff, "/sources").text
    assert rows(staff, "/sources.csv?days=0")[0][0] == "document"


def test_csv_files_hold_all_and_no_formulas(staff: TestClient) -> None:
    heading, *asked = rows(staff, "/questions.csv")
    assert heading[:3] == ["asked", "question", "status"]
    assert [r[1] for r in asked] == ["'=HYPERLINK(1)", HOSTILE, "What is a plan?"]
    assert [r[1] for r in rows(staff, "/questions.csv?status=no_evidence")[1:]] == [HOSTILE]
    assert len(rows(staff, "/overview.csv")) == 4
    assert len(rows(staff, "/runs.csv")) == 2
    assert len(rows(staff, "/voted-down.csv")) == 2


@pytest.mark.parametrize("cell", ["=1", "+1", "-1", "@x", "\tx", "\rx"])
def test_a_cell_is_never_a_formula(cell: str) -> None:
    (line,) = list(as_csv([cell], ()))
    assert line.removeprefix("\ufeff").lstrip('"').startswith("'")


def test_due_are_those_never_or_long_ago_checked() -> None:
    today = date(2026, 11, 23)
    old = version(version_id="old", checked_on=date(2026, 1, 1))
    new = version(version_id="new", checked_on=date(2026, 11, 1))
    gone = version(version_id="gone", valid_to=date(2026, 1, 1))
    never = version(version_id="never")
    assert [d.version.version_id for d in due([new, old, gone, never], today, 90)] == ["never", "old"]
