"""From draft to answer: numbers, joined stretches, marks and texts."""

from __future__ import annotations

import re
from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from assistant.answering.assemble import as_plain, as_text, citation, number
from assistant.answering.model import Block, BulletList, Citation, NextStep, Note, Paragraph, Statement
from assistant.answering.turn import Draft, DraftStatement, Quote
from tests.fakes.knowledge import TODAY, drafted, hit, quote, version
from vectorstore.model import Hit, Kind, Reference, Status

STORED = "Head.\n\nOne is first. Two is second.\n\n- three\n- four\n- five\n\nSix is last. Seven follows."
FIRST = hit(STORED[7:60], start=7, passage_id="p1")
SECOND = hit(STORED[59:], start=59, passage_id="p2")


def numbered(*statements: DraftStatement) -> tuple[tuple[Block, ...], tuple[Citation, ...]]:
    return number(Draft(statements, "extractive", TODAY))


def statements_of(blocks: tuple[Block, ...]) -> list[Statement]:
    found: list[Statement] = []
    for block in blocks:
        if isinstance(block, Paragraph):
            found.extend(block.statements)
        elif isinstance(block, BulletList):
            found.extend(([block.lead] if block.lead else []) + list(block.items))
    return found


def test_neighbours_share_one_citation_that_spans_them() -> None:
    blocks, cited = numbered(drafted(FIRST, "One is first."), drafted(FIRST, "Two is second."))
    assert [c.quote for c in cited] == ["One is first. Two is second."]
    assert [s.citations for s in statements_of(blocks)] == [(1,), (1,)]


def test_bullets_between_join_and_words_between_part() -> None:
    _, cited = numbered(drafted(FIRST, "three", "item"), drafted(FIRST, "four", "item"))
    assert [c.quote for c in cited] == ["three\n- four"]
    _, cited = numbered(drafted(FIRST, "One is first."), drafted(FIRST, "four", "item"))
    assert [c.quote for c in cited] == ["One is first.", "four"]


def test_numbers_follow_the_order_of_first_use() -> None:
    blocks, cited = numbered(
        drafted(SECOND, "Six is last."), drafted(FIRST, "One is first."), drafted(SECOND, "Seven follows.")
    )
    assert [c.n for c in cited] == [1, 2]
    assert [c.passage_id for c in cited] == ["p2", "p1"]
    assert [s.citations for s in statements_of(blocks)] == [(1,), (2,), (1,)]


def test_a_lead_stands_above_its_items() -> None:
    blocks, _ = numbered(
        drafted(FIRST, "One is first."), drafted(FIRST, "Two is second.", "lead"), drafted(FIRST, "three", "item")
    )
    assert [b.type for b in blocks] == ["paragraph", "list"]
    assert as_text(blocks) == "One is first. [1]\n\nTwo is second. [1]\n- three [1]"
    assert as_plain(blocks) == "One is first.\nTwo is second.\nthree"


def test_no_lead_is_lost() -> None:
    blocks, _ = numbered(
        drafted(FIRST, "One is first.", "lead"),
        drafted(FIRST, "Two is second.", "lead"),
        drafted(FIRST, "four", "item"),
        drafted(SECOND, "Six is last.", "lead"),
    )
    assert [s.text for s in statements_of(blocks)] == ["One is first.", "Two is second.", "four", "Six is last."]


def test_notes_and_next_steps_are_in_the_text_and_not_in_the_statements() -> None:
    blocks: tuple[Block, ...] = (Paragraph(statements=(Statement(text="A.", citations=(1,)),)), Note(text="N."))
    assert as_text((*blocks, NextStep(text="Go."))) == "A. [1]\n\nN.\n\nGo."
    assert as_plain((*blocks, NextStep(text="Go."))) == "A."


def test_a_card_tells_the_state_of_its_text() -> None:
    old = version(
        status=Status.SUPERSEDED, valid_from=date(2022, 10, 31), valid_to=date(2025, 11, 17), superseded_by="v2"
    )
    of = hit("A plan lasts three years.", of=old, heading=("Plans", "Length"), page="7")
    made = citation(quote(of, "A plan"), (0, 6), 3, date(2024, 1, 1))
    assert (made.n, made.quote, made.section, made.page) == (3, "A plan", "Plans > Length", "7")
    assert made.in_force
    assert not citation(quote(of, "A plan"), (0, 6), 3, TODAY).in_force
    assert (made.status, made.superseded_by) == ("superseded", "v2")


def test_only_a_brief_rests_on_pages() -> None:
    page = Reference("The Act", "Parliament", "https://www.legislation.gov.uk/x", "1", None)
    official = hit("A plan.", rests_on=(page,))
    brief = hit("A plan.", rests_on=(page,), of=version(kind=Kind.BRIEF, url=None))
    assert citation(quote(official, "A plan."), (0, 7), 1, TODAY).rests_on == ()
    assert [r.title for r in citation(quote(brief, "A plan."), (0, 7), 1, TODAY).rests_on] == ["The Act"]


@st.composite
def stretches(draw: st.DrawFn) -> DraftStatement:
    of: Hit = draw(st.sampled_from([FIRST, SECOND]))
    a = draw(st.integers(0, len(of.passage.text) - 1))
    b = draw(st.integers(a + 1, len(of.passage.text)))
    text = of.passage.text[a:b]
    role = draw(st.sampled_from(["sentence", "lead", "item"]))
    return DraftStatement(text, Quote(of, of.passage.start + a, of.passage.start + b, text), role)


@given(st.lists(stretches(), min_size=1, max_size=8))
def test_every_draft_becomes_a_sound_answer(drafts: list[DraftStatement]) -> None:
    blocks, cited = numbered(*drafts)
    said = statements_of(blocks)
    assert sorted(s.text for s in said) == sorted(d.text for d in drafts)
    assert [c.n for c in cited] == list(range(1, len(cited) + 1))
    by_number = {c.n: c for c in cited}
    assert {n for s in said for n in s.citations} == set(by_number)
    assert {int(n) for n in re.findall(r"\[(\d+)\]", as_text(blocks))} == set(by_number)
    for s in said:
        assert s.citations
        assert all(s.text in by_number[n].quote for n in s.citations)
    for c in cited:
        assert STORED[c.start : c.end] == c.quote
