"""What changed between two texts: clauses added, removed and reworded, and nothing that only moved."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.changes.clauses import Clause, clauses
from assistant.changes.compare import Change, Kind, compare
from tests.fakes.editions import ACT_2022, ACT_2025, GUIDANCE_2022, GUIDANCE_2025, SHELF, Text, text

WORDS = (
    "apples are picked in autumn",
    "bees live in the white hives",
    "every gate must be kept shut at night",
    "every gate must be kept open at noon",
    "the keeper pays for ink and paper",
    "the keeper pays for ink and some paper",
    "wells are covered when frost comes",
    "carters drive slowly down the lane",
)
LINES = st.lists(st.sampled_from(WORDS), unique=True, max_size=len(WORDS))
REPEATED = st.lists(st.sampled_from(WORDS[:4]), max_size=7)


def of(held: Text) -> list[Clause]:
    return clauses(held.version, held.passages)


def said(lines: Sequence[str], version_id: str) -> list[Clause]:
    numbered = "\n".join(f"({n}) {line}" for n, line in enumerate(lines, start=1))
    return of(text([("1 Orchards", numbered)], version_id=version_id)) if lines else []


def told(changes: Sequence[Change]) -> list[tuple[Kind, str, str | None, str | None]]:
    return [
        (c.kind, c.clause, c.before.text if c.before else None, c.after.text if c.after else None) for c in changes
    ]


ACT_CHANGES = [
    (
        Kind.REWORDED,
        "section 1(2)(b)",
        "(b) set out what the trees will need over the next three years;",
        "(b) set out what the trees and hedges will need over the next five years;",
    ),
    (Kind.ADDED, "section 1(2)(c)", None, "(c) explain how wells and ponds are looked after;"),
    (Kind.REMOVED, "section 1(3)", "(3) The minister may pay the keeper for the ink.", None),
]


def test_each_kind_of_change_is_told_in_the_order_of_the_newer_text() -> None:
    assert told(compare(of(ACT_2022), of(ACT_2025))) == ACT_CHANGES


def test_what_only_moved_or_got_another_letter_has_not_changed() -> None:
    changed = {c.before.words for c in compare(of(ACT_2022), of(ACT_2025)) if c.before}
    assert "name the persons who helped to write it." not in changed
    assert "every gate must be kept shut at night." not in changed


def test_backwards_what_was_added_is_removed() -> None:
    assert {(k, c) for k, c, _, _ in told(compare(of(ACT_2025), of(ACT_2022)))} == {
        (Kind.REWORDED, "section 1(2)(b)"),
        (Kind.REMOVED, "section 1(2)(c)"),
        (Kind.ADDED, "section 1(3)"),
    }


def test_guidance_is_compared_paragraph_by_paragraph() -> None:
    assert told(compare(of(GUIDANCE_2022), of(GUIDANCE_2025))) == [
        (Kind.REWORDED, "Length", "A plan has no more than 30 pages.", "A plan has no more than 40 pages."),
        (Kind.ADDED, "Bees", None, "Every plan counts the hives."),
    ]


@pytest.mark.parametrize("held", SHELF, ids=lambda h: h.version.version_id)
def test_a_text_has_not_changed_from_itself(held: Text) -> None:
    assert compare(of(held), of(held)) == []


@settings(deadline=None)
@given(LINES)
def test_the_same_words_in_another_edition_have_not_changed(lines: list[str]) -> None:
    assert compare(said(lines, "v1"), said(lines, "v2")) == []


@settings(deadline=None)
@given(LINES.flatmap(lambda lines: st.tuples(st.just(lines), st.permutations(lines))))
def test_any_order_of_the_same_clauses_is_no_change(orders: tuple[list[str], list[str]]) -> None:
    lines, mixed = orders
    assert compare(said(lines, "v1"), said(mixed, "v2")) == []


@settings(deadline=None)
@given(LINES, LINES)
def test_the_words_of_every_clause_are_either_kept_or_changed(before: list[str], after: list[str]) -> None:
    old, new = said(before, "v1"), said(after, "v2")
    changes = compare(old, new)
    kept = Counter(c.words for c in old) & Counter(c.words for c in new)
    gone = Counter(c.before.words for c in changes if c.before)
    come = Counter(c.after.words for c in changes if c.after)
    assert kept + gone == Counter(c.words for c in old)
    assert kept + come == Counter(c.words for c in new)
    assert not set(kept) & (set(gone) | set(come))


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        ("aa", "a", [(Kind.REMOVED, "a")]),
        ("a", "aa", [(Kind.ADDED, "a")]),
        ("aba", "ba", [(Kind.REMOVED, "a")]),
        ("aba", "ab", [(Kind.REMOVED, "a")]),
        ("ab", "bab", [(Kind.ADDED, "b")]),
        ("aab", "baa", []),
        ("aabb", "ab", [(Kind.REMOVED, "a"), (Kind.REMOVED, "b")]),
    ],
)
def test_of_a_clause_that_stands_several_times_only_what_went_or_came_is_told(
    before: str, after: str, expected: list[tuple[Kind, str]]
) -> None:
    lines = dict(zip("ab", WORDS[:2], strict=True))
    old, new = said([lines[c] for c in before], "v1"), said([lines[c] for c in after], "v2")
    sides = [(c.kind, c.after or c.before) for c in compare(old, new)]
    assert [(kind, side.words) for kind, side in sides if side] == [(kind, lines[c]) for kind, c in expected]


@settings(deadline=None)
@given(REPEATED, REPEATED)
def test_clauses_are_told_as_often_as_they_went_or_came(before: list[str], after: list[str]) -> None:
    changes = compare(said(before, "v1"), said(after, "v2"))
    assert Counter(c.before.words for c in changes if c.before) == Counter(before) - Counter(after)
    assert Counter(c.after.words for c in changes if c.after) == Counter(after) - Counter(before)


@settings(deadline=None)
@given(LINES, LINES)
def test_a_change_has_the_sides_of_its_kind_from_the_texts_it_compares(before: list[str], after: list[str]) -> None:
    old, new = said(before, "v1"), said(after, "v2")
    for change in compare(old, new):
        assert (change.before is None) == (change.kind is Kind.ADDED)
        assert (change.after is None) == (change.kind is Kind.REMOVED)
        assert change.before is None or change.before in old
        assert change.after is None or change.after in new
        assert change.clause == (change.after or change.before or old[0]).path


@settings(deadline=None)
@given(LINES, LINES)
def test_changes_follow_the_newer_text(before: list[str], after: list[str]) -> None:
    starts = [c.after.start for c in compare(said(before, "v1"), said(after, "v2")) if c.after]
    assert starts == sorted(starts)


def test_the_likest_clauses_are_paired_whatever_their_order() -> None:
    old = said(["the keeper pays for ink and paper", "every gate must be kept shut at night"], "v1")
    new = said(["every gate must be kept open at noon", "the keeper pays for ink and some paper"], "v2")
    pairs = {(b, a) for _, _, b, a in told(compare(old, new))}
    assert ("(1) the keeper pays for ink and paper", "(2) the keeper pays for ink and some paper") in pairs


def test_clauses_that_have_little_in_common_are_one_removed_and_one_added() -> None:
    old, new = said(["apples are picked in autumn"], "v1"), said(["every gate must be kept shut at night"], "v2")
    assert sorted(k for k, _, _, _ in told(compare(old, new))) == [Kind.ADDED, Kind.REMOVED]


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("the keeper pays for ink and paper", "wells are covered when frost comes"),
        ("name the persons who helped to write it", "set out the money that is spent on gates"),
        ("a plan has no more than 30 pages", "every plan counts the hives"),
    ],
)
@pytest.mark.parametrize("number", [1, 3])
def test_a_common_name_does_not_make_unlike_clauses_one(before: str, after: str, number: int) -> None:
    same = ["carters drive slowly down the lane"] * (number - 1)
    old, new = said([*same, before], "v1"), said([*same, after], "v2")
    assert old[-1].path == new[-1].path
    assert sorted(c.kind for c in compare(old, new)) == [Kind.ADDED, Kind.REMOVED]


def test_of_two_unlike_clauses_the_one_that_is_alike_is_reworded_whatever_its_name() -> None:
    old = said(["bees live in the white hives", "every gate must be kept shut at night"], "v1")
    new = said(["every gate must be kept open at noon"], "v2")
    assert told(compare(old, new)) == [
        (Kind.REMOVED, "section 1(1)", "(1) bees live in the white hives", None),
        (
            Kind.REWORDED,
            "section 1(1)",
            "(2) every gate must be kept shut at night",
            "(1) every gate must be kept open at noon",
        ),
    ]


def test_from_or_to_nothing_everything_is_added_or_removed() -> None:
    some = said(WORDS[:3], "v1")
    assert [c.kind for c in compare([], some)] == [Kind.ADDED] * 3
    assert [c.kind for c in compare(some, [])] == [Kind.REMOVED] * 3
