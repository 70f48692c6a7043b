"""What the answer to each kind of question looks like."""

from __future__ import annotations

import pytest

from assistant.answering.expectations import (
    KIND_WORDS,
    expects,
    fits,
    fits_definition,
    misses_count,
    term_asked,
    things_asked,
)
from assistant.answering.turn import Kind


@pytest.mark.parametrize(
    ("kind", "text"),
    [
        (Kind.WHEN, "The window closed in October 2023."),
        (Kind.WHEN, "By 2025 all were published."),
        (Kind.HOW_MUCH, "The fund was worth £165 million."),
        (Kind.HOW_MUCH, "About 10 per cent was held back."),
        (Kind.HOW_MANY, "England has 39 areas."),
        (Kind.HOW_MANY, "Two bodies lead several areas."),
        (Kind.WHO, "The plan is led by Cumbria Chamber of Commerce."),
        (Kind.LIST, "The priorities are:"),
        (Kind.LIST, "They are health, construction, tourism and farming."),
        (Kind.WHERE, "See https://www.gov.uk/lsip."),
        (Kind.WHERE, "Write to the contact on its page."),
    ],
)
def test_what_fits(kind: Kind, text: str) -> None:
    assert fits(kind, text)


@pytest.mark.parametrize(
    ("kind", "text"),
    [
        (Kind.WHEN, "The window closed long ago."),
        (Kind.HOW_MUCH, "The fund was large."),
        (Kind.HOW_MANY, "England has many areas."),
        (Kind.WHO, "it is led by the body."),
        (Kind.LIST, "It is a plan."),
        (Kind.WHERE, "It is a plan."),
        (Kind.OTHER, "In 2023 England had 38 areas worth £1."),
        (Kind.YES_NO, "Yes."),
    ],
)
def test_what_does_not(kind: Kind, text: str) -> None:
    assert not fits(kind, text)


def test_only_recognisable_kinds_expect_something() -> None:
    assert {k for k in Kind if expects(k)} == {Kind.WHEN, Kind.HOW_MUCH, Kind.HOW_MANY, Kind.WHO, Kind.WHERE}
    assert {k for k in Kind if expects(k)} <= set(KIND_WORDS)


@pytest.mark.parametrize(
    ("question", "text", "missed"),
    [
        ("how many plans mention bees", "All five plans treat bees.", False),
        ("how many plans mention bees", "The Reed plan of July 2026 counts over 3,000 bees.", True),  # of bees
        ("how many plans mention bees", "In 2026 plans treat bees.", True),  # a year counts nothing
        ("How many hives are kept?", "Some 2,000 hives are kept.", False),
        ("how long is the plan", "The plan is long.", False),
    ],
)
def test_a_number_of_the_very_thing_is_wanted(question: str, text: str, missed: bool) -> None:
    assert misses_count(Kind.HOW_MANY, text, question) is missed


def test_a_definition_says_first_what_was_asked_about() -> None:
    assert fits_definition("What is a relevant provider?", "A relevant provider is a college or university.")
    assert not fits_definition("What is a relevant provider?", "A strategic authority is a body.")
    assert not fits_definition("What is a relevant provider?", "Providers co-operate.")


@pytest.mark.parametrize(
    ("question", "things"),
    [
        ("What were the eight trailblazers?", "trailblazers"),
        ("What are Elm Valley's six overarching priorities?", "priorities"),
        ("Which nine areas had their boundaries changed?", "areas"),
        ("What three projects did the colleges run?", "projects"),
        ("Name the chambers on the board", "chambers"),
        ("Kent: which five sectors?", "sectors"),
        ("Which plan covers Bath?", ""),
        ("Which body leads Somerset?", ""),
        ("What are LSIPs?", ""),
        ("What happens to providers that close?", ""),
        ("What is the status of the plan?", ""),
        ("Which editions of the guidance have there been?", "editions"),
        ("Which colleges in Kent got money?", "colleges"),
    ],
)
def test_what_members_are_asked_for(question: str, things: str) -> None:
    assert things_asked(question) == things


@pytest.mark.parametrize(
    ("question", "term"),
    [
        ("Who counts as a relevant grower under the Garden Act?", "relevant grower"),
        ("Which public bodies count as a market authority", "market authority"),
        ("What is treated as valley-funded?", "valley-funded"),
        ("How do we count as many as they do?", ""),
        ("What is a relevant grower?", ""),
    ],
)
def test_what_term_is_asked_for(question: str, term: str) -> None:
    assert term_asked(question) == term


def test_who_must_asks_for_parties_and_who_leads_for_a_name() -> None:
    said = "The duty covers growers and market gardeners."
    assert fits(Kind.WHO, said, "who must keep the rules?", ["growers"])
    assert not fits(Kind.WHO, said, "who leads the garden plan?", ["growers"])
    assert not fits(Kind.WHO, "The duty is old.", "who must keep the rules?", ["growers"])
