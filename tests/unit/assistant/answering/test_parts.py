"""Background apart from what is asked, and several questions apart from each other."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.answering.parts import MAX_PARTS, asked, focus, parts
from vectorstore.text import content_stems


def test_background_is_left_out() -> None:
    text = "We are a small college in Kendal. Who leads the plan for Cumbria?"
    assert focus(text) == "Who leads the plan for Cumbria?"


def test_one_sentence_is_its_own_focus() -> None:
    assert focus("Tell us about the plan for Cumbria.") == "Tell us about the plan for Cumbria."


def test_without_a_question_all_is_kept() -> None:
    text = "We are a small college. Our plan is old."
    assert focus(text) == text


def test_two_questions_are_two_parts() -> None:
    found = parts("Who leads the Cumbria plan and when was it approved?")
    assert len(found) == 2
    assert found[0].startswith("Who leads")
    assert found[1].startswith("when was it")


def test_joined_nouns_are_one_question() -> None:
    text = "What must colleges and universities do about local needs and skills?"
    assert parts(text) == [text]


def test_never_more_than_the_limit() -> None:
    text = "Who leads the plan and when was it approved and where is it published and what does it cost?"
    assert 2 <= len(parts(text)) <= MAX_PARTS


def test_a_part_that_points_back_takes_along_what_it_points_to() -> None:
    first, second = asked("Who leads the Cumbria plan and when was it approved?")
    assert first.own == first.standalone
    assert "Cumbria" in second.standalone
    assert "approved" in second.own
    assert "Cumbria" not in second.own


@pytest.mark.parametrize(
    "text", ["Can you tell me who leads the Cumbria plan?", "Please explain who leads the Cumbria plan"]
)
def test_manner_is_no_part_of_what_is_asked(text: str) -> None:
    (only,) = asked(text)
    assert "who leads the cumbria plan" in only.own.lower()
    assert not only.own.lower().startswith(("can you", "please"))


@given(st.text(max_size=200))
def test_every_text_gives_one_to_three_questions_in_its_own_words(text: str) -> None:
    found = asked(text)
    assert 1 <= len(found) <= MAX_PARTS
    held = set(content_stems(text))
    for question in found:
        assert set(content_stems(question.own)) <= held
        assert set(content_stems(question.standalone)) <= held
