"""Hits in a new order: late interaction over kept token vectors, and whatever else scores hits."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

import numpy as np
import pytest

from tests.fakes.catalogued import ON, CountingEmbedder, House, markdown, write
from vectorstore.embedding.hashing import HashingEmbedder
from vectorstore.embedding.protocol import TokenVectors
from vectorstore.errors import KnowledgeError
from vectorstore.model import Hit
from vectorstore.reranking import RERANKED, LateInteraction, reranked
from vectorstore.retrieval import Query, Retriever
from vectorstore.token_store import DIMENSIONS, TokenStore


class Counting(HashingEmbedder):
    """Remembers the texts whose tokens it was asked for."""

    def __init__(self) -> None:
        super().__init__()
        self.texts: list[str] = []

    def embed_tokens(self, texts: Sequence[str]) -> list[TokenVectors]:
        self.texts.extend(texts)
        return super().embed_tokens(texts)


class Favours:
    """Prefers one passage to all others."""

    def __init__(self, passage_id: str) -> None:
        self._passage_id = passage_id

    def scores(self, question: str, hits: Sequence[Hit], vocabulary: Mapping[str, tuple[str, ...]]) -> list[float]:
        return [1_000.0 * (hit.passage.passage_id == self._passage_id) for hit in hits]


@pytest.fixture
def embedder() -> Counting:
    return Counting()


@pytest.fixture
def store(tmp_path: Path, embedder: Counting) -> Iterator[TokenStore]:
    made = TokenStore(tmp_path / "tokens" / "k.sqlite3", embedder)
    yield made
    made.close()


@pytest.fixture
def house(tmp_path: Path) -> House:
    made = House(tmp_path / "data")
    texts = {f"{n}.md": markdown(f"The widget {n} is kept {'far ' * n}away.") for n in range(30)}
    made.ingest(write(tmp_path / "src", texts))
    return made


def test_a_text_is_embedded_once(store: TokenStore, embedder: Counting) -> None:
    first = store.tokens(["red apples", "green pears", "red apples"])
    again = store.tokens(["green pears"])
    assert sorted(embedder.texts) == ["green pears", "red apples"]
    assert np.array_equal(first[1], again[0])
    assert first[0].shape == (2, DIMENSIONS)
    assert store.size() == (2, 4 * DIMENSIONS)


def test_kept_tokens_are_like_those_they_are_of(store: TokenStore) -> None:
    (kept,) = store.tokens(["red apples"])
    (whole,) = HashingEmbedder().embed_tokens(["red apples"])
    assert (store.reduced(whole.tokens) * kept).sum(axis=1) == pytest.approx([1.0, 1.0], abs=0.02)


def test_another_process_reads_the_same_and_a_lost_file_is_made_again(store: TokenStore, tmp_path: Path) -> None:
    (before,) = store.tokens(["red apples"])
    other = TokenStore(tmp_path / "tokens" / "k.sqlite3", Counting())
    assert np.array_equal(other.tokens(["red apples"])[0], before)
    other.close()
    fresh = TokenStore(tmp_path / "tokens" / "new.sqlite3", Counting())
    assert np.array_equal(fresh.tokens(["red apples"])[0], before)
    fresh.close()


def test_what_is_held_no_more_is_removed(store: TokenStore) -> None:
    store.add(["red apples", "green pears"])
    assert store.keep_only(["red apples", "never seen"]) == 1
    assert store.size()[0] == 1


def test_a_broken_file_is_told(tmp_path: Path) -> None:
    (tmp_path / "k.sqlite3").write_bytes(b"no database" * 100)
    with pytest.raises(KnowledgeError, match="made again"):
        TokenStore(tmp_path / "k.sqlite3", Counting())


def test_late_interaction_prefers_the_passage_with_the_words(house: House, store: TokenStore) -> None:
    hits = house.retriever.search(Query("widget 7", ON, limit=RERANKED))
    scores = LateInteraction(Counting(), lambda: store).scores("widget 7", hits, {})
    assert hits[int(np.argmax(scores))].version.document_id == "7"


def ids(hits: Sequence[Hit]) -> list[str]:
    return [hit.passage.passage_id for hit in hits]


def test_a_retriever_reranks_more_than_it_returns(house: House) -> None:
    plain = house.retriever.search(Query("widget", ON, limit=RERANKED))
    favourite = ids(plain)[RERANKED - 3]
    retriever = Retriever("k", house.catalogue, house.locations, HashingEmbedder(), Favours(favourite))
    hits = retriever.search(Query("widget", ON, limit=3))
    assert ids(hits) == [favourite, *ids(plain)[:2]]


def test_only_the_first_move_and_scores_keep_their_order(house: House) -> None:
    hits = house.retriever.search(Query("widget", ON, limit=RERANKED + 5))
    favourite = ids(hits)[RERANKED - 3]
    moved = reranked(Favours(favourite), "widget", hits, {})
    assert ids(moved) == [favourite, *(key for key in ids(hits) if key != favourite)]
    assert [h.score for h in moved] == [h.score for h in hits]
    behind = ids(hits)[RERANKED]
    assert ids(reranked(Favours(behind), "widget", hits, {})) == ids(hits)


@pytest.mark.parametrize("count", [0, 1])
def test_nothing_to_order(house: House, count: int) -> None:
    hits = house.retriever.search(Query("widget", ON))[:count]
    assert reranked(Favours("x"), "widget", hits, {}) == hits


def test_ingestion_keeps_tokens_of_what_is_live(house: House, store: TokenStore, tmp_path: Path) -> None:
    from ingestion.pipeline import Pipeline
    from vectorstore.staging import Staging

    source = write(tmp_path / "more", {"a.md": markdown("One text."), "b.md": markdown("Another text.")})
    pipeline = Pipeline(
        house.catalogue,
        Staging(house.catalogue.engine),
        house.locations,
        CountingEmbedder(),
        lambda collection: store,
    )
    pipeline.run(source, "t")
    assert store.size()[0] == 2
    (source / "b.md").unlink()
    write(source, {"a.md": markdown("Quite another text.")})
    pipeline.run(source, "t")
    assert store.size()[0] == 1
