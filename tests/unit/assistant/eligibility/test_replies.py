"""Yes, no and don't know in the words of people, and numbers as replies, with either kind of apostrophe."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.eligibility.reading import read_facts, read_reply, shown
from tests.fakes.checks import hive_return, orchard_grant
from vectorstore.rules.model import AskedFact, Value

DUTY, FUND = hive_return(), orchard_grant()
NO = (
    "no",
    "No, not yet",
    "not yet",
    "not really",
    "not at all",
    "of course not",
    "it is not",
    "it isn't",
    "it doesn't",
    "we do not",
    "we don't",
    "we are not",
    "we aren't",
    "they are not",
    "we have not",
    "we haven't",
    "I don't think so",
    "never",
    "none",
)
YES = (
    "yes",
    "Yes, it is.",
    "yes, not much but some",
    "it is",
    "we do",
    "we are",
    "we have",
    "of course",
    "sure",
    "correct",
)
NOT_KNOWN = (
    "I don't know",
    "we do not know",
    "we don't really know",
    "I'm not sure",
    "we are not sure",
    "unsure",
    "not certain",
    "it is unclear",
    "no idea",
    "I can't say",
    "not known",
    "n/a",
)


def fact(ident: str) -> AskedFact:
    found = DUTY.fact(ident) or FUND.fact(ident)
    assert found is not None
    return found


def curly(text: str) -> str:
    """`text` as a word processor writes it."""
    return text.replace("'", "’")


@pytest.mark.parametrize("ident", ["public", "in_group"])
@pytest.mark.parametrize(
    ("reply", "value"),
    [*((r, "no") for r in NO), *((r, "yes") for r in YES), *((r, None) for r in NOT_KNOWN)],
)
@pytest.mark.parametrize("write", [str, curly, str.upper], ids=["plain", "curly", "capitals"])
def test_yes_no_and_not_known_are_told_apart(
    ident: str, reply: str, value: Value | None, write: Callable[[str], str]
) -> None:
    assert read_reply(fact(ident), write(reply)) == (True, value)


@pytest.mark.parametrize("reply", [*NO, *YES])
def test_a_bare_yes_or_no_is_no_number_and_no_day(reply: str) -> None:
    assert read_reply(fact("sales"), reply) == read_reply(fact("sent"), reply) == (False, None)


@pytest.mark.parametrize(
    ("reply", "value"),
    [
        ("no, we are alone", "no"),
        ("yes, in a group", "yes"),
        ("we are not in a group", "no"),
        ("not in a group, no", "no"),
    ],
)
def test_the_words_of_the_fact_go_with_yes_and_no(reply: str, value: str) -> None:
    assert read_reply(fact("in_group"), reply) == (True, value)


@pytest.mark.parametrize(
    "text", ["We aren't a college", "We aren’t a college", "It isn’t a grower", "We’re not a market grower"]
)
def test_a_denial_with_either_apostrophe_is_one(text: str) -> None:
    assert read_facts(DUTY, text) == {}


@pytest.mark.parametrize("text", ["We’re growers", "we're growers", "we’re a market grower, not a college"])
def test_what_the_asker_is_is_read_with_either_apostrophe(text: str) -> None:
    assert read_facts(DUTY, text) == {"keeper": "grower"}


@pytest.mark.parametrize(
    ("reply", "value"),
    [("2023", 2_023), ("£1999", 1_999), ("2023 pounds", 2_023), ("500 since 2019", 500), ("40 on 20 June 2023", 40)],
)
def test_a_plain_number_that_looks_like_a_year_is_a_number_where_one_is_asked_for(reply: str, value: int) -> None:
    assert read_reply(fact("sales"), reply) == (True, Decimal(value))


@pytest.mark.parametrize(
    "reply", ["in 2023", "since 2019", "20 June", "no more than £1 million", "£1 million or more", "up to £5"]
)
def test_years_days_and_bounds_are_no_reply_to_a_number(reply: str) -> None:
    assert read_reply(fact("sales"), reply) == (False, None)


@pytest.mark.parametrize(
    "text",
    [
        "A grower with sales of no more than £1 million",
        "A grower with sales of £1 million or less",
        "A grower with sales of up to £1 million",
        "A grower with sales of £1 million or more",
        "A grower with sales on 20 June",
    ],
)
def test_a_bound_or_a_day_in_a_question_leaves_the_number_open(text: str) -> None:
    assert read_facts(DUTY, text) == {"keeper": "grower"}


@given(st.decimals(0, 10**9, places=2))
def test_a_number_is_shown_without_digits_that_say_nothing(value: Decimal) -> None:
    said = shown(fact("sales"), value)
    assert Decimal(said.removeprefix("£").replace(",", "")) == value
    assert "." not in said or not said.endswith(("0", "."))
