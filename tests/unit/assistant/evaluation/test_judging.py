"""The verdict on one answer."""

from __future__ import annotations

from typing import Any

import pytest

from assistant.answering.model import AnswerStatus, BulletList, Note, Paragraph, Statement
from assistant.evaluation.judging import first_sentence, judge, lead_of, understood
from tests.fakes.evaluated import question, saying
from tests.fakes.knowledge import answer


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
        ({"status": ("answered", "clarify")}, {"status": AnswerStatus.CLARIFY, "plain": ""}, "right"),
        ({"must_not": (), "must": ()}, {}, "right"),
        ({"interpreted_must": (("plan",),)}, {}, "right"),
        ({"interpreted_must": (("fund",),)}, {}, "partly"),
        ({"interpreted_must_not": ("plan",)}, {}, "partly"),
        ({"interpreted_must": (("fund",),), "must": ()}, {}, "wrong"),
    ],
)
def test_verdicts(wanted: dict[str, Any], given: dict[str, Any], verdict: str) -> None:
    assert judge(question(**wanted), answer(**given)) == verdict


@pytest.mark.parametrize(
    ("wanted", "said", "verdict", "alone"),
    [
        ("yes", "Yes, a plan lasts three years.", "right", "right"),
        ("yes", "A plan lasts three years.", "right", "wrong"),
        ("yes", "No, a plan lasts three years.", "wrong", "wrong"),
        ("no", "Yes, a plan lasts three years.", "wrong", "wrong"),
        ("depends", "A plan lasts three years only if it is approved.", "right", "right"),
        ("depends", "Yes, a plan lasts three years.", "right", "wrong"),
    ],
)
def test_the_opposite_is_wrong_and_silence_only_where_nothing_else_is_asked(
    wanted: str, said: str, verdict: str, alone: str
) -> None:
    assert judge(question(lead=wanted), saying(said)) == verdict
    assert judge(question(lead=wanted, must=()), saying(said)) == alone


@pytest.mark.parametrize(
    ("sentence", "lead"),
    [
        ("Yes, it does.", "yes"),
        ("  “Yes: always.”", "yes"),
        ("Yesterday it did.", None),
        ("No.", "no"),
        ("No, it does not.", "no"),
        ("No you need not.", "no"),
        ("No later round is planned.", None),
        ("Northern colleges may.", None),
        ("It depends on the date.", "depends"),
        ("You may if you are a college.", "depends"),
        ("Not in all cases.", "depends"),
        ("It lasts three years.", None),
        ("", None),
    ],
)
def test_how_a_sentence_begins(sentence: str, lead: str | None) -> None:
    assert lead_of(sentence) == lead


def test_a_gold_passage_is_the_criterion_where_there_is_no_other() -> None:
    asked = question(must=(), must_not=(), gold=({"document": "d1"},))
    assert judge(asked, answer(), gold_cited=True) == "right"
    assert judge(asked, answer(), gold_cited=False) == "wrong"
    assert judge(question(gold=({"document": "d1"},)), answer(), gold_cited=False) == "right"


@pytest.mark.parametrize(
    ("blocks", "first"),
    [
        ((Note(text="N."), Paragraph(statements=(Statement(text="It lasts.", citations=(1,)),))), "It lasts."),
        ((BulletList(items=(Statement(text="a", citations=(1,)), Statement(text="b", citations=(1,)))),), "a\nb"),
        (
            (
                BulletList(
                    lead=Statement(text="These:", citations=(1,)), items=(Statement(text="a", citations=(1,)),)
                ),
            ),
            "These:\na",
        ),
        ((), ""),
    ],
)
def test_the_first_sentence_is_no_note(blocks: tuple[Any, ...], first: str) -> None:
    assert first_sentence(answer(blocks=blocks)) == first


def test_understanding_is_judged_only_where_asked_for() -> None:
    assert understood(question(), answer()) is None
    asked = question(interpreted_must=(("plan", "scheme"), ("last",)), interpreted_must_not=("fund",))
    assert understood(asked, answer(interpreted_question="How long does a scheme last?")) is True
    assert understood(asked, answer(interpreted_question="How long does the scheme of the fund last?")) is False
    assert understood(asked, answer(interpreted_question="How long?")) is False
