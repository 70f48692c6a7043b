"""An answer in Slack: what comes first, what is left out and said so, what can be pressed, and for whom."""

from __future__ import annotations

from typing import Any

import pytest

from assistant.answering.guard import said
from assistant.answering.model import ANSWERED, Answer, AnswerStatus, BulletList, NextStep, Note, Paragraph, Statement
from assistant.slack import limits, names
from assistant.slack.drawing.answer import FALLBACK, all_sources, closing, spoken, stands, whole
from assistant.slack.drawing.body import BLOCK, BODY, body
from assistant.slack.drawing.look import Drawn
from assistant.slack.drawing.sources import SHOWN
from tests.fakes.slack_reading import links, parts, read
from tests.fakes.slack_surfaces import ALONE, LOOK, QUESTION, long_answer, short_choices
from tests.fakes.small_answers import answered, answers
from tests.fakes.widget_answers import answered as with_sources
from tests.fakes.widget_answers import answers as shapes

QUOTES = '“”„"«»‘’'
Block = dict[str, Any]


def words(blocks: Any) -> str:
    """All words of some blocks, in order."""
    return " ".join(p["text"] for p in parts(list(blocks)) if isinstance(p.get("text"), str))


def controls(drawn: Drawn) -> dict[str, Block]:
    """What can be pressed, by its action."""
    return {str(p["action_id"]): p for p in parts(drawn.blocks) if "action_id" in p}


def kinds(drawn: Drawn) -> list[str]:
    return [b["type"] for b in drawn.blocks]


def test_the_answer_itself_comes_first() -> None:
    drawn = whole(answered(), LOOK)
    assert kinds(drawn)[0] == "markdown"
    assert drawn.text.startswith("The Local Skills Improvement Fund is closed")
    first = drawn.blocks[0]["text"]
    assert first.startswith("The Local Skills Improvement Fund is closed")
    assert "[1] No later round" in first
    assert "A plan must: [3]\n- name the actions" in first
    assert first.endswith("be reviewed in the second year [3] [4]")


def test_every_statement_stands_in_the_body_with_its_marks() -> None:
    answer = with_sources(8)
    shown = read("\n".join(b["text"] for b in body(answer).blocks)).replace("\n", " ")
    for statement in said(answer):
        assert statement.text + "".join(f" [{n}]" for n in statement.citations) in shown


def test_the_question_stands_above_only_where_it_is_not_seen() -> None:
    above = whole(answered(), LOOK, asked=QUESTION).blocks[0]
    assert above["elements"][0]["text"] == f"You asked: {QUESTION}"
    assert QUESTION not in words(whole(answered(), LOOK).blocks)


@pytest.mark.parametrize("status", list(AnswerStatus))
def test_each_status_says_its_note_and_offers_what_fits(status: AnswerStatus) -> None:
    answer = answers()[status]
    drawn = whole(answer, LOOK, ephemeral=True)
    for block in answer.blocks:
        if isinstance(block, Note):
            assert block.text in words(drawn.blocks)
            assert block.text in drawn.text
    pressed = controls(drawn)
    stored = status not in {AnswerStatus.BUSY, AnswerStatus.FAILED, AnswerStatus.BLOCKED_INPUT}
    assert (names.FEEDBACK in pressed) == (stored and status is not AnswerStatus.CLARIFY)
    assert (names.PERSON in pressed) == (stored and status is not AnswerStatus.CLARIFY)
    assert (names.SHARE in pressed) == (status in ANSWERED)
    assert (f"{names.OPEN_LINK}_0" in pressed) == (status in ANSWERED)


def test_only_what_one_person_sees_can_be_shared() -> None:
    assert names.SHARE not in controls(whole(answered(), LOOK))
    assert controls(whole(answered(), LOOK, ephemeral=True))[names.SHARE]["value"] == "a-answered"


def test_votes_carry_the_answer_and_say_what_they_are() -> None:
    votes = controls(whole(answered(), LOOK))[names.FEEDBACK]
    assert votes["positive_button"]["value"] == "up:a-answered"
    assert votes["negative_button"]["value"] == "down:a-answered"
    assert votes["positive_button"]["accessibility_label"] != votes["negative_button"]["accessibility_label"]


def test_part_of_an_answer_says_that_it_is_one() -> None:
    assert "Part of an answer. " in words(whole(shapes()["partly"], LOOK).blocks)
    assert "Part of an answer. " not in words(whole(shapes()["one"], LOOK).blocks)


