"""The engine decides on a date, says what a closed fund's last rules gave, and knows which day counts."""

from __future__ import annotations

from datetime import date, timedelta
from typing import cast

import pytest

from assistant.eligibility.engine import EligibilityEngine, open_rows
from tests.fakes.checks import (
    FIRST_EDITION,
    HIVE_RETURN,
    LAST_OF_FIRST,
    ORCHARD_GRANT,
    ROUND_CLOSES,
    ROUND_OPENS,
    SECOND_EDITION,
    TODAY,
    checks,
    engine,
    facts,
    hive_return,
    orchard_grant,
)
from tests.fakes.knowledge import PROFILE
from tests.fakes.seen import FactsOnly, Seen
from vectorstore.catalogue import Catalogue
from vectorstore.errors import UsageError
from vectorstore.rules.model import Check, Outcome, Value
from vectorstore.snapshot import Snapshot

DAY = timedelta(days=1)
DUTY, FUND = hive_return(), orchard_grant()


def test_checks_are_read_back_as_they_were_stated() -> None:
    assert dict(engine().book.checks) == checks()
    assert engine().check("hive-return") == DUTY


def test_every_row_gap_and_closing_has_the_sentence_that_states_it() -> None:
    book = engine().book
    rows = [r for c in checks().values() for r in c.rows]
    assert {row: fact.text for row, fact in book.rules.items()} == {r.id: r.text for r in rows}
    assert [g.text for g in book.gaps["orchard-grant"]] == [g["text"] for g in ORCHARD_GRANT["gaps"]]
    assert book.gaps["hive-return"] == ()
    assert list(book.closed) == list(book.successors) == ["orchard-grant"]


def test_an_unknown_check_is_refused_with_those_there_are() -> None:
    with pytest.raises(UsageError, match="There is no check 'honey'") as refused:
        engine().check("honey")
    assert refused.value.remedy == "Give one of: hive-return, orchard-grant."


def test_a_collection_without_tables_has_no_checks() -> None:
    seen = cast(Snapshot, Seen("mine", 1, PROFILE, {}))
    empty = EligibilityEngine(cast(Catalogue, FactsOnly([])), lambda: seen)
    assert dict(empty.book.checks) == {}
    with pytest.raises(UsageError, match="Give one of: none"):
        empty.check("hive-return")


def test_a_new_generation_brings_new_tables() -> None:
    held = FactsOnly(facts(DUTY))
    seen = [Seen("lsip", 1, PROFILE, {})]
    rules = EligibilityEngine(cast(Catalogue, held), lambda: cast(Snapshot, seen[-1]))
    assert list(rules.book.checks) == ["hive-return"]
    held.held = facts()
    assert list(rules.book.checks) == ["hive-return"]
    seen.append(Seen("lsip", 2, PROFILE, {}))
    assert list(rules.book.checks) == ["hive-return", "orchard-grant"]


@pytest.mark.parametrize(
    ("on", "rows"), [(FIRST_EDITION, ["HR-1"]), (LAST_OF_FIRST, ["HR-1"]), (SECOND_EDITION, ["HR-4"])]
)
def test_a_duty_is_decided_by_the_edition_of_the_date(on: date, rows: list[str]) -> None:
    found = engine().assess(DUTY, {"keeper": "upper_college", "public": "yes"}, on)
    assert [r.id for r in found.decision.deciding] == rows
    assert (found.outcome, found.closed, found.then, found.then_on) == (Outcome.ELIGIBLE, None, None, None)


@pytest.mark.parametrize("on", [ROUND_OPENS, ROUND_CLOSES])
def test_a_fund_is_decided_and_not_closed_while_its_round_is_open(on: date) -> None:
    found = engine().assess(FUND, {"keeper": "grower"}, on)
    assert (found.outcome, found.closed, found.then) == (Outcome.NOT_ELIGIBLE, None, None)


