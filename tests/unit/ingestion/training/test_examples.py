"""What is kept from training is not learnt from."""

from __future__ import annotations

import csv
import json
from collections.abc import Sequence
from pathlib import Path

import pytest

from ingestion.training import examples
from ingestion.training.examples import (
    SAID,
    Example,
    Kind,
    Material,
    Sentence,
    held_out,
    held_out_examples,
    sentence_key,
    training_examples,
)

DOCUMENTS = [f"document-{n}" for n in range(40)]
SENTENCES = [Sentence(d, f"The {d} is read.", f"{d}: The {d} is read.", frozenset({d})) for d in DOCUMENTS]


@pytest.fixture
def corpus(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A corpus with known questions, near-misses and judged questions of its sentences, some of what is gone."""
    (tmp_path / "questions").mkdir()
    rows = [(s.document, s.text, f"What of {s.document}?") for s in SENTENCES]
    rows += [("gone", "It is gone.", "What is gone?"), (*rows[0][:2], "Is document 0 judged?")]
    _write(tmp_path / "questions" / "known.csv", ("document", "sentence", "question"), rows)
    near = [(s.document, s.text, f"Who of {s.document}?", f"Is {s.document} read?") for s in SENTENCES]
    _write(tmp_path / "near.csv", ("document", "sentence", "near_miss", "answerable"), near)
    lines = [
        {"question": f"Is document {n} judged?", "answers": [s.key], "beside": [sentence_key("gone", "It is gone.")]}
        for n, s in enumerate(SENTENCES)
    ]
    lines.append({"question": "Is it judged and gone?", "answers": [sentence_key("gone", "It is gone.")]})
    (tmp_path / "judged.jsonl").write_text("\n".join(json.dumps(line) for line in lines), encoding="utf-8")
    monkeypatch.setattr(examples.near_misses, "__defaults__", (tmp_path / "near.csv",))
    monkeypatch.setattr(examples.judged, "__defaults__", (tmp_path / "judged.jsonl",))
    return tmp_path


def _write(path: Path, columns: tuple[str, ...], rows: Sequence[tuple[str, ...]]) -> None:
    with path.open("w", encoding="utf-8", newline="") as stream:
        csv.writer(stream).writerows([columns, *rows])


def documents(found: list[Example]) -> set[str]:
    return {SENTENCES[p].document for e in found for p in (*e.answers, *e.beside)}


def test_no_known_question_and_no_near_miss_of_a_document_held_out_is_learnt_from(corpus: Path) -> None:
    written = [e for e in training_examples(corpus, SENTENCES) if e.kind is not Kind.JUDGED]
    assert documents(written) == {d for d in DOCUMENTS if not held_out(d)}
    kept = [e for e in held_out_examples(corpus, SENTENCES) if e.kind is not Kind.JUDGED]
    assert documents(kept) == {d for d in DOCUMENTS if held_out(d)} != set()


def test_a_judged_question_is_held_out_by_itself_and_learnt_from_once(corpus: Path) -> None:
    learnt = [e.question for e in training_examples(corpus, SENTENCES)]
    kept = [e.question for e in held_out_examples(corpus, SENTENCES)]
    assert not set(learnt) & set(kept)
    judged = [q for q in (*learnt, *kept) if q.endswith("judged?")]
    assert len(judged) == len(set(judged)) == len(SENTENCES)
    assert [q for q in judged if q in kept] == [q for q in judged if held_out(q)] != []


def test_sentences_that_are_gone_are_left_out(corpus: Path) -> None:
    found = [*training_examples(corpus, SENTENCES), *held_out_examples(corpus, SENTENCES)]
    assert not {"What is gone?", "Is it judged and gone?"} & {e.question for e in found}
    assert all(e.answers and not e.beside for e in found if e.kind is Kind.JUDGED)


def test_a_question_is_read_with_each_sentence_of_its_group_and_what_engines_said_is_no_document() -> None:
    said = Sentence(SAID, "It is so.", "It is so.", frozenset())
    material = Material([SENTENCES[0], said], [Example("Is it?"), Example("Why?")])
    assert material.pairs([1, 0], [[0, 1], []]) == [("Why?", SENTENCES[0].as_read), ("Why?", "It is so.")]
    assert [material.documented(n) for n in range(2)] == [True, False]
