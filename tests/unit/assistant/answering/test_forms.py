"""A sentence without the form that is asked for is no answer."""

from __future__ import annotations

import pytest

from assistant.answering.forms import (
    focus_words,
    lacks_what_nothing_else_gives,
    names_person,
    topic_words,
    unmet,
    weight_unmet,
)


@pytest.mark.parametrize(
    ("question", "text", "expected"),
    [
        ("What is the salary of the director?", "The director leads the plan.", ("pay",)),
        ("What is the salary of the director?", "The director has a salary of £50,000.", ()),
        ("How much money did the chamber get?", "The chamber asked 71% of its members.", ("money",)),
        ("How much money did the chamber get?", "The chamber had £20,000.", ()),
        ("How much of the land is farmed?", "Of the land 71% is farmed.", ()),
        ("Why was the fund closed?", "The fund was closed in 2023.", ("reason",)),
        ("Why was the fund closed?", "The fund was closed because its money was spent.", ()),
        ("What percentage of firms answered?", "Most firms answered.", ("share",)),
        ("What percentage of firms answered?", "Of the firms 45% answered.", ()),
        ("What is the phone number of the chamber?", "The chamber has a page.", ("contact",)),
        ("When is the next employer forum?", "Employers met in a forum in 2023.", ("future",)),
        ("When is the next employer forum?", "The forum is due in May 2027.", ()),
        ("Who is the chief executive of the chamber?", "Kent Invicta Chamber leads the plan.", ("person",)),
        ("Who is the chief executive of the chamber?", "The chief executive is Jo Bloggs.", ()),
        ("Name the people who sit on the board", "The board meets each quarter.", ("person",)),
        ("How do the bodies rank by employer satisfaction?", "A body must be representative.", ("judgement",)),
        ("What grade did the college have?", "The college was graded 1 or 2.", ()),
        ("Who will be the first mayor?", "The Moor plan says that a mayor is due in 2027.", ("person",)),
        ("Who leads the plan?", "Kent Invicta Chamber leads the plan.", ()),
    ],
)
def test_forms_that_are_missed(question: str, text: str, expected: tuple[str, ...]) -> None:
    assert unmet(question, text) == expected


def test_organisations_are_no_persons() -> None:
    assert not names_person("Milton Keynes College shared it with Barnfield College.")
    assert names_person("It was led by Dr Abbot.")


def test_the_thing_asked_for() -> None:
    assert focus_words("what grade did the inspectors give")[0] == "grade"
    assert focus_words("How many welders is the yard recruiting?") == ["welders"]
    assert focus_words("Tell us more") == []


def test_a_form_that_nothing_else_stands_for_counts_twice() -> None:
    assert weight_unmet("What is the director paid a year: what salary?", "The director leads.") == 2
    assert weight_unmet("Why was the fund closed?", "The fund was closed in 2023.") == 1
    assert weight_unmet("Who leads the plan?", "A chamber leads the plan.") == 0


@pytest.mark.parametrize(
    ("question", "topic"),
    [
        ("What does the plan say about river boats?", "river boats"),
        ("Does the plan mention boats, or not?", "boats"),
        ("Is there anything on boats?", "boats"),
        ("Who leads the plan?", ""),
    ],
)
def test_what_a_text_is_asked_to_speak_of(question: str, topic: str) -> None:
    assert topic_words(question) == topic


@pytest.mark.parametrize(
    ("question", "text", "lacks"),
    [
        ("What is the phone number?", "The way in is the page of the chamber.", True),
        ("What is the phone number?", "Ring 01234 567 890.", False),
        ("Why did it close?", "The chamber closed in March.", False),
    ],
)
def test_a_contact_stands_in_no_other_words_but_a_reason_may(question: str, text: str, lacks: bool) -> None:
    assert lacks_what_nothing_else_gives(question, text) is lacks
