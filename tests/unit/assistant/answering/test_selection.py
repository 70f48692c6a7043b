"""Which sentences are said: limits, no sentence twice, lists with their introduction, rows spoken."""

from __future__ import annotations

from dataclasses import fields, replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.answering.candidates import Candidate
from assistant.answering.features import Features
from assistant.answering.likeness import overlap
from assistant.answering.selection import Limits, following_list, select, spoken, within
from assistant.answering.turn import DraftStatement, Kind, Quote
from tests.fakes.knowledge import hit
from vectorstore.model import Hit
from vectorstore.text import is_item, sentence_spans

LIMITS = Limits()
MEASURES = {"float": 0.5, "bool": True, "int": 0, "str": ""}  # of a candidate, where a test does not care
PROSE = "Colleges review provision. Universities publish statements. Chambers lead plans. Employers answer surveys. \
Ministers approve documents. Councils give views. Trainers share figures."
BULLETS = "A plan must:\n\n- draw on employers\n- name actions\n- look at the environment\n"
LONG = "The areas are:\n\n" + "".join(f"- area number {word}\n" for word in "abcdefghijklmnopqrst")
TABLE = "| Area | Lead | Approved |\n|---|---|---|\n| Cumbria | Chamber | August |\n| Kent | Invicta | July |\n"


def candidates(of: Hit, first: str = "", rank: int = 0) -> list[Candidate]:
    """Every sentence of a passage, the one with `first` scored best, the others by their order."""
    text, made = of.passage.text, []
    for index, (a, b) in enumerate(sentence_spans(text)):
        score = 1.0 - index / 100 - rank / 10 + (first != "" and first in text[a:b])
        values: dict[str, Any] = {f.name: MEASURES.get(str(f.type)) for f in fields(Candidate)}
        values |= {"hit": of, "rank": rank, "index": index, "score": score, "text": text[a:b]}
        values |= {"features": Features()}
        values |= {"start": of.passage.start + a, "end": of.passage.start + b, "item": is_item(text, a)}
        made.append(Candidate(**values))
    return sorted(made, key=lambda c: -c.score)


def test_nothing_from_nothing() -> None:
    assert select([], Kind.OTHER, LIMITS) == []


def test_the_best_comes_first() -> None:
    said = select(candidates(hit(PROSE), "Chambers"), Kind.WHO, LIMITS)
    assert said[0].text == "Chambers lead plans."


@given(
    st.lists(st.sampled_from(PROSE.split(". ")), min_size=1, max_size=12),
    st.lists(st.sampled_from(PROSE.split(". ")), min_size=1, max_size=12),
    st.integers(1, 6),
    st.integers(5, 60),
)
def test_limits_hold_and_no_sentence_comes_twice(one: list[str], two: list[str], sentences: int, words: int) -> None:
    limits = Limits(sentences=sentences, words=words)
    hits = [hit(". ".join(one) + ".", passage_id="p1"), hit(". ".join(two) + ".", passage_id="p2")]
    pool = sorted((c for n, h in enumerate(hits) for c in candidates(h, rank=n)), key=lambda c: -c.score)
    said = select(pool, Kind.OTHER, limits)
    assert 1 <= len(said) <= max(1, sentences)
    assert len(said) == 1 or sum(len(s.text.split()) for s in said) <= words
    texts = [s.text for s in said]
    assert len(set(texts)) == len(texts)
    assert all(overlap(a, b) < limits.same_topic for n, a in enumerate(texts) for b in texts[n + 1 :])
    for s in said:
        passage = s.quote.hit.passage
        assert passage.text[s.quote.start - passage.start : s.quote.end - passage.start] == s.quote.text == s.text


def test_what_was_said_is_not_said_again() -> None:
    said = select(candidates(hit(PROSE), "Chambers"), Kind.WHO, LIMITS, ["Chambers lead plans."])
    assert said
    assert "Chambers lead plans." not in [s.text for s in said]


@pytest.mark.parametrize("first", ["A plan must", "name actions"])
def test_a_list_keeps_its_introduction_and_order(first: str) -> None:
    said = select(candidates(hit(BULLETS, start=40), first), Kind.LIST, LIMITS)
    assert [s.role for s in said] == ["lead", "item", "item", "item"]
    assert [s.text for s in said] == [
        "A plan must:",
        "draw on employers",
        "name actions",
        "look at the environment",
    ]


def test_a_long_list_is_whole_where_a_list_is_asked_for_and_cut_where_not() -> None:
    whole = select(candidates(hit(LONG), "number k"), Kind.LIST, LIMITS)
    assert len([s for s in whole if s.role == "item"]) == 20
    near = select(candidates(hit(LONG), "number k"), Kind.WHO, LIMITS)
    items = [s.text for s in near if s.role == "item"]
    assert near[0].role == "lead"
    assert "area number k" in items
    assert len(items) <= LIMITS.items


def test_a_row_is_spoken_without_the_header_that_it_does_not_quote() -> None:
    (said,) = select(candidates(hit(TABLE), "Kent"), Kind.WHO, LIMITS)
    assert said.text == "Kent: Invicta; July."
    assert said.quote.text == "| Kent | Invicta | July |"


def test_all_rows_are_said_where_a_list_is_asked_for() -> None:
    said = select(candidates(hit(TABLE), "Kent"), Kind.LIST, LIMITS)
    assert [s.text for s in said] == [
        "Cumbria: Chamber; August.",
        "Kent: Invicta; July.",
    ]
    assert "|" not in " ".join(s.text for s in said)