@pytest.mark.parametrize("on", [ROUND_CLOSES + DAY, TODAY, date.max])
def test_a_closed_fund_has_no_rule_in_force_and_says_what_its_last_rules_gave(on: date) -> None:
    found = engine().assess(FUND, {"keeper": "grower"}, on)
    assert found.outcome is Outcome.NO_RULE_IN_FORCE
    assert found.closed is not None
    assert found.closed.text == "The Orchard Grant is closed since 20 June 2023."
    assert found.then is not None
    assert (found.then.outcome, [r.id for r in found.then.deciding]) == (Outcome.NOT_ELIGIBLE, ["OG-2"])
    assert found.then_on == ROUND_CLOSES


def test_before_its_round_a_fund_is_neither_open_nor_closed() -> None:
    found = engine().assess(FUND, {"keeper": "grower"}, ROUND_OPENS - DAY)
    assert (found.outcome, found.closed, found.then) == (Outcome.NO_RULE_IN_FORCE, None, None)


def test_rules_that_ended_without_a_closing_are_just_not_in_force() -> None:
    ended = Check.model_validate({**ORCHARD_GRANT, "closed": None})
    found = engine(ended).assess(ended, {"keeper": "grower"}, TODAY)
    assert (found.outcome, found.closed, found.then) == (Outcome.NO_RULE_IN_FORCE, None, None)


@pytest.mark.parametrize(
    ("check", "known", "on", "asked"),
    [
        (DUTY, {"keeper": "upper_college"}, TODAY, "public"),
        (DUTY, {"keeper": "grower", "public": "yes"}, TODAY, "sales"),
        (DUTY, {"keeper": "grower"}, LAST_OF_FIRST, None),
        (DUTY, {"keeper": "grower", "public": "yes", "sales": None}, TODAY, None),
        (FUND, {"keeper": "grower"}, TODAY, None),
        (FUND, {"keeper": "other", "in_group": "yes"}, TODAY, "sent"),
    ],
)
def test_the_next_fact_is_one_that_the_rules_of_the_day_that_counts_need(
    check: Check, known: dict[str, Value | None], on: date, asked: str | None
) -> None:
    rules = engine()
    found = rules.next_fact(rules.assess(check, known, on))
    assert (found.id if found else None) == asked


def test_open_rows_are_those_that_may_still_hold_with_primary_ones_first() -> None:
    rules = engine()
    assert [r.id for r in open_rows(rules.assess(FUND, {}, ROUND_OPENS))] == ["OG-2", "OG-3", "OG-4", "OG-1"]
    assert [r.id for r in open_rows(rules.assess(FUND, {"keeper": "other"}, TODAY))] == ["OG-3", "OG-4", "OG-1"]
    assert [r.id for r in open_rows(rules.assess(DUTY, {"public": "no"}, LAST_OF_FIRST))] == ["HR-2"]


@pytest.mark.parametrize(
    ("check", "start", "end", "expected"),
    [
        (FUND, date(2023, 1, 1), date(2023, 12, 31), ROUND_CLOSES),
        (FUND, ROUND_OPENS, ROUND_OPENS, ROUND_OPENS),
        (FUND, ROUND_CLOSES, TODAY, ROUND_CLOSES),
        (FUND, date(2023, 6, 1), date(2023, 6, 10), date(2023, 6, 10)),
        (FUND, date(2024, 1, 1), date(2024, 12, 31), date(2024, 12, 31)),
        (DUTY, date(2023, 1, 1), date(2023, 12, 31), date(2023, 12, 31)),
        (DUTY, date(2021, 1, 1), date(2021, 12, 31), date(2021, 12, 31)),
    ],
)
def test_of_a_span_the_last_day_with_a_rule_in_force_counts(
    check: Check, start: date, end: date, expected: date
) -> None:
    assert EligibilityEngine.day_in_force(check, start, end) == expected


def test_where_editions_leave_a_gap_the_day_before_it_counts() -> None:
    early, late = HIVE_RETURN["rows"][1], HIVE_RETURN["rows"][3]
    gone = [{**early, "valid_to": date(2023, 3, 31)}, {**late, "valid_from": date(2024, 4, 1)}]
    check = Check.model_validate({**HIVE_RETURN, "rows": gone})
    assert EligibilityEngine.day_in_force(check, date(2023, 1, 1), date(2023, 12, 31)) == date(2023, 3, 31)
