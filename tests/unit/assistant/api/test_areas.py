"""Find your area, for programs and for readers."""

from __future__ import annotations

import pytest
from bs4 import BeautifulSoup
from fastapi.testclient import TestClient

from tests.fakes.small_library import HOSTILE


def test_a_place_is_looked_up(client: TestClient) -> None:
    found = client.get("/v1/areas", params={"q": "Reedham", "as_of": "2025-09-30"}).json()
    assert (found["status"], [a["name"] for a in found["areas"]]) == ("found", ["Moor and Reed"])
    assert client.get("/v1/areas").json()["areas"][0]["id"] == "A01"


@pytest.mark.parametrize(
    "params", [{"q": "x" * 201}, {"q": "Reedham", "as_of": "someday"}, {"q": "x", "collection": "y" * 65}]
)
def test_wrong_parameters_are_problems(client: TestClient, params: dict[str, str]) -> None:
    response = client.get("/v1/areas", params=params)
    assert response.status_code == 422
    assert response.headers["content-type"] == "application/problem+json"


def page(client: TestClient, **params: str) -> BeautifulSoup:
    response = client.get("/areas", params=params)
    assert response.status_code == 200
    return BeautifulSoup(response.text, "lxml")


def test_the_page_lists_all_areas_and_draws_them(client: TestClient) -> None:
    shown = page(client)
    assert [a.get_text() for a in shown.select(".arealist > li > a")] == ["Greater Moor", "Reedshire", "Southland"]
    assert len(shown.select(".map path")) == 2
    assert "Royal Mail" in shown.get_text(" ")
    assert "GeoNames" in shown.get_text(" ")


def test_the_page_of_a_place_shows_who_leads_with_sources(client: TestClient) -> None:
    shown = page(client, q="RE2 3CD")
    article = shown.select_one("article.area")
    assert article is not None
    assert "Federation of Traders" in article.get_text(" ")
    assert shown.select_one(".map path.marked title") is not None
    marks = [str(a["href"]) for a in article.select("a.mark")]
    assert marks and all(shown.select(mark) for mark in marks)


def test_choices_lead_on_and_nothing_is_mapped_abroad(client: TestClient) -> None:
    shown = page(client, q="Ashby")
    links = [str(a["href"]) for a in shown.select(".choices a")]
    assert len(links) == 2
    for link in links:
        assert BeautifulSoup(client.get(link).text, "lxml").select("article.area")
    away = page(client, q="CF10 1EP")
    assert "Welsh Government" in away.get_text(" ")
    assert not away.select("article.area")


def test_hostile_names_are_only_text(client: TestClient) -> None:
    shown = page(client, q=HOSTILE)
    assert not shown.select("script")
    assert not shown.select("img[onerror]")
    assert "alert" in shown.get_text()


def test_a_date_that_is_none_is_told(client: TestClient) -> None:
    assert client.get("/areas", params={"as_of": "yesterday"}).status_code == 422
