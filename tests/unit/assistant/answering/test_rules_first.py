"""A rule is said before the question back where sentences state it and more than the outcome is asked."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import fields, replace
from datetime import timedelta
from typing import Any

import pytest

from assistant.answering.candidates import Candidate
from assistant.answering.confidence import Signs
from assistant.answering.features import Features
from assistant.answering.rules_first import _OPENING, rules_first
from assistant.answering.sentences import Found
from assistant.answering.turn import Ask, Finding, Kind, Turning
from tests.fakes import knowledge as w

RULE = "A keeper may leave the plan aside for a reason."
OF_CLUBS = "A bee club is never bound by the plan."
TURNING = Turning(
    notes=("The outcome depends on: Public money.", "Is it paid for with public money?"),
    missing="Hive duty",
    about="Does the hive duty reach a keeper of the plan?",
    told=r"\bcolleges?\b",
    own=r"\bcolleges?\b",
    others=r"\bbee clubs?\b",
)
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
    asked=0.3,
    read=0.95,
    foreign=False,
)


def candidate(text: str, read: float) -> Candidate:
    values: dict[str, Any] = {f.name: 0.0 for f in fields(Candidate)}
    values |= {"hit": w.hit(text), "text": text, "features": Features(read=read), "placeless": False}
    return Candidate(**values)


def done(question: str, *said: tuple[str, float], unmet: int = 0) -> tuple[Finding, Sequence[str]]:
    asking = Finding("eligibility", "?", (), answers=".", leads=True, asks=Ask("Paid publicly?", (), TURNING))
    signs = replace(SIGNS, unmet=unmet, of_another=bool(unmet), read=said[0][1])
    found = Found(question, Kind.YES_NO, tuple(candidate(*s) for s in said), None, signs, w.TODAY)
    turn, left = rules_first(replace(w.turn(question), findings=(asking,)), [found])
    return turn.findings[0], [c.text for f in left for c in f.candidates]


@pytest.mark.parametrize(
    "question", ["Can our college ignore the plan?", "Does the duty reach us when a mayor disagrees?"]
)
def test_the_rule_is_said_with_what_it_turns_on(question: str) -> None:
    finding, said = done(question, (RULE, 0.97))
    assert said == [RULE]
    assert (finding.asks, finding.leads, finding.answers) == (None, False, "")
    assert finding.notes == TURNING.notes
    assert (finding.missing, finding.told) == ("Hive duty", True)


@pytest.mark.parametrize(
    "question", ["Does the hive duty reach us?", "Are we bound by the plan?", "Does the duty apply to our college?"]
)
def test_where_nothing_but_the_outcome_is_asked_it_is_asked_back(question: str) -> None:
    finding, said = done(question, (RULE, 0.97))
    assert finding.asks is not None
    assert said == []


@pytest.mark.parametrize(("read", "unmet"), [(0.4, 0), (0.97, 2)])
def test_what_is_not_sure_is_asked_back(read: float, unmet: int) -> None:
    finding, said = done("Can our college ignore the plan?", (RULE, read), unmet=unmet)
    assert finding.asks is not None
    assert said == []


def test_a_sentence_on_another_kind_of_body_is_no_rule_for_the_asker() -> None:
    question = "Can our college ignore the plan?"
    assert done(question, (OF_CLUBS, 0.99))[0].asks is not None
    assert done(question, (OF_CLUBS, 0.99), (RULE, 0.97))[1] == [RULE]
    assert done(question, (OF_CLUBS, 0.99), (RULE, 0.8))[1] == []  # the likest is not it, and this is not sure


def test_what_is_less_sure_is_not_said_beside_the_rule() -> None:
    assert done("Can our college ignore the plan?", (RULE, 0.97), ("The plan has a cover.", 0.6))[1] == [RULE]


def test_without_a_question_back_all_is_left_as_it_is() -> None:
    found = Found("q", Kind.OTHER, (candidate(RULE, 0.2),), None, SIGNS, w.TODAY)
    assert rules_first(w.turn("Who leads?"), [found])[1] == [found]


@pytest.mark.parametrize("sign", ["aside", "rival", "not_held", "day", "day of the finding"])
def test_what_would_not_be_said_plainly_is_asked_back(sign: str) -> None:
    question, yesterday = "Can our college ignore the plan?", w.TODAY - timedelta(days=1)
    asking = Finding("eligibility", "?", (), answers=".", leads=True, asks=Ask("Paid publicly?", (), TURNING))
    first = candidate(RULE, 0.97)
    if sign in ("rival", "not_held"):
        first = replace(first, features=replace(first.features, **{sign: 1.0}))
    found = Found(question, Kind.YES_NO, (first,), None, SIGNS, w.TODAY, aside=sign == "aside")
    found = replace(found, as_of=yesterday) if sign == "day" else found
    asking = replace(asking, on=yesterday) if sign == "day of the finding" else asking
    turn = replace(w.turn(question), findings=(asking,))
    assert rules_first(turn, [found]) == (turn, [])


@pytest.mark.parametrize("text", ["-" * 499 + "a", "a-" * 250 + "a", "a " * 250, "a'" * 249 + "!a"])
def test_no_run_of_marks_is_read_in_many_ways(text: str) -> None:
    assert not _OPENING.match(text)
    assert _OPENING.match("Even a well-known ")
