"""The figures of a set."""

from __future__ import annotations

from typing import Any

import pytest

from assistant.answering.model import AnswerStatus
from assistant.evaluation.outcome import Outcome
from assistant.evaluation.summary import PREMISE, summarise
from tests.fakes.evaluated import found, near_miss, question, refusal, saying, seen
from tests.fakes.knowledge import answer, cited


def mixed() -> list[Outcome]:
    stale = answer(citations=(cited(in_force=False),), confidence=0.6)
    answerable = [seen(), seen(made=stale, exact=[False]), seen(made=refusal())]
    return [*answerable, seen(near_miss(), refusal()), seen(near_miss())]


def test_a_set() -> None:
    s = summarise(mixed())
    assert s.questions == 5
    assert s.verdicts == {"right": 3, "wrong": 2}
    assert s.right == pytest.approx(3 / 5)
    assert s.right_answerable == pytest.approx(2 / 3)
    assert s.citations == 3
    assert s.exact == pytest.approx(2 / 3)
    assert s.stale_served == 1
    assert s.refused_in_scope == pytest.approx(1 / 3)
    assert s.abstained == pytest.approx(1 / 2)
    assert s.abstention_precision == pytest.approx(1 / 2)
    assert s.by_kind == {"length": "2 right, 0 partly, 1 wrong", "near_miss": "1 right, 0 partly, 1 wrong"}
    assert (s.kinds["length"].right, s.kinds["length"].questions) == (2, 3)
    assert s.kinds["length"].share.value == pytest.approx(2 / 3)


def test_refusing_and_confidence() -> None:
    s = summarise(mixed())
    assert (s.refusals.to_refuse, s.refusals.refused) == (2, 2)
    assert (s.refusals.precision, s.refusals.recall, s.refusals.f1) == (0.5, 0.5, 0.5)
    # answerable 0.8, 0.6, 0.2 against 0.2 and 0.8: pairs in order 0.5+1+0+1+0.5+0 of 6
    assert s.auroc == pytest.approx(3 / 6)
    # answers by confidence: 0.8 (one right, one wrong), then 0.6 right
    assert [(p.coverage, p.risk) for p in s.risk_coverage] == [(2 / 5, 1 / 2), (3 / 5, pytest.approx(1 / 3))]
    assert s.aurc == pytest.approx((2 * (1 / 2) + 1 / 3) / 3)
    assert [(b.count, b.share) for b in s.right_calibration.bins] == [(1, 1.0), (2, 0.5)]
    assert s.answerable_calibration.ece == pytest.approx((2 * abs(0.5 - 0.2) + 0.4 + 2 * abs(0.5 - 0.8)) / 5)


def test_a_refusal_that_the_set_allows_is_not_judged() -> None:
    either = seen(near_miss(status=("no_evidence", "answered_partly")), refusal())
    asked_back = seen(near_miss(status=("clarify",)), refusal(status=AnswerStatus.CLARIFY))
    s = summarise([either, asked_back])
    assert (s.refusals.to_refuse, s.refusals.refused, s.auroc) == (0, 0, None)


def test_retrieval_is_of_answerable_questions() -> None:
    s = summarise([seen(found=[found("x"), found()]), seen(), seen(near_miss())])
    assert s.recall == {1: 0.5, 3: 1.0, 5: 1.0, 10: 1.0}
    assert s.mrr == pytest.approx(3 / 4)
    assert s.shares["recall@1"].of == 2


def test_citations_are_judged_in_answers_with_criteria() -> None:
    two = answer(citations=(cited(quote="three years"), cited(2, quote="something else")))
    s = summarise([seen(made=two), seen(), seen(made=refusal()), seen(near_miss())])
    assert s.shares["citation_precision"].value == pytest.approx(2 / 3)
    assert s.shares["citation_recall"].value == pytest.approx((1 / 2 + 1) / 2)


def shares(*outcomes: Outcome) -> dict[str, Any]:
    return {name: (s.value, s.of) for name, s in summarise(outcomes).shares.items()}


def test_follow_ups_first_words_and_premises() -> None:
    follow_up = question(turns=("What is a plan?",), interpreted_must=(("plan",),), person="employer")
    lost = seen(follow_up, answer(interpreted_question="How long?"))
    found = shares(seen(follow_up), lost, seen(question(lead="yes"), saying("Yes, a plan lasts three years.")))
    assert found["follow_up_right"] == (0.5, 2)
    assert found["follow_up_understood"] == (0.5, 2)
    assert found["yes_no_lead"] == (1.0, 1)
    accepted = seen(question(kind=PREMISE), saying("A plan lasts four years."))
    assert shares(accepted, seen(question(kind=PREMISE)))["false_premise_accepted"] == (0.5, 2)
    assert summarise([seen(follow_up), seen()]).persons["employer"].questions == 1


def test_an_empty_set_divides_by_nothing() -> None:
    s = summarise([])
    assert (s.questions, s.right, s.exact, s.abstained, s.median_ms, s.mrr) == (0, None, None, None, 0.0, None)
    assert s.steps == {}


def test_steps_have_their_own_latency() -> None:
    s = summarise([seen(made=answer(timings={"retrieve": 2.0, "total": 8.0}))])
    assert (s.median_ms, s.p95_ms, s.steps["retrieve"].median) == (8.0, 8.0, 2.0)
