"""Background apart from what is asked, and several questions apart from each other."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.answering.parts import LONGEST_BACKGROUND, MAX_PARTS, asked, focus, parts
from vectorstore.text import content_stems


def test_background_is_left_out() -> None:
    text = "We are a small college in Kendal. Who leads the plan for Cumbria?"
    assert focus(text) == "Who leads the plan for Cumbria?"


def test_one_sentence_is_its_own_focus() -> None:
    assert focus("Tell us about the plan for Cumbria.") == "Tell us about the plan for Cumbria."


def test_without_a_question_all_is_kept() -> None:
    text = "We are a small college. Our plan is old."
    assert focus(text) == text


def test_what_stands_in_brackets_behind_goes_with_every_part() -> None:
    assert [a.standalone for a in asked("who led it and what was it for (the Wigan award)?")] == [
        "who led it (the Wigan award)?",
        "what was it for (the Wigan award)?",
    ]


@pytest.mark.parametrize(
    ("text", "second"),
    [
        ("Who writes the plan, and what does it cover?", "what does the plan cover?"),
        ("Who carried out the review of the plans and what did they find?", "carried out the review"),
        ("Who publishes it, who writes it and who approves it?", "Who publishes it, who writes it: who approves it?"),
    ],
)
def test_a_later_part_takes_a_thing_along_and_no_verb(text: str, second: str) -> None:
    assert second in asked(text)[-1].standalone


def test_of_a_long_story_the_end_goes_along() -> None:
    story = "We are a small college on the coast. " + "We have many a good friend in the valley beyond. " * 4
    [part] = asked(f"{story}We lost our lead body. Must we find another?")
    assert part.standalone.endswith("We lost our lead body. Must we find another?")
    assert len(part.asker.split()) <= LONGEST_BACKGROUND


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
    ("text", "later"),
    [
        ("Has any grower ever left and which one was it?", "Has any grower ever left: which one was it?"),
        ("What did Elm's growers get in 2022 and who led it?", "What did Elm's growers get in 2022: who led it?"),
        ("How do I join Elm Club and what does it cost?", "How do I join Elm Club: what does it cost?"),
        (
            "How many sow in Elm and how many plots are free in July?",
            "How many sow in Elm: how many plots are free in July?",
        ),
        (
            "I grow for the mayor. Is that the same pot as the fund, and until when does it run?",
            "I grow for the mayor. Is that the same pot as the fund: until when does it run?",
        ),
    ],
)
def test_where_no_name_can_be_put_in_the_first_question_is_taken_along(text: str, later: str) -> None:
    assert asked(text)[1].standalone == later


@pytest.mark.parametrize(
    ("text", "standalone"),
    [
        ("We are a small college in Elm. Must we sign?", "We are a small college in Elm. Must we sign?"),
        ("As a grower in Elm, do we have to sign?", "As a grower in Elm, do we have to sign?"),
        ("I grow roses. Who signs the yearly market plan?", "Who signs the yearly market plan?"),  # not of them
        (
            "College in Elm, but we buy in Oak. Must we sign the market plan?",
            "College in Elm, but we buy in Oak. Must we sign the market plan?",
        ),
        (
            "My clerk says growers sign every two years. Is two years in the market rules?",
            "My clerk says growers sign every two years. Is two years in the market rules?",  # tests what was heard
        ),
        ("My clerk says growers sign. When is the yearly fair of Elm?", "When is the yearly fair of Elm?"),
        ("Growers met in May. Do we sign the market plan?", "Do we sign the market plan?"),  # nor told of them
    ],
)
def test_what_is_said_of_the_asker_goes_with_what_is_asked_of_them(text: str, standalone: str) -> None:
    assert asked(text)[0].standalone == standalone


@pytest.mark.parametrize(
    ("text", "later"),
    [
        ("What is the market duty and who does it fall on?", "who does the market duty fall on?"),
        ("When was the garden fund opened and does it still pay?", "does the garden fund still pay?"),
        ("When did the present rules come out and when will they change?", "when will the present rules change?"),
        ("How many growers are there in Elm and what do they sell?", "what do growers in Elm sell?"),
        ("Who leads the Cumbria plan and what are its aims?", "what are the Cumbria plan's aims?"),
        ("When was the plan of the growers due and who has to make one?", "who has to make the plan of the growers?"),
        ("Who led Elm before Oak Club and who leads it now?", "who leads Elm now?"),
        (
            "Do growers have to join the club, and what happens if they don't?",
            "what happens if growers don't join the club?",
        ),
    ],
)
def test_what_a_later_question_points_to_is_put_in(text: str, later: str) -> None:
    second = asked(text)[1]
    assert second.resolved
    assert second.wanted == second.standalone == later


@pytest.mark.parametrize(
    ("text", "later"),
    [
        ("Who can be a grower and who decides?", "who decides?"),
        ("How much went to Kent and which college group led?", "which college group led?"),
        ("How much did Kent get and why?", "why?"),
        ("Which club covers Elm and how do I reach them?", "how do I reach them?"),
        ("Does the market duty reach Elm and do they keep records?", "do they keep records?"),
        ("Who approves the plan and what must they look at?", "what must they look at?"),  # "they" are who approve
    ],
)
def test_a_question_with_no_subject_of_its_own_takes_the_first_along(text: str, later: str) -> None:
    first, second = asked(text)
    assert (second.own, second.standalone) == (later, f"{first.own}: {later}")
    assert second.wanted == later


def test_a_question_on_things_of_a_kind_stands_alone() -> None:
    second = asked("When did the Garden Act start, and who has to approve a plan?")[1]
    assert second.standalone == "who has to approve a plan?"


def test_a_dash_parts_questions_and_not_a_topic_from_its_question() -> None:
    assert len(asked("What does the page show - who runs it?")) == 2
    assert len(asked("Garden fund - who runs it?")) == 1


def test_a_comma_parts_questions_and_not_a_condition_from_its_question() -> None:
    assert [a.own for a in asked("What must the plan say of seeds, is there a quota for them?")] == [
        "What must the plan say of seeds",
        "is there a quota for them?",
    ]
    for text in ("When the plan is approved, what must we do?", "What is the fund, which closed in May, for?"):
        assert len(asked(text)) == 1


def test_they_are_those_who_have_to() -> None:
    first, second = asked("Do growers have to keep records and do they also have the market duty?")
    assert first.own == "Do growers have to keep records"
    assert second.standalone == "do growers also have the market duty?"


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


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("College in Isle of Wight, but we buy in Oak. Must we sign?", True),
        ("Training centre in Hull here. Must we sign?", True),
        ("Employers involved in planning, they say. Must we sign?", False),
        ("a b in " + "a" * 490 + ". Must we sign?", False),
    ],
)
def test_who_asks_is_known_by_a_place_with_a_capital(text: str, told: bool) -> None:
    [part] = asked(text)
    assert bool(part.asker) is told
