"""The flat index: exact, scoped, written and opened again, and made anew where it is missing or broken."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from tests.fakes.catalogued import ON, House, markdown, write
from vectorstore import flat
from vectorstore.embedding.hashing import HashingEmbedder
from vectorstore.embedding.protocol import Vectors
from vectorstore.errors import KnowledgeError
from vectorstore.flat import FlatIndex
from vectorstore.flat_files import ChromaSource, FlatFiles
from vectorstore.retrieval import Query
from vectorstore.scope import Scope
from vectorstore.view import Views

COUNT = 400
ROWS = [(f"p{n:03}", f"v{n // 4:03}") for n in range(COUNT)]


def vectors() -> Vectors:
    made = np.random.default_rng(4).standard_normal((COUNT, 16)).astype(np.float32)
    return np.asarray(made / np.linalg.norm(made, axis=1, keepdims=True), dtype=np.float32)


@pytest.fixture(scope="module", params=["memory", "file"])
def index(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> FlatIndex:
    if request.param == "memory":
        return FlatIndex.of(ROWS, vectors())
    folder = tmp_path_factory.mktemp("flat")
    flat.write(folder, ROWS, vectors())
    return FlatIndex.open(folder)


@pytest.mark.parametrize(
    "scope",
    [
        Scope(),
        Scope(without=()),
        Scope(without=("v000", "v001", "unknown")),
        Scope(only=tuple(f"v{n:03}" for n in range(70))),
        Scope(only=("v007", "v003", "unknown")),
        Scope(without=tuple(f"v{n:03}" for n in range(97))),
        Scope(only=()),
    ],
)
@pytest.mark.parametrize("limit", [1, 7, COUNT + 5])
def test_the_nearest_of_the_scope_and_no_others(index: FlatIndex, scope: Scope, limit: int) -> None:
    vector = vectors()[11]
    similarity = vectors() @ vector
    inside = [(key, similarity[n]) for n, (key, version) in enumerate(ROWS) if scope.holds(version)]
    expected = sorted(inside, key=lambda item: -item[1])[:limit]
    found = index.search(vector, limit, scope)
    assert [key for key, _ in found] == [key for key, _ in expected]
    assert [score for _, score in found] == pytest.approx([score for _, score in expected], abs=1e-6)


def test_an_empty_index_finds_nothing() -> None:
    empty = FlatIndex.of([], np.empty((0, 0), dtype=np.float32))
    assert empty.search(vectors()[0], 5, Scope()) == []


def test_parts_that_do_not_fit_are_refused(tmp_path: Path) -> None:
    flat.write(tmp_path, ROWS, vectors())
    np.save(tmp_path / "passages.npy", np.array([b"p"]))
    with pytest.raises(ValueError, match="do not fit"):
        FlatIndex.open(tmp_path)


@pytest.fixture
def house(tmp_path: Path) -> House:
    made = House(tmp_path / "data")
    made.ingest(write(tmp_path / "src", {f"{n}.md": markdown(f"Text {n} of many.") for n in "abc"}))
    return made


def files(house: House) -> FlatFiles:
    name = house.catalogue.manifest("k")["vectors"]
    return FlatFiles(house.locations.flat, ChromaSource(house.catalogue, house.locations.vectors(name)))


def folders(house: House) -> list[Path]:
    return sorted(house.locations.flat.glob("*/*"))


def test_ingestion_leaves_one_index_of_what_is_live(house: House, tmp_path: Path) -> None:
    (first,) = folders(house)
    write(tmp_path / "src", {"a.md": markdown("Another text.")})
    house.ingest(tmp_path / "src")
    (second,) = folders(house)
    assert second != first
    assert FlatIndex.open(second).count() == 3
    assert house.found("another")[0] == "Another text."


@pytest.mark.parametrize("harm", ["gone", "cut", "nonsense"])
def test_an_index_that_is_lost_or_broken_is_made_again(house: House, harm: str) -> None:
    (folder,) = folders(house)
    file = folder / "vectors.npy"
    if harm == "gone":
        file.unlink()
    else:
        file.write_bytes(file.read_bytes()[:200] if harm == "cut" else b"nonsense")
    assert sorted(house.found("text")) == ["Text a of many.", "Text b of many.", "Text c of many."]
    assert folders(house) == [folder]
    assert FlatIndex.open(folder).count() == 3


def test_without_a_folder_to_write_it_stays_in_memory(house: House) -> None:
    (folder,) = folders(house)
    for file in folder.iterdir():
        file.unlink()
    folder.rmdir()
    folder.parent.rmdir()
    folder.parent.write_text("no folder")
    assert len(house.found("text")) == 3


def test_vectors_that_chroma_lost_are_told(house: House) -> None:
    for folder in folders(house):
        for file in folder.iterdir():
            file.unlink()
    chroma = house.locations.vectors(house.catalogue.manifest("k")["vectors"])
    chroma.delete(sorted(chroma.all_ids())[:1])
    with pytest.raises(KnowledgeError, match="lsip ingest"):
        house.found("text")


def test_sweeping_keeps_what_is_asked_for(house: House) -> None:
    live = {v.version_id for v in house.catalogue.versions("k")}
    files(house).index(sorted(live)[:1])
    assert len(folders(house)) == 2
    files(house).sweep(live)
    (left,) = folders(house)
    assert FlatIndex.open(left).count() == 3


def test_a_large_collection_is_asked_in_chroma_with_the_same_hits(house: House) -> None:
    asked = HashingEmbedder().embed(["text b"])[0]
    views = [
        Views("k", house.catalogue, house.locations, HashingEmbedder().model_key, flat_up_to=most) for most in (0, 10)
    ]
    scope = views[0].present().snapshot.scope(ON)
    in_chroma, in_flat = (view.present().vectors.search(asked, 3, scope) for view in views)
    assert [key for key, _ in in_chroma] == [key for key, _ in in_flat]
    assert type(views[0].present().vectors) is not type(views[1].present().vectors)
    assert house.retriever.search(Query("text b", ON, limit=1))[0].passage.passage_id == in_flat[0][0]
