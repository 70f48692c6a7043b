"""Findings that do not seem to answer give way to sentences that do."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import pytest
from numpy.typing import NDArray

from assistant.answering.confidence import Signs
from assistant.answering.sentences import Found
from assistant.answering.turn import Ask, DraftStatement, Finding, Kind, Turn
from assistant.answering.weighing import Weigh, undoubted
from tests.fakes import knowledge as w

SAYS = "The chamber leads the plan."


class Saying:
    """A reader that holds texts with a word to answer, and all others to be beside the point."""

    def __init__(self, word: str) -> None:
        self.word = word

    def read(self, question: str, sentences: Sequence[str]) -> NDArray[np.float32]:
        return np.array([3.0 if self.word in s else -5.0 for s in sentences], dtype=np.float32)


def finding(*, asks: bool = False) -> Finding:
    of = w.hit(SAYS)
    return Finding("areas", SAYS, (w.quote(of, SAYS),), asks=Ask("Which kind?") if asks else None)


def weighed(question: str, found: Finding, word: str) -> bool:
    turn = replace(w.turn(question), findings=(found,))
    done = Weigh(Saying(word))(turn)
    assert isinstance(done, Turn)
    return done.findings[0].doubted


def test_what_seems_to_answer_is_not_doubted() -> None:
    assert not weighed("Who leads the plan?", finding(), "leads")
    assert weighed("What is the mailbox of the chamber?", finding(), "mailbox")


def test_a_finding_keeps_how_surely_it_answers() -> None:
    turn = replace(w.turn("Who leads the plan?"), findings=(finding(), finding(asks=True)))
    done = Weigh(Saying("leads"))(turn)
    assert isinstance(done, Turn)
    assert done.findings[0].read == pytest.approx(0.82, abs=0.01)
    assert done.findings[1].read is None


def test_what_is_plainly_about_something_else_is_known() -> None:
    turn = replace(w.turn("Who leads?"), findings=(finding(), finding(asks=True)))
    done = Weigh(Saying("mailbox"))(turn)
    assert isinstance(done, Turn)
    assert [f.beside for f in done.findings] == [True, False]  # a question back says nothing that could be beside
    assert [f.beside for f in Weigh(Saying("leads"))(turn).findings] == [False, False]


def test_without_a_reader_nothing_is_doubted() -> None:
    turn = replace(w.turn("Who leads the plan?"), findings=(finding(),))
    assert Weigh(None)(turn) == turn


@pytest.mark.parametrize(
    ("question", "doubted"),
    [
        ("Do the duties apply to us?", False),
        ("Can we bid?", False),
        ("We are a choir in Reed. Must we follow the plan?", False),
        ("Who do we notify of the duty?", True),
        ("Do the duties apply to choirs?", True),  # of nobody who asks
    ],
)
def test_a_question_back_is_doubted_unless_a_check_is_plainly_asked(question: str, doubted: bool) -> None:
    assert weighed(question, finding(asks=True), "leads") is doubted


SIGNS = Signs(
    cosine=0.7,
    late=0.7,
    weakest=0.7,
    missing=0.0,
    unfit=False,
    missing_specifics=0.0,
    inexact=False,
    of_another=False,
    elsewhere=False,
    gap=False,
    unmet=0,
    not_held=False,
    unfocused=0.0,
    untold=False,
    asked=None,
    read=0.95,
    foreign=False,
)


def sentences(*, read: float) -> Found:
    return Found("q", Kind.OTHER, (), None, replace(SIGNS, read=read), w.TODAY)


@pytest.mark.parametrize(("read", "kept"), [(0.95, 0), (0.1, 1)])
def test_a_doubted_finding_gives_way_only_to_sure_sentences(read: float, kept: int) -> None:
    turn = replace(w.turn("What is the mailbox?"), findings=(replace(finding(), doubted=True),))
    done = undoubted(turn, [sentences(read=read)])
    assert len(done.findings) == kept
    assert not any(f.doubted for f in done.findings)


def test_one_that_is_not_doubted_stays() -> None:
    turn = replace(w.turn("Who leads?"), findings=(finding(),))
    assert undoubted(turn, [sentences(read=0.95)]).findings == (finding(),)
    assert undoubted(turn, []).findings == (finding(),)


@pytest.mark.parametrize(("doubted", "begins"), [(True, "The chamber"), (False, "Yes. The chamber")])
def test_one_that_stays_in_doubt_says_neither_yes_nor_no(doubted: bool, begins: str) -> None:
    said = finding()
    [quote] = said.quotes
    led = replace(said, statements=(DraftStatement(f"Yes. {SAYS}", quote),), doubted=doubted)
    turn = replace(w.turn("Does the chamber lead a choir?"), findings=(led,))
    [kept] = undoubted(turn, [sentences(read=0.1)]).findings
    assert kept.statements[0].text.startswith(begins)


def test_a_question_that_was_read_whole_is_not_doubted() -> None:
    read = replace(finding(), whole=True)
    assert not weighed("What is the mailbox of the chamber?", read, "mailbox")


def test_a_doubted_finding_gives_way_to_one_that_leads() -> None:
    led = replace(finding(), engine="eligibility", leads=True)
    turn = replace(w.turn("Can we lead?"), findings=(replace(finding(), doubted=True), led))
    assert undoubted(turn, []).findings == (led,)


@pytest.mark.parametrize(("read", "doubted", "kept"), [(0.95, False, 0), (0.1, False, 1), (0.1, True, 0)])
def test_a_last_resort_is_said_where_no_sentence_answers_and_it_is_not_doubted(
    read: float, doubted: bool, kept: int
) -> None:
    turn = replace(w.turn("Can a chamber lead?"), findings=(replace(finding(), resort=True, doubted=doubted),))
    assert len(undoubted(turn, [sentences(read=read)]).findings) == kept
