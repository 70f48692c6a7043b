"""Files become knowledge: what is new, changed, gone or bad, in real indexes."""

from __future__ import annotations

import json
import shutil
from datetime import date
from pathlib import Path

import pytest

from tests.fakes.catalogued import House, markdown, write

PARTS = "\n\n".join(f"## Part {n}\n\nWidget {n} has a duty of its own." for n in range(6))
FILES = {
    "a.md": "# Apples\n\nApples are kept in the cellar.",
    "b.txt": "Pears are kept in the attic.",
    "sub/c.html": "<html><head><title>Plums</title></head><body><p>Plums are kept in the yard.</p></body></html>",
    "d.md": f"# Widgets\n\n{PARTS}",
}


@pytest.fixture
def house(tmp_path: Path) -> House:
    return House(tmp_path / "data")


@pytest.fixture
def source(tmp_path: Path) -> Path:
    return write(tmp_path / "src", FILES)


def line(key: str, text: str, **more: object) -> str:
    return json.dumps({"id": key, "title": key.title(), "text": text, **more})


def exact(house: House) -> bool:
    """Whether every passage of every live version is what its offsets say."""
    for version in house.catalogue.versions("k"):
        text = house.catalogue.text(version.version_id)
        passages = house.catalogue.passages_of(version.version_id)
        assert passages
        assert all(text[p.start : p.end] == p.text for p in passages)
    return True


def test_new_files(house: House, source: Path) -> None:
    report = house.ingest(source)
    assert [(f.path, f.status, f.document_id) for f in report.files] == [
        ("a.md", "new", "a"),
        ("b.txt", "new", "b"),
        ("d.md", "new", "d"),
        ("sub/c.html", "new", "sub/c"),
    ]
    assert report.counts() == {
        "new": 4,
        "changed": 0,
        "unchanged": 0,
        "failed": 0,
        "documents": 4,
        "passages": 9,
        "embedded": 9,
        "retired": 0,
    }
    assert house.found("where are pears kept")[0] == "Pears are kept in the attic."
    assert len(house.live_texts()) == 9
    assert exact(house)


def test_again_does_nothing(house: House, source: Path) -> None:
    first = house.ingest(source)
    house.embedder.texts.clear()
    again = house.ingest(source)
    assert again.generation == first.generation == 1
    assert (again.counts()["unchanged"], again.embedded, again.retired) == (4, 0, 0)
    alone = [f for f in again.files if not f.path.endswith(".jsonl")]
    assert alone and all(f.document_id and f.version_id and f.passages for f in alone)
    assert house.embedder.texts == []


def test_an_edit_replaces_and_embeds_only_what_changed(house: House, source: Path) -> None:
    house.ingest(source)
    (before,) = house.catalogue.versions("k", document_id="d")
    house.embedder.texts.clear()
    (source / "d.md").write_text(FILES["d.md"].replace("Widget 3 has a duty", "Widget 3 has no duty"))
    report = house.ingest(source)
    assert [f.path for f in report.files if f.status == "changed"] == ["d.md"]
    assert (report.generation, report.embedded, report.retired) == (2, 1, 1)
    assert [t.splitlines()[-1] for t in house.embedder.texts] == ["Widget 3 has no duty of its own."]
    assert "Widget 3 has a duty of its own." not in house.found("widget 3 duty", limit=50)
    assert "Widget 3 has a duty of its own." in house.catalogue.text(before.version_id)
    assert len(house.catalogue.passages_of(before.version_id)) == 6
    assert len(house.catalogue.versions("k", document_id="d")) == 1
    assert exact(house)


def test_many_edits_never_embed_a_passage_again(house: House, source: Path) -> None:
    house.ingest(source)
    for edition in range(4):
        house.embedder.texts.clear()
        (source / "d.md").write_text(FILES["d.md"] + f"\n\n## Edition\n\nThis is edition {edition}.\n")
        assert house.ingest(source).embedded == 1


def test_back_to_an_earlier_text(house: House, source: Path) -> None:
    house.ingest(source)
    (before,) = house.catalogue.versions("k", document_id="a")
    for text in ("Apples are sold.", FILES["a.md"]):
        (source / "a.md").write_text(text)
        house.ingest(source)
    (after,) = house.catalogue.versions("k", document_id="a")
    assert after.version_id == before.version_id
    assert "Apples are sold." not in house.found("apples sold kept cellar")
    assert house.found("apples kept in the cellar")[0] == "Apples are kept in the cellar."


def test_a_removed_file_is_found_no_more(house: House, source: Path) -> None:
    house.ingest(source)
    (gone,) = house.catalogue.versions("k", document_id="b")
    (source / "b.txt").unlink()
    report = house.ingest(source)
    assert (report.generation, report.retired) == (2, 1)
    assert "Pears are kept in the attic." not in house.found("pears attic", limit=50)
    assert house.catalogue.versions("k", document_id="b") == []
    assert house.catalogue.text(gone.version_id) == "Pears are kept in the attic."


def test_an_emptied_folder_is_an_empty_collection(house: House, source: Path) -> None:
    house.ingest(source)
    shutil.rmtree(source)
    source.mkdir()
    house.ingest(source)
    assert house.found("apples") == []


def test_other_roots_of_the_collection_stay(house: House, source: Path, tmp_path: Path) -> None:
    house.ingest(source)
    house.ingest(write(tmp_path / "more", {"e.md": "Figs are kept on the roof."}))
    assert house.found("figs roof")[0] == "Figs are kept on the roof."
    assert house.found("pears attic")[0] == "Pears are kept in the attic."


