"""A set of questions, and the verdict on one answer."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from assistant.answering.model import AnswerStatus
from assistant.evaluation.golden import GoldenQuestion, judge, load
from tests.fakes.knowledge import answer
from vectorstore.errors import UsageError


def question(**changes: Any) -> GoldenQuestion:
    values: dict[str, Any] = {
        "id": "q1",
        "question": "How long does a plan last?",
        "status": ("answered",),
        "must": (("three years", "3 years"), ("plan",)),
        "must_not": ("four years",),
    }
    return GoldenQuestion(**{**values, **changes})


@pytest.mark.parametrize(
    ("wanted", "given", "verdict"),
    [
        ({}, {}, "right"),
        ({}, {"plain": "A PLAN LASTS 3 YEARS."}, "right"),
        ({}, {"plain": "A plan lasts long."}, "partly"),
        ({}, {"plain": "Nothing of the kind."}, "wrong"),
        ({}, {"plain": "A plan lasts three years, not four years."}, "wrong"),
        ({}, {"status": AnswerStatus.ANSWERED_PARTLY}, "partly"),
        ({}, {"status": AnswerStatus.NO_EVIDENCE, "plain": ""}, "wrong"),
        ({"status": ("no_evidence",), "must": ()}, {"status": AnswerStatus.NO_EVIDENCE}, "right"),
        ({"status": ("no_evidence",), "must": ()}, {}, "wrong"),
        ({"must_not": (), "must": ()}, {}, "right"),
    ],
)
def test_verdicts(wanted: dict[str, Any], given: dict[str, Any], verdict: str) -> None:
    assert judge(question(**wanted), answer(**given)) == verdict


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


def test_a_missing_file_is_wrong_usage(tmp_path: Path) -> None:
    with pytest.raises(UsageError):
        load(tmp_path / "none.jsonl")


def test_the_set_of_the_project_can_be_read() -> None:
    path = Path(__file__).parents[3] / "evals" / "golden.jsonl"
    questions = load(path)
    assert len({q.id for q in questions}) == len(questions) > 50
    assert {q.half for q in questions} == {"tune", "report"}
    assert {s for q in questions for s in q.status} <= set(AnswerStatus)
