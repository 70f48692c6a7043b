"""A question is read word for word against a table, or left alone."""

from __future__ import annotations

import pytest

from assistant.tables.asking import Measure, Query, When, read
from assistant.tables.lexing import PLACE, lex
from vectorstore.tables import Column, Table, ValueKind

CLUB = ValueKind(words="clubs?", match="Club", said="run by a club", unsaid="not run by a club")
RUNNER = Column(
    id="runner", fact="runner", value="name", words="run(?: by)?|runs", said="run", unsaid="not run", kinds=(CLUB,)
)
POOLS = Column(id="pools", fact="pools", value="pools", words="pools?", one="pool", many="pools")
PLAN = Column(
    id="plan", fact="plan", words="plans?|published", said="with a plan", unsaid="without", dated="on", for_rows=True
)
GRANT = Column(id="grant", fact="grant", value="sum", words="grants?|got|money", many="money", money=True)
PARKS = Table(id="parks", fact="park", words="parks?", many="parks", columns=(RUNNER, POOLS, PLAN))
GRANTS = Table(id="grants", fact="grant", words="parks?|grants?", many="grants", measure="grant", columns=(GRANT,))


def asked(text: str, table: Table = PARKS) -> Query | None:
    items = lex(text, table)
    return read(text, items, table) if items else None


def told(text: str, table: Table = PARKS) -> tuple[Measure, list[tuple[str, bool]]] | None:
    query = asked(text, table)
    return (query.measure, [(c.column.id, c.denied) for c in query.conditions]) if query else None


@pytest.mark.parametrize(
    ("text", "measure", "conditions"),
    [
        ("Which parks have a plan?", Measure.LIST, [("plan", False)]),
        ("which parks dont have a plan yet", Measure.LIST, [("plan", True)]),
        ("How many parks are run by a club and have no plan?", Measure.COUNT, [("runner", False), ("plan", True)]),
        ("How many plans have been published?", Measure.COUNT, [("plan", False)]),
        ("Is every park run by a club?", Measure.EVERY, [("runner", False)]),
        ("Are there any parks with more than two pools?", Measure.ANY, [("pools", False)]),
        ("Does any park lack a plan?", Measure.ANY, [("plan", True)]),
        ("Which park has the most pools?", Measure.MOST, []),
        ("parks with the fewest pools", Measure.LEAST, []),
        (f"Does {PLACE} have more pools than {PLACE}?", Measure.COMPARE, []),
        (f"which has fewer pools, {PLACE} or {PLACE}", Measure.COMPARE, []),
    ],
)
def test_what_is_asked(text: str, measure: Measure, conditions: list[tuple[str, bool]]) -> None:
    assert told(text) == (measure, conditions)


@pytest.mark.parametrize(
    "text",
    [
        "Which parks have a bandstand?",  # no column of that name
        "Which park has the most ducks?",
        "Why do parks have no plan?",
        "What is a park?",
        "What is a park with a plan?",
        "No parks have a plan?",
        "Which parks have a plan or pools?",
        "Which parks are larger than three?",
        f"Which parks does {PLACE} club run?",  # the name of a body
        "Do most parks have a plan?",
        "Does the park have a plan?",  # which is not said
        "How many pools are there?",
        "Do all parks have to have a plan?",
        f"Which of {PLACE} and {PLACE} has the most pools?",  # how many of the rows lie there is not said
        "Which parks had a plan in 2024 and pools in 2025?",
    ],
)
def test_what_is_not_read_whole_is_left_alone(text: str) -> None:
    assert asked(text) is None


def test_numbers_and_dates_belong_to_their_columns() -> None:
    pools = asked("Which parks have at least 3 pools?")
    assert pools and pools.conditions[0].test and pools.conditions[0].test.holds(3)
    plan = asked("Which plans were published after June 2026?")
    assert plan and plan.conditions[0].when == When("after", "2026-06")
    total = asked("How many of the 39 parks have a plan?")
    assert total and total.total == 39
    assert asked("Which parks have a plan over 3?") is None


def test_sums_are_of_money_and_of_several_rows() -> None:
    assert told("How much did all parks get in total?", GRANTS) == (Measure.SUM, [])
    assert told("How many grants were there in all?", GRANTS) == (Measure.COUNT, [])
    assert told("What was the average grant?", GRANTS) == (Measure.MEAN, [])
    assert told(f"Which of {PLACE} and {PLACE} got the most?", GRANTS) == (Measure.MOST, [])
    assert told("What are the three largest grants?", GRANTS) == (Measure.MOST, [])
    over = asked("How many parks got over £5m?", GRANTS)
    assert over and over.conditions[0].test and over.conditions[0].test.number == 5_000_000
    assert told("How much did the park get?", GRANTS) is None
    assert told("How much money was there in total?", GRANTS) is None  # the grants, or all that could be given?
    assert told(f"How much did {PLACE} get in all?", GRANTS) == (Measure.SUM, [])
    assert told("How many parks got over 5?", GRANTS) is None  # five of what?


@pytest.mark.parametrize(
    ("when", "day", "holds"),
    [
        (When("in", "2026-07"), "2026-07-10", True),
        (When("in", "2026-07"), "2026-06", False),
        (When("in", "2026-07"), "2026", None),
        (When("in", "2026"), "2026-07", True),
        (When("after", "2026-06"), "2026-06", False),
        (When("after", "2026-06"), "2026-07", True),
        (When("since", "2026-06"), "2026-06", True),
        (When("before", "2026-06"), "2026-05", True),
        (When("before", "2026-06"), "2026", None),
    ],
)
def test_a_date_may_be_held_too_roughly_to_say(when: When, day: str, holds: bool | None) -> None:
    assert when.holds(day) is holds
