"""Two runs on the same questions."""

from __future__ import annotations

from math import comb

import pytest

from assistant.evaluation.compare import compare
from assistant.evaluation.outcome import Outcome
from tests.fakes.evaluated import question, refusal, saying, seen
from tests.fakes.knowledge import answer
from vectorstore.errors import UsageError


def run(*verdicts: str, ms: float = 10.0) -> list[Outcome]:
    made = {
        "right": answer(timings={"total": ms}),
        "partly": saying("A plan lasts.", timings={"total": ms}),
        "wrong": refusal(timings={"total": ms}),
    }
    return [seen(question(id=f"q{n}"), made[v]) for n, v in enumerate(verdicts)]


def test_won_and_lost_question_by_question() -> None:
    before = run("wrong", "partly", "right", "right", "wrong")
    after = run("right", "right", "right", "partly", "partly", ms=25.0)
    found = compare(before, after)
    assert [(p.id, p.before, p.after) for p in found.won] == [
        ("q0", "wrong", "right"),
        ("q1", "partly", "right"),
        ("q4", "wrong", "partly"),
    ]
    assert [p.id for p in found.lost] == ["q3"]
    assert (found.became_right, found.became_not_right) == (2, 1)
    assert found.p == pytest.approx(min(1.0, 2 * (comb(3, 0) + comb(3, 1)) / 2**3))
    assert found.right.value == pytest.approx(1 / 5)
    assert found.latency_ratio == pytest.approx(2.5)
    assert found.measures["answered"].value == pytest.approx(2 / 5)


def test_a_run_against_itself_changes_nothing() -> None:
    found = compare(run("right", "wrong"), run("right", "wrong"))
    assert (found.won, found.lost, found.p, found.right.value) == ((), (), 1.0, 0.0)
    assert found.differences == ()


def test_differences_of_the_index_are_passed_on() -> None:
    assert compare(run("right"), run("right"), ["content: a and b"]).differences == ("content: a and b",)


def test_other_questions_are_not_paired() -> None:
    with pytest.raises(UsageError, match="0 only in the first, 1 only in the second, such as 'q1'"):
        compare(run("right"), run("right", "wrong"))


def test_changed_criteria_are_not_paired() -> None:
    changed = [seen(question(id="q0", must=()))]
    with pytest.raises(UsageError, match="1 questions or their criteria were changed"):
        compare(run("right"), changed)


def test_empty_runs_are_not_paired() -> None:
    with pytest.raises(UsageError):
        compare([], [])
