"""A follow-up becomes a question that stands alone, in words that were said."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.answering.contextualise import Contextualise, depends_on_context
from tests.fakes.knowledge import turn

FIRST = "Who leads the plan for Cumbria?"


def interpreted(text: str, *history: tuple[str, str]) -> str:
    return Contextualise()(turn(text, history=history)).interpreted


def test_a_question_that_stands_alone_stays() -> None:
    text = "How many areas are there in England?"
    assert interpreted(text, ("user", FIRST)) == text


@pytest.mark.parametrize(
    "text", ["And when was it approved?", "what about Lancashire?", "When did they start?", "But who pays?"]
)
def test_a_follow_up_takes_along_the_last_subject(text: str) -> None:
    made = interpreted(text, ("user", FIRST), ("assistant", "The chamber leads."))
    assert text in made
    assert "Cumbria" in made


def test_without_history_nothing_is_added() -> None:
    assert interpreted("And when was it approved?") == "And when was it approved?"


def test_what_the_assistant_said_is_not_taken() -> None:
    assert "chamber" not in interpreted("And when?", ("user", FIRST), ("assistant", "The chamber leads."))
    assert interpreted("And when?", ("assistant", "The chamber leads.")) == "And when?"


def test_the_last_question_that_stood_alone_is_the_subject() -> None:
    made = interpreted(
        "And the fund?", ("user", FIRST), ("user", "What is the duty of colleges in Kent?"), ("user", "And when?")
    )
    assert "Kent" in made
    assert "Cumbria" not in made


def test_hidden_text_and_personal_data_of_earlier_turns_stay_out() -> None:
    made = interpreted("And when?", ("user", FIRST), ("user", "I am jo@example.org and lead a college in Kent"))
    assert "@" not in made
    assert "Cumbria" in made
    assert "\u200b" not in interpreted("And when?", ("user", "Who \u200bleads the plan for Cumbria?"))


def test_what_points_back() -> None:
    assert depends_on_context("And who pays?")
    assert depends_on_context("When was it approved?")
    assert depends_on_context("How many are there?")
    assert depends_on_context("Who leads there?")
    assert not depends_on_context("How many areas are there in England?")
    assert not depends_on_context("Who leads the plan for Cumbria and its colleges in Kendal?")


words = st.text(alphabet="abcdefghij ?.,'ABC", max_size=60)


@given(words, st.lists(st.tuples(st.sampled_from(["user", "assistant"]), words), max_size=5))
def test_no_word_is_added(text: str, history: list[tuple[str, str]]) -> None:
    made = interpreted(text, *history)
    said = " ".join([text, *(t for _, t in history)])
    assert set(re.findall(r"\w+", made)) <= set(re.findall(r"\w+", said))
    assert made.endswith(text)
