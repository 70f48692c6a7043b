"""Enumeration finds every fault of a table, and a table that it finds sound decides soundly."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from tests.fakes.checks import FIRST_EDITION, ROUND_OPENS, SECOND_EDITION, checks, hive_return, orchard_grant, row
from vectorstore.rules.enumeration import editions, prove
from vectorstore.rules.logic import PENNY, decide
from vectorstore.rules.model import Check, Outcome, Value

ON = date(2023, 1, 1)
DAY = timedelta(days=1)
DECIDED = {Outcome.ELIGIBLE, Outcome.PARTLY, Outcome.NOT_ELIGIBLE}
YES = row("R1", "eligible", "So.", when={"a": ["yes"]})
NO = row("R2", "not_eligible", "Not.", when={"a": ["no"]})


def made(*rows: dict[str, Any], asked: int = 2, **more: Any) -> Check:
    """A check of some yes/no facts a, b, ..., and a number."""
    facts = [{"id": f, "type": "yes_no", "label": f, "question": f"{f}?"} for f in "abcdefghijklmnopqr"[:asked]]
    facts.append({"id": "number", "type": "number", "label": "number", "question": "How many?"})
    stated = {"id": "made", "title": "Made", "question": "Is it so?", "topic": "law", "about": "Made."}
    outcomes = {"eligible": "Yes.", "partly": "Partly.", "not_eligible": "No."}
    return Check.model_validate({**stated, "outcomes": outcomes, "facts": facts, "rows": rows, **more})


def problems(check: Check) -> list[str]:
    return list(prove(check).problems(check))


@pytest.mark.parametrize("check", list(checks().values()), ids=list(checks()))
def test_sound_tables_have_no_problems(check: Check) -> None:
    proof = prove(check)
    assert list(proof.problems(check)) == []
    assert proof.reached == {r.id for r in check.rows}


def test_a_proof_counts_what_was_tried() -> None:
    duty = prove(hive_return())
    assert (duty.check, duty.rows, duty.editions) == ("hive-return", 7, 2)
    assert duty.combinations == 4 * 2 + 4 * 2 * 5  # the first edition asks for no sales
    assert duty.boundaries == 3 + 1  # the days of its editions, and the sum in both its directions
    fund = prove(orchard_grant())
    assert (fund.editions, fund.combinations, fund.boundaries) == (1, 4 * 2 * 3, 2 + 1)


def test_editions_are_the_stretches_of_time_with_the_same_rows() -> None:
    held = [(day, [r.id for r in rules]) for day, rules in editions(hive_return())]
    assert held == [
        (FIRST_EDITION, ["HR-1", "HR-2", "HR-3", "HR-7"]),
        (SECOND_EDITION, ["HR-3", "HR-4", "HR-5", "HR-6", "HR-7"]),
    ]
    assert [day for day, _ in editions(orchard_grant())] == [ROUND_OPENS]


def test_a_row_without_a_first_day_is_in_force_from_the_first_of_all() -> None:
    check = made(row("R", "eligible", "So.", valid_to=ON), row("S", "eligible", "So.", valid_from=date(2023, 1, 5)))
    assert [(day, [r.id for r in rules]) for day, rules in editions(check)] == [
        (date.min, ["R"]),
        (date(2023, 1, 5), ["S"]),
    ]


def test_rows_that_contradict_are_named_with_the_day_and_the_facts() -> None:
    check = made(YES, NO, row("R3", "partly", "Partly.", when={"a": ["yes"], "b": ["no"]}, valid_from=ON))
    assert problems(check) == ["rows contradict on 2023-01-01: R1 (eligible), R3 (partly) for a = yes, b = no"]


def test_a_combination_that_no_row_covers_is_named() -> None:
    check = made(YES, row("R2", "not_eligible", "Not.", when={"a": ["no"], "b": ["no"]}))
    assert problems(check) == ["no row says what follows on 0001-01-01 from a = no, b = yes"]


def test_a_row_that_can_never_hold_is_named() -> None:
    never = row("R3", "eligible", "So.", when={"number": {"more_than": 5, "less_than": 5}})
    assert problems(made(YES, NO, never)) == ["row R3 can never hold"]


def test_pennies_are_tried_as_well_as_pounds() -> None:
    between = row("R1", "eligible", "So.", when={"number": {"more_than": 5, "less_than": 6}})
    assert prove(made(between)).reached == {"R1"}
    below = row("R2", "not_eligible", "Not.", when={"number": {"at_most": 5}})
    above = row("R3", "eligible", "So.", when={"number": {"at_least": 6}})
    assert problems(made(below, above)) == [
        f"no row says what follows on 0001-01-01 from number = {pounds}" for pounds in ("5.01", "5.99")
    ]
    assert problems(made(below, between, above)) == []


@pytest.mark.parametrize(
    ("low", "high", "found"),
    [
        ("less_than", "at_least", []),
        ("at_most", "more_than", []),
        ("less_than", "more_than", ["no row says what follows on 0001-01-01 from number = 5"]),
        (
            "at_most",
            "at_least",
            ["rows contradict on 0001-01-01: R1 (not_eligible), R2 (eligible) for number = 5"],
        ),
    ],
)
def test_a_hole_or_an_overlap_at_a_threshold_is_found(low: str, high: str, found: list[str]) -> None:
    below = row("R1", "not_eligible", "Not.", when={"number": {low: 5}})
    above = row("R2", "eligible", "So.", when={"number": {high: 5}})
    assert problems(made(below, above)) == found


@pytest.mark.parametrize(
    ("starts", "found"),
    [
        (ON + DAY, []),
        (ON, ["rows contradict on 2023-01-01: R2 (not_eligible), R3 (eligible) for a = no"]),
        (ON + 2 * DAY, ["no row says what follows on 2023-01-02 from a = no"]),
    ],
)
def test_editions_of_a_case_that_overlap_or_leave_a_day_out_are_found(starts: date, found: list[str]) -> None:
    first = {**NO, "valid_to": ON}
    second = row("R3", "eligible", "So.", when={"a": ["no"]}, valid_from=starts)
    assert problems(made(YES, first, second)) == found


@pytest.mark.parametrize(
    ("fund", "first", "second", "contradict"),
    [
        ("", "primary", "inference", True),
        ("orchard", "primary", "secondary", False),
        ("orchard", "primary", "primary", True),
        ("orchard", "secondary", "third_party", True),
    ],
)
def test_in_a_fund_what_is_reported_is_compared_apart_from_what_decides(
    fund: str, first: str, second: str, contradict: bool
) -> None:
    rows = (row("R1", "eligible", "So.", evidence=first), row("R2", "not_eligible", "Not.", evidence=second))
    assert bool(prove(made(*rows, fund=fund)).contradictions) is contradict


def test_only_the_first_few_faults_of_a_kind_are_told() -> None:
    whole = [row("R1", "eligible", "So."), row("R2", "partly", "Partly.")]
    spread = [row(f"S{f}", "eligible", "So.", when={f: ["yes"], "a": ["yes"]}) for f in "bcde"]
    assert len(prove(made(*whole, *spread, asked=5)).contradictions) == 5
    assert len(prove(made(*spread, asked=5)).uncovered) == 5


def test_a_table_too_large_to_prove_is_refused() -> None:
    rows = [row(f"R{f}", "eligible", "So.", when={f: ["yes"]}) for f in "abcdefghijklmnopqr"]
    with pytest.raises(ValueError, match="made has too many combinations to prove"):
        prove(made(*rows, asked=18))


Known = dict[str, Value | None]
NUMBERS = [n + step for n in range(12) for step in (-PENNY, Decimal(0), PENNY)]
WORDS = st.sampled_from([["yes"], ["no"]])
BOUNDS = st.dictionaries(
    st.sampled_from(["more_than", "at_least", "less_than", "at_most"]), st.integers(2, 9), min_size=1, max_size=2
)
WINDOWS = st.sampled_from([{}, {"valid_from": ON}, {"valid_to": ON}])


@st.composite
def tables(draw: st.DrawFn) -> Check:
    """Small tables, sound and unsound."""
    rows = []
    for number in range(draw(st.integers(1, 5))):
        when = draw(st.fixed_dictionaries({}, optional={"a": WORDS, "b": WORDS, "number": BOUNDS}))
        outcome = draw(st.sampled_from(["eligible", "not_eligible", "not_enough_information"]))
        evidence = draw(st.sampled_from(["primary", "secondary"]))
        rows.append(row(f"R{number}", outcome, "So.", when=when, evidence=evidence, **draw(WINDOWS)))
    return made(*rows, fund=draw(st.sampled_from(["", "orchard"])))


def all_facts() -> list[Known]:
    return [{"a": a, "b": b, "number": n} for a in ("yes", "no") for b in ("yes", "no") for n in NUMBERS]


@given(tables(), st.sampled_from([ON, ON + DAY]), st.sampled_from(all_facts()), st.permutations(["a", "b", "number"]))
def test_adding_a_fact_never_turns_a_decided_outcome_into_another(
    check: Check, on: date, whole: Known, order: list[str]
) -> None:
    assume(not prove(check).contradictions)
    facts: Known = {}
    before = decide(check, facts, on)
    for added in order:
        for value in (None, whole[added]):  # first asked and not known, then known
            facts = {**facts, added: value}
            after = decide(check, facts, on)
            if before.outcome in DECIDED:
                assert after.outcome is before.outcome
            assert {r.id for r in before.deciding} <= {r.id for r in after.deciding}
            before = after


@given(tables())
def test_a_table_is_complete_exactly_if_every_asker_gets_a_row_in_every_edition(check: Check) -> None:
    decisions = [decide(check, facts, day) for day, _ in editions(check) for facts in all_facts()]
    covered = all(d.deciding or d.reported for d in decisions)
    assert covered is (not prove(check).uncovered)


@given(tables())
def test_a_row_is_reached_exactly_if_it_holds_for_some_asker(check: Check) -> None:
    held: set[str] = set()
    for day, _ in editions(check):
        for facts in all_facts():
            decision = decide(check, facts, day)
            held.update(r.id for r in (*decision.deciding, *decision.reported))
    assert held == prove(check).reached
