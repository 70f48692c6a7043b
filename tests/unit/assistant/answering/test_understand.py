"""Kind, area, time and places outside, read from the words of a question."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.answering.area_names import areas_named, find_area
from assistant.answering.turn import Kind
from assistant.answering.turn import Turn as TurnType
from assistant.answering.understand import Understand, outside_place, question_kind
from tests.fakes.knowledge import PROFILE, turn
from vectorstore.profile import CollectionProfile


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("When does the fund close?", Kind.WHEN),
        ("What date was it approved?", Kind.WHEN),
        ("How much was the fund worth?", Kind.HOW_MUCH),
        ("What was the total for Cumbria?", Kind.HOW_MUCH),
        ("How many areas are there?", Kind.HOW_MANY),
        ("What is the number of areas?", Kind.HOW_MANY),
        ("Who leads the plan in Cumbria?", Kind.WHO),
        ("Which body leads the plan?", Kind.WHO),
        ("Where do I find the plan?", Kind.WHERE),
        ("How do I contact them?", Kind.WHERE),
        ("What is an LSIP?", Kind.DEFINITION),
        ("What does relevant provider mean?", Kind.DEFINITION),
        ("Which sectors does the plan name?", Kind.LIST),
        ("List the priorities", Kind.LIST),
        ("Is the fund open?", Kind.YES_NO),
        ("So, do we have to take part?", Kind.YES_NO),
        ("Explain the duty to me", Kind.OTHER),
        ("When a plan is approved, what must a college do?", Kind.OTHER),
        ("What must a college do when a plan is approved?", Kind.OTHER),
        ("Do you know when the fund closed?", Kind.WHEN),
        ("What is the date when it closes?", Kind.WHEN),
        ("When did it close, what followed?", Kind.WHEN),
    ],
)
def test_kinds(text: str, kind: Kind) -> None:
    assert question_kind(text) is kind


@given(st.text(max_size=100))
def test_every_text_has_a_kind(text: str) -> None:
    assert question_kind(text) in Kind


def ids(text: str) -> list[str]:
    return [a.id for a in areas_named(text, PROFILE)]


def test_the_longest_name_wins() -> None:
    assert ids("Who leads Greater Manchester?") == ["A02"]
    assert ids("Who leads Manchester?") == ["A01"]
    assert ids("Greater Manchester or Manchester?") == ["A02", "A01"]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("I am reading the plan", []),
        ("We are in Reading", ["A03"]),
        ("we are in slough", ["A03"]),
        ("we are in reading", []),
        ("do not bury the news", []),
        ("the gm plan", []),
        ("the GM plan", ["A02"]),
        ("who leads wigan?", ["A02"]),
        ("who leads Wiganshire?", []),
        ("who leads Ex-Wigan?", []),
    ],
)
def test_ordinary_and_short_words_need_a_capital(text: str, found: list[str]) -> None:
    assert ids(text) == found


def test_a_collection_without_areas_names_none() -> None:
    assert (
        areas_named(
            "Reading and Wigan",
            CollectionProfile(),
        )
        == ()
    )


@pytest.mark.parametrize("text", ["A02", "a02", "greater  manchester", " WIGAN "])
def test_an_area_is_found_by_id_or_any_name(text: str) -> None:
    found = find_area(text, PROFILE)
    assert found is not None
    assert found.id == "A02"


def test_no_area_for_part_of_a_name() -> None:
    assert find_area("Greater", PROFILE) is None
    assert find_area("", PROFILE) is None


@pytest.mark.parametrize(
    ("text", "nation"),
    [
        ("Does it apply in Aberdeen?", "Scotland"),
        ("does it apply in wales?", "Wales"),
        ("Does it apply in Cumbria?", None),
        ("Is New Scotland Yard an employer?", None),
        ("Is West Cheshire and North Wales Chamber the lead?", None),
        ("Is West Cheshire and North Wales Chamber the lead in Cardiff too?", "Wales"),
        ("What about Walesby?", None),
    ],
)
def test_places_outside(text: str, nation: str | None) -> None:
    assert outside_place(text, PROFILE) == nation


def understood(made: TurnType) -> TurnType:
    after = Understand()(made)
    assert isinstance(after, TurnType)
    return after


def test_the_area_named_beats_the_area_given() -> None:
    assert understood(turn("Who leads Berkshire?", area="A02")).understanding.areas == ("A03",)
    assert understood(turn("Who leads it?", area="A02")).understanding.areas == ("A02",)


def test_two_areas_named_are_both_meant_and_none_is_the_area() -> None:
    u = understood(turn("Compare Berkshire and Wigan")).understanding
    assert u.area is None
    assert set(u.areas) == {"A02", "A03"}


def test_a_period_counts_only_where_no_date_was_given() -> None:
    assert understood(turn("Who led it in 2023?")).understanding.period is not None
    assert understood(turn("Who led it in 2023?", as_of=date(2026, 1, 1))).understanding.period is None


def test_our_plan_asks_for_the_own_area() -> None:
    assert understood(turn("Who leads our LSIP?")).understanding.asks_own_area
    assert not understood(turn("Who leads the plan?")).understanding.asks_own_area
