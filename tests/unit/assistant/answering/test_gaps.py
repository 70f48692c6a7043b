"""Which recorded gap is what was asked: by the cross-encoder's word, and by likeness and words where it is unsure."""

from __future__ import annotations

from dataclasses import fields, replace
from typing import Any

import pytest

from assistant.answering.candidates import Candidate
from assistant.answering.features import Features
from assistant.answering.gaps import in_words, names, read_out, weighed_out
from assistant.answering.turn import Kind
from tests.fakes import knowledge as w

GAP = "The sum that the river pilot received is not held."
NEAR = "The pilots had 65 million pounds in all."
QUESTION = "How much did the river pilot get?"


def candidate(text: str, *, like: float = 0.7, **features: float) -> Candidate:
    values: dict[str, Any] = {f.name: 0.0 for f in fields(Candidate)}
    values |= {"hit": w.hit(text), "text": text, "item": False, "about_area": None, "in_known": False}
    values |= {"features": Features(cosine=like, late=like, **features), "coverage": 0.5}
    return Candidate(**values)


def weighed(gap: Candidate, best: Candidate | None) -> Candidate | None:
    return weighed_out([gap], best, QUESTION, Kind.HOW_MUCH, w.turn(QUESTION), lambda stem: 1.0)


@pytest.mark.parametrize(("gap", "best", "found"), [(0.99, 0.1, True), (0.99, 0.9, False), (0.6, 0.1, False)])
def test_the_cross_encoder_alone_finds_a_gap_it_is_sure_of(gap: float, best: float, found: bool) -> None:
    one = candidate(GAP, read=gap)
    assert (read_out([one], candidate(NEAR, read=best), QUESTION) is one) is found
    assert names(one, best) is found


def test_of_several_gaps_the_surest_is_said() -> None:
    one, other = candidate(GAP, read=0.85), candidate("The site of the river pilot is not held.", read=0.95)
    assert read_out([one, other], candidate(NEAR, read=0.1), QUESTION) is other


@pytest.mark.parametrize("place", ["foreign_area", "other_area"])
def test_what_is_not_held_of_another_area_is_no_answer(place: str) -> None:
    elsewhere = candidate(GAP, read=0.99, **{place: 1.0})
    assert read_out([elsewhere], candidate(NEAR, read=0.1), QUESTION) is None
    assert weighed(elsewhere, None) is None


def test_a_statement_without_the_contact_asked_for_says_nothing_against_a_gap() -> None:
    gap, way_in = (
        candidate("A telephone number is not held.", read=0.9),
        candidate("The way in is its page.", read=0.9),
    )
    assert read_out([gap], way_in, "What is the phone number of the pilot?") is gap
    assert read_out([gap], way_in, "What is the way in?") is None


def test_a_statement_that_surely_answers_rules_a_likelier_gap_out() -> None:
    gap, best = candidate(GAP, like=0.9, read=0.5), candidate(NEAR, like=0.6, read=0.2)
    assert weighed(gap, best) is gap
    assert weighed(gap, replace(best, features=replace(best.features, read=0.95))) is None


@pytest.mark.parametrize(
    ("text", "wins"), [(GAP, True), ("The names of the judges of the pilot bids are not held.", False)]
)
def test_beside_a_sure_statement_a_gap_has_to_be_about_what_was_asked_alone(text: str, wins: bool) -> None:
    gap, best = candidate(text, like=0.9, read=0.98), candidate(NEAR, like=0.6, read=0.95)
    found = weighed_out(
        [gap], best, "What sum was received by the river pilot?", Kind.HOW_MUCH, w.turn("?"), lambda s: 1.0
    )
    assert (found is gap) is wins


@pytest.mark.parametrize(("read", "words"), [(0.9, GAP), (0.1, "")])
def test_a_gap_is_said_in_its_words_only_where_it_seems_asked_for(read: float, words: str) -> None:
    assert in_words(candidate(GAP, read=read)) == words
