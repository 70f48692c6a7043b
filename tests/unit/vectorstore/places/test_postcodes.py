"""Postcodes are read as people write them, and looked up in a table that is mapped from disk."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vectorstore.errors import KnowledgeError
from vectorstore.places.postcodes import Postcode, PostcodeTable, pack, read_postcode, write_postcodes

ROWS = [
    ("CV1 2AB", "E1"),
    ("CV1 2AC", "E1"),
    ("CV1 3AA", "E2"),
    ("W1A 1AA", "E3"),
    ("SW1A1AA", "E3"),
    ("M1  1AE", "E4"),
]


@pytest.fixture
def table(tmp_path: Path) -> PostcodeTable:
    assert write_postcodes(tmp_path, [*ROWS, ("GIR0AA", "E9"), ("nonsense", "E9")]) == len(ROWS)
    return PostcodeTable(tmp_path)


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("CV1 2AB", "CV1 2AB"),
        ("cv12ab", "CV1 2AB"),
        ("we are at sw1a  1aa, London", "SW1A 1AA"),
        ("W1A-1AA", "W1A 1AA"),
        ("M11AE", "M1 1AE"),
    ],
)
def test_a_postcode_is_read_in_any_spacing_and_case(text: str, read: str) -> None:
    assert str(read_postcode(text)) == read


@pytest.mark.parametrize("text", ["", "CV1", "LSIP 2026", "T Level 3 and 4", "ABC1 2DE", "UKPRN 10001234", "£2m 1st"])
def test_other_things_are_no_postcodes(text: str) -> None:
    assert read_postcode(text) is None


def test_each_row_is_found_and_nothing_else(table: PostcodeTable) -> None:
    assert len(table) == len(ROWS)
    for text, district in ROWS:
        found = read_postcode(text)
        assert found is not None
        assert table.district(found) == district
    assert table.district(Postcode("CV1", "2AD")) is None
    assert table.district(Postcode("ZZ9", "9ZZ")) is None
    assert {str(p): d for p, d in table.every()} == {str(read_postcode(t)): d for t, d in ROWS}


def test_outward_codes_and_sectors_count_their_districts(table: PostcodeTable) -> None:
    assert table.outward("cv1") == {"E1": 2, "E2": 1}
    assert table.outward("ZZ9") == {}
    assert table.sector(Postcode("CV1", "2ZZ")) == {"E1": 2}
    assert table.sector(Postcode("CV1", "9ZZ")) == {}


def test_a_missing_table_says_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(KnowledgeError, match="ingest"):
        PostcodeTable(tmp_path / "nowhere")


@given(st.from_regex(r"\A[0-9][A-Z][A-Z]\Z"), st.from_regex(r"\A[0-9][A-Z][A-Z]\Z"))
def test_packing_keeps_the_order(one: str, other: str) -> None:
    assert (pack(one) < pack(other)) == (one < other)
    assert 0 <= pack(one) < 6760
