"""The time beside one that was asked about is worked out to the month."""

from __future__ import annotations

import pytest

from assistant.answering.stretches import beside_span

BASE = "How much did each get from April to September 2025?"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("and the six months after that?", "from October 2025 to March 2026"),
        ("the next month", "in October 2025"),
        ("and for the two months before?", "from February 2025 to March 2025"),
        ("and the following year?", "from October 2025 to September 2026"),
        ("and after that?", "after September 2025"),
        ("before that", "before April 2025"),
        ("and the 3 months before that?", "from January 2025 to March 2025"),
    ],
)
def test_the_time_beside(text: str, expected: str) -> None:
    assert beside_span(text, BASE) == f"How much did each get {expected}?"


def test_a_span_over_the_turn_of_a_year() -> None:
    base = "What was paid between October 2025 and March 2026?"
    assert beside_span("and the six months before that?", base) == "What was paid from April 2025 to September 2025?"


@pytest.mark.parametrize("text", ["and who paid?", "the six months", "what about after the report?"])
def test_other_turns_change_no_time(text: str) -> None:
    assert beside_span(text, BASE) is None
    assert beside_span("and after that?", "How much did each get?") is None
