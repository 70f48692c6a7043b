"""Rows hold, do not hold or cannot be told yet; unknown never counts as no, and no rule never as the latest one."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from decimal import Decimal
from itertools import product
from typing import Any

import pytest

from tests.fakes.checks import (
    FIRST_EDITION,
    LAST_OF_FIRST,
    ROUND_CLOSES,
    ROUND_OPENS,
    SECOND_EDITION,
    TODAY,
    hive_return,
    orchard_grant,
    row,
)
from vectorstore.rules.logic import Decision, decide, holds, matches, representatives, settles_most
from vectorstore.rules.model import AskedFact, Check, Condition, Outcome, Rule, Value

DAY = timedelta(days=1)
MILLION = Decimal(1_000_000)


def made(*rows: dict[str, Any], facts: str = "a b c", **more: Any) -> Check:
    """A check of yes/no facts, `number` and `day` among them with their own types."""
    types = {"number": "number", "day": "date"}
    asked = [{"id": f, "type": types.get(f, "yes_no"), "label": f, "question": f"{f}?"} for f in facts.split()]
    outcomes = {"eligible": "Yes.", "partly": "Partly.", "not_eligible": "No."}
    stated = {"id": "made", "title": "Made", "question": "Is it so?", "topic": "law", "about": "Made."}
    return Check.model_validate({**stated, "outcomes": outcomes, "facts": asked, "rows": rows, **more})


def ids(rules: tuple[Rule, ...]) -> list[str]:
    return [r.id for r in rules]


def missing(decision: Decision) -> list[str]:
    return [f.id for f in decision.missing]


@pytest.mark.parametrize(
    ("bound", "below", "equal", "above"),
    [
        ("more_than", False, False, True),
        ("at_least", False, True, True),
        ("less_than", True, False, False),
        ("at_most", True, True, False),
    ],
)
def test_a_number_is_told_from_its_bound_one_below_on_it_and_one_above(
    bound: str, below: bool, equal: bool, above: bool
) -> None:
    condition = Condition.model_validate({bound: 1_000_000})
    assert [holds(condition, MILLION + step) for step in (-1, 0, 1)] == [below, equal, above]


@pytest.mark.parametrize(
    ("bound", "eve", "same", "next_day"),
    [
        ("after", False, False, True),
        ("on_or_after", False, True, True),
        ("before", True, False, False),
        ("on_or_before", True, True, False),
    ],
)
def test_a_day_is_told_from_its_bound_the_day_before_on_it_and_the_day_after(
    bound: str, eve: bool, same: bool, next_day: bool
) -> None:
    condition = Condition.model_validate({bound: ROUND_CLOSES})
    assert [holds(condition, ROUND_CLOSES + step * DAY) for step in (-1, 0, 1)] == [eve, same, next_day]


@pytest.mark.parametrize(("value", "expected"), [(4, False), (5, True), (9, True), (10, False)])
def test_two_bounds_must_both_be_kept(value: int, expected: bool) -> None:
    assert holds(Condition.model_validate({"at_least": 5, "less_than": 10}), Decimal(value)) is expected


@pytest.mark.parametrize(
    "condition", [{"one_of": ["yes"]}, {"more_than": 5}, {"at_most": 5}, {"before": ROUND_CLOSES}]
)
def test_what_is_not_known_neither_meets_nor_fails_a_condition(condition: dict[str, object]) -> None:
    assert holds(Condition.model_validate(condition), None) is None


KLEENE: dict[str | None, bool | None] = {"yes": True, "no": False, None: None}


@pytest.mark.parametrize(("a", "b"), list(product(KLEENE, repeat=2)))
def test_conditions_join_as_in_kleenes_strong_logic(a: str | None, b: str | None) -> None:
    both = Rule.model_validate(row("R", "eligible", "So.", when={"a": ["yes"], "b": ["yes"]}))
    parts = {KLEENE[a], KLEENE[b]}
    expected = False if False in parts else (None if None in parts else True)
    assert matches(both, {"a": a, "b": b}) is expected


def test_a_fact_never_given_is_as_unknown_as_one_answered_with_dont_know() -> None:
    rule = hive_return().rows[0]
    assert matches(rule, {"keeper": "upper_college"}) is None
    assert matches(rule, {"keeper": "upper_college", "public": None}) is None


@pytest.mark.parametrize("unknown", [{}, {"public": None}])
def test_unknown_is_never_taken_as_no(unknown: Mapping[str, Value | None]) -> None:
    decision = decide(hive_return(), {"keeper": "upper_college", **unknown}, TODAY)
    assert (decision.outcome, decision.deciding) == (Outcome.NOT_ENOUGH_INFORMATION, ())
    assert missing(decision) == ["public"]


@pytest.mark.parametrize(
    ("facts", "outcome", "rows"),
    [
        ({"keeper": "village_college", "public": "yes"}, Outcome.ELIGIBLE, ["HR-4"]),
        ({"public": "no"}, Outcome.NOT_ELIGIBLE, ["HR-3"]),
        ({"keeper": "grower", "public": "yes", "sales": MILLION - 1}, Outcome.NOT_ELIGIBLE, ["HR-6"]),
        ({"keeper": "grower", "public": "yes", "sales": MILLION}, Outcome.NOT_ELIGIBLE, ["HR-6"]),
        ({"keeper": "grower", "public": "yes", "sales": MILLION + 1}, Outcome.PARTLY, ["HR-5"]),
        ({"keeper": "other", "public": "yes"}, Outcome.NOT_ENOUGH_INFORMATION, ["HR-7"]),
    ],
)
def test_the_rows_that_hold_decide_as_soon_as_they_hold(
    facts: dict[str, Value], outcome: Outcome, rows: list[str]
) -> None:
    decision = decide(hive_return(), facts, TODAY)
    assert (decision.outcome, ids(decision.deciding), decision.missing) == (outcome, rows, ())


def test_only_facts_of_rows_that_may_still_hold_are_missing() -> None:
    assert missing(decide(hive_return(), {}, TODAY)) == ["keeper", "public", "sales"]
    assert missing(decide(hive_return(), {"keeper": "upper_college"}, TODAY)) == ["public"]
    assert missing(decide(hive_return(), {"keeper": "grower", "public": "yes"}, TODAY)) == ["sales"]


@pytest.mark.parametrize(
    ("on", "outcome", "rows"),
    [
        (date.min, Outcome.NO_RULE_IN_FORCE, []),
        (FIRST_EDITION - DAY, Outcome.NO_RULE_IN_FORCE, []),
        (FIRST_EDITION, Outcome.ELIGIBLE, ["HR-1"]),
        (LAST_OF_FIRST, Outcome.ELIGIBLE, ["HR-1"]),
        (SECOND_EDITION, Outcome.ELIGIBLE, ["HR-4"]),
        (date.max, Outcome.ELIGIBLE, ["HR-4"]),
    ],
)
def test_each_edition_decides_from_its_first_to_its_last_day(on: date, outcome: Outcome, rows: list[str]) -> None:
    decision = decide(hive_return(), {"keeper": "upper_college", "public": "yes"}, on)
    assert (decision.outcome, ids(decision.deciding)) == (outcome, rows)


@pytest.mark.parametrize(
    ("on", "in_force"),
    [
        (ROUND_OPENS - DAY, False),
        (ROUND_OPENS, True),
        (ROUND_CLOSES, True),
        (ROUND_CLOSES + DAY, False),
    ],
)
def test_after_a_window_the_last_rule_no_longer_counts(on: date, in_force: bool) -> None:
    decision = decide(orchard_grant(), {"keeper": "grower"}, on)
    assert decision.outcome is (Outcome.NOT_ELIGIBLE if in_force else Outcome.NO_RULE_IN_FORCE)
    assert ids(decision.deciding) == (["OG-2"] if in_force else [])


def test_reported_practice_never_decides_a_fund() -> None:
    facts: dict[str, Value] = {"keeper": "upper_college", "in_group": "yes", "sent": ROUND_CLOSES}
    decision = decide(orchard_grant(), facts, ROUND_CLOSES)
    assert (decision.outcome, decision.deciding) == (Outcome.NOT_ENOUGH_INFORMATION, ())
    assert ids(decision.reported) == ["OG-1"]


def test_a_primary_row_decides_a_fund_whatever_is_reported() -> None:
    facts: dict[str, Value] = {"keeper": "upper_college", "in_group": "yes", "sent": ROUND_CLOSES + DAY}
    decision = decide(orchard_grant(), facts, ROUND_CLOSES)
    assert (decision.outcome, ids(decision.deciding)) == (Outcome.NOT_ELIGIBLE, ["OG-4"])
    assert ids(decision.reported) == ["OG-1"]


def test_in_a_table_of_law_inference_decides_too() -> None:
    inferred = made(row("R", "partly", "So.", evidence="inference"))
    assert decide(inferred, {}, TODAY).outcome is Outcome.PARTLY
    assert decide(made(row("R", "partly", "So.", evidence="inference"), fund="orchard"), {}, TODAY).deciding == ()


def test_the_fact_is_asked_whose_answers_leave_the_fewest_rows_open() -> None:
    one = row("R1", "eligible", "So.", when={"a": ["yes"], "b": ["yes"], "c": ["yes"]})
    rest = [row(f"R{f}", "not_eligible", "Not.", when={f: ["no"], "c": ["yes"]}) for f in "ab"]
    pivotal = made(one, *rest, row("R4", "not_eligible", "Not.", when={"c": ["no"]}))
    asked = settles_most(pivotal, {}, TODAY)
    assert asked is not None
    assert asked.id == "c"


def test_of_facts_that_settle_as_much_the_first_in_order_is_asked() -> None:
    rows = (
        row("R1", "eligible", "So.", when={"a": ["yes"], "b": ["yes"]}),
        row("R2", "not_eligible", "Not.", when={"a": ["no"]}),
        row("R3", "not_eligible", "Not.", when={"b": ["no"]}),
    )
    for order in ("a b", "b a"):
        asked = settles_most(made(*rows, facts=order), {}, TODAY)
        assert asked is not None
        assert asked.id == order[0]


def test_an_answer_that_makes_a_row_hold_leaves_nothing_open() -> None:
    rest = [
        row(f"R{a}{c}", "partly", "Partly.", when={"a": [a], "c": [c]}) for a, c in product(("yes", "no"), repeat=2)
    ]
    asked = settles_most(made(row("R1", "partly", "Partly.", when={"b": ["yes"]}), *rest), {}, TODAY)
    assert asked is not None
    assert asked.id == "b"


def test_what_was_answered_with_dont_know_is_not_asked_again() -> None:
    facts: dict[str, Value | None] = {}
    asked: list[str] = []
    while (fact := settles_most(hive_return(), facts, TODAY)) is not None:
        asked.append(fact.id)
        facts[fact.id] = None
    assert sorted(asked) == ["keeper", "public", "sales"]
    assert missing(decide(hive_return(), facts, TODAY)) == ["keeper", "public", "sales"]


@pytest.mark.parametrize(
    ("facts", "on"),
    [({"public": "no"}, TODAY), ({}, FIRST_EDITION - DAY), ({"keeper": "other", "public": "yes"}, TODAY)],
)
def test_nothing_is_asked_once_it_is_settled_or_no_rule_is_in_force(facts: dict[str, Value], on: date) -> None:
    assert settles_most(hive_return(), facts, on) is None


def test_numbers_and_days_are_stood_for_by_each_threshold_and_its_neighbours() -> None:
    check = made(
        row("R1", "eligible", "So.", when={"number": {"more_than": 5}, "day": {"after": "2023-06-20"}}),
        row("R2", "eligible", "So.", when={"number": {"at_most": 5, "at_least": 3}}),
        facts="number day",
    )
    number, day = check.facts
    stood_for = ("2", "2.99", "3", "3.01", "4", "4.99", "5", "5.01", "6")
    assert representatives(number, list(check.rows)) == [Decimal(n) for n in stood_for]
    assert representatives(day, list(check.rows)) == [date(2023, 6, n) for n in (19, 20, 21)]


def test_a_choice_is_stood_for_by_each_of_its_values() -> None:
    keeper = hive_return().fact("keeper")
    assert isinstance(keeper, AskedFact)
    assert representatives(keeper, []) == ["village_college", "upper_college", "grower", "other"]
