"""The keyword index: scope before ranking, writes that replace, and a folder that was lost."""

from __future__ import annotations

from pathlib import Path

import pytest

from vectorstore.errors import KnowledgeError
from vectorstore.keywords import KeywordEntry, KeywordIndex
from vectorstore.scope import Scope
from vectorstore.text import content_stems


def entry(passage: str, version: str, text: str, context: str = "") -> KeywordEntry:
    return KeywordEntry(passage, version, text, context)


@pytest.fixture
def index(tmp_path: Path) -> KeywordIndex:
    made = KeywordIndex(tmp_path / "words")
    made.write(
        [
            entry("p1", "v1", "Widgets and widgets and widgets."),
            entry("p2", "v2", "One widget among many other things in the long list of the shop."),
            entry("p3", "v3", "The duty of a college.", "Widgets"),
            entry("p4", "v4", "Nothing of the kind."),
        ]
    )
    return made


def find(index: KeywordIndex, query: str, scope: Scope | None = None, limit: int = 10) -> list[str]:
    stems = [(stem, 1.0) for stem in content_stems(query)]
    return [passage for passage, _ in index.search(stems, limit, scope or Scope())]


def test_by_stem_text_before_context(index: KeywordIndex) -> None:
    found = find(index, "WIDGET")
    assert found[0] == "p1"
    assert set(found) == {"p1", "p2", "p3"}


def test_only_and_without(index: KeywordIndex) -> None:
    assert find(index, "widget", Scope(only=("v2", "v4"))) == ["p2"]
    assert set(find(index, "widget", Scope(without=("v1",)))) == {"p2", "p3"}
    assert find(index, "widget", Scope(only=())) == []
    assert len(find(index, "widget", Scope(without=()))) == 3


def test_the_scope_does_not_change_scores(index: KeywordIndex) -> None:
    stems = [(stem, 1.0) for stem in content_stems("widget")]
    everywhere = dict(index.search(stems, 10, Scope()))
    assert dict(index.search(stems, 10, Scope(only=("v2",))))["p2"] == pytest.approx(everywhere["p2"])


def test_best_matches_out_of_scope_take_no_places(tmp_path: Path) -> None:
    index = KeywordIndex(tmp_path)
    index.write(
        [entry(f"old{n}", f"old{n}", "widget widget widget") for n in range(200)]
        + [entry(f"new{n}", f"new{n}", f"a widget of {n} parts, said in many more words than that") for n in range(5)]
    )
    assert set(find(index, "widget", limit=5)).isdisjoint({f"new{n}" for n in range(5)})
    new = {f"new{n}" for n in range(5)}
    assert set(find(index, "widget", Scope(only=tuple(new)), limit=5)) == new
    assert set(find(index, "widget", Scope(without=tuple(f"old{n}" for n in range(200))), limit=5)) == new


@pytest.mark.parametrize("barred", [0, 30, 290, 299])
def test_a_long_list_is_looked_through_with_the_same_hits(tmp_path: Path, barred: int) -> None:
    """Read ahead and looked through, or filtered by the index: the same best passages within the scope."""
    index = KeywordIndex(tmp_path)
    index.write(entry(f"p{n}", f"v{n}", "widget " * (1 + n % 7) + "and so on " * n) for n in range(300))
    without = Scope(without=tuple(f"v{n}" for n in range(300) if (n * 7) % 300 < barred))
    only = Scope(only=tuple(f"v{n}" for n in range(300) if without.holds(f"v{n}")))
    stems = [(stem, 1.0) for stem in content_stems("widget")]
    found = index.search(stems, 2, without)
    everything = [hit for hit in index.search(stems, 300, Scope()) if without.holds(hit[0].replace("p", "v"))]
    assert found == everything[:2]
    assert [passage for passage, _ in index.search(stems, 2, only)] == [passage for passage, _ in found]


def test_no_words_no_hits(index: KeywordIndex) -> None:
    assert find(index, "the of") == []


def test_remove_and_add(index: KeywordIndex) -> None:
    index.write([entry("p9", "v9", "A widget again.")], remove_versions=["v1"])
    assert index.version_ids() == {"v2", "v3", "v4", "v9"}
    assert "p1" not in find(index, "widget")
    assert index.count() == 4


def test_another_reader_sees_a_commit_after_reopening(index: KeywordIndex, tmp_path: Path) -> None:
    reader = KeywordIndex(tmp_path / "words")
    assert reader.count() == 4
    index.write((), remove_versions=["v1"])
    reader.reopen()
    assert reader.count() == 3


def test_a_broken_index_is_told_and_kept_until_it_is_made_anew(tmp_path: Path) -> None:
    (tmp_path / "meta.json").write_text("{broken")
    with pytest.raises(KnowledgeError, match="lsip ingest"):
        KeywordIndex(tmp_path).count()
    assert (tmp_path / "meta.json").read_text() == "{broken"
    index = KeywordIndex(tmp_path)
    index.restore()
    assert index.count() == 0


def test_a_writer_that_was_killed_before_its_commit_is_in_nobodys_way(index: KeywordIndex, tmp_path: Path) -> None:
    committed = tmp_path / "words" / "meta.json"
    before = committed.read_bytes()
    KeywordIndex(tmp_path / "words").write((), remove_versions=["v1"])
    committed.write_bytes(before)  # all its files are there, and the one that makes them count is not
    recovered = KeywordIndex(tmp_path / "words")
    assert recovered.count() == 4
    recovered.write((), remove_versions=["v1"])
    assert recovered.version_ids() == {"v2", "v3", "v4"}
