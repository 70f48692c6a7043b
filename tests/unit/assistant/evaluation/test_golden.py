"""A set of questions, and the verdict on one answer."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from assistant.answering.model import AnswerStatus
from assistant.evaluation.golden import load, load_sets, set_digest
from tests.fakes.evaluated import question
from vectorstore.errors import UsageError

FIRST_HALVES = ("tune", "tune", "report", "tune")  # of g001 to g004; a half never moves


def test_a_half_depends_on_the_id_alone() -> None:
    halves = {f"g{n:03d}": question(id=f"g{n:03d}").half for n in range(400)}
    assert halves == {i: question(id=i, question="Other?", must=()).half for i in halves}
    assert (halves["g001"], halves["g002"], halves["g003"], halves["g004"]) == FIRST_HALVES
    assert 150 < list(halves.values()).count("tune") < 250


def test_answerable_is_what_may_be_answered() -> None:
    assert question().answerable
    assert question(status=("no_evidence", "answered_partly")).answerable
    assert not question(status=("no_evidence",)).answerable


@pytest.mark.parametrize(
    ("status", "to_answer", "to_refuse"),
    [
        (("answered",), True, False),
        (("answered", "clarify"), True, False),
        (("no_evidence",), False, True),
        (("no_evidence", "out_of_scope", "clarify"), False, True),
        (("no_evidence", "answered_partly"), False, False),
        (("clarify",), False, False),
    ],
)
def test_asking_back_is_neither_answer_nor_refusal(status: tuple[str, ...], to_answer: bool, to_refuse: bool) -> None:
    asked = question(status=status)
    assert (asked.to_answer, asked.to_refuse) == (to_answer, to_refuse)


def test_a_digest_changes_with_the_criteria_and_not_with_the_note() -> None:
    same = question(note="checked again")
    assert same.digest == question().digest
    changed = [question(turns=("Hello?",)), question(must=()), question(lead="yes"), question(status=("clarify",))]
    assert len({question().digest, *(q.digest for q in changed)}) == 5


def test_the_digest_of_a_set_does_not_depend_on_order() -> None:
    one, two = question(), question(id="q2")
    assert set_digest([one, two]) == set_digest([two, one]) != set_digest([one])


GOOD = {"id": "a", "question": "Q?", "status": ["answered"]}


def test_a_file_is_read_line_by_line_and_blank_lines_are_skipped(tmp_path: Path) -> None:
    path = tmp_path / "set.jsonl"
    path.write_text(json.dumps(GOOD) + "\n\n" + json.dumps({**GOOD, "id": "b"}) + "\n", encoding="utf-8")
    assert [q.id for q in load(path)] == ["a", "b"]


def test_a_line_separator_inside_a_text_ends_no_line(tmp_path: Path) -> None:
    path = tmp_path / "set.jsonl"
    path.write_text(json.dumps({**GOOD, "note": "a\u2028b\x85c"}, ensure_ascii=False), encoding="utf-8")
    assert [q.note for q in load(path)] == ["a\u2028b\x85c"]


@pytest.mark.parametrize(
    "line",
    ["no json", "[1]", json.dumps({"id": "a"}), json.dumps({**GOOD, "extra": 1}), json.dumps({**GOOD, "as_of": "x"})],
)
def test_a_bad_line_is_named(tmp_path: Path, line: str) -> None:
    path = tmp_path / "set.jsonl"
    path.write_text(f"{json.dumps(GOOD)}\n{line}\n", encoding="utf-8")
    with pytest.raises(UsageError, match=r"set\.jsonl:2"):
        load(path)


@pytest.mark.parametrize(
    ("more", "named"),
    [
        ({"must": [["(unclosed"]]}, "must.0.0"),
        ({"must": [[]]}, "must.0"),
        ({"lead": "maybe"}, "lead"),
        ({"gold": [{"quote": "x"}]}, "gold.0.document"),
        ({"status": []}, "status"),
        ({"turns": "What?"}, "turns"),
        ({"interpreted_must_not": ["["]}, "interpreted_must_not.0"),
    ],
)
def test_what_is_wrong_in_a_line_is_said(tmp_path: Path, more: dict[str, Any], named: str) -> None:
    path = tmp_path / "set.jsonl"
    path.write_text(json.dumps({**GOOD, **more}), encoding="utf-8")
    with pytest.raises(UsageError, match=rf"set\.jsonl:1 is not a question: {named}"):
        load(path)


def test_a_set_in_another_encoding_is_wrong_usage(tmp_path: Path) -> None:
    path = tmp_path / "set.jsonl"
    path.write_bytes(b"\xff\xfe{")
    with pytest.raises(UsageError, match="UTF-8"):
        load(path)


def test_several_sets_and_one_half_of_them(tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_text(json.dumps({**GOOD, "id": "g001"}), encoding="utf-8")
    (tmp_path / "b.jsonl").write_text(json.dumps({**GOOD, "id": "g003"}), encoding="utf-8")
    paths = [tmp_path / "a.jsonl", tmp_path / "b.jsonl"]
    assert [q.id for q in load_sets(paths)] == ["g001", "g003"]
    assert [q.id for q in load_sets(paths, "report")] == ["g003"]
    with pytest.raises(UsageError, match="no questions"):
        load_sets(paths[:1], "report")
    with pytest.raises(UsageError, match="g001"):
        load_sets([paths[0], paths[0]])


def test_a_missing_file_is_wrong_usage(tmp_path: Path) -> None:
    with pytest.raises(UsageError):
        load(tmp_path / "none.jsonl")


@pytest.mark.parametrize("name", ["golden", "development", "fresh", "conversations", "unanswerable"])
def test_the_sets_of_the_project_can_be_read(name: str) -> None:
    questions = load(Path(__file__).parents[3] / "evals" / f"{name}.jsonl")
    assert len({q.id for q in questions}) == len(questions) > 50
    assert {q.half for q in questions} == {"tune", "report"}
    assert {s for q in questions for s in q.status} <= set(AnswerStatus)
