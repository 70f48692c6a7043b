"""Decision tables as data: what a table may hold, and what is refused before it can decide anything."""

from __future__ import annotations

import json
from copy import deepcopy
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from pydantic import ValidationError

from tests.fakes.checks import HIVE_RETURN, checks, hive_return, orchard_grant, row
from vectorstore.rules.model import AskedFact, Check, Condition, Rule


def table(**changes: Any) -> dict[str, Any]:
    """The table of the duty with some of its keys replaced."""
    return {**deepcopy(HIVE_RETURN), **changes}


def test_a_bare_yes_or_no_of_yaml_is_the_word() -> None:
    made = Rule.model_validate(row("R", "eligible", "So.", when={"public": True, "grant": [False, "yes"]}))
    assert {f: c.one_of for f, c in made.when.items()} == {"public": ("yes",), "grant": ("no", "yes")}


def test_a_yes_no_fact_is_a_choice_of_two_and_a_number_none() -> None:
    keeper, public, sales = hive_return().facts
    assert [(c.id, c.said == p) for c, p in zip(public.choices, (public.said_yes, public.said_no), strict=True)] == [
        ("yes", True),
        ("no", True),
    ]
    assert [c.id for c in keeper.choices] == ["village_college", "upper_college", "grower", "other"]
    assert sales.choices == ()


@pytest.mark.parametrize(
    ("bound", "value", "threshold"),
    [
        ("more_than", 5, Decimal(5)),
        ("at_least", "5.5", Decimal("5.5")),
        ("less_than", 5, Decimal(5)),
        ("at_most", 5, Decimal(5)),
        ("before", "2023-06-20", date(2023, 6, 20)),
        ("on_or_before", "2023-06-20", date(2023, 6, 20)),
        ("after", "2023-06-20", date(2023, 6, 20)),
        ("on_or_after", "2023-06-20", date(2023, 6, 20)),
    ],
)
def test_every_bound_is_a_threshold(bound: str, value: object, threshold: object) -> None:
    assert Condition.model_validate({bound: value}).thresholds == (threshold,)


def test_a_condition_without_bounds_has_no_threshold() -> None:
    assert Condition.model_validate({"one_of": ["yes"]}).thresholds == ()


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"rows": [row("R", "eligible", "So.", when={"colour": ["red"]})]}, "row R asks for 'colour'"),
        ({"rows": [row("R", "eligible", "So.", when={"keeper": ["king"]})]}, "row R: keeper has no value 'king'"),
        ({"rows": [row("R", "eligible", "So.", when={"public": ["maybe"]})]}, "row R: public has no value 'maybe'"),
        ({"outcomes": {"eligible": "Yes."}}, "row HR-2: outcomes does not say 'not_eligible'"),
        ({"facts": [*HIVE_RETURN["facts"], HIVE_RETURN["facts"][0]]}, "a fact stands twice"),
        ({"rows": []}, "rows"),
        ({"facts": []}, "facts"),
        ({"colour": "red"}, "colour"),
        ({"id": "Hive Return"}, "id"),
    ],
)
def test_a_table_that_does_not_fit_together_is_refused(changes: dict[str, Any], said: str) -> None:
    with pytest.raises(ValidationError) as refused:
        Check.model_validate(table(**changes))
    assert said in str(refused.value)


CONDITIONS: dict[str, dict[str, Any]] = {
    "words": {"one_of": ["yes"]},
    "number": {"more_than": 5, "at_most": 9},
    "days": {"after": "2023-06-20"},
    "number and days": {"more_than": 5, "before": "2023-06-20"},
    "words and number": {"one_of": ["yes"], "at_least": 5},
    "nothing": {},
    "no words": {"one_of": []},
}
FITTING = {"yes_no": {"words"}, "choice": {"words"}, "number": {"number"}, "date": {"days"}, "area": set[str]()}


@pytest.mark.parametrize("kind", FITTING)
@pytest.mark.parametrize("condition", CONDITIONS)
def test_a_condition_must_be_one_for_the_type_of_its_fact(kind: str, condition: str) -> None:
    values = [{"id": "yes", "label": "yes"}] if kind == "choice" else []
    asked = {"id": "asked", "type": kind, "label": "Asked", "question": "What?", "values": values}
    stated = table(facts=[asked], rows=[row("R", "eligible", "So.", when={"asked": CONDITIONS[condition]})])
    if condition in FITTING[kind]:
        assert Check.model_validate(stated).rows[0].when["asked"].fits(kind)
        return
    with pytest.raises(ValidationError, match=f"row R: the condition on asked is none for a {kind}"):
        Check.model_validate(stated)


@pytest.mark.parametrize(
    "changes",
    [
        {"text": ""},
        {"sources": []},
        {"outcome": "perhaps"},
        {"outcome": "no_rule_in_force"},
        {"evidence": "hearsay"},
        {"confidence": "sure"},
        {"until": "2024-01-01"},
        {"when": {"sales": {"above": 5}}},
        {"when": {"sales": {"more_than": "much"}}},
    ],
)
def test_a_row_must_say_why_on_what_ground_and_nothing_unheard_of(changes: dict[str, Any]) -> None:
    stated = row("R", "eligible", "So.")
    Rule.model_validate(stated)
    with pytest.raises(ValidationError):
        Rule.model_validate({**stated, **changes})


def test_a_rule_that_is_not_held_needs_no_words_for_its_outcome() -> None:
    made = Check.model_validate(table(outcomes={}, rows=[row("R", "not_enough_information", "It is not held.")]))
    assert made.rows[0].outcome not in made.outcomes


@pytest.mark.parametrize(
    ("start", "end", "on", "expected"),
    [
        (None, None, date.min, True),
        (date(2023, 1, 2), None, date(2023, 1, 1), False),
        (date(2023, 1, 2), None, date(2023, 1, 2), True),
        (None, date(2023, 1, 2), date(2023, 1, 2), True),
        (None, date(2023, 1, 2), date(2023, 1, 3), False),
        (date(2023, 1, 2), date(2023, 1, 2), date(2023, 1, 2), True),
    ],
)
def test_a_row_is_in_force_on_its_first_and_its_last_day(
    start: date | None, end: date | None, on: date, expected: bool
) -> None:
    made = Rule.model_validate(row("R", "eligible", "So.", valid_from=start, valid_to=end))
    assert made.in_force(on) is expected


def test_only_facts_that_a_row_turns_on_decide_in_the_order_of_asking() -> None:
    assert [f.id for f in orchard_grant().deciding_facts] == ["keeper", "in_group", "sent"]
    backwards = Check.model_validate(table(facts=HIVE_RETURN["facts"][::-1]))
    assert [f.id for f in backwards.deciding_facts] == ["sales", "public", "keeper"]


def test_a_fact_is_found_by_its_id() -> None:
    found = hive_return().fact("sales")
    assert isinstance(found, AskedFact)
    assert found.label == "Yearly sales"
    assert hive_return().fact("honey") is None


@pytest.mark.parametrize("check", list(checks().values()), ids=list(checks()))
def test_a_check_comes_back_whole_from_json(check: Check) -> None:
    assert Check.model_validate(json.loads(json.dumps(check.as_data()))) == check
