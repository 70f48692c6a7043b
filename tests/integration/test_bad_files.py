"""Files that cannot be read: each is told with its reason and remedy, and the run goes on."""

from __future__ import annotations

import io
import json
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from pypdf import PdfWriter

from assistant.cli.app import main
from tests.fakes.catalogued import House, write

Run = Callable[..., tuple[int, dict[str, Any]]]


@pytest.fixture
def lsip(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    """Runs a command with --json: its exit code and what it printed."""
    for name in [n for n in os.environ if n.startswith("LSIP_")]:
        monkeypatch.delenv(name)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("LSIP_DATA_DIR", str(tmp_path / "data"))
    monkeypatch.setenv("LSIP_EMBEDDING_MODEL", "hashing")
    monkeypatch.setenv("LSIP_TODAY", "2026-11-23")

    def run(*arguments: str) -> tuple[int, dict[str, Any]]:
        code = main([*arguments, "--json"])
        return code, json.loads(capsys.readouterr().out)

    return run


def encrypted_pdf() -> bytes:
    writer = PdfWriter()
    writer.add_blank_page(200, 200)
    writer.encrypt("word")
    stream = io.BytesIO()
    writer.write(stream)
    return stream.getvalue()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """One good file and one of each bad kind."""
    root = write(
        tmp_path / "src", {"good.md": "Apples are kept in the cellar.", "front.md": "---\na: b: c\n---\n\nx"}
    )
    write(
        root, {"date.md": "---\nvalid_from: soon\n---\n\nx", "headings.md": "# Only\n\n## Headings", "empty.txt": ""}
    )
    (root / "locked.pdf").write_bytes(encrypted_pdf())
    (root / "cut.pdf").write_bytes(b"%PDF-1.7\nnothing more")
    (root / "binary.txt").write_bytes(bytes(range(256)) * 8)
    (root / "link.md").symlink_to(root / "never.md")
    for name in ("huge.md", "huge.pdf"):
        with (root / name).open("wb") as stream:
            stream.truncate(300_000_000)
    return root


REASONS = {
    "front.md": ("front matter that is not YAML", "key: value"),
    "date.md": ("'valid_from' is wrong: 'soon' is not a date", "docs/corpus-format.md"),
    "headings.md": ("holds headings but no text", "leave the file out"),
    "empty.txt": ("is empty", "take it out"),
    "locked.pdf": ("encrypted", "password"),
    "cut.pdf": ("cut.pdf", ""),
    "binary.txt": ("not a text file", "UTF-8"),
    "link.md": ("cannot be opened", "may be read"),
    "huge.md": ("300 MB; the limit is 100 MB", "Split"),
    "huge.pdf": ("300 MB; the limit is 100 MB", "Split"),
}


def test_each_bad_file_is_told_and_the_good_one_is_taken(lsip: Run, folder: Path) -> None:
    code, report = lsip("ingest", "--path", str(folder), "--collection", "kk")
    assert code == 1
    files = {f["path"]: f for f in report["files"]}
    assert {p for p, f in files.items() if f["status"] == "failed"} == set(REASONS)
    for path, (reason, remedy) in REASONS.items():
        assert path in files[path]["reason"]
        assert reason in files[path]["reason"]
        assert remedy in files[path]["remedy"]
        assert files[path]["remedy"]
        assert "Traceback" not in files[path]["reason"]
    assert files["good.md"]["status"] == "new"
    assert report["counts"]["failed"] == len(REASONS)
    code, found = lsip("search", "apples", "--collection", "kk")
    assert code == 0
    assert [p["text"] for p in found["passages"]] == ["Apples are kept in the cellar."]


def test_good_files_only(lsip: Run, tmp_path: Path) -> None:
    root = write(tmp_path / "src", {"a.md": "Text."})
    assert lsip("ingest", "--path", str(root), "--collection", "kk")[0] == 0
    code, report = lsip("ingest", "--path", str(root), "--collection", "kk")
    assert (code, report["counts"]["unchanged"], report["generation"]) == (0, 1, 1)


def test_a_dry_run_writes_nothing(lsip: Run, folder: Path, tmp_path: Path) -> None:
    code, report = lsip("ingest", "--path", str(folder), "--collection", "kk", "--dry-run")
    assert (code, report["dry_run"], report["counts"]["new"]) == (1, True, 1)
    assert not (tmp_path / "data" / "chroma").exists()
    assert lsip("search", "apples", "--collection", "kk")[0] == 2


def test_names_and_characters_that_cannot_be_stored(lsip: Run, tmp_path: Path) -> None:
    root = write(tmp_path / "src", {"good.md": "Text.", "half.md": '---\nnote: "\\ud800"\n---\n\nText.'})
    Path(os.fsdecode(os.fsencode(root) + b"/caf\xe9.md")).write_text("Coffee.")
    write(
        root, {"half.jsonl": '{"id": "a", "title": "\\ud800", "text": "x"}\n{"id": "b", "title": "B", "text": "Y."}'}
    )
    code, report = lsip("ingest", "--path", str(root), "--collection", "kk")
    assert code == 1
    failed = {f["path"]: f["reason"] for f in report["files"] if f["status"] == "failed"}
    assert set(failed) == {"half.jsonl:1"}  # nothing is left of its title; from a note the character is dropped
    assert "'title'" in failed["half.jsonl:1"]
    assert {f["path"] for f in report["files"] if f["status"] == "new"} == {
        "good.md",
        "half.md",
        "caf\\xe9.md",
        "half.jsonl",
    }


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_what_may_not_be_read_keeps_what_it_gave(lsip: Run, tmp_path: Path) -> None:
    root = write(tmp_path / "src", {"a.md": "Apples.", "sub/b.md": "Pears.", "c.md": "Plums."})
    lsip("ingest", "--path", str(root), "--collection", "kk")
    (root / "a.md").chmod(0)
    (root / "sub").chmod(0)
    try:
        code, report = lsip("ingest", "--path", str(root), "--collection", "kk")
    finally:
        (root / "sub").chmod(0o700)
    assert (code, report["generation"]) == (1, 1)
    assert {f["path"] for f in report["files"] if f["status"] == "failed"} == {"a.md", "sub"}
    assert lsip("search", "pears", "--collection", "kk")[0] == 0


@pytest.mark.parametrize(
    ("arguments", "kind", "says"),
    [
        (("ingest", "--path", "no such place"), "usage", "no such place"),
        (("ingest", "--collection", "Bad Name"), "usage", "Bad Name"),
        (("ingest", "--no-such-option"), "usage", "--no-such-option"),
        (("search", "x", "--as-of", "1 March", "--collection", "kk"), "usage", "1 March"),
        (("search", "x", "--area", "Atlantis", "--collection", "kk"), "usage", "Atlantis"),
        (("search", "x", "--collection", "unheard"), "unknown_collection", "unheard"),
        (("documents", "--collection", "unheard"), "unknown_collection", "unheard"),
        (("ask", "x", "--collection", "unheard"), "unknown_collection", "unheard"),
        (("ask", "x", "--as-of", "2024-02-30"), "usage", "2024-02-30"),
    ],
)
def test_wrong_usage_is_a_problem(
    lsip: Run, tmp_path: Path, arguments: tuple[str, ...], kind: str, says: str
) -> None:
    assert House(tmp_path / "data").ingest(write(tmp_path / "src", {"a.md": "Text."}), "kk").failed == 0
    code, problem = lsip(*arguments)
    assert (code, problem["exit_code"], problem["type"]) == (2, 2, f"urn:lsip:{kind}")
    assert says in problem["title"]
    assert problem["remedy"]


def test_a_wrong_setting_is_a_problem(lsip: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LSIP_TODAY", "yesterday")
    code, problem = lsip("documents")
    assert (code, problem["type"]) == (2, "urn:lsip:settings")
    assert "LSIP_TODAY" in problem["title"]
