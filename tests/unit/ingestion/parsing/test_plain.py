"""Plain text, and the helpers on lines that all parsers share."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ingestion.parsing.lines import bullet, is_page_number, join_lines, recurring, squash, stem
from ingestion.parsing.plain import parse_text
from vectorstore.errors import BadFileError

TEXT = """The plan
========

First para-
graph over
lines.

SKILLS NEEDED
Some text:
- one
  going on
* two

(a) three
1. four
Priorities
----------
Last.
"""


def test_whole_file() -> None:
    document = parse_text(TEXT.encode(), "t.txt")
    assert document.title == "The plan"
    assert [(block.kind.value, block.level, block.text) for block in document.blocks] == [
        ("heading", 1, "The plan"),
        ("paragraph", 0, "First paragraph over lines."),
        ("heading", 2, "SKILLS NEEDED"),
        ("paragraph", 0, "Some text:"),
        ("list", 0, "- one going on\n- two\n- (a) three\n- 1. four"),
        ("heading", 2, "Priorities"),
        ("paragraph", 0, "Last."),
    ]


@pytest.mark.parametrize(
    "data", ["café".encode(), "\ufeffcafé".encode(), "café".encode("cp1252"), b"caf\xe9\r\n\r\n"]
)
def test_decoding(data: bytes) -> None:
    document = parse_text(data, "dir\\menu.txt")
    assert document.blocks[0].text == "café"
    assert document.title == "menu"


@pytest.mark.parametrize("data", [b"", b" \n\n\t", b"\xef\xbb\xbf", b"----\n"])
def test_empty(data: bytes) -> None:
    with pytest.raises(BadFileError, match="no text"):
        parse_text(data, "e.txt")


@pytest.mark.parametrize("data", [b"a\0b", b"\x89PNG\r\n\x1a\n\x01\x02", b"\x81\x8d\x8f"])
def test_binary(data: bytes) -> None:
    with pytest.raises(BadFileError, match="not a text file"):
        parse_text(data, "b.txt")


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("• one", "one"),
        ("●one", "one"),
        ("▪ one", "one"),
        ("- one", "one"),
        ("– one", "one"),
        ("(a) one", "(a) one"),
        ("12. one", "12. one"),
        ("-one", None),
        ("2026. one", None),
        ("(one) two", None),
        ("words", None),
    ],
)
def test_bullets(line: str, expected: str | None) -> None:
    found = bullet(line)
    assert (found.text if found else None) == expected


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        (["mainte-", "nance"], "maintenance"),
        (["mainte\u00ad", "nance"], "maintenance"),
        (["post-", "16"], "post-16"),
        (["Anglo-", "Saxon"], "Anglo-Saxon"),
        (["up-to-", "date"], "up-to-date"),
        (["a -", "b"], "a - b"),
        (["pre-", "and post-"], "pre- and post-"),
        (["2023-", "24"], "2023-24"),
    ],
)
def test_joining(rows: list[str], expected: str) -> None:
    assert join_lines(rows) == expected


def test_edges() -> None:
    assert is_page_number("Page 3 of 9", "iii", 5)
    assert is_page_number("- iii -", "iii", 5)
    assert not is_page_number("2026", "iii", 5)
    assert not is_page_number("Page", "iii", 5)
    pages = [frozenset({"left" if number % 2 else "right", number}) for number in range(6)]
    assert recurring(pages) == {"left", "right"}
    assert stem("") == "untitled"
    assert squash("a\u200bb \xa0 c\x00") == "ab c"


@settings(max_examples=150, deadline=None)
@given(st.one_of(st.binary(max_size=300), st.text(alphabet="aA1.-=•( )\n\t", max_size=80).map(str.encode)))
def test_nothing_but_bad_file_error(data: bytes) -> None:
    try:
        assert parse_text(data, "n.txt").blocks
    except BadFileError:
        return
