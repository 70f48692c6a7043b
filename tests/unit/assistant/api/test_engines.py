"""Dates, checks and changes, for programs and for readers."""

from __future__ import annotations

from collections.abc import Mapping

import pytest
from bs4 import BeautifulSoup
from fastapi.testclient import TestClient
from icalendar import Calendar

from tests.fakes.small_library import HOSTILE


def page(client: TestClient, path: str, params: Mapping[str, str] | None = None, status: int = 200) -> BeautifulSoup:
    response = client.get(path, params=params)
    assert response.status_code == status
    return BeautifulSoup(response.text, "lxml")


def test_events_are_listed_with_their_state(client: TestClient) -> None:
    found = client.get("/v1/timeline", params={"fund": "glade", "as_of": "2026-01-29", "kind": "deadline"}).json()
    assert [(e["id"], e["state"], e["days"]) for e in found["events"]] == [
        ("glade-closes", "past", -954),
        ("glade-report", "upcoming", 1),
    ]
    cited = {c["n"] for c in found["citations"]}
    assert all(set(e["citations"]) <= cited for e in found["events"])


@pytest.mark.parametrize(
    "params",
    [
        {"kind": "party"},
        {"fund": "none"},
        {"area": "Nowhere"},
        {"from": "2026-02-01", "to": "2026-01-01"},
        {"from": "x"},
    ],
)
def test_wrong_wishes_for_dates_are_problems(client: TestClient, params: dict[str, str]) -> None:
    response = client.get("/v1/timeline", params=params)
    assert response.status_code == 422
    assert response.headers["content-type"] == "application/problem+json"


def test_the_calendar_holds_what_is_known_to_the_day(client: TestClient) -> None:
    response = client.get("/v1/timeline.ics", params={"fund": "glade"})
    assert response.headers["content-type"].startswith("text/calendar")
    names = [str(e["summary"]) for e in Calendar.from_ical(response.content).walk("VEVENT")]
    assert "Closing time of the Glade Fund" in names
    assert "Second stage of the Glade Fund" not in names


def test_a_term_is_counted(client: TestClient) -> None:
    found = client.get("/v1/timeline/terms/terms-reply", params={"start": "2025-12-19"}).json()
    assert found["end"] == "2026-01-07"


def test_the_page_of_dates_draws_and_tables_the_same_events(client: TestClient) -> None:
    shown = page(client, "/timeline", {"fund": "glade", "as_of": "2026-01-29"})
    marks = {str(a["href"]) for a in shown.select("figure svg a")}
    rows = {f"#{r['id']}" for r in shown.select("table.events tbody tr")}
    assert marks == rows and len(rows) == 4
    assert "Not confirmed" in page(client, "/timeline", {"as_of": "2026-01-29"}).get_text(" ")
    assert "no fund" in page(client, "/timeline", {"fund": "bank"}, 422).get_text(" ")


def test_checks_are_listed_and_run_without_keeping_anything(client: TestClient) -> None:
    listed = client.get("/v1/checks").json()["checks"]
    assert [c["id"] for c in listed] == ["hive-return", "orchard-grant"]
    given = {"facts": {"keeper": "upper_college", "public": "yes"}, "as_of": "2025-01-01"}
    found = client.post("/v1/checks/hive-return", json=given).json()
    assert found["outcome"] == "eligible"
    assert [(r["row"], r["decisive"]) for r in found["reasons"]] == [("HR-4", True)]
    [card] = [c for c in found["citations"] if c["n"] == found["reasons"][0]["citation"]]
    assert card["quote"] == found["reasons"][0]["text"]
    empty = client.post("/v1/checks/hive-return", json={}).json()
    assert empty["outcome"] == "not_enough_information"
    assert {m["fact"] for m in empty["missing"]} >= {"keeper", "public"}


@pytest.mark.parametrize(
    ("check", "body", "status"),
    [
        ("none", {}, 404),
        ("hive-return", {"facts": {"colour": "red"}}, 422),
        ("hive-return", {"facts": {"keeper": "pirate"}}, 422),
        ("hive-return", {"facts": {"sales": "many"}}, 422),
        ("hive-return", {"wrong": 1}, 422),
        ("hive-return", {"facts": {"keeper": "x" * 300}}, 422),
    ],
)
def test_wrong_facts_are_problems(client: TestClient, check: str, body: dict[str, object], status: int) -> None:
    response = client.post(f"/v1/checks/{check}", json=body)
    assert response.status_code == status
    assert response.json()["remedy"]


def test_a_form_shows_the_same_finding_by_its_address(client: TestClient) -> None:
    shown = page(client, "/checks/hive-return", {"keeper": "upper_college", "public": "yes", "as_of": "2025-01-01"})
    heading = shown.select_one("#finding_")
    assert heading is not None and heading.get_text(strip=True) == "Yes"
    assert "two pages" in shown.get_text(" ")
    checked = shown.select_one("input[name=public][checked]")
    assert checked is not None and checked["value"] == "yes"
    assert not shown.select("script")
    labels = {str(label.get("for")) for label in shown.select("form.facts label[for]")}
    assert labels == {str(i["id"]) for i in shown.select("form.facts select, form.facts input[id]")}


def test_a_closed_fund_says_so_before_it_is_asked(client: TestClient) -> None:
    shown = page(client, "/checks/orchard-grant").get_text(" ")
    assert "is closed since 20 June 2023" in shown
    assert "Closed since 20 June 2023" in page(client, "/checks").get_text(" ")


@pytest.mark.parametrize(
    ("name", "value", "status"),
    [
        ("sales", HOSTILE.replace("1", "x"), 422),
        ("keeper", HOSTILE, 422),
        ("as_of", HOSTILE, 422),
        (HOSTILE, "x", 422),
        ("sales", HOSTILE, 200),  # its one number is read
    ],
)
def test_forms_show_wrong_answers_as_they_are_and_harmlessly(
    client: TestClient, name: str, value: str, status: int
) -> None:
    shown = client.get("/checks/hive-return", params={name: value})
    assert shown.status_code == status
    assert HOSTILE not in shown.text
    assert value == "x" or value not in shown.text
    made = BeautifulSoup(shown.text, "lxml")
    assert not made.select("script, img[onerror]")
    field = made.select_one(f"input#in_{name}") if name == "sales" else None
    assert field is None or field["value"] == value


def test_there_is_no_form_for_a_check_that_is_not_there(client: TestClient) -> None:
    assert client.get("/checks/none").status_code == 404


def test_changes_quote_both_sides(client: TestClient) -> None:
    found = client.get("/v1/documents/orchards-act/changes", params={"from": "2023-01-01", "to": "2026-01-01"})
    documents = (
        {c["document_id"] for c in (*found.json()["before"], *found.json()["after"])} if found.is_success else set()
    )
    assert found.status_code == 200, found.text
    assert documents
    kinds = {c["kind"] for c in found.json()["changes"]}
    assert kinds == {"added", "removed", "reworded"}


def test_changes_need_two_dates_in_order(client: TestClient) -> None:
    wrong = client.get("/v1/documents/orchards-act/changes", params={"from": "2026-01-01", "to": "2023-01-01"})
    assert wrong.status_code == 422
    assert client.get("/v1/documents/nothing/changes", params={"from": "2023-01-01"}).status_code == 404


def test_the_page_of_changes_marks_words(client: TestClient) -> None:
    shown = page(client, "/documents/orchards-act/changes", {"from": "2023-01-01", "to": "2026-01-01"})
    assert shown.select("ins") and shown.select("del")
