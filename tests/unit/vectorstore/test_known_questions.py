"""Known questions: the likest one speaks for its sentence, and what is written is read again."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from vectorstore.known_questions import KnownQuestion, KnownQuestions, write

ROWS = [
    KnownQuestion("b", "Pears ripen late.", "When do pears ripen?"),
    KnownQuestion("a", "Apples keep.", "Do apples keep?"),
    KnownQuestion("a", "Apples keep.", "What keeps?"),
]
VECTORS = np.array([[1, 0, 0], [0, 1, 0], [0, 0, 1]], dtype=np.float32)


def unit(*values: float) -> np.ndarray:
    vector = np.array(values, dtype=np.float32)
    return vector / np.linalg.norm(vector)


def test_a_sentence_is_as_like_as_its_likest_question() -> None:
    found = KnownQuestions(ROWS, VECTORS).likenesses(unit(0, 0.6, 0.8))
    assert found.of("a", "Apples keep.") == pytest.approx(0.8)
    assert found.of("a", " Apples keep. ") == pytest.approx(0.8)
    assert found.of("b", "Pears ripen late.") == 0
    assert found.of("b", "Apples keep.") == 0, "the sentence of another document"


def test_several_sentences_keep_their_order() -> None:
    found = KnownQuestions(ROWS, VECTORS).likenesses(unit(0.6, 0, 0.8))
    asked = [("b", "Apples keep."), ("a", "Apples keep."), ("b", "Pears ripen late."), ("a", "Apples keep.")]
    assert found.of_each(asked) == pytest.approx([0, 0.8, 0.6, 0.8])
    assert found.of_each([]).shape == (0,)


def test_the_best_come_first_and_only_from_the_least() -> None:
    found = KnownQuestions(ROWS, VECTORS).likenesses(unit(0.6, 0.8, 0))
    assert [(a.document, round(a.likeness, 2)) for a in found.best(5, 0.1)] == [("a", 0.8), ("b", 0.6)]
    assert [a.document for a in found.best(1, 0.1)] == ["a"]
    assert found.best(5, 0.9) == []


def test_what_is_written_is_read_again_from_several_folders(tmp_path: Path) -> None:
    for name, rows in (("one", slice(0, 1)), ("two", slice(1, 3))):
        (tmp_path / name).mkdir()
        write(tmp_path / name, ROWS[rows], VECTORS[rows])
    known = KnownQuestions.open([tmp_path / "one", tmp_path / "two"])
    assert len(known) == 3
    assert known.likenesses(unit(1, 0, 0)).of("b", "Pears ripen late.") == pytest.approx(1)


def test_without_any_nothing_is_like() -> None:
    none = KnownQuestions.open([]).likenesses(unit(1, 0, 0))
    assert none.of("a", "Apples keep.") == 0
    assert none.best(5, 0) == []


def test_half_written_is_refused(tmp_path: Path) -> None:
    write(tmp_path, ROWS, VECTORS[:2])
    with pytest.raises(ValueError, match="as many vectors"):
        KnownQuestions.open([tmp_path])
