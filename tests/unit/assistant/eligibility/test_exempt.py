"""A deadline is none for one whom its rule leaves out."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from assistant.answering.turn import Period
from assistant.eligibility.exempt import Exempt
from tests.fakes.checks import TODAY, engine, findings, hive_return
from tests.fakes.knowledge import turn

EXEMPT = Exempt(engine(hive_return()), findings(hive_return()).decided)


@pytest.mark.parametrize(
    "text",
    [
        "We have no public money. When is our hive return due?",
        "Have we missed the deadline for the hive return? We get no public money.",
    ],
)
def test_who_is_left_out_is_told_so_before_a_date(text: str) -> None:
    [finding] = EXEMPT.consult(turn(text, as_of=TODAY))
    assert finding.leads
    assert finding.statements[0].text == "The keeper need not send a hive return."
    assert finding.answers


@pytest.mark.parametrize(
    "text",
    [
        "We are a village college with public money. When is our hive return due?",  # it is due from them
        "When is our hive return due?",  # not known
        "When is the hive return due from those without public money?",  # of nobody who asks
        "We have no public money. Must we send a hive return?",  # no date is asked
        "We have no public money. When does the fair open?",  # of another thing
        "We have no public money. When is the template of the hive return due?",
    ],
)
def test_otherwise_dates_are_left_to_their_engine(text: str) -> None:
    assert not EXEMPT.consult(turn(text, as_of=TODAY))


NO_MONEY = "We have no public money. "


@pytest.mark.parametrize(
    ("text", "period", "decided"),
    [
        ("When was our hive return due in 2024?", None, False),
        ("When was our hive return due in March 2024?", Period(date(2024, 3, 1), date(2024, 3, 31), "2024"), False),
        ("When is our hive return due?", None, True),
        ("When is our hive return due in 2026?", None, True),
    ],
)
def test_rows_of_today_decide_nothing_of_a_time_before_them(text: str, period: Period | None, decided: bool) -> None:
    check = hive_return()
    rows = tuple(r.model_copy(update={"valid_from": date(2025, 6, 1)}) for r in check.rows)
    newer = check.model_copy(update={"rows": rows})
    asked = turn(NO_MONEY + text, as_of=TODAY)
    asked = replace(asked, understanding=replace(asked.understanding, period=period))
    found = Exempt(engine(newer), findings(newer).decided).consult(asked)
    assert bool(found) is decided
