"""Finding the files of a folder."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from ingestion.discovery import default_ids, discover, file_digest
from tests.fakes.catalogued import write
from vectorstore.errors import UsageError


def names(root: Path) -> list[str]:
    return [f.name for f in discover(root)]


def test_readable_kinds_in_a_stable_order(tmp_path: Path) -> None:
    write(tmp_path, {"b/2.MD": "x", "b/1.txt": "x", "a.html": "x", "z.jsonl": "x", "no.csv": "x", "none": "x"})
    assert names(tmp_path) == ["a.html", "z.jsonl", "b/1.txt", "b/2.MD"]


def test_hidden_files_and_folders_are_passed_over(tmp_path: Path) -> None:
    write(tmp_path, {".hidden.md": "x", ".git/a.md": "x", "seen/.b.md": "x", "seen/c.md": "x"})
    assert names(tmp_path) == ["seen/c.md"]


def test_links_out_of_the_folder_are_not_followed(tmp_path: Path) -> None:
    outside, root = tmp_path / "outside", tmp_path / "root"
    write(outside, {"secret.md": "x"})
    write(root, {"real.md": "x"})
    (root / "out.md").symlink_to(outside / "secret.md")
    (root / "folder").symlink_to(outside)
    (root / "up.md").symlink_to("../outside/secret.md")
    (root / "in.md").symlink_to("real.md")
    assert names(root) == ["in.md", "real.md"]


def test_a_pipe_is_no_file(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.md")
    assert names(tmp_path) == []


def test_a_broken_link_is_found_so_that_it_can_be_told(tmp_path: Path) -> None:
    (tmp_path / "gone.md").symlink_to(tmp_path / "never.md")
    assert names(tmp_path) == ["gone.md"]


def test_a_name_that_is_no_text_is_written_out(tmp_path: Path) -> None:
    path = os.fsencode(tmp_path) + b"/caf\xe9.md"
    Path(os.fsdecode(path)).write_text("x")
    assert names(tmp_path) == ["caf\\xe9.md"]


def test_a_single_file_whatever_its_kind(tmp_path: Path) -> None:
    write(tmp_path, {".odd.xyz": "x"})
    assert names(tmp_path / ".odd.xyz") == [".odd.xyz"]


def test_no_such_place(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="no file or folder"):
        names(tmp_path / "no")


def test_documents_of_files_that_do_not_say() -> None:
    assert default_ids(["a.md", "b/a.md", "b/a.pdf"]) == {"a.md": "a", "b/a.md": "b/a.md", "b/a.pdf": "b/a.pdf"}


def test_the_digest_covers_what_else_decides_the_reading(tmp_path: Path) -> None:
    path = write(tmp_path, {"a.md": "x"}) / "a.md"
    assert file_digest(path, "1") == file_digest(path, "1")
    assert file_digest(path, "1") != file_digest(path, "2")
    before = file_digest(path)
    path.write_text("y")
    assert file_digest(path) != before
