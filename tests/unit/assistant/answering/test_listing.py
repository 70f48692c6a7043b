"""Questions for members: a list answers as a whole, wherever a document found holds it."""

from __future__ import annotations

from dataclasses import fields, replace
from typing import Any

import pytest

from assistant.answering.candidates import Candidate
from assistant.answering.features import Features
from assistant.answering.listing import (
    asks_members,
    introduces_members,
    members_first,
    number_asked,
    whole_first,
    with_lists,
)
from assistant.answering.turn import Kind
from tests.fakes.knowledge import hit
from vectorstore.model import Hit
from vectorstore.text import is_item, sentence_spans

COUNTING = "The valley has three growers, and the growers sell at the market every week."
LISTING = "Three growers of the valley are known:\n\n- Elm Farm\n- Oak Farm\n- Ash Farm\n"
REMARK = "The growers met in 2022. The meeting was short.\n"


def candidates(of: Hit, scores: dict[str, float], rank: int = 0) -> list[Candidate]:
    """Every sentence of a passage, scored by the first key that stands in it; 0.2 where none does."""
    text, made = of.passage.text, []
    for index, (a, b) in enumerate(sentence_spans(text)):
        score = next((s for words, s in scores.items() if words in text[a:b]), 0.2)
        values: dict[str, Any] = {f.name: 0.0 for f in fields(Candidate)}
        values |= {"hit": of, "rank": rank, "index": index, "score": score, "alone": score, "text": text[a:b]}
        values |= {"start": of.passage.start + a, "end": of.passage.start + b, "item": is_item(text, a)}
        values |= {"features": Features(), "about_area": None, "in_known": False}
        made.append(Candidate(**values))
    return made


def first(question: str, *pools: list[Candidate]) -> str:
    return members_first([c for pool in pools for c in pool], question)[0].text


@pytest.mark.parametrize("question", ["Who are the growers?", "What are the three growers?", "Name the growers"])
def test_a_list_comes_before_a_sentence_that_counts(question: str) -> None:
    counting = candidates(hit(COUNTING, passage_id="p1"), {"three": 1.4})
    listing = candidates(hit(LISTING, passage_id="p2"), {"Three": 1.2}, rank=1)
    assert first(question, counting, listing).startswith("Three growers")


def test_an_item_that_is_like_the_question_stands_for_its_list() -> None:
    listing = candidates(hit(LISTING, passage_id="p2"), {"Oak": 1.3})
    assert first("What are the three growers?", listing).startswith("Three growers")


def test_a_list_of_something_else_stays_where_it_is() -> None:
    counting = candidates(hit(COUNTING, passage_id="p1"), {"three": 1.4})
    listing = candidates(hit("The ponds are:\n\n- Upper\n- Lower\n", passage_id="p2"), {"ponds": 1.3}, rank=1)
    assert first("What are the three growers?", counting, listing) == COUNTING


def test_a_sentence_behind_a_year_is_no_list() -> None:
    counting = candidates(hit(COUNTING, passage_id="p1"), {"three": 1.0})
    remark = candidates(hit(REMARK, passage_id="p2"), {"short": 0.9}, rank=1)
    assert first("What are the growers?", counting, remark) == COUNTING


@pytest.mark.parametrize(
    ("question", "number"),
    [("What are the five grounds?", 5), ("the twelve towns", 12), ("Which towns are in it?", None), ("", None)],
)
def test_how_many_are_asked_for(question: str, number: int | None) -> None:
    assert number_asked(question) == number


def test_the_list_is_found_where_its_document_holds_it() -> None:
    found, elsewhere = hit(COUNTING, passage_id="p1"), hit(LISTING, passage_id="p2")
    wider = with_lists([found], "What are the three growers?", lambda document: [found, elsewhere])
    assert [h.passage.passage_id for h in wider] == ["p1", "p2"]


def test_a_list_of_something_else_is_not_fetched() -> None:
    found, elsewhere = hit(COUNTING, passage_id="p1"), hit(LISTING, passage_id="p2")
    assert with_lists([found], "What are the ponds?", lambda document: [found, elsewhere]) == [found]
    assert with_lists([found], "Where is the pond?", lambda document: [found, elsewhere]) == [found]


def read(of: Hit, score: float, surety: float, rank: int = 0) -> list[Candidate]:
    made = candidates(of, {"": score}, rank)
    return [replace(c, features=Features(read=surety)) for c in made]


@pytest.mark.parametrize(
    ("kind", "question", "score", "surety", "first"),
    [
        (Kind.OTHER, "What has a grower to do?", 1.3, 0.95, "Three growers"),
        (Kind.OTHER, "What has a grower to do?", 1.3, 0.6, "The valley"),  # it answers less surely
        (Kind.OTHER, "What has a grower to do?", 0.9, 0.95, "The valley"),  # it is much less like the question
        (Kind.WHEN, "When do growers sell?", 1.3, 0.95, "The valley"),
        (Kind.WHO, "Who leads the growers?", 1.3, 0.95, "The valley"),
        (Kind.WHO, "Who must sell there?", 1.3, 0.95, "Three growers"),
    ],
)
def test_a_list_that_answers_as_surely_stands_before_a_sentence(
    kind: Kind, question: str, score: float, surety: float, first: str
) -> None:
    pool = [*read(hit(COUNTING, passage_id="p1"), 1.4, 0.9), *read(hit(LISTING, passage_id="p2"), score, surety, 1)]
    ranked = whole_first(pool, kind, question)
    assert ranked[0].text.startswith(first)
    assert len(ranked) == len(pool)


def test_without_a_cross_encoder_no_list_is_put_first() -> None:
    pool = [*read(hit(COUNTING, passage_id="p1"), 1.4, 0.0), *read(hit(LISTING, passage_id="p2"), 1.4, 0.0, 1)]
    assert whole_first(pool, Kind.OTHER, "What has a grower to do?") == pool
    assert whole_first([], Kind.OTHER, "") == []


def test_a_term_asks_for_the_list_whose_introduction_names_it() -> None:
    question = "Who counts as a grower in the valley?"
    assert asks_members(Kind.WHO, question)
    named, other = hit(LISTING, passage_id="p1"), hit("The ponds are:\n\n- Upper\n- Lower\n", passage_id="p2")
    assert introduces_members(candidates(named, {})[0], question)
    assert not introduces_members(candidates(other, {})[0], question)


def test_a_list_is_as_sure_as_the_surest_of_its_lines() -> None:
    lines = candidates(hit(LISTING, passage_id="p2"), {"Three": 1.2})
    lines = [replace(c, features=Features(read=0.8 if c.item else 0.1)) for c in lines]
    assert members_first(lines, "What are the three growers?")[0].features.read == 0.8
