"""What an evaluation measures."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.answering.model import Answer, AnswerStatus, BulletList, Note, Paragraph, Statement
from assistant.evaluation.golden import GoldenQuestion
from assistant.evaluation.metrics import CUTOFFS, Outcome, observe, summarise
from tests.fakes.knowledge import answer, cited

ASKED = GoldenQuestion(
    id="q1", question="How long?", kind="length", status=("answered",), must=(("three years",),), must_not=("four",)
)
REFUSED = GoldenQuestion(id="q2", question="How dear?", kind="near_miss", status=("no_evidence",))


def seen(question: GoldenQuestion = ASKED, made: Answer | None = None, **more: Any) -> Outcome:
    given_answer = made or answer()
    values: dict[str, Any] = {"exact": [True] * len(given_answer.citations), "retrieved": ["It lasts three years."]}
    return observe(question, given_answer, **{**values, **more})


def refusal(**changes: Any) -> Answer:
    values: dict[str, Any] = {"status": AnswerStatus.NO_EVIDENCE, "citations": (), "plain": "", "blocks": ()}
    return answer(**{**values, **changes})


def test_one_outcome() -> None:
    o = seen(made=answer(timings={"total": 12.5}))
    assert (o.verdict, o.lead_answers, o.citations, o.exact, o.stale) == ("right", True, 1, 1, 0)
    assert o.recall == dict.fromkeys(CUTOFFS, True)
    assert o.milliseconds == 12.5
    assert (o.missing, o.asserted) == ((), ())


def test_recall_counts_from_where_the_fact_is_found() -> None:
    assert seen(retrieved=["no", "It lasts three years."]).recall == {1: False, 3: True, 5: True, 10: True}
    assert seen(REFUSED, refusal()).recall == {}


def test_what_is_missing_and_what_is_asserted_are_named() -> None:
    o = seen(made=answer(plain="It lasts four weeks."))
    assert (o.missing, o.asserted) == (("three years",), ("four",))


@pytest.mark.parametrize(
    ("blocks", "leads"),
    [
        ((Note(text="N."), Paragraph(statements=(Statement(text="It lasts three years.", citations=(1,)),))), True),
        ((Paragraph(statements=(Statement(text="Hm.", citations=(1,)),)),), False),
        ((BulletList(items=(Statement(text="three years", citations=(1,)),)),), True),
        ((), False),
    ],
)
def test_the_lead_is_the_first_sentence_or_list(blocks: tuple[Any, ...], leads: bool) -> None:
    assert seen(made=answer(blocks=blocks)).lead_answers is leads


def test_a_set() -> None:
    stale = answer(citations=(cited(in_force=False),))
    answerable = [seen(), seen(made=stale, exact=[False]), seen(made=refusal())]
    outcomes = [*answerable, seen(REFUSED, refusal()), seen(REFUSED)]
    s = summarise(outcomes)
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


def test_an_empty_set_divides_by_nothing() -> None:
    s = summarise([])
    assert (s.questions, s.right, s.exact, s.abstained, s.median_ms) == (0, None, None, None, 0.0)


@given(st.lists(st.floats(0, 1e6), min_size=1, max_size=50))
def test_latencies_are_of_the_outcomes(times: list[float]) -> None:
    s = summarise([seen(made=answer(timings={"total": t})) for t in times])
    assert min(times) <= s.median_ms <= max(times)
    assert s.p95_ms in times
    assert s.median_ms <= s.p95_ms or s.median_ms == pytest.approx(s.p95_ms)
