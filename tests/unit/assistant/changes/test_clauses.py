"""A text as its clauses: each with its name, and exactly where it stands."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from assistant.changes.clauses import Clause, clauses
from tests.fakes.editions import ACT_2022, ACT_2025, GUIDANCE_2022, SHELF, Text, text


def of(held: Text) -> list[Clause]:
    return clauses(held.version, held.passages)


def paths(parts: Sequence[tuple[str, str]]) -> list[str]:
    return [c.path for c in of(text(parts))]


@pytest.mark.parametrize("held", SHELF, ids=lambda h: h.version.version_id)
def test_a_clause_is_an_exact_stretch_of_its_text(held: Text) -> None:
    found = of(held)
    assert found
    for clause in found:
        assert held.words[clause.start : clause.end] == clause.text
        assert clause.passage.start <= clause.start < clause.end <= clause.passage.end
        assert clause.version is held.version
        assert clause.text == clause.text.strip()


def test_clauses_of_an_act_are_named_by_section_number_and_letter() -> None:
    assert [c.path for c in of(ACT_2022)] == [
        "section 1(1)",
        "section 1(2)",
        "section 1(2)(a)",
        "section 1(2)(b)",
        "section 1(2)(c)",
        "section 1(3)",
        "section 2(1)",
        "section 2(2)",
    ]
    assert "section 1(2)(d)" in [c.path for c in of(ACT_2025)]


def test_every_line_that_says_something_is_a_clause_once() -> None:
    for held in SHELF:
        lines = [line for p in held.passages if not p.gap for line in p.text.split("\n")]
        assert [c.text for c in of(held)] == [line.removeprefix("- ") for line in lines]


def test_a_recorded_gap_is_no_part_of_the_text() -> None:
    assert [c.path for c in of(GUIDANCE_2022)] == ["Who writes the plan", "Who writes the plan", "Length"]


@pytest.mark.parametrize(
    ("heading", "expected"),
    [
        ("1 Plans", "section 1(2)(a)"),
        ("section 4A Plans", "section 4A(2)(a)"),
        ("s.7 Plans", "section 7(2)(a)"),
        ("s. 7 Plans", "section 7(2)(a)"),
        ("Plans", "Plans (2)(a)"),
        ("", "(2)(a)"),
    ],
)
def test_the_heading_gives_the_section(heading: str, expected: str) -> None:
    assert paths([(heading, "(2) A plan must—\n(a) be short")])[-1] == expected


@pytest.mark.parametrize(("heading", "expected"), [("3 Gates", "section 3"), ("Gates", "Gates"), ("", "opening")])
def test_a_line_without_a_number_is_named_by_its_heading(heading: str, expected: str) -> None:
    assert paths([(heading, "Gates are shut.")]) == [expected]


def test_a_section_that_is_cut_into_passages_keeps_its_count_and_a_new_one_begins_anew() -> None:
    parts = [("1 Plans", "(2) A plan must—"), ("1 Plans", "(a) be short"), ("2 Gates", "(a) gates")]
    assert paths(parts) == ["section 1(2)", "section 1(2)(a)", "section 2(a)"]


def test_lists_keep_their_numbers_behind_bullets() -> None:
    assert paths([("1 Plans", "- (1) Write.\n- (a) Soon.\n* (1A) Then send.")]) == [
        "section 1(1)",
        "section 1(1)(a)",
        "section 1(1A)",
    ]


def test_empty_lines_and_rules_of_tables_are_no_clauses_and_indents_are_left_out() -> None:
    held = text([("Sums", "| Year | Sum |\n|------|-----|\n\n   \n  | 2024 | 5 |  ")])
    assert [c.text for c in of(held)] == ["| Year | Sum |", "| 2024 | 5 |"]
    assert [held.words[c.start : c.end] for c in of(held)] == ["| Year | Sum |", "| 2024 | 5 |"]


@pytest.mark.parametrize(
    "line",
    [
        "(1) Every gate is shut.",
        "(2)  Every   gate is shut.",
        "(a) every gate IS shut.",
        "- Every gate is shut.",
        "* (12A) Every gate is shut.",
    ],
)
def test_bullet_number_case_and_white_space_are_no_words(line: str) -> None:
    held = text([("1 Gates", line)])
    [clause] = of(held)
    assert clause.words == "every gate is shut."
    assert clause.text == line.removeprefix("- ").removeprefix("* ")
    assert held.words[clause.start : clause.end] == clause.text
