"""The data files that stand beside the documents of a collection."""

from __future__ import annotations

from pathlib import Path

import pytest

from ingestion.registry import load_profile, load_sources
from tests.fakes.catalogued import write
from vectorstore.errors import BadFileError

HEAD = "id,title,publisher,url\n"


def test_sources_of_all_files(tmp_path: Path) -> None:
    write(
        tmp_path,
        {
            "sources/a.csv": f"\ufeff{HEAD}G1, The Act ,Parliament,https://example.org\n",
            "sources/b.csv": f'{HEAD}G2,"Title, with comma",DfE,\n',
            "sources/notes.md": "no table",
            "sources/other.csv": "year,sum\n2024,5\n",
        },
    )
    sources = load_sources(tmp_path)
    assert sources is not None
    assert list(sources) == ["G1", "G2"]
    assert (sources["G1"].title, sources["G1"].url) == ("The Act", "https://example.org")
    assert (sources["G2"].title, sources["G2"].url, sources["G2"].area) == ("Title, with comma", "", "")


@pytest.mark.parametrize("files", [{}, {"sources/a.md": "x"}, {"sources/sums.csv": "year,sum\n"}])
def test_a_folder_without_a_registry(tmp_path: Path, files: dict[str, str]) -> None:
    assert load_sources(write(tmp_path, files)) is None


@pytest.mark.parametrize(
    ("rows", "says"),
    [
        (",T,,\n", r"a.csv:2 has no id or title"),
        ("G1,,,\n", r"a.csv:2 has no id or title"),
        ("G1,T,,\nG1,T,,\n", r"a.csv:3 repeats the source 'G1'"),
        ("G1,T,,javascript:x\n", r"a.csv:2 has a url that is not a web address"),
    ],
)
def test_wrong_rows_are_named(tmp_path: Path, rows: str, says: str) -> None:
    with pytest.raises(BadFileError, match=says):
        load_sources(write(tmp_path, {"sources/a.csv": HEAD + rows}))


def test_a_table_that_is_no_text(tmp_path: Path) -> None:
    write(tmp_path, {"sources/a.csv": ""})
    (tmp_path / "sources/a.csv").write_bytes(b"id,title\nG1,caf\xe9\n")
    with pytest.raises(BadFileError, match=r"a.csv cannot be read") as caught:
        load_sources(tmp_path)
    assert "UTF-8" in caught.value.remedy


def test_the_particulars(tmp_path: Path) -> None:
    assert load_profile(tmp_path) is None
    write(tmp_path, {"collection.yaml": "subject: widgets\nvocabulary: {W: [widget]}\n"})
    profile = load_profile(tmp_path)
    assert profile is not None
    assert (profile.subject, profile.vocabulary) == ("widgets", {"W": ("widget",)})


def test_empty_particulars(tmp_path: Path) -> None:
    profile = load_profile(write(tmp_path, {"collection.yaml": ""}))
    assert profile is not None
    assert profile.subject == ""


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("subject: [", "the file is wrong"),
        ("colour: red", "colour is wrong"),
        ("areas: [{id: 1}]", "areas.0.id is wrong"),
    ],
)
def test_wrong_particulars_are_named(tmp_path: Path, text: str, says: str) -> None:
    with pytest.raises(BadFileError, match=says):
        load_profile(write(tmp_path, {"collection.yaml": text}))


def test_particulars_that_are_no_text(tmp_path: Path) -> None:
    (tmp_path / "collection.yaml").write_bytes(b"subject: caf\xe9\n")
    with pytest.raises(BadFileError, match=r"collection.yaml"):
        load_profile(tmp_path)
