"""What is observed of one question."""

from __future__ import annotations

from assistant.answering.model import AnswerStatus, Message
from assistant.evaluation.outcome import SHOWN, Outcome
from assistant.evaluation.ranking import CUTOFFS
from tests.fakes.evaluated import found, near_miss, question, refusal, saying, seen
from tests.fakes.knowledge import answer, cited


def test_one_outcome() -> None:
    o = seen(made=answer(timings={"total": 12.5}))
    assert (o.verdict, o.lead_answers, o.citations, o.exact, o.stale) == ("right", True, 1, 1, 0)
    assert o.recall == dict.fromkeys(CUTOFFS, 1.0)
    assert (o.reciprocal_rank, o.supporting, o.cited_groups) == (1.0, 1, 1.0)
    assert o.milliseconds == 12.5
    assert (o.missing, o.asserted, o.lead_fits, o.interpreted_fits) == ((), (), None, None)


def test_recall_counts_from_where_the_fact_is_found() -> None:
    assert seen(found=[found("no"), found()]).recall == {1: 0.0, 3: 1.0, 5: 1.0, 10: 1.0}
    assert seen(near_miss(), refusal()).recall == {}


def test_what_is_missing_and_what_is_asserted_are_named() -> None:
    o = seen(question(lead="yes"), saying("A plan lasts four years."))
    assert (o.missing, o.asserted) == (("three years|3 years", "first word: yes"), ("four years",))
    assert (o.lead, o.lead_fits) == (None, False)


def test_a_citation_supports_by_a_criterion_or_by_gold() -> None:
    two = (cited(quote="three years"), cited(2, quote="something else"))
    o = seen(made=answer(citations=two))
    assert (o.supporting, o.cited_groups) == (1, 0.5)
    assert [q.supports for q in o.quotes] == [True, False]
    gold = question(must=(), gold=({"document": "d1", "quote": "It is something else here."},))
    o = seen(gold, answer(citations=two), found=[])
    assert (o.supporting, o.cited_groups, o.verdict) == (1, 1.0, "right")


def test_without_criteria_no_citation_is_judged() -> None:
    o = seen(near_miss(), answer())
    assert (o.supporting, o.cited_groups, o.quotes[0].supports) == (None, None, None)


def test_refused_and_asked_back() -> None:
    assert seen(made=refusal()).refused
    asked_back = seen(made=refusal(status=AnswerStatus.CLARIFY))
    assert not asked_back.refused and not asked_back.answered
    assert seen().answered


def test_it_is_kept_whole_as_json() -> None:
    exchange = (Message(role="user", text="Is there a plan?"), Message(role="assistant", text="Yes. [1]"))
    o = seen(question(turns=("Is there a plan?",)), found=[found("x" * 500)], exchange=exchange)
    assert Outcome.model_validate_json(o.model_dump_json()) == o
    assert len(o.retrieved[0].text) == SHOWN
