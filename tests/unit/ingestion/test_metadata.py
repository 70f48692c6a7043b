"""What a file says about itself: good values, and bad ones that are named."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

import pytest

from ingestion.metadata import Metadata, read_metadata
from vectorstore.errors import BadFileError
from vectorstore.model import Kind, Status


def read(**values: Any) -> Metadata:
    return read_metadata({"document": "d", "title": "T", **values}, "notes.md")


def test_least_that_is_needed() -> None:
    meta = read()
    assert (meta.kind, meta.status, meta.valid_from, meta.valid_to) == (Kind.SUPPLIED, Status.IN_FORCE, None, None)
    assert (meta.supersedes, meta.url, meta.area, meta.version) == ((), None, None, "")


@pytest.mark.parametrize("value", [date(2024, 3, 1), datetime(2024, 3, 1, 12), "2024-03-01", " 2024-03-01 "])
def test_ways_to_write_a_date(value: object) -> None:
    assert read(valid_from=value).valid_from == date(2024, 3, 1)


def test_blank_is_nothing() -> None:
    meta = read(valid_from="", url="", area=None, publisher=None, supersedes="")
    assert (meta.valid_from, meta.url, meta.area, meta.publisher, meta.supersedes) == (None, None, None, "", ())


def test_values_that_yaml_made_something_else_of() -> None:
    meta = read(document=2024, version=date(2024, 3, 1), title=1.5, supersedes="old")
    assert (meta.document, meta.version, meta.title, meta.supersedes) == ("2024", "2024-03-01", "1.5", ("old",))


@pytest.mark.parametrize(
    ("key", "value", "says"),
    [
        ("document", " ", "at least 1 character"),
        ("document", "x" * 501, "at most 500"),
        ("title", "", "at least 1 character"),
        ("kind", "letter", "'official', 'brief' or 'supplied'"),
        ("status", "current", "'in force'"),
        ("valid_from", "1 March 2024", "write YYYY-MM-DD"),
        ("valid_to", "2024-02-30", "write YYYY-MM-DD"),
        ("published", 2024, "write YYYY-MM-DD"),
        ("compiled_on", "soon", "write YYYY-MM-DD"),
        ("checked_on", ["2024-01-01"], "write YYYY-MM-DD"),
        ("url", "javascript:alert(1)", "https://"),
        ("url", "/relative", "https://"),
        ("url", "https://www.gov.uk@evil.example/", "https://"),
        ("url", "https://[", "https://"),
        ("supersedes", 7, "valid tuple"),
        ("supersedes", [7], "valid string"),
        ("area", "A" * 17, "at most 16"),
        ("title", "half \ud800", "cannot be stored"),
        ("note", {"deep": ["nul \x00"]}, "cannot be stored"),
    ],
)
def test_a_bad_value_names_the_key_and_what_to_write(key: str, value: object, says: str) -> None:
    with pytest.raises(BadFileError) as caught:
        read(**{key: value})
    message = caught.value.message
    assert message.startswith("notes.md: ")
    assert f"'{key}" in message
    assert says in message
    assert "docs/corpus-format.md" in caught.value.remedy


def test_an_end_before_the_start() -> None:
    with pytest.raises(BadFileError, match="valid_to 2024-01-01 is before valid_from 2024-01-02"):
        read(valid_from="2024-01-02", valid_to="2024-01-01")
    assert read(valid_from="2024-01-01", valid_to="2024-01-01").valid_to == date(2024, 1, 1)


def test_unknown_keys_are_kept_as_plain_values() -> None:
    meta = read(topic="law", seen=date(2024, 1, 1), tags={"b", "a"}, raw=b"\xff", deep={1: [None, True]})
    assert meta.unknown() == {
        "topic": "law",
        "seen": "2024-01-01",
        "tags": ["a", "b"],
        "raw": "b'\\xff'",
        "deep": {"1": [None, True]},
    }


def test_spaces_in_an_address_are_written_out() -> None:
    assert read(url=" https://example.org/a file.pdf ").url == "https://example.org/a%20file.pdf"
