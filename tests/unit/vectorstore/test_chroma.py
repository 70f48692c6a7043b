"""The vector index: scope before ranking, long scopes, and readers in other threads."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from vectorstore.chroma import MAX_LISTED, ChromaIndex
from vectorstore.embedding.protocol import Vectors
from vectorstore.scope import Scope

COUNT = 1_000


def vectors() -> Vectors:
    """Unit vectors that turn away from the first, step by step."""
    angles = np.linspace(0.0, 1.5, COUNT)
    return np.stack([np.cos(angles), np.sin(angles)], axis=1).astype(np.float32)


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> ChromaIndex:
    made = ChromaIndex("tests", folder=tmp_path_factory.mktemp("chroma"))
    made.upsert([f"p{n}" for n in range(COUNT)], vectors(), [f"v{n}" for n in range(COUNT)])
    return made


def find(index: ChromaIndex, scope: Scope, limit: int = 5) -> list[str]:
    return [passage for passage, _ in index.search(vectors()[0], limit, scope)]


def test_nearest_first(index: ChromaIndex) -> None:
    found = index.search(vectors()[0], 3, Scope())
    assert [p for p, _ in found] == ["p0", "p1", "p2"]
    assert found[0][1] == pytest.approx(1.0, abs=1e-5)


def test_only_the_farthest(index: ChromaIndex) -> None:
    scope = Scope(only=tuple(f"v{n}" for n in range(COUNT - 5, COUNT)))
    assert find(index, scope) == [f"p{n}" for n in range(COUNT - 5, COUNT)]
    assert find(index, Scope(only=())) == []


def test_without_the_nearest(index: ChromaIndex) -> None:
    scope = Scope(without=tuple(f"v{n}" for n in range(COUNT - 5)))
    assert find(index, scope) == [f"p{n}" for n in range(COUNT - 5, COUNT)]


def test_scopes_too_long_for_one_query(index: ChromaIndex) -> None:
    strangers = tuple(f"x{n}" for n in range(MAX_LISTED))
    last = tuple(f"v{n}" for n in range(COUNT - 5, COUNT))
    assert find(index, Scope(only=(*last[:2], *strangers, *last[2:]))) == [f"p{n}" for n in range(COUNT - 5, COUNT)]
    barred = tuple(f"v{n}" for n in range(COUNT - 5))
    assert find(index, Scope(without=(*strangers, *barred))) == [f"p{n}" for n in range(COUNT - 5, COUNT)]


def test_missing_vectors_delete_and_drop(tmp_path: Path) -> None:
    index = ChromaIndex("other", folder=tmp_path)
    index.upsert(["a", "b"], vectors()[:2], ["v", "v"])
    assert index.missing(["a", "c"]) == {"c"}
    assert set(index.vectors(["a", "c"])) == {"a"}
    index.delete(["a"])
    assert (index.all_ids(), index.count()) == ({"b"}, 1)
    index.drop()
    assert index.count() == 0
