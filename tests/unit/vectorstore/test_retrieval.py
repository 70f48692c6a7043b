"""Hybrid search over a collection whose best matches are not in force."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from tests.fakes.catalogued import House, markdown, write
from vectorstore.embedding.hashing import HashingEmbedder
from vectorstore.errors import IndexMismatchError
from vectorstore.retrieval import Query, Retriever


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> House:
    folder = tmp_path_factory.mktemp("retrieval")
    old = {
        f"old{n}.md": markdown(f"Widget duty widget {n}.", document=f"d{n}", valid_from="2020-01-01")
        for n in range(150)
    }
    new = {
        f"new{n}.md": markdown(
            f"A widget, of all things, is part {n} of what a college may have to report on.",
            document=f"d{n}",
            valid_from="2024-01-01",
        )
        for n in range(150)
        if n < 8
    }
    ended = {
        f"end{n}.md": markdown("Widget duty.", valid_from="2020-01-01", valid_to="2021-01-01") for n in range(99)
    }
    house = House(folder / "data")
    house.ingest(write(folder / "src", {**old, **new, **ended}))
    return house


def test_superseded_and_ended_texts_take_no_places(house: House) -> None:
    hits = house.retriever.search(Query("widget duty", date(2025, 1, 1), limit=200))
    paths = {h.version.path for h in hits}
    assert {p for p in paths if p.startswith("new")} == {f"new{n}.md" for n in range(8)}
    assert not {p for p in paths if p.startswith("end")}
    assert paths.isdisjoint({f"old{n}.md" for n in range(8)})
    assert len(hits) == 150


def test_the_limit_is_filled_from_what_is_in_force(house: House) -> None:
    query = Query("widget duty", date(2025, 1, 1), document_id="d3", limit=1)
    assert [h.version.path for h in house.retriever.search(query)] == ["new3.md"]
    assert len(house.retriever.search(Query("widget duty", date(2025, 1, 1), limit=12))) == 12


def test_before_everything_there_is_nothing(house: House) -> None:
    assert house.retriever.search(Query("widget duty", date(2019, 1, 1))) == []


def test_every_hit_is_exact_and_says_where_it_was_found(house: House) -> None:
    for hit in house.retriever.search(Query("widget duty", date(2022, 1, 1), limit=20)):
        passage = hit.passage
        assert house.catalogue.text(passage.version_id)[passage.start : passage.end] == passage.text
        assert hit.vector_rank or hit.keyword_rank


def test_one_passage_a_document(tmp_path: Path) -> None:
    house = House(tmp_path / "data")
    body = "\n\n".join(f"## Part {n}\n\nThe widget of part {n}." for n in range(30))
    house.ingest(write(tmp_path / "src", {"long.md": body, "short.md": "Another widget."}))
    hits = house.retriever.search(Query("widget", date(2024, 1, 1), limit=5, by_document=True))
    assert sorted(h.version.document_id for h in hits) == ["long", "short"]


def test_passages_of_a_document_in_order(house: House) -> None:
    hits = house.retriever.document_passages("d3", date(2022, 1, 1))
    assert [h.version.path for h in hits] == ["old3.md"]


def test_another_model_is_told_at_once(house: House) -> None:
    other = Retriever("k", house.catalogue, house.locations, HashingEmbedder(64))
    with pytest.raises(IndexMismatchError, match="hashing-64 is configured"):
        other.snapshot()


def test_a_known_question_finds_the_passage_with_its_sentence(tmp_path: Path) -> None:
    files = {f"other{n}.md": markdown(f"Nothing but gravel is kept in yard {n}.") for n in range(60)}
    files |= {
        "old.md": markdown("Dues fell on Fridays.", document="dues", valid_from="2020-01-01"),
        "new.md": markdown("Dues fall on Mondays.", document="dues", valid_from="2024-01-01"),
    }
    root = write(tmp_path / "src", files)
    (root / "questions").mkdir()
    (root / "questions" / "all.csv").write_text(
        "document,sentence,question\ndues,Dues fell on Fridays.,Which weekday must gravel be paid for?\n"
        "dues,Dues fall on Mondays.,Which weekday must gravel be paid for?\n",
        encoding="utf-8",
    )
    house = House(tmp_path / "data")
    house.ingest(root)
    asked = "which weekday must gravel be paid for"
    assert "Dues fall on Mondays." in house.found(asked, limit=30)
    assert "Dues fell on Fridays." in house.found(asked, on=date(2021, 1, 1), limit=30)
    assert "Dues fell on Fridays." not in house.found(asked, limit=60)


def test_another_folder_takes_no_known_questions_away(tmp_path: Path) -> None:
    house = House(tmp_path / "data")
    first = write(tmp_path / "first", {"a.md": markdown("Dues fall on Mondays.", document="dues")})
    (first / "questions").mkdir()
    table = first / "questions" / "a.csv"
    table.write_text("document,sentence,question\ndues,Dues fall on Mondays.,When to pay?\n", encoding="utf-8")
    house.ingest(first)
    house.ingest(write(tmp_path / "second", {"b.md": markdown("Gravel is kept in yards.")}))
    vector = house.embedder.embed(["When to pay?"])[0]
    assert house.retriever.likenesses(vector).of("dues", "Dues fall on Mondays.") == pytest.approx(1, abs=1e-3)
    table.unlink()
    house.ingest(first)
    assert house.retriever.likenesses(vector).of("dues", "Dues fall on Mondays.") == 0


def test_recorded_gaps_are_found_though_statements_are_nearer(tmp_path: Path) -> None:
    source = "\n(Rests on: G1. Evidence: primary.)\n"
    said = "\n".join(f"The widget fund paid {n} pounds for widgets.{source}" for n in range(30))
    unknown = "The sum that widgets cost is not held.\n(Not held. Looked in: G1.)"
    brief = {"document": "widgets", "kind": "brief", "title": "Widgets"}
    columns = "id,title,publisher,type,url,read_via,published,updated,applies_from,applies_to,status"
    sources = f"{columns},supersedes,area,licence\nG1,Page,Someone,html,https://example.org,,,,,,current,,,\n"
    house = House(tmp_path / "data")
    files = {"a.md": markdown(f"{said}\n{unknown}", **brief), "sources/s.csv": sources}
    house.ingest(write(tmp_path / "src", files))
    query = Query("what did the widget fund pay for widgets", date(2025, 1, 1), limit=3)
    assert not any(h.passage.gap for h in house.retriever.search(query))
    [gap] = house.retriever.search(replace(query, gaps=True))
    assert gap.passage.text == "The sum that widgets cost is not held."
