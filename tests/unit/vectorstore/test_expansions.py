"""Other ways to say the terms of a query."""

from __future__ import annotations

import pytest

from vectorstore.vocabulary import expansions

VOCABULARY = {"ERB": ("employer representative body", "lead body"), "LSIF": ("Local Skills Improvement Fund",)}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Who is the ERB?", ["employer representative body", "lead body"]),
        ("What do ERBs do", ["employer representative body", "lead body"]),
        ("What is an employer  representative body, please", ["ERB", "lead body"]),
        ("Is the lsif open", ["Local Skills Improvement Fund"]),
        ("Is the LSIF open?", ["Local Skills Improvement Fund"]),
        ("A herb garden", []),
        ("", []),
    ],
)
def test_both_ways_round(text: str, expected: list[str]) -> None:
    assert [other for _, other in expansions(text, VOCABULARY)] == expected


def test_each_pair_names_the_term_that_was_used() -> None:
    pairs = expansions("What of the ERB, or lead body?", VOCABULARY)
    assert pairs == [("ERB", "employer representative body"), ("lead body", "employer representative body")]
