"""Cutting a document into passages: exact places, whole lists, nothing lost."""

from __future__ import annotations

import re

from hypothesis import given
from hypothesis import strategies as st

from ingestion.parsing.model import Block, BlockKind, Grounds
from ingestion.passages import MAX_CHARS, TARGET_CHARS, Cut, cut

SENTENCE = "A college that has a duty reports what it did in the year before. "


def heading(text: str, level: int = 2) -> Block:
    return Block(BlockKind.HEADING, text, level)


def paragraph(text: str, page: str | None = None, grounds: Grounds | None = None) -> Block:
    return Block(BlockKind.PARAGRAPH, text, page=page, grounds=grounds)


def listed(*items: str, grounds: Grounds | None = None) -> Block:
    return Block(BlockKind.LIST, "\n".join(f"- {i}" for i in items), grounds=grounds)


def pieces(*blocks: Block, title: str = "T") -> list[Cut]:
    text, cuts = cut(blocks, title)
    assert all(text[c.start : c.end] == c.text for c in cuts)
    return cuts


def squeezed(text: str) -> str:
    return re.sub(r"\s+", "", text)


def test_headings_make_the_path_and_the_title_is_no_part_of_it() -> None:
    cuts = pieces(
        heading("The  PLAN", 1),
        paragraph("Zero."),
        heading("One"),
        paragraph("First."),
        heading("Under", 3),
        paragraph("Second."),
        heading("Two"),
        paragraph("Third."),
        title="The plan",
    )
    assert [(c.heading, c.text) for c in cuts] == [
        ((), "Zero."),
        (("One",), "First."),
        (("One", "Under"), "Second."),
        (("Two",), "Third."),
    ]
    assert [c.anchor for c in cuts] == ["top", "one", "under", "two"]


def test_anchors_of_one_heading_are_counted() -> None:
    long = paragraph(SENTENCE * 9)
    assert [c.anchor for c in pieces(heading("Duties & powers"), long, long, long)] == [
        "duties-powers",
        "duties-powers-2",
        "duties-powers-3",
    ]


def test_short_paragraphs_of_a_heading_are_gathered() -> None:
    assert [c.text for c in pieces(paragraph("One."), paragraph("Two."))] == ["One.\n\nTwo."]
    assert [c.page for c in pieces(paragraph("One.", "i"), paragraph("Two.", "ii"))] == ["i", "ii"]


def test_a_list_stays_with_its_introduction() -> None:
    before, introduction = paragraph(SENTENCE.strip()), paragraph("The body must:")
    items = listed(*["lead the plan and listen to those who have a say in it"] * 20)
    assert len(pieces(before, introduction, listed("lead", "listen"))) == 1
    assert [c.text for c in pieces(paragraph("x" * 860), introduction, items)] == [
        "x" * 860,
        f"The body must:\n\n{items.text}",
    ]
    assert pieces(introduction, listed(*[SENTENCE] * 40))[0].text.startswith("The body must:\n\n- A college")
    table = Block(BlockKind.TABLE, "| a | b |\n| c | d |")
    assert pieces(paragraph("The cycles are:"), table)[0].text.startswith("The cycles are:\n\n| a")


def test_each_grounded_paragraph_is_a_passage_of_its_own() -> None:
    one, two = Grounds((("G1", "s.1"),), "primary"), Grounds((("G2", ""),), "secondary")
    cuts = pieces(
        paragraph("First.", grounds=one),
        paragraph("Second.", grounds=one),
        paragraph("It must:"),
        listed("lead", grounds=two),
        paragraph("Bare."),
    )
    assert [(c.text, c.grounds) for c in cuts] == [
        ("First.", one),
        ("Second.", one),
        ("It must:\n\n- lead", two),
        ("Bare.", None),
    ]


def test_long_blocks_are_cut_between_sentences() -> None:
    cuts = pieces(paragraph(SENTENCE.strip() + (" " + SENTENCE.strip()) * 60))
    assert len(cuts) > 3
    assert all(c.text.endswith("before.") and c.text.startswith("A college") for c in cuts)
    assert max(len(c.text) for c in cuts) <= MAX_CHARS


def test_long_lists_are_cut_between_items_and_keep_their_bullets() -> None:
    cuts = pieces(listed(*(f"{n}: {SENTENCE.strip()}" for n in range(60))))
    assert len(cuts) > 3
    assert all(line.startswith("- ") for c in cuts for line in c.text.split("\n"))


def test_a_wall_without_spaces_is_cut_by_force() -> None:
    cuts = pieces(paragraph("x" * 5_000))
    assert max(len(c.text) for c in cuts) <= MAX_CHARS
    assert "".join(c.text for c in cuts) == "x" * 5_000
    assert len(cuts[0].text) == TARGET_CHARS


WORDS = st.sampled_from(
    ["plan", "college.", "Who?", "£2,499,989", "e.g.", "x" * 700, "|", "-", "1.", "(a)", "\u2028", "é"]
)
LINES = st.lists(WORDS, min_size=1, max_size=60).map(" ".join)
TEXTS = st.lists(LINES, min_size=1, max_size=8).map("\n".join).map(str.strip).filter(bool)
BLOCKS = st.builds(
    Block,
    st.sampled_from(BlockKind),
    TEXTS,
    level=st.integers(1, 6),
    page=st.none() | st.sampled_from(["1", "2"]),
    grounds=st.none() | st.just(Grounds((("G", ""),), "primary")),
)


@given(st.lists(BLOCKS, max_size=8))
def test_no_text_is_lost_or_said_twice(blocks: list[Block]) -> None:
    text, cuts = cut(blocks, "T")
    position = 0
    for c in cuts:
        assert position <= c.start < c.end <= len(text)
        assert c.text == text[c.start : c.end] == c.text.strip()
        assert len(c.text) <= MAX_CHARS
        position = c.end
    body = [b for b in blocks if b.kind is not BlockKind.HEADING]
    assert squeezed("".join(c.text for c in cuts)) == squeezed("".join(b.text for b in body))
