"""The predicate that says whether a text is in force on a date."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from vectorstore.model import Status
from vectorstore.validity import Edition, in_force

START, END = date(2022, 10, 31), date(2025, 11, 17)
DAY = timedelta(days=1)


def edition(
    status: Status = Status.IN_FORCE, valid_from: date | None = START, valid_to: date | None = END
) -> Edition:
    return Edition("v", "d", status, valid_from, valid_to, None, "d.md")


@pytest.mark.parametrize(
    ("on", "expected"),
    [(START - DAY, False), (START, True), (START + DAY, True), (END - DAY, True), (END, True), (END + DAY, False)],
)
def test_both_bounds_are_inclusive(on: date, expected: bool) -> None:
    assert in_force(edition(), on) is expected


@pytest.mark.parametrize("status", [Status.IN_FORCE, Status.SUPERSEDED, Status.CLOSED, Status.WITHDRAWN])
def test_inside_a_closed_window_an_ended_text_was_in_force(status: Status) -> None:
    assert in_force(edition(status), START)
    assert not in_force(edition(status), END + DAY)


@pytest.mark.parametrize("status", [Status.SUPERSEDED, Status.CLOSED, Status.WITHDRAWN])
def test_an_ended_text_whose_end_is_unknown_never_is(status: Status) -> None:
    assert not in_force(edition(status, valid_to=None), START)


@pytest.mark.parametrize("status", [Status.DRAFT, Status.EXPECTED])
def test_what_is_not_yet_in_force_never_is(status: Status) -> None:
    assert not in_force(edition(status), START)
    assert not in_force(edition(status, None, None), START)


def test_without_dates_always() -> None:
    undated = edition(valid_from=None, valid_to=None)
    assert in_force(undated, date.min)
    assert in_force(undated, date.max)
