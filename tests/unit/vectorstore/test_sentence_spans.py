"""Where the sentences of a text stand."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vectorstore.text import is_item, items_after, lead_of, sentence_spans

SHAPES = ("A plan is due. ", "See s. 4(3) of the Act. ", "- an item", "1. first", "(a) sub", "| a | b |", "|---|---|")
JOINTS = ("\n", "\n\n", "\r\n", "  ", "“Quoted.” ", "Due in May. ", "Dr. Who asked? ", "\t", "é", "\u2028", ".")
PIECES = st.lists(st.sampled_from((*SHAPES, *JOINTS)), max_size=25).map("".join)


def sentences(text: str) -> list[str]:
    return [text[start:end] for start, end in sentence_spans(text)]


def test_prose() -> None:
    assert sentences("One is here. Two is\nthere!  Three?") == ["One is here.", "Two is\nthere!", "Three?"]


def test_a_blank_line_ends_a_sentence() -> None:
    assert sentences("No stop here\n\nNext one") == ["No stop here", "Next one"]


def test_items_stand_alone_without_their_bullets() -> None:
    text = "The body must:\n- lead the plan. And more\n* listen\n• ask\n2. report\n10) end\n(iv) stop"
    assert sentences(text) == ["The body must:", "lead the plan. And more", "listen", "ask", "report", "end", "stop"]


def test_rows_of_tables_stand_alone_and_rules_go() -> None:
    assert sentences("| Cycle | Begins |\n|---|:--|\n| First | 2023 |") == ["| Cycle | Begins |", "| First | 2023 |"]


@pytest.mark.parametrize(
    "text",
    [
        "The fund paid £2,499,989.50 in all.",
        "Dr. Smith wrote it.",
        "It costs 3.5 per cent, e.g. in Kent.",
        "See No. 4 for more.",
        "The U.S. plan is not one.",
    ],
)
def test_abbreviations_and_numbers_end_nothing(text: str) -> None:
    assert sentences(text) == [text]


@pytest.mark.parametrize("text", ["", " \n\t\n", "|---|"])
def test_nothing_to_say(text: str) -> None:
    assert sentences(text) == []


@given(PIECES | st.text(max_size=200))
def test_spans_are_in_order_inside_and_apart(text: str) -> None:
    position = 0
    for start, end in sentence_spans(text):
        assert position <= start < end <= len(text)
        assert text[start:end] == text[start:end].strip()
        position = end


@given(st.lists(st.sampled_from(["The plan is due in May.", "Colleges lead it.", "Who pays?"]), min_size=1))
def test_no_sentence_is_lost(parts: list[str]) -> None:
    assert sentences(" ".join(parts)) == parts


def test_items_are_told_from_sentences_behind_a_year() -> None:
    text = "The fund ran to March 2022. Bids had opened before.\n\n- first\n12. second\n(a) third\n| a | b |\n"
    items = [text[a:b] for a, b in sentence_spans(text) if is_item(text, a)]
    assert items == ["first", "second", "third", "| a | b |"]


@pytest.mark.parametrize(
    ("text", "leads"),
    [
        ("First. A body may not:\n\n- sleep\n- eat;\n", ["", "", "A body may not:", "A body may not:"]),
        ("| Area | Sum |\n|---|---|\n| Elm | 2 |\n| Oak | 3 |", ["", "| Area | Sum |", "| Area | Sum |"]),
        ("Plain.\n\n- one\n", ["", ""]),
        ("So long that\nit wraps:\n\n1. one", ["", "So long that\nit wraps:"]),
        ("A sum:\n\n| Area | Sum |\n| Elm | 2 |\n", ["", "", "| Area | Sum |"]),
        ("- one\n- two\n", ["", ""]),
    ],
)
def test_what_items_and_rows_are_read_under(text: str, leads: list[str]) -> None:
    assert [lead_of(text, start) for start, _ in sentence_spans(text)] == leads


@given(PIECES)
def test_what_leads_stands_before(text: str) -> None:
    for start, _ in sentence_spans(text):
        assert lead_of(text, start) in text[:start]


@pytest.mark.parametrize(
    ("text", "longest", "items"),
    [
        ("Three themes:\n\n- steel;\n- stone;\n- straw.\n\nEnd.\n- not this", 80, "steel; stone; straw."),
        ("Three themes:\n\n- steel;\n- stone;\n- straw.", 14, "steel; stone;"),
        ("Three themes:\n\n- steel;\n- stone;", 3, "steel;"),
        ("Three themes:\n\nSteel comes first.", 80, ""),
        ("Three themes.\n\n- steel", 80, ""),
    ],
)
def test_the_items_that_a_sentence_introduces(text: str, longest: int, items: str) -> None:
    assert items_after(text, len("Three themes:"), longest) == items
