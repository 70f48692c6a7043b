"""Quotes: exact but for white space, and widened to whole sentences with what introduces them."""

from __future__ import annotations

import pytest

from assistant.verification.quoting import find, lead_of, widen

TEXT = (
    "The fund is closed to  new\nbids. It paid six areas.\n\n"
    "The money may not be used for:\n\n- rent of buildings\n- pay"
)


@pytest.mark.parametrize(
    ("quote", "found"),
    [
        ("The fund is closed", "The fund is closed"),
        ("closed to new bids.", "closed to  new\nbids."),
        ("rent of buildings", "rent of buildings"),
        ("The fund is open", None),
        ("The fund ... bids", None),
        ("the fund is closed", None),
        ("pay", None),
        ("", None),
    ],
)
def test_find(quote: str, found: str | None) -> None:
    at = find(quote, TEXT)
    assert (TEXT[slice(*at)] if at else None) == found


def test_a_piece_is_widened_to_its_sentences() -> None:
    at = find("bids. It paid", TEXT)
    assert at is not None
    wide = widen(TEXT, *at)
    assert wide is not None
    assert TEXT[slice(*wide)] == "The fund is closed to  new\nbids. It paid six areas."
    assert widen(TEXT, len(TEXT), len(TEXT)) is None


def test_an_item_has_the_sentence_that_introduces_it() -> None:
    lead = lead_of(TEXT, TEXT.index("rent"))
    assert lead is not None
    assert TEXT[slice(*lead)] == "The money may not be used for:"
    assert lead_of(TEXT, TEXT.index("It paid")) is None
    assert lead_of("A sentence.\n\n- an item", 15) is None
