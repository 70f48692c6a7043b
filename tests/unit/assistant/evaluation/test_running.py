"""Asking a set, with a stand-in for the assistant."""

from __future__ import annotations

from datetime import date
from itertools import islice

import pytest

from assistant.answering.model import Answer, Question
from assistant.evaluation.running import LONGEST_MESSAGE, Evaluation
from tests.fakes.evaluated import FakeAsker, FakeSearcher, found, near_miss, question, saying, text_of
from tests.fakes.knowledge import answer, cited


def test_a_question_is_asked_of_the_collection_as_it_stands() -> None:
    asker, searcher = FakeAsker(), FakeSearcher(found())
    o = Evaluation(asker, searcher, text_of, "bees").observe(question(as_of=date(2024, 1, 2), area="A06"))
    (asked,) = asker.asked
    assert (asked.collection, asked.as_of, asked.area, asked.history) == ("bees", date(2024, 1, 2), "A06", ())
    assert searcher.queries == [("How long does a plan last?", False)]
    assert (o.verdict, o.exact, o.exchange) == ("right", 1, ())


def test_earlier_turns_are_asked_for_real_and_carried_along() -> None:
    def reply(asked: Question) -> Answer:
        return saying(f"Reply {len(asked.history)}.", interpreted_question=f"{asked.question} (of a plan)")

    asker, searcher = FakeAsker(reply), FakeSearcher(found())
    o = Evaluation(asker, searcher, text_of, "lsip").observe(question(turns=("What is a plan?", "Who leads it?")))
    assert [a.question for a in asker.asked] == ["What is a plan?", "Who leads it?", "How long does a plan last?"]
    said = [(m.role, m.text) for m in asker.asked[-1].history]
    assert said == [
        ("user", "What is a plan?"),
        ("assistant", "Reply 0. [1]"),
        ("user", "Who leads it?"),
        ("assistant", "Reply 2. [1]"),
    ]
    assert [(m.role, m.text) for m in o.exchange] == said
    assert searcher.queries == [("How long does a plan last? (of a plan)", False)]


def test_a_long_reply_is_cut_so_that_it_can_be_carried() -> None:
    asker = FakeAsker(lambda q: saying("x" * (LONGEST_MESSAGE + 5)))
    Evaluation(asker, FakeSearcher(), text_of, "lsip").observe(question(turns=("What is a plan?",)))
    assert len(asker.asked[1].history[1].text) == LONGEST_MESSAGE


@pytest.mark.parametrize(("quote", "whole"), [("", True), ("three years", False)])
def test_gold_documents_are_searched_by_document(quote: str, whole: bool) -> None:
    searcher = FakeSearcher(found())
    asked = question(gold=({"document": "d1", "quote": quote},))
    Evaluation(FakeAsker(), searcher, text_of, "lsip").observe(asked)
    assert searcher.queries[0][1] is whole


def test_a_quotation_that_the_text_does_not_hold_is_not_exact() -> None:
    bad = answer(citations=(cited(), cited(2, quote="A plan lasts forever.")))
    o = Evaluation(FakeAsker(lambda q: bad), FakeSearcher(), text_of, "lsip").observe(question())
    assert (o.citations, o.exact, [q.exact for q in o.quotes]) == (2, 1, [True, False])


def test_it_goes_no_further_than_it_is_asked_to() -> None:
    asker = FakeAsker()
    run = Evaluation(asker, FakeSearcher(), text_of, "lsip").run([question(), near_miss(), question(id="q3")])
    assert [o.id for o in islice(run, 2)] == ["q1", "q2"]
    assert len(asker.asked) == 2