def test_the_area_says_whose_it_is() -> None:
    assert "Sources · as of 23 November 2026 · Lancashire (your area)" in words(whole(answered(), LOOK).blocks)
    assert "· Dorset" in words(whole(with_sources(1), LOOK).blocks)
    assert "your area" not in words(whole(with_sources(1), LOOK).blocks)  # the question named another one


def test_sources_are_shown_in_brief_and_the_rest_behind_a_button() -> None:
    drawn = whole(with_sources(8), LOOK)
    sources = [b for b in drawn.blocks if words([b]).startswith("[")]
    assert len(sources) == SHOWN == 5
    assert controls(drawn)[names.SOURCES]["text"]["text"] == "All 8 sources"
    modal = all_sources(with_sources(8), LOOK)
    assert [f"[{n}] " in words(modal["blocks"]) for n in range(1, 9)] == [True] * 8
    assert names.SOURCES not in controls(whole(shapes()["partly"].model_copy(update={"citations": ()}), LOOK))


def test_the_modal_says_how_many_sources_it_leaves_out() -> None:
    modal = all_sources(with_sources(60), LOOK)
    assert len(modal["blocks"]) <= limits.VIEW_BLOCKS
    assert "11 more sources are not shown here." in words(modal["blocks"])
    assert "This answer has no sources." in words(all_sources(answers()[AnswerStatus.BUSY], LOOK)["blocks"])


def test_a_long_quotation_is_cut_below_the_answer_and_whole_in_the_modal() -> None:
    quote = answered().citations[1].quote
    assert len(quote) > 200
    shown = words(closing(answered(), LOOK))
    assert quote not in shown
    assert f"“{quote[:150]}" in shown
    assert f"“{quote}”" in words(all_sources(answered(), LOOK)["blocks"])


@pytest.mark.parametrize("short", [True, False])
def test_a_summary_of_ours_is_never_shown_as_the_publishers_words(short: bool) -> None:
    blocks = whole(answered(), LOOK).blocks if short else all_sources(answered(), LOOK)["blocks"]
    ours = next(b for b in blocks if words([b]).startswith("[1]"))
    assert not set(QUOTES) & set(words([ours]))
    assert "rich_text_quote" not in [e["type"] for e in ours["elements"]]
    assert "Our summary" in words([ours])
    assert ": not the publisher's words" in words([ours])
    theirs = next(b for b in blocks if words([b]).startswith("[2]"))
    assert "rich_text_quote" in [e["type"] for e in theirs["elements"]]
    assert "Official text · Department for Education" in words([theirs])


def test_what_is_not_in_force_is_said_with_what_came_after() -> None:
    shown = words(whole(answered(), LOOK).blocks)
    assert "Superseded on 18 November 2025  by  Local Skills Improvement Plans" in shown
    assert "Closed on 31 March 2025" in shown


def test_titles_open_our_page_or_the_publishers() -> None:
    ours = links({"blocks": whole(answered(), LOOK).blocks})
    assert any(u.startswith("https://assistant.example/documents/lsif/v-lsif?quote=") for u in ours)
    theirs = links({"blocks": whole(answered(), ALONE).blocks})
    assert "https://www.gov.uk/government/publications/statutory-guidance" in theirs
    assert not any("assistant.example" in u for u in theirs)
    assert f"{names.OPEN_LINK}_0" not in controls(whole(answered(), ALONE))


def test_a_long_answer_is_cut_at_a_statement_and_says_so() -> None:
    answer = long_answer()
    drawn = whole(answer, LOOK)
    made = body(answer)
    assert 0 < made.shown < made.held == 60
    assert f"{made.shown} of 60 sentences are shown" in words(drawn.blocks)
    assert "https://assistant.example/answers/a-answered" in links({"blocks": drawn.blocks})
    assert f"Sentence {made.shown}:" not in words(drawn.blocks)
    assert all(len(b["text"]) <= BLOCK for b in made.blocks)
    assert "Ask about one part of this" in words(whole(answer, ALONE).blocks)
    assert "sentences are shown" not in words(whole(answered(), LOOK).blocks)


