"""The near-misses that the cross-encoder learns from belong to sentences of the corpus and ask something new."""

from __future__ import annotations

from assistant.composition import Application
from ingestion.questions import load_questions
from ingestion.training.examples import near_misses


def test_each_belongs_to_a_sentence_with_known_questions() -> None:
    held = {(q.document, q.sentence) for q in load_questions(Application.starter_corpus())}
    assert [(d, s) for d, s, _, _ in near_misses() if (d, s) not in held] == []


def test_none_is_a_known_question_or_comes_twice() -> None:
    known = {q.question.lower() for q in load_questions(Application.starter_corpus())}
    asked = [question.lower() for _, _, question, answered in near_misses() if not answered]
    assert len(asked) > 1000
    assert len(set(asked)) == len(asked)
    assert not known & set(asked)
