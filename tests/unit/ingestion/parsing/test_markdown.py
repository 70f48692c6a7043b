"""Markdown with front matter, and the source lines of briefs."""

from __future__ import annotations

import pytest

from ingestion.parsing.markdown import parse_grounds, parse_markdown
from ingestion.parsing.model import Block, Grounds, ParsedDocument
from vectorstore.errors import BadFileError

BRIEF = """---
document: lsif
kind: brief
title: The fund
---

# The fund

## Is it open

The fund is closed.
It paid until 2025.
(Rests on: G12, s.2; N05, p.4; L01. Evidence: secondary.)

The steps were:

- one [page](https://example.org)
- two
  goes on
(Rests on: G12. Evidence: primary.)

| a | b |
|---|---|
| 1 | 2 |
(Rests on: G13, s.1(3). Evidence: third_party.)

The names are not held.
(Not held. Looked in: G12; N05.)
"""


def parse(text: str) -> ParsedDocument:
    return parse_markdown(text.encode(), "n.md")


def shape(document: ParsedDocument) -> list[tuple[str, str]]:
    return [(b.kind.value, b.text) for b in document.blocks]


def test_a_brief() -> None:
    document = parse(BRIEF)
    assert document.title == "The fund"
    assert shape(document) == [
        ("heading", "The fund"),
        ("heading", "Is it open"),
        ("paragraph", "The fund is closed. It paid until 2025."),
        ("paragraph", "The steps were:"),
        ("list", "- one page\n- two goes on"),
        ("table", "| a | b |\n| 1 | 2 |"),
        ("paragraph", "The names are not held."),
    ]
    grounds = [b.grounds for b in document.blocks]
    assert grounds[2] == Grounds((("G12", "s.2"), ("N05", "p.4"), ("L01", "")), "secondary")
    assert grounds[3] is None
    assert grounds[4] == Grounds((("G12", ""),), "primary")
    assert grounds[5] == Grounds((("G13", "s.1(3)"),), "third_party")
    assert grounds[6] == Grounds((("G12", ""), ("N05", "")), "inference", gap=True)


def test_source_lines_are_text_where_the_file_is_no_brief() -> None:
    document = parse(BRIEF.replace("kind: brief", "kind: supplied"))
    assert "Rests on: G12" in document.blocks[2].text
    assert all(b.grounds is None for b in document.blocks)


@pytest.mark.parametrize(
    "line",
    [
        "Rests on: G12. Evidence: primary.",
        "(Rests on: G12. Evidence: strong.)",
        "(Rests on: . Evidence: primary.)",
        "(Not held.)",
        "(Rests on: G12. Evidence: primary)",
    ],
)
def test_lines_that_are_no_source_lines(line: str) -> None:
    assert parse_grounds(line) is None


def test_the_title_is_the_first_heading_if_none_is_given() -> None:
    assert parse("text\n\n## Under\n\n# Top\n").title == "Under"
    assert parse("text").title == "n.md"


@pytest.mark.parametrize(
    ("source", "text"),
    [
        ("See [the Act](https://example.org/a_(b)) now.", "See the Act now."),
        ("See ![a map](map.png).", "See a map."),
        ("**Bold**, *soft*, __strong__ and `code`.", "Bold, soft, strong and code."),
        ("2 * 3 * 4 and snake_case_name", "2 * 3 * 4 and snake_case_name"),
        ("> Quoted\n> on", "Quoted on"),
        ("Before <!-- hidden --> after", "Before after"),
        ("```\ncode here\n```", "code here"),
    ],
)
def test_text_as_a_reader_sees_it(source: str, text: str) -> None:
    assert [b.text for b in parse(source).blocks] == [text]


def test_numbered_and_nested_lists() -> None:
    (block,) = parse("1. one\n2) no\n").blocks[:1]
    assert block.text.startswith("1. one")
    assert parse("- a\n  - b\n- c").blocks[0].text == "- a\n- b\n- c"


@pytest.mark.parametrize(
    "front",
    ["title: a: b", "title: [", "a: &x [1]\nb: *x", "a: &x {b: *x}", "key: !!python/object:os.system {}", "\tx: 1"],
)
def test_front_matter_that_is_not_plain_yaml(front: str) -> None:
    with pytest.raises(BadFileError, match="front matter that is not YAML") as caught:
        parse(f"---\n{front}\n---\n\ntext\n")
    assert "key: value" in caught.value.remedy


@pytest.mark.parametrize("front", ["- a", "just words"])
def test_front_matter_that_is_no_mapping_is_told(front: str) -> None:
    document = parse(f"---\n{front}\n---\n\ntext\n")
    assert document.meta == {}
    assert "not a mapping" in document.problems[0].reason


@pytest.mark.parametrize("source", ["---\ntitle: x\n---\n", "<!-- nothing -->"])
def test_nothing_to_read(source: str) -> None:
    with pytest.raises(BadFileError, match="holds no text"):
        parse(source)


def test_windows_line_ends_and_a_byte_order_mark() -> None:
    document = parse_markdown("\ufeff---\r\ntitle: T\r\n---\r\n\r\nOne\r\ntwo.\r\n".encode(), "n.md")
    assert (document.title, [b.text for b in document.blocks]) == ("T", ["One two."])


def test_not_text() -> None:
    with pytest.raises(BadFileError, match="not a text file"):
        parse_markdown(b"\x89PNG\x00\x00", "n.md")


def test_blocks_are_plain_values() -> None:
    assert all(isinstance(b, Block) for b in parse(BRIEF).blocks)


@pytest.mark.parametrize(
    "body",
    [
        'Seen. <span style="display:none">Hidden.</span>',
        "Seen. <b hidden>Hidden.</b>",
        "Seen. <!-- Hidden. -->",
        "Seen. <!-- Hidden.",
        "Se\u200ben\U000e0041.",
        "Seen. ![](https://x.example/a.png)",
        '<b>Seen.</b><img src="x" alt="Hidden.">',
        "Seen.\n\n<script>\nHidden.\n</script>",
    ],
)
def test_what_a_reader_does_not_see_goes(body: str) -> None:
    assert [b.text for b in parse_markdown(body.encode(), "a.md").blocks] == ["Seen."]


def test_an_image_inside_a_link_is_its_words() -> None:
    (block,) = parse_markdown(b"See [![a chart](b.png)](c.html) and 3 < 4 <16.", "a.md").blocks
    assert block.text == "See a chart and 3 < 4 <16."


def test_hidden_direction_and_tags_are_told() -> None:
    (problem,) = parse_markdown("Seen\u202e.".encode(), "a.md").problems
    assert "hidden characters" in problem.reason
