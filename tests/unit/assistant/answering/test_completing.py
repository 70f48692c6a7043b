"""A sentence that counts its members brings the list that names them."""

from __future__ import annotations

import pytest

from assistant.answering.completing import counted_list
from assistant.answering.selection import Limits
from assistant.answering.turn import DraftStatement, Quote
from tests.fakes.knowledge import hit

GROUNDS = hit(
    "A grower may be removed on three grounds:\n\n- late seed\n- foul water\n- lost carts\n", passage_id="p1"
)
FEES = hit("There are three fees:\n\n- for seed\n- for water\n- for carts\n", passage_id="p2")


def said(text: str, role: str = "sentence") -> DraftStatement:
    return DraftStatement(text, Quote(hit(text), 0, len(text), text), role)


def test_the_list_of_what_is_counted_stands_behind_the_sentence_that_counts() -> None:
    statements = [said("Growers change."), said("One leaves on one of three plain grounds."), said("Carts are kept.")]
    place, listed = counted_list(statements, [FEES, GROUNDS], Limits())
    assert place == 2
    assert [s.role for s in listed] == ["lead", "item", "item", "item"]
    assert listed[0].quote.hit is GROUNDS


@pytest.mark.parametrize(
    "text",
    [
        "One leaves on two grounds.",  # another number
        "One leaves on three paths.",  # of something else
        "There are three grounds: seed, water and carts.",  # they follow
        "One leaves.",
    ],
)
def test_no_other_list_is_brought(text: str) -> None:
    assert counted_list([said(text)], [FEES, GROUNDS], Limits()) == (0, [])


def test_nothing_is_brought_where_a_list_is_said() -> None:
    statements = [said("One leaves on three grounds."), said("late seed", "item")]
    assert counted_list(statements, [GROUNDS], Limits()) == (0, [])
