"""The page of a stored answer: the same reading as when it was given, and nothing for an id that is none."""

from __future__ import annotations

from typing import Any

import pytest
from bs4 import BeautifulSoup
from fastapi.testclient import TestClient

from assistant.answering.model import Answer, AnswerStatus
from tests.fakes.small_answers import answered, answers
from tests.fakes.small_library import HOSTILE
from vectorstore.errors import NotFoundError

HTML = {"accept": "text/html"}
PATH = "/answers/a-answered"


class Stored:
    """A store that holds one answer, under whatever state it is given."""

    def __init__(self, answer: Answer, **more: Any) -> None:
        self.held = {**answer.model_dump(mode="json"), "affected": None, **more}

    def answer(self, answer_id: str) -> dict[str, Any]:
        if answer_id != "a-answered":
            raise NotFoundError("There is no answer with that id.", "Check the id.")
        return self.held


def page(client: TestClient, path: str = PATH, status: int = 200) -> BeautifulSoup:
    response = client.get(path, headers=HTML)
    assert response.status_code == status
    return BeautifulSoup(response.text, "html.parser")


def words(page: BeautifulSoup, selector: str) -> str:
    found = page.select_one(selector)
    assert found is not None, selector
    return " ".join(found.get_text().split())


def test_it_says_what_the_answer_said_with_all_its_sources(client: TestClient, services: Any) -> None:
    shown = page(client)
    assert words(shown, "h1") == "Answer"
    assert words(shown, ".asked") == "The question: Is the LSIF still open?"
    given = [s.text for b in answered().blocks for s in (*getattr(b, "statements", ()), *getattr(b, "items", ()))]
    assert len(given) == 5
    assert all(text in words(shown, ".prose") for text in given)
    assert len(shown.select("article.card")) == len(answered().citations)
    for mark in shown.select("a.mark"):
        assert shown.select_one(str(mark["href"])) is not None
    assert services.assistant.asked == []  # reading an answer asks nothing
    again = shown.select_one(".links a[href^='/?q=']")
    assert again is not None and again["href"] == "/?q=Is+the+LSIF+still+open%3F"


def test_it_is_kept_out_of_indexes_and_caches(client: TestClient) -> None:
    headers = client.get(PATH, headers=HTML).headers
    assert headers["X-Robots-Tag"] == "noindex"
    assert headers["Cache-Control"] == "no-store"
    assert client.head(PATH).status_code == 200


@pytest.mark.parametrize("status", list(AnswerStatus))
def test_every_status_has_its_page(client: TestClient, services: Any, status: AnswerStatus) -> None:
    services.store = Stored(answers()[status])
    shown = page(client)
    assert words(shown, ".prose")
    assert bool(shown.select("article.card")) == bool(answers()[status].citations)


def test_it_says_when_its_sources_have_changed(client: TestClient, services: Any) -> None:
    assert "have changed" not in page(client).get_text()
    changed = {"document_id": "d", "version_id": "v", "title": "T", "reason": "superseded", "since": "2026-12-01"}
    affected = {"since": "2026-12-01", "reason": "superseded", "documents": [{**changed, "superseded_by": None}]}
    services.store = Stored(answered(), affected=affected)
    assert words(page(client), ".message") == "Sources of this answer have changed since 1 December 2026."


@pytest.mark.parametrize("path", ["/answers/nothing", "/answers/a%20b", f"/answers/{'x' * 65}"])
def test_an_unknown_id_is_no_page(client: TestClient, path: str) -> None:
    shown = page(client, path, 404)
    assert "no answer" in words(shown, "main").lower()
    assert client.get(path, headers={"accept": "application/json"}).json()["status"] == 404


def test_hostile_words_stay_words(client: TestClient, services: Any) -> None:
    base = answered()
    wild = base.citations[0].model_copy(update={"title": HOSTILE, "quote": HOSTILE, "publisher": HOSTILE})
    services.store = Stored(base.model_copy(update={"citations": (wild,), "interpreted_question": HOSTILE}))
    shown = page(client)
    assert not shown.select("script, img[src=x]")
    assert HOSTILE in words(shown, ".asked")
