"""Tables of known questions: read row by row, embedded once."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest

from ingestion.questions import EMBEDDED, compile_questions, drop_others, load_questions
from vectorstore.embedding.protocol import Vectors
from vectorstore.errors import BadFileError
from vectorstore.known_questions import VECTORS, KnownQuestion, KnownQuestions

TABLE = """document,sentence,question
fruit,Apples keep.,Do apples keep?
,,What keeps?
,"Pears, too.",And pears?
"""


def folder(tmp_path: Path, text: str) -> Path:
    (tmp_path / "questions").mkdir(exist_ok=True)
    (tmp_path / "questions" / "fruit.csv").write_text(text, encoding="utf-8")
    return tmp_path


def test_empty_cells_repeat_the_row_above(tmp_path: Path) -> None:
    assert load_questions(folder(tmp_path, TABLE)) == [
        KnownQuestion("fruit", "Apples keep.", "Do apples keep?"),
        KnownQuestion("fruit", "Apples keep.", "What keeps?"),
        KnownQuestion("fruit", "Pears, too.", "And pears?"),
    ]


def test_a_folder_without_them_has_none(tmp_path: Path) -> None:
    assert load_questions(tmp_path) == []


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("document,question\nfruit,What?\n", "cannot be read as a table of questions"),
        ("document,sentence,question\n,,What?\n", "fruit.csv:2 lacks"),
        ("document,sentence,question\nfruit,Apples keep.,\n", "fruit.csv:2 lacks"),
    ],
)
def test_a_bad_table_is_told_with_its_place(tmp_path: Path, text: str, said: str) -> None:
    with pytest.raises(BadFileError, match=said):
        load_questions(folder(tmp_path, text))


class Embedder:
    def __init__(self) -> None:
        self.seen: list[str] = []

    def __call__(self, texts: Sequence[str]) -> Vectors:
        self.seen.extend(texts)
        return np.array([[len(t), 1] for t in texts], dtype=np.float32)


def test_they_are_embedded_once_with_terms_spelled_out(tmp_path: Path) -> None:
    questions = [KnownQuestion("d", "A body leads.", "Who is the ERB?")]
    vocabulary = {"ERB": ("employer representative body",)}
    embed = Embedder()
    shown: list[tuple[int, int]] = []
    for _ in range(2):
        digest = compile_questions(
            tmp_path, questions, vocabulary, "m", embed, lambda done, total: shown.append((done, total))
        )
    assert len(embed.seen) == 1
    assert "employer representative body" in embed.seen[0].lower()
    assert shown == [(1, 1)]
    assert len(KnownQuestions.open([tmp_path / digest])) == 1
    other = compile_questions(tmp_path, questions, {}, "m", embed, lambda done, total: None)
    drop_others(tmp_path, [other])
    assert [f.name for f in tmp_path.iterdir()] == [other]


def asking(*questions: str) -> list[KnownQuestion]:
    return [KnownQuestion("d", "A body leads.", q) for q in questions]


def compiled(folder: Path, questions: list[KnownQuestion], embed: Embedder, model: str = "m") -> Path:
    return folder / compile_questions(folder, questions, {}, model, embed, lambda done, total: None)


def lengths(folder: Path) -> list[int]:
    """What the vectors of a folder say of the questions that they were made of."""
    return [int(v[0]) for v in np.load(folder / VECTORS)]


def test_a_changed_table_embeds_only_what_is_new(tmp_path: Path) -> None:
    expected: list[int] = []
    embed = Embedder()
    compiled(tmp_path, asking("One?", "Three?"), embed)
    embed.seen.clear()
    changed = asking("Three?", "Fourteen?", "One?", "Fourteen?")
    digest = compile_questions(tmp_path, changed, {}, "m", embed, lambda done, total: None, expected.append)
    assert embed.seen == ["Fourteen?"]
    assert expected == [1]
    assert lengths(tmp_path / digest) == [6, 9, 4, 9]
    assert len(KnownQuestions.open([tmp_path / digest])) == 4


def test_a_removed_row_embeds_nothing(tmp_path: Path) -> None:
    first = compiled(tmp_path, asking("One?", "Three?"), Embedder())
    embed = Embedder()
    second = compiled(tmp_path, asking("Three?"), embed)
    assert embed.seen == []
    assert second != first
    assert lengths(second) == [6]
    drop_others(tmp_path, [second.name])
    assert compiled(tmp_path, asking("Three?", "One?"), embed).is_dir()
    assert embed.seen == ["One?"]  # what was dropped is embedded again


def test_another_model_takes_nothing_over(tmp_path: Path) -> None:
    compiled(tmp_path, asking("One?"), Embedder())
    embed = Embedder()
    compiled(tmp_path, asking("One?"), embed, model="other")
    assert embed.seen == ["One?"]
    compiled(tmp_path, asking("One?", "Three?"), embed, model="other")
    assert embed.seen == ["One?", "Three?"]


def test_another_spelling_out_is_another_text(tmp_path: Path) -> None:
    questions, embed = asking("Who is the ERB?"), Embedder()
    compiled(tmp_path, questions, embed)
    compile_questions(tmp_path, questions, {"ERB": ("body",)}, "m", embed, lambda done, total: None)
    assert len(embed.seen) == 2


@pytest.mark.parametrize("damage", ["cut", "empty", "lost", "other", "fewer"])
def test_a_damaged_folder_gives_nothing(tmp_path: Path, damage: str) -> None:
    folder = compiled(tmp_path, asking("One?", "Three?"), Embedder())
    match damage:
        case "cut":
            (folder / VECTORS).write_bytes((folder / VECTORS).read_bytes()[:40])
        case "empty":
            (folder / VECTORS).write_bytes(b"")
        case "lost":
            (folder / EMBEDDED).unlink()
        case "other":
            (folder / EMBEDDED).write_text("7", encoding="utf-8")
        case "fewer":
            np.save(folder / VECTORS, np.ones((1, 2), dtype=np.float32))
    embed = Embedder()
    assert lengths(compiled(tmp_path, asking("Three?"), embed)) == [6]
    assert embed.seen == ["Three?"]


def test_what_is_half_made_is_not_taken_over(tmp_path: Path) -> None:
    compiled(tmp_path, asking("One?"), Embedder()).rename(tmp_path / ".making-x")
    embed = Embedder()
    compiled(tmp_path, asking("One?", "Three?"), embed)
    assert embed.seen == ["One?", "Three?"]


def test_a_failure_leaves_nothing_behind(tmp_path: Path) -> None:
    def fail(texts: Sequence[str]) -> Vectors:
        raise RuntimeError("no model")

    before = compiled(tmp_path, asking("One?"), Embedder())
    with pytest.raises(RuntimeError):
        compile_questions(tmp_path, asking("One?", "Three?"), {}, "m", fail, lambda done, total: None)
    assert list(tmp_path.iterdir()) == [before]