def test_two_files_of_one_document_are_two_versions(house: House, tmp_path: Path) -> None:
    house.ingest(
        write(
            tmp_path / "src",
            {
                "one.md": markdown("The fee is five.", document="fee", version="2022", valid_from="2022-01-01"),
                "two.md": markdown("The fee is six.", document="fee", version="2024", valid_from="2024-01-01"),
            },
        )
    )
    assert house.found("fee", on=date(2023, 12, 31)) == ["The fee is five."]
    assert house.found("fee", on=date(2024, 1, 1)) == ["The fee is six."]
    assert house.found("fee", on=date(2021, 12, 31)) == []
    first, second = house.catalogue.versions("k", document_id="fee")
    assert (first.valid_to, first.superseded_by) == (date(2023, 12, 31), second.version_id)


def test_removing_the_later_version_opens_the_earlier_again(house: House, tmp_path: Path) -> None:
    test_two_files_of_one_document_are_two_versions(house, tmp_path)
    (tmp_path / "src/two.md").unlink()
    house.ingest(tmp_path / "src")
    assert house.found("fee", on=date(2025, 1, 1)) == ["The fee is five."]


def test_files_that_differ_in_suffix_only_are_two_documents(house: House, tmp_path: Path) -> None:
    house.ingest(write(tmp_path / "src", {"a.md": "Apples.", "a.txt": "Almonds."}))
    assert sorted(house.found("apples almonds")) == ["Almonds.", "Apples."]


def test_bad_lines_keep_the_good_and_what_was_held(house: House, tmp_path: Path) -> None:
    path = tmp_path / "d.jsonl"
    path.write_text(
        "\n".join([line("one", "First apple."), line("two", "Second pear."), line("three", "Third fig.")])
    )
    house.ingest(path)
    path.write_text("\n".join([line("one", "First apple, edited."), "{broken", line("four", "Fourth plum.")]))
    report = house.ingest(path)
    assert [(f.path, f.status) for f in report.files] == [("d.jsonl:2", "failed"), ("d.jsonl", "changed")]
    assert report.files[0].reason == "d.jsonl:2 is not JSON."
    held = {"First apple, edited.", "Second pear.", "Third fig.", "Fourth plum."}
    assert house.live_texts() == held
    again = house.ingest(path)
    assert (again.generation, again.embedded, again.failed) == (report.generation, 0, 1)
    path.write_text("\n".join([line("one", "First apple, edited."), line("four", "Fourth plum.")]))
    house.ingest(path)
    assert house.live_texts() == {"First apple, edited.", "Fourth plum."}


def test_ids_of_lines_are_kept_as_they_are(house: House, tmp_path: Path) -> None:
    path = tmp_path / "d.jsonl"
    path.write_text(line("Notes: spring?/ä b", "A text.", valid_from="2024-01-01", kind="official"))
    house.ingest(path)
    (version,) = house.catalogue.versions("k")
    assert (version.document_id, version.kind, version.valid_from) == (
        "Notes: spring?/ä b",
        "official",
        date(2024, 1, 1),
    )


def test_a_file_that_turned_bad_keeps_what_it_gave(house: House, source: Path) -> None:
    house.ingest(source)
    (source / "a.md").write_text("---\ntitle: [\n---\n\ntext")
    report = house.ingest(source)
    assert [(f.path, f.status) for f in report.files if f.status == "failed"] == [("a.md", "failed")]
    assert report.generation == 1
    assert house.found("apples cellar")[0] == "Apples are kept in the cellar."


@pytest.mark.parametrize("lost", ["keywords", "chroma"])
def test_a_lost_index_is_built_again(house: House, source: Path, tmp_path: Path, lost: str) -> None:
    house.ingest(source)
    shutil.rmtree(tmp_path / "data" / lost)
    fresh = House(tmp_path / "data")
    fresh.locations.vectors("other").reopen()
    assert fresh.ingest(source).generation == 2
    assert fresh.found("pears attic")[0] == "Pears are kept in the attic."
    hit = fresh.found("pears attic", limit=50)
    assert len(hit) == 9
    assert fresh.ingest(source).generation == 2


def test_unknown_keys_are_kept_and_told(house: House, tmp_path: Path) -> None:
    report = house.ingest(write(tmp_path / "src", {"a.md": markdown("Text.", colour="red", topic="law")}))
    assert report.files[0].status == "new"
    assert report.files[0].reason == "unknown keys kept: colour"
    assert house.catalogue.versions("k")[0].extra == {"colour": "red", "topic": "law"}


def test_a_brief_rests_on_the_registry(house: House, tmp_path: Path) -> None:
    brief = markdown("The fee is six.\n(Rests on: G1, p.4. Evidence: primary.)", kind="brief", document="b")
    root = write(tmp_path / "src", {"b.md": brief, "sources/s.csv": "id,title,publisher,url\nG1,Fees Act,DfE,\n"})
    house.ingest(root)
    (passage,) = house.catalogue.passages_of(house.catalogue.versions("k")[0].version_id)
    assert [(r.title, r.page, r.url) for r in passage.rests_on] == [("Fees Act", "4", None)]
    write(root, {"sources/s.csv": "id,title,publisher,url\nG2,Other,DfE,\n"})
    (failed,) = [f for f in house.ingest(root).files if f.status == "failed"]
    assert failed.path == "b.md"
    assert "'G1', which the registry of sources does not hold" in (failed.reason or "")
