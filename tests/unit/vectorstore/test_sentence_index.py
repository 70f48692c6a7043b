"""Sentences found by vectors of their own: made at ingestion, searched within a scope, left alone by others."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest

from ingestion.pipeline import Pipeline
from tests.fakes.catalogued import ON, House, markdown, write
from vectorstore.embedding.hashing import HashingEmbedder
from vectorstore.embedding.protocol import Vectors
from vectorstore.retrieval import Query, Retriever
from vectorstore.staging import Staging


class Knowing:
    """A finder that puts every question beside the sentences that hold one word, and remembers what it read."""

    def __init__(self, word: str, model_key: str = "knowing") -> None:
        self.model_key = model_key
        self.read: list[str] = []
        self._word = word

    def question(self, text: str) -> Vectors:
        return np.array([1, 0], dtype=np.float32)

    def sentences(self, texts: Sequence[str]) -> Vectors:
        self.read.extend(texts)
        return np.array([[1, 0] if self._word in text else [0, 1] for text in texts], dtype=np.float32)


def ingest(house: House, root: Path, finder: Knowing | None) -> None:
    staging = Staging(house.catalogue.engine)
    Pipeline(house.catalogue, staging, house.locations, house.embedder, None, finder).run(root, "k")


def retriever(house: House, finder: Knowing | None) -> Retriever:
    return Retriever("k", house.catalogue, house.locations, HashingEmbedder(), None, finder)


@pytest.fixture
def source(tmp_path: Path) -> Path:
    texts = {"a.md": "Apples are red. The orchard closes at dusk.", "b.md": "Pears are green.", "c.md": "Plums keep."}
    return write(tmp_path / "src", {name: markdown(text) for name, text in texts.items()})


def texts(found: Retriever, question: str) -> list[str]:
    return [h.passage.text for h in found.search(Query(question, ON, limit=3))]


def test_a_sentence_that_shares_no_word_with_the_question_comes_first(tmp_path: Path, source: Path) -> None:
    house, finder = House(tmp_path / "data"), Knowing("Plums")
    ingest(house, source, finder)
    assert texts(retriever(house, finder), "how long does that fruit last")[0] == "Plums keep."


def test_each_sentence_of_a_passage_has_its_own_nearness(tmp_path: Path, source: Path) -> None:
    house, finder = House(tmp_path / "data"), Knowing("orchard")
    ingest(house, source, finder)
    found = retriever(house, finder)
    (hit,) = (h for h in found.search(Query("orchard", ON, limit=3)) if "orchard" in h.passage.text)
    assert found.nearness("when does it close", hit) == pytest.approx([0, 1])


def test_only_sentences_that_are_new_are_read(tmp_path: Path, source: Path) -> None:
    house, finder = House(tmp_path / "data"), Knowing("Plums")
    ingest(house, source, finder)
    finder.read.clear()
    write(source, {"b.md": markdown("Pears are yellow.")})
    ingest(house, source, finder)
    assert [text.rpartition(": ")[2] for text in finder.read] == ["Pears are yellow."]


def test_without_vectors_of_its_own_a_finder_is_not_used(tmp_path: Path, source: Path) -> None:
    house, finder = House(tmp_path / "data"), Knowing("Plums")
    ingest(house, source, None)
    found = retriever(house, finder)
    (hit,) = (h for h in found.search(Query("pears", ON, limit=3)) if "Pears" in h.passage.text)
    assert found.nearness("pears", hit) is None


def test_vectors_that_are_lost_are_made_by_the_next_ingestion(tmp_path: Path, source: Path) -> None:
    house, finder = House(tmp_path / "data"), Knowing("Plums")
    ingest(house, source, finder)
    for folder in (house.locations.flat / "k-knowing").iterdir():
        for file in folder.iterdir():
            file.unlink()
    finder.read.clear()
    ingest(house, source, finder)
    assert len(finder.read) == 4


def test_vectors_of_another_finder_make_room(tmp_path: Path, source: Path) -> None:
    house = House(tmp_path / "data")
    ingest(house, source, Knowing("Plums"))
    ingest(house, source, Knowing("Plums", "other"))
    assert not (house.locations.flat / "k-knowing").exists()
    assert len(list((house.locations.flat / "k-other").iterdir())) == 1
