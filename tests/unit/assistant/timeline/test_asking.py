"""What questions want to know of dates, in the ways people put them."""

from __future__ import annotations

import pytest

from assistant.timeline.asking import Intent, asks_if_over, asks_since, read_intent

ASKED = {
    Intent.STILL_TIME: (
        "Can we still bid to the Glade Fund?",
        "Could a college still apply?",
        "Is there still time to send a bid?",
        "Is there any chance to bid?",
        "Is it too late to apply?",
        "Are we in time for the second stage?",
        "Is the window open?",
        "Was the Glade Fund open on 1 June 2023?",
        "Have we missed the deadline?",
        "Did our college miss the window?",
    ),
    Intent.PASSED: (
        "Has the deadline passed?",
        "Has the window closed?",
        "Is the application period over?",
        "Has the Glade Fund round ended?",
        "Is the scheme finished?",
        "Deadline gone for the Glade Fund?",
    ),
    Intent.DAYS_LEFT: (
        "How many days are left until the report is due?",
        "How much time do we have before the deadline?",
        "How long do we have until the report is due?",
        "How many weeks until the window opens?",
        "Days left to bid?",
        "How many days ago did the window close?",
    ),
    Intent.LENGTH: (
        "How long was the window open?",
        "How many days was the window open?",
        "What was the length of the application window?",
        "How many working days did the window run?",
        "How much time did bidders have?",
    ),
    Intent.BETWEEN: (
        "How many working days lie between the notice and the award?",
        "How many days are there between the Act and the first plans?",
        "How long was it from the notice to the deadline?",
    ),
    Intent.HAPPENED: (
        "Has the review happened?",
        "Were the second plans published?",
        "Did the briefing take place?",
        "Has the map been approved?",
        "Hello, has the map been approved?",
        "Do you know whether the map has been approved?",
    ),
    Intent.NEXT: (
        "What happens next?",
        "What comes next for our plan?",
        "What's coming up?",
        "What are the key dates?",
        "Which milestones are there? The upcoming milestones, please.",
    ),
    Intent.DEADLINES: (
        "Which deadlines have passed?",
        "What deadlines are there?",
        "List the deadlines",
        "What was due when?",
        "Which deadlines are still ahead?",
    ),
    Intent.WHEN: (
        "When is the report due?",
        "By when must we report?",
        "What is the closing date?",
        "What day does the window close?",
        "When was the Orchards Act signed?",
        "What is the deadline for the report?",
        "When does our plan run out?",
        "When did the window close?",
        "And when did applications close?",
        "When has the scheme ended?",
        "When did the deadline pass?",
        "Hello, when was the second stage shut?",
        "On what date did the round end?",
        "Until when could we bid?",
        "Do you know when the fund closed?",
    ),
}


@pytest.mark.parametrize(("text", "expected"), [(text, intent) for intent, texts in ASKED.items() for text in texts])
def test_a_question_on_dates_is_read_as_it_is_meant(text: str, expected: Intent) -> None:
    assert read_intent(text) is expected


@pytest.mark.parametrize("text", ["Can We STILL Bid To The Glade Fund?", "HAS THE DEADLINE PASSED?"])
def test_case_makes_no_difference(text: str) -> None:
    assert read_intent(text) is read_intent(text.lower()) is not None


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Who leads the plan?",
        "What must a plan contain?",
        "How much money was awarded?",
        "How much was paid from October 2025 to March 2026?",
        "How many plans were there between 2022 and 2025?",
        "How many areas are there?",
        "Which skills does the county need?",
        "Explain the Glade Fund",
    ],
)
def test_other_questions_ask_nothing_of_dates(text: str) -> None:
    assert read_intent(text) is None


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Are we too late?", True),
        ("Has it passed?", True),
        ("Did we miss the deadline?", True),
        ("Is the chance gone?", True),
        ("Has the window closed?", True),
        ("Is the round over?", True),
        ("Has the scheme ended?", True),
        ("Can we still apply?", False),
        ("Is the window open?", False),
    ],
)
def test_yes_means_over_only_where_the_question_asks_for_the_end(text: str, expected: bool) -> None:
    assert asks_if_over(text) is expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("How long ago did the window close?", True),
        ("How many days since the Act took force?", True),
        ("How many days are left?", False),
    ],
)
def test_time_gone_by_is_told_from_time_left(text: str, expected: bool) -> None:
    assert asks_since(text) is expected


@pytest.mark.parametrize(
    "text",
    ["Once the map has been approved, what do we owe?", "We were confirmed by the board. What do we owe?"],
)
def test_what_is_told_in_passing_is_not_asked(text: str) -> None:
    assert read_intent(text) is not Intent.HAPPENED
