"""Of the events that a question names, those it is about."""

from __future__ import annotations

import pytest

from assistant.timeline.choosing import of_that_number, of_the_next, openings
from tests.fakes.almanac import event


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("When is the next employer forum?", False),
        ("When is our next yearly statement due?", True),
        ("When is the statement due?", True),
        ("When does the next forum for statements meet?", False),
    ],
)
def test_the_next_of_a_thing_is_an_event_of_that_thing(text: str, kept: bool) -> None:
    due = event(title="statement due", noun="the deadline for statements")
    assert bool(of_the_next([due], text)) is kept


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("When does stage 1 close?", True),
        ("When does the first round close?", True),
        ("When does it close?", True),
        ("When does round 3 open?", False),
        ("When is the second stage?", False),
    ],
)
def test_a_numbered_thing_is_not_another_of_its_kind(text: str, kept: bool) -> None:
    due = event(title="stage 1 closed", noun="the end of stage one")
    assert bool(of_that_number([due], text)) is kept
    unnumbered = event(title="the fund closed", noun="the end of the fund")
    assert of_that_number([unnumbered], text) == [unnumbered]


@pytest.mark.parametrize(
    ("text", "kept"),
    [("When did bids open?", True), ("When was it launched?", True), ("When did bids open and close?", False)],
)
def test_when_something_opened_is_no_closing(text: str, kept: bool) -> None:
    opens, due = event(title="Opening of the fund"), event(title="Deadline of the fund")
    assert openings([opens, due], text) == ([opens] if kept else [])