def test_the_fullest_answer_still_fits_in_a_message() -> None:
    fullest = with_sources(40)
    wide = [
        c.model_copy(update={"title": "T" * 500, "publisher": "P" * 500, "quote": "q " * 900})
        for c in fullest.citations
    ]
    extra = tuple(Note(text="note " * 300) for _ in range(9)) + tuple(NextStep(text="step " * 300) for _ in range(9))
    answer = fullest.model_copy(update={"blocks": (*long_answer().blocks, *extra), "citations": tuple(wide)})
    drawn = whole(answer, LOOK, ephemeral=True, asked="why " * 900)
    assert limits.problems({"text": drawn.text, "blocks": drawn.blocks}, "message") == []
    assert limits.characters(drawn.blocks) > BODY
    assert "There is more to note than fits here." in words(drawn.blocks)


def test_the_fallback_holds_all_that_a_screen_reader_needs() -> None:
    text = whole(answered(), LOOK, asked=QUESTION).text
    for needed in (
        "A plan must: [3]",
        "see the sources",
        "ask North &amp; Western Lancashire Chamber",
        "[2] Statutory",
    ):
        assert needed in text
    assert len(whole(long_answer(), LOOK).text) <= FALLBACK
    assert "- Lancashire\n- Cumbria" in whole(short_choices(), LOOK).text


def test_short_choices_are_a_row_and_long_ones_stand_beside_their_buttons() -> None:
    row = next(b for b in whole(short_choices(), LOOK).blocks if b["type"] == "actions")
    assert [e["text"]["text"] for e in row["elements"]] == ["Lancashire", "Cumbria"]
    assert [e["action_id"] for e in row["elements"]] == ["lsip_choice_0", "lsip_choice_1"]
    assert row["elements"][1]["value"] == "What does the plan of Cumbria say?"
    beside = [b for b in whole(shapes()["clarify"], LOOK).blocks if b["type"] == "section"]
    assert [b["text"]["text"] for b in beside] == [c.label for c in shapes()["clarify"].choices]
    assert beside[0]["accessory"]["value"] == "three Isle of Wight"
    assert beside[0]["accessory"]["accessibility_label"].startswith("Choose Newport in Isle of Wight")


def test_choices_that_do_not_fit_are_counted() -> None:
    one = short_choices().choices[0]
    many = tuple(one.model_copy(update={"label": f"Place {n}"}) for n in range(13))
    drawn = whole(short_choices().model_copy(update={"choices": many}), LOOK)
    assert len([p for p in controls(drawn) if p.startswith(names.CHOICE)]) == 10
    assert "There are 3 more." in words(drawn.blocks)


def test_nearest_texts_link_only_to_web_pages() -> None:
    drawn = whole(answers()[AnswerStatus.NO_EVIDENCE], LOOK)
    assert "Bidding guidance for the fund  (Costs)" in words(drawn.blocks)
    assert [u for u in links({"blocks": drawn.blocks}) if "gov.uk" in u] == ["https://www.gov.uk/x"]
    assert "javascript" not in str(drawn.blocks)


def test_a_stream_says_each_statement_and_closes_with_the_rest() -> None:
    answer = answered()
    streamed = "".join(spoken(s) for s in said(answer))
    assert streamed.count("\n\n") == len(said(answer))
    assert "be reviewed in the second year [3] [4]" in streamed
    rest = closing(answer, LOOK)
    assert rest == whole(answer, LOOK).blocks[1:]
    assert not [b for b in rest if b["type"] == "markdown"]


def prose(*texts: str) -> Answer:
    made = tuple(Statement(text=t, citations=(1,)) for t in texts)
    return answered().model_copy(update={"blocks": (Paragraph(statements=made),)})


def test_what_was_streamed_stands_while_it_is_the_answer() -> None:
    answer = prose("One.", "Two.")
    assert stands(answer, said(answer))
    assert not stands(answer, said(answer)[:1])
    assert not stands(answer, said(prose("Two.", "One.")))
    listed = answer.model_copy(update={"blocks": (BulletList(items=tuple(said(answer))),)})
    assert not stands(listed, said(answer))
    assert not stands(long_answer(), said(long_answer()))


def test_one_endless_statement_is_cut_to_a_block() -> None:
    for text in ("word " * 4_000, "*" * 9_000, "<" * 9_000):
        made = body(prose(text)).blocks
        assert len(made) == 1
        assert BLOCK // 2 < len(made[0]["text"]) <= BLOCK
        assert made[0]["text"].endswith("… [1]")
