"""Where sources differ: all sides with dates they state, the law first, then which goes first; never one alone."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from assistant.answering.turn import Finding, Understanding
from assistant.answering.verify import figures_of
from assistant.conflicts.findings import PRECEDENCE, ConflictFindings
from ingestion.facts.conflicts import Conflict
from ingestion.facts.documents import facts
from ingestion.facts.event_pages import conflict_paragraphs
from prompts import message
from tests.fakes.almanac import TODAY, Facts, FactTexts, seen
from tests.fakes.knowledge import AREAS, turn
from vectorstore.facts import Fact
from vectorstore.snapshot import Snapshot

BEGAN, ENDED = date(2024, 3, 1), date(2027, 3, 31)
QUESTION = "What is the number of wells?"
PRESS = "The Pear Post said on 2 May 2024 that an orchard needs 4 wells."
LAW = "Section 3 of the Orchards Act asks for 2 wells."
NOTICE = "The notice of 1 March 2024 asks for 3 wells."
SETTLED = "The Act goes first, because the others only report it."


def side(text: str, rank: str, dated: str = "") -> dict[str, Any]:
    return {"text": text, "rank": rank, "dated": dated, "sources": ["S1"], "evidence": "primary"}


SIDES = (side(PRESS, "press", "2024-05-02"), side(LAW, "law", "2022-04-28"), side(NOTICE, "notice"))


def held(
    *sides: dict[str, Any], name: str = "wells", asked_as: str = r"\bwells\b", subject: str = "the number of wells"
) -> list[Fact]:
    entry = Conflict.model_validate(
        {
            "id": name,
            "subject": subject,
            "asked_as": asked_as,
            "valid_from": BEGAN,
            "valid_to": ENDED,
            "sides": sides
            or (side(PRESS, "press", "2024-05-02"), side(LAW, "law", "2022-04-28"), side(NOTICE, "notice")),
            "resolution": SETTLED,
        }
    )
    return list(facts(conflict_paragraphs((entry,))))


def found(
    text: str = QUESTION, on: date = TODAY, *, of: Sequence[Fact] | None = None, said: Sequence[Fact] | None = None
) -> list[Finding]:
    told = held() if of is None else of
    engine = ConflictFindings(Facts(told), seen, FactTexts(told if said is None else said))
    return list(engine.consult(turn(text, as_of=on)))


def test_all_sides_are_told_then_what_settles_it() -> None:
    [finding] = found()
    assert [s.quote.text for s in finding.statements[1:]] == [LAW, NOTICE, PRESS, SETTLED]
    assert [s.role for s in finding.statements] == ["lead", "item", "item", "item", "sentence"]
    assert finding.text == finding.statements[0].text == message("conflict_lead_on", subject="the number of wells")
    assert finding.data == {"kind": "conflict", "conflict": "wells", "as_of": TODAY.isoformat()}
    assert (finding.leads, finding.on) == (False, TODAY)


def test_it_settles_the_question_only_if_asked_which_source_is_right() -> None:
    [finding] = found("Which is right on the number of wells?")
    assert finding.leads


def test_sides_come_in_order_of_precedence_whatever_the_order_of_the_data() -> None:
    texts = {rank: f"So says the {rank}." for rank in PRECEDENCE}
    [finding] = found(of=held(*(side(texts[rank], rank) for rank in reversed(PRECEDENCE))))
    assert [s.quote.text for s in finding.statements if s.role == "item"] == list(texts.values())


def test_each_side_says_whose_it_is_and_of_which_day() -> None:
    [finding] = found()
    law, notice, press = [s.text for s in finding.statements if s.role == "item"]
    assert law == f"The law: {LAW}"  # its words do not say its date
    assert press == f"Press or sector report, 2 May 2024: {PRESS}"
    assert notice == f"An official notice or answer: {NOTICE}"
    assert finding.notes == (message("conflict_dates", dates="28 April 2022; none held; 2 May 2024"),)


def test_sources_without_any_date_get_no_note_of_dates() -> None:
    [finding] = found(of=held(side(LAW, "law"), side(PRESS, "press")))
    assert finding.notes == ()


def test_a_national_matter_is_none_of_an_area_that_is_named() -> None:
    engine = ConflictFindings(Facts(held()), seen, FactTexts(held()))
    asked = turn(QUESTION, understanding=Understanding(areas_named=(AREAS[0],)))
    assert list(engine.consult(asked)) == []


@pytest.mark.parametrize(
    ("subject", "lead"),
    [
        ("the 2 wells of section 3", "Sources differ on the 2 wells of section 3:"),
        ("the wells of 2026", "Sources differ on this:"),
    ],
)
def test_the_lead_names_the_matter_only_if_the_first_side_says_its_figures(subject: str, lead: str) -> None:
    [finding] = found("Which is right on the wells?", of=held(subject=subject))
    assert (finding.statements[0].text, finding.statements[0].quote.text) == (lead, LAW)


def test_what_settles_it_comes_last_in_its_own_words() -> None:
    last = found()[0].statements[-1]
    assert (last.text, last.quote.text) == (SETTLED, SETTLED)


@pytest.mark.parametrize("subject", ["the number of wells", "the wells of 2026"])
def test_every_sentence_rests_on_exact_words_with_its_figures(subject: str) -> None:
    [finding] = found("Which is right on the number of wells?", of=held(subject=subject))
    for statement in finding.statements:
        quote, passage = statement.quote, statement.quote.hit.passage
        assert passage.text[quote.start - passage.start : quote.end - passage.start] == quote.text
        assert figures_of(statement.text) <= figures_of(quote.text)
    assert set(finding.quotes) == {s.quote for s in finding.statements}


@pytest.mark.parametrize("missing", [LAW, PRESS])
def test_one_side_that_no_text_in_force_says_silences_all(missing: str) -> None:
    told = held()
    assert found(of=told, said=[f for f in told if f.text != missing]) == []


def test_a_side_that_has_ended_leaves_the_others() -> None:
    told = [replace(f, valid_to=date(2025, 1, 1)) if f.text == NOTICE else f for f in held()]
    [finding] = found(of=told)
    assert [s.quote.text for s in finding.statements if s.role == "item"] == [LAW, PRESS]


@pytest.mark.parametrize("bounds", [{"valid_to": date(2025, 1, 1)}, {"valid_from": date(2026, 2, 1)}])
def test_one_side_alone_is_never_told(bounds: dict[str, date]) -> None:
    told = [
        f if f.text in (LAW, SETTLED) else Fact(
            f.fact_id, f.kind, f.subject, f.data, bounds.get("valid_from", BEGAN), bounds.get("valid_to", ENDED),
            f.evidence, f.sources, f.document, f.text,
        )
        for f in held()
    ]  # fmt: skip
    assert found(of=told) == []


@pytest.mark.parametrize(
    ("on", "expected"),
    [(date(2024, 2, 29), 0), (BEGAN, 1), (ENDED, 1), (date(2027, 4, 1), 0)],
)
def test_a_matter_is_told_from_its_first_day_to_its_last(on: date, expected: int) -> None:
    assert len(found(on=on)) == expected


def test_without_a_text_that_settles_it_the_sides_are_told_alone() -> None:
    told = held()
    [finding] = found(of=told, said=[f for f in told if f.kind != "conflict"])
    assert [s.role for s in finding.statements] == ["lead", "item", "item", "item"]
    [bare] = found(of=[f for f in told if f.kind != "conflict"])
    assert [s.role for s in bare.statements] == ["lead", "item", "item", "item"]


@pytest.mark.parametrize(
    "text",
    [
        "Which is right on the wells?",
        "Do the sources on wells disagree?",
        "Why do two sources give different wells?",
        "Some say 2 wells and others say 4 wells, which is correct?",
        "What number of wells does an orchard need?",
    ],
)
def test_a_question_that_asks_which_is_right_or_for_the_matter_itself_is_answered(text: str) -> None:
    assert [f.data["conflict"] for f in found(text)] == ["wells"]


@pytest.mark.parametrize(
    "text",
    [
        "What is the number of gates?",
        "Which gate is right?",
        "Who digs wells?",
        "What share of the pupils who draw water from a number of wells passed their exam?",
        "",
    ],
)
def test_other_questions_are_left_alone(text: str) -> None:
    assert found(text) == []


def test_the_matter_that_is_named_is_told_and_case_makes_no_difference() -> None:
    gates = held(side("The Act says 5 gates.", "law"), side("The post says 6 gates.", "press"), name="gates",
                 asked_as=r"\bgates\b")  # fmt: skip
    [finding] = found("Which is right: 5 or 6 GATES?", of=[*held(), *gates])
    assert finding.data["conflict"] == "gates"


def test_a_question_that_is_settled_is_left_alone() -> None:
    told = held()
    [finding] = found()
    made = replace(turn(QUESTION, as_of=TODAY), findings=(replace(finding, leads=True),))
    assert list(ConflictFindings(Facts(told), seen, FactTexts(told)).consult(made)) == []


def test_a_collection_without_such_matters_says_nothing() -> None:
    assert found(of=[]) == []


def test_the_facts_are_read_anew_when_the_collection_has_moved_on() -> None:
    catalogue, generation = Facts([]), [1]

    def now() -> Snapshot:
        return seen(generation[0])

    engine = ConflictFindings(catalogue, now, FactTexts(held()))
    made = turn(QUESTION, as_of=TODAY)
    assert list(engine.consult(made)) == []
    catalogue.held = held()
    assert list(engine.consult(made)) == []
    generation[0] = 2
    assert len(list(engine.consult(made))) == 1