@pytest.mark.parametrize(
    ("row", "text"),
    [
        ("no row", "no row"),
        ("| a | b |", "a: b."),
        ("| a |", "a"),
        ("| a | | c |", "a: c."),
        ("| a | b | c |", "a: b; c."),
    ],
)
def test_spoken(row: str, text: str) -> None:
    assert spoken(row) == text


@given(st.text(alphabet="ab |:-", max_size=40))
def test_any_row_can_be_spoken(row: str) -> None:
    assert isinstance(spoken(row), str)


def said(text: str, role: str = "sentence") -> DraftStatement:
    of = hit("A plan.")
    return DraftStatement(text, Quote(of, 0, len(text), text), role)


def test_every_question_keeps_its_first_statement() -> None:
    kept = within([[said("a"), said("b")], [said("c"), said("d")]], 0)
    assert [s.text for s in kept] == ["a", "c"]


def test_room_is_filled_in_order_and_no_list_is_cut_short() -> None:
    listed = [said("lead:", "lead"), said("one", "item"), said("two", "item")]
    assert [s.text for s in within([[said("a"), *listed], [said("b")]], 4)] == ["a", "b"]
    assert [s.text for s in within([listed, [said("b")]], 1)] == ["lead:", "one", "two", "b"]
    assert [s.text for s in within([[said("a"), said("b")], []], 2)] == ["a", "b"]


def test_a_sentence_that_says_more_goes_before_the_list_it_is_near() -> None:
    listed = hit("Aims of the valley:\n\n- Aim one is the garden market.\n- Aim two is water.\n", passage_id="p1")
    prose = hit("Aim one, the garden market, needs growers with carts and licences.", passage_id="p2")
    pool = sorted([*candidates(listed, "Aim one"), *candidates(prose, "Aim one", rank=1)], key=lambda c: -c.score)
    chosen = select(pool, Kind.OTHER, LIMITS)
    assert chosen[0].text == prose.passage.text
    assert chosen[1].role == "lead"


INTRODUCED = "The garden answers needs of the valley. Three uses were named:\n\n- seed\n- water\n- carts\n"


def test_a_sentence_before_the_introduction_of_a_list_brings_the_list() -> None:
    chosen = select(candidates(hit(INTRODUCED), "answers needs"), Kind.OTHER, LIMITS)
    assert [s.role for s in chosen] == ["sentence", "lead", "item", "item", "item"]
    pointed = select(candidates(hit(INTRODUCED), "answers needs"), Kind.WHEN, LIMITS)
    assert [s.text for s in pointed] == ["The garden answers needs of the valley."]


def test_a_list_that_is_the_best_leads() -> None:
    prose = hit("Growers sell at the market on most days.", passage_id="p2")
    pool = sorted(
        [*candidates(hit(BULLETS), "A plan must"), *candidates(prose, "Growers", rank=1)], key=lambda c: -c.score
    )
    assert select(pool, Kind.OTHER, LIMITS)[0].role == "lead"
    assert select(pool, Kind.YES_NO, LIMITS)[0].text == prose.passage.text  # a yes may stand in it


def test_beside_a_list_stands_only_what_answers_as_surely_and_says_more() -> None:
    def texts(read: float, prose: str) -> list[str]:
        beside = candidates(hit(prose, passage_id="p2"), prose, rank=1)
        pool = [
            *(replace(c, features=Features(read=0.9)) for c in candidates(hit(BULLETS), "A plan must")),
            *(replace(c, features=Features(read=read)) for c in beside),
        ]
        return [s.text for s in select(sorted(pool, key=lambda c: -c.score), Kind.LIST, LIMITS)]

    more = "Ministers read each draft before the summer."
    assert more in texts(0.9, more)
    assert more not in texts(0.5, more)
    assert "A plan must draw on employers and name actions." not in texts(
        0.9, "A plan must draw on employers and name actions."
    )


def test_an_exception_is_said_though_it_has_the_words_of_its_rule() -> None:
    rule, exception = "A grower is bound by the market rule.", "A grower is not bound by the market rule at night."
    chosen = select(candidates(hit(f"{rule} {exception}"), "A grower is bound"), Kind.YES_NO, LIMITS)
    assert [s.text for s in chosen] == [rule, exception]
    again = select(candidates(hit(f"{rule} A grower is bound by the rule."), "market"), Kind.YES_NO, LIMITS)
    assert [s.text for s in again] == [rule]


def test_of_other_passages_the_likelier_sentence_goes_first() -> None:
    pool = [
        *candidates(hit("Chambers lead plans.", passage_id="p1"), "Chambers"),
        *(replace(c, score=1.95) for c in candidates(hit("Ministers approve documents.", passage_id="p2"), rank=5)),
        *(replace(c, score=1.9) for c in candidates(hit("Councils give views.", passage_id="p3"), rank=1)),
        *(replace(c, score=1.89) for c in candidates(hit("Trainers share figures.", passage_id="p4"), rank=2)),
    ]
    chosen = [s.text for s in select(pool, Kind.OTHER, LIMITS)]
    assert chosen == ["Chambers lead plans.", "Ministers approve documents.", "Councils give views."]


@pytest.mark.parametrize(
    ("rows", "follows"),
    [("| Elm | May |\n| Oak | June |\n", 2), ("| Elm | Yes | No |\n| Oak | No | Yes |\n", 0)],
)
def test_a_table_that_says_yes_and_no_to_its_header_does_not_follow(rows: str, follows: int) -> None:
    prose, table = hit("The farms are told.", passage_id="p1"), hit(f"| Farm | Told |\n{rows}", passage_id="p2")
    statement = DraftStatement(prose.passage.text, Quote(prose, 0, 19, prose.passage.text))
    assert len(following_list([statement], [prose, table], LIMITS)) == follows
