"""The first sentence of a finding says what a check comes to, and no more than the rules say."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

import pytest

from assistant.eligibility.wording import headline, open_notes, then_notes, then_said, verdict
from prompts import message
from tests.fakes.checks import (
    FIRST_EDITION,
    ORCHARD_GRANT,
    ROUND_CLOSES,
    ROUND_OPENS,
    TODAY,
    checks,
    engine,
    orchard_grant,
)
from vectorstore.rules.model import Check, Outcome, Value

DAY = timedelta(days=1)
LAST_RULES = message("check_then_note", date="20 June 2023")
Facts = dict[str, Value | None]
COLLEGE: Facts = {"keeper": "upper_college", "public": "yes"}
GROWER: Facts = {"keeper": "grower", "public": "yes"}
BIDDER: Facts = {"keeper": "upper_college", "in_group": "yes", "sent": ROUND_CLOSES}


@pytest.mark.parametrize(
    ("check", "facts", "on", "expected"),
    [
        ("hive-return", COLLEGE, TODAY, "The keeper must send a hive return."),
        ("hive-return", {"public": "no"}, TODAY, "The keeper need not send a hive return."),
        ("hive-return", GROWER, TODAY, message("check_missing", labels="Yearly sales")),
        (
            "hive-return",
            {},
            TODAY,
            message("check_missing", labels="Kind of keeper; Paid for publicly; Yearly sales"),
        ),
        ("hive-return", {**COLLEGE, "keeper": "other"}, TODAY, message("check_not_held")),
        (
            "hive-return",
            COLLEGE,
            FIRST_EDITION - DAY,
            message("check_not_yet", date="31 March 2022", title="Hive return", first="1 April 2022"),
        ),
        ("orchard-grant", BIDDER, ROUND_CLOSES, message("check_reported")),
        ("orchard-grant", BIDDER, TODAY, "The Orchard Grant is closed since 20 June 2023."),
        (
            "orchard-grant",
            {"keeper": "grower"},
            ROUND_OPENS - DAY,
            message("check_not_yet", date="23 May 2023", title="Orchard Grant", first="24 May 2023"),
        ),
    ],
)
def test_the_headline_is_the_outcome_in_one_sentence(check: str, facts: Facts, on: date, expected: str) -> None:
    assert headline(engine().assess(checks()[check], facts, on)) == expected


def test_rules_that_ended_without_a_closing_are_said_not_to_be_held_as_in_force() -> None:
    ended = Check.model_validate({**ORCHARD_GRANT, "closed": None})
    found = headline(engine(ended).assess(ended, BIDDER, TODAY))
    assert found == message("check_no_rule", title="Orchard Grant", date="23 November 2026")


@pytest.mark.parametrize(
    ("facts", "outcome", "expected"),
    [
        (COLLEGE, Outcome.ELIGIBLE, "Yes."),
        ({"public": "no"}, Outcome.NOT_ELIGIBLE, "No."),
        (GROWER, Outcome.NOT_ENOUGH_INFORMATION, ""),
        ({**COLLEGE, "keeper": "other"}, Outcome.NOT_ENOUGH_INFORMATION, ""),
    ],
)
def test_a_verdict_says_yes_or_no_only_where_a_rule_does(facts: Facts, outcome: Outcome, expected: str) -> None:
    found = engine().assess(checks()["hive-return"], facts, TODAY)
    assert (found.outcome, verdict(found)) == (outcome, expected)


def test_a_verdict_in_part_says_so() -> None:
    found = engine().assess(checks()["hive-return"], {**GROWER, "sales": Decimal(1_000_001)}, TODAY)
    assert (found.outcome, verdict(found)) == (Outcome.PARTLY, "In part.")


@pytest.mark.parametrize(
    ("check", "facts", "expected"),
    [
        ("hive-return", GROWER, message("check_depends", labels="Yearly sales")),
        ("hive-return", {**COLLEGE, "keeper": "other"}, message("check_not_held")),
        ("orchard-grant", BIDDER, message("check_reported")),
    ],
)
def test_an_open_outcome_has_a_note_of_why_it_is_open(check: str, facts: Facts, expected: str) -> None:
    found = engine().assess(checks()[check], facts, TODAY if check == "hive-return" else ROUND_CLOSES)
    assert (verdict(found), open_notes(found)) == ("", [expected])


@pytest.mark.parametrize(
    ("facts", "expected", "notes"),
    [
        ({"keeper": "grower"}, (message("check_then"), "The keeper cannot bid."), []),
        (
            {"keeper": "other"},
            ("", message("check_then_missing")),
            [message("check_depends", labels="In a group; Day of the bid")],
        ),
        (BIDDER, ("", message("check_then_reported")), []),
    ],
)
def test_what_the_last_rules_of_a_closed_fund_gave_is_said_of_their_last_day(
    facts: Facts, expected: tuple[str, str], notes: list[str]
) -> None:
    found = engine().assess(orchard_grant(), facts, TODAY)
    assert (then_said(found), then_notes(found)) == (expected, [LAST_RULES, *notes])


@pytest.mark.parametrize("on", [ROUND_OPENS - DAY, ROUND_CLOSES])
def test_a_fund_that_is_not_closed_has_no_last_rules_to_note(on: date) -> None:
    assert then_notes(engine().assess(orchard_grant(), BIDDER, on)) == []
