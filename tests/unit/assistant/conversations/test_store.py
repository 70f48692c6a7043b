"""Answers, receipts and conversations in the catalogue's database."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from assistant.answering.model import AnswerStatus, Note, Question
from assistant.conversations.store import REMEMBERED_TURNS, AnswerStore
from tests.fakes.catalogued import House, markdown, write
from tests.fakes.knowledge import answer
from vectorstore.errors import NotFoundError
from vectorstore.snapshot import Snapshot


@pytest.fixture
def house(tmp_path: Path) -> Iterator[House]:
    made = House(tmp_path / "data")
    made.ingest(write(tmp_path / "in", {"a.md": markdown("A plan lasts three years.", title="A")}))
    yield made
    made.catalogue.engine.dispose()


def stored(house: House) -> tuple[AnswerStore, Snapshot]:
    return AnswerStore(house.catalogue.engine), Snapshot(house.catalogue, "k")


def test_an_answer_comes_back_as_it_was(house: House) -> None:
    store, snapshot = stored(house)
    store.save(Question(question="How long?"), answer(), snapshot)
    assert store.answer("a1") == {**answer().model_dump(mode="json"), "affected": None}


def test_a_receipt_holds_what_checking_needs(house: House) -> None:
    store, snapshot = stored(house)
    store.save(Question(question="How long?"), answer(), snapshot)
    kept = store.receipt("a1")
    assert kept["collection"] == "k"
    assert kept["generation"] == snapshot.generation
    assert kept["manifest"] == snapshot.manifest
    assert kept["as_of"] == "2026-11-23"
    (c,) = kept["citations"]
    assert {k: c[k] for k in ("version_id", "start", "end", "quote", "in_force")} == {
        "version_id": "v1",
        "start": 0,
        "end": 25,
        "quote": "A plan lasts three years.",
        "in_force": True,
    }


def test_an_unknown_answer_is_not_found(house: House) -> None:
    store, _ = stored(house)
    with pytest.raises(NotFoundError):
        store.answer("none")
    with pytest.raises(NotFoundError):
        store.receipt("none")


def test_a_conversation_is_remembered_oldest_first_and_not_for_ever(house: House) -> None:
    store, snapshot = stored(house)
    for n in range(REMEMBERED_TURNS + 2):
        store.save(Question(question=f"Question {n}?"), answer(answer_id=f"a{n}"), snapshot)
    turns = store.history("c1")
    assert [m.text for m in turns if m.role == "user"] == [f"Question {n}?" for n in range(2, REMEMBERED_TURNS + 2)]
    assert [m.role for m in turns[:2]] == ["user", "assistant"]
    assert turns[1].text == "A plan lasts three years."
    assert store.history("other") == ()


def test_answers_of_one_new_conversation_may_come_at_once(house: House) -> None:
    store, snapshot = stored(house)

    def save(n: int) -> None:
        store.save(Question(question=f"Question {n}?"), answer(answer_id=f"a{n}", conversation_id="new"), snapshot)

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(save, range(REMEMBERED_TURNS)))
    assert len(store.history("new")) == 2 * REMEMBERED_TURNS


def test_the_text_of_a_blocked_question_is_not_stored(house: House, tmp_path: Path) -> None:
    store, snapshot = stored(house)
    blocked = answer(
        status=AnswerStatus.BLOCKED_INPUT,
        text="Blocked.",
        plain="",
        blocks=(Note(text="Blocked."),),
        citations=(),
        interpreted_question="my address is zebra@example.org",
    )
    store.save(Question(question="my address is zebra@example.org"), blocked, snapshot)
    assert store.answer("a1")["interpreted_question"] == ""
    assert store.history("c1") == ()
    house.catalogue.engine.dispose()
    assert not [f for f in house.data.glob("lsip.sqlite3*") if b"zebra" in f.read_bytes()]


def test_what_was_asked_back_beside_an_answer_is_remembered(house: House) -> None:
    store, snapshot = stored(house)
    told = answer()
    asked = (*told.blocks, Note(text="Nothing else is held."), Note(text="How much is sold in a year?"))
    store.save(Question(question="Must we?"), told.model_copy(update={"blocks": asked}), snapshot)
    said = store.history("c1")[-1].text
    assert said.startswith(told.plain)
    assert said.endswith("How much is sold in a year?")
    assert "Nothing else" not in said
