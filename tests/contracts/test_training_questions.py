"""The near-misses and the judged questions that the cross-encoder learns from belong to sentences of the corpus."""

from __future__ import annotations

from functools import cache

from assistant.composition import Application
from ingestion.parsing.markdown import parse_markdown
from ingestion.questions import load_questions
from ingestion.training.belonging import BORDER, ELSEWHERE, SUBJECT, asked
from ingestion.training.examples import held_out, judged, near_misses, sentence_key
from tests.contracts.test_corpus import CORPUS
from tests.fakes.real_areas import rendered
from vectorstore.text import sentence_spans


@cache
def keys() -> frozenset[str]:
    """What judgements call each sentence of the corpus."""
    parsed = [parse_markdown(path.read_bytes(), path.name) for path in sorted(CORPUS.rglob("*.md"))]
    return frozenset(
        sentence_key(str(document.meta["document"]), block.text[start:end].strip())
        for document in (*parsed, *rendered().documents)
        for block in document.blocks
        for start, end in sentence_spans(block.text)
    )


def test_each_near_miss_belongs_to_a_sentence_of_the_corpus() -> None:
    assert [(d, s) for d, s, _, _ in near_misses() if sentence_key(d, s) not in keys()] == []


def test_no_near_miss_is_a_known_question_or_comes_twice() -> None:
    known = {q.question.lower() for q in load_questions(Application.starter_corpus())}
    asked = [question.lower() for _, _, question, answered in near_misses() if not answered]
    assert len(asked) > 1000
    assert len(set(asked)) == len(asked)
    assert not known & set(asked)


def test_nearly_all_sentences_that_were_judged_are_still_there() -> None:
    named = [k for j in judged() for k in (*j.answers, *j.partly, *j.beside)]
    assert len(named) > 10_000
    assert sum(k in keys() for k in named) > 0.97 * len(named)


def test_a_question_is_judged_once_and_a_sentence_once_of_it() -> None:
    asked = [j.question.lower() for j in judged()]
    assert len(set(asked)) == len(asked) > 2000
    assert all(len({*j.answers, *j.partly, *j.beside}) == len([*j.answers, *j.partly, *j.beside]) for j in judged())


def test_what_is_kept_from_training_is_no_known_question() -> None:
    known = {q.question.lower() for q in load_questions(Application.starter_corpus())}
    assert not known & {j.question.lower() for j in judged() if held_out(j.question)}


def test_questions_that_tell_subjects_apart_come_once_and_are_no_known_ones() -> None:
    known = {q.question.lower() for q in load_questions(Application.starter_corpus())}
    questions = asked()
    put = [q.question.lower() for q in questions]
    assert len(set(put)) == len(put)
    assert not known & set(put)
    assert {q.about for q in questions} == {SUBJECT, ELSEWHERE, BORDER}
    assert all(sum(q.about == about for q in questions) > 400 for about in (SUBJECT, ELSEWHERE))
