"""Tables of known questions: read row by row, embedded once."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest

from ingestion.questions import compile_questions, drop_others, load_questions
from vectorstore.embedding.protocol import Vectors
from vectorstore.errors import BadFileError
from vectorstore.known_questions import KnownQuestion, KnownQuestions

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
        return np.tile(np.array([1, 0], dtype=np.float32), (len(texts), 1))


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
