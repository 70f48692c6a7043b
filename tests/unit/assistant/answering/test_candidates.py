"""Sentences scored: what the cross-encoder reads, and what it changes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from assistant.answering.candidates import Candidate, Scorer
from assistant.answering.features import WEIGHTS
from assistant.answering.reading import GAPS, OF_EACH, READ, read
from assistant.answering.turn import Kind
from tests.fakes.knowledge import hit
from vectorstore.embedding.hashing import HashingEmbedder

PROSE = "Chambers lead plans. Colleges review plans with chambers. Ministers approve plans of chambers."


class Marking:
    """A reader that is sure of the sentences with one word, and remembers what it read."""

    def __init__(self, word: str) -> None:
        self.word = word
        self.read_texts: list[str] = []

    def read(self, question: str, sentences: Sequence[str]) -> NDArray[np.float32]:
        self.read_texts += sentences
        return np.array([6.0 if self.word in s else -6.0 for s in sentences], dtype=np.float32)


def scored(text: str, reader: Marking | None) -> list[Candidate]:
    question = "Which chambers lead plans?"
    found = Scorer(HashingEmbedder(), lambda stem: 2.0, lambda text: []).score(question, Kind.OTHER, [hit(text)])
    return read(reader, question, found, WEIGHTS) if reader else found


def test_what_the_reader_is_sure_of_comes_first() -> None:
    assert scored(PROSE, None)[0].text == "Chambers lead plans."
    best = scored(PROSE, Marking("approve"))[0]
    assert best.text.startswith("Ministers approve")
    assert best.features.read > 0.9


def test_it_reads_each_sentence_with_what_stands_above_it() -> None:
    reader = Marking("approve")
    scored(PROSE, reader)
    assert len(reader.read_texts) == 3
    assert all(": " in text for text in reader.read_texts)


def test_only_the_likeliest_are_read() -> None:
    reader = Marking("plan")
    found = scored(" ".join(f"Chamber number {n} keeps a plan." for n in range(READ + 5)), reader)
    assert len(reader.read_texts) == READ
    assert sum(c.features.read > 0 for c in found) == READ
    assert len(found) == READ + 5


def test_recorded_gaps_are_read_too_however_far_behind() -> None:
    reader = Marking("plan")
    found = scored(" ".join(f"Chamber number {n} keeps a plan." for n in range(2 * READ)), None)
    gaps = [replace(c, hit=hit(c.text, gap=n >= READ)) for n, c in enumerate(found)]
    done = read(reader, "Which chambers lead plans?", gaps, WEIGHTS)
    assert sum(c.features.read > 0 for c in done if c.hit.passage.gap) == GAPS
    assert len(reader.read_texts) == READ + GAPS
    assert len(done) == len(found)


def test_of_sentences_held_against_the_question_without_its_places_some_are_read() -> None:
    reader = Marking("plan")
    found = scored(" ".join(f"Chamber number {n} keeps a plan." for n in range(2 * READ)), None)
    general = [replace(c, placeless=n >= READ) for n, c in enumerate(found)]
    done = read(reader, "Which chambers lead plans?", general, WEIGHTS)
    assert sum(c.features.read > 0 for c in done if c.placeless) == OF_EACH
    assert len(reader.read_texts) == READ
    assert len(done) == len(found)


def test_a_preferred_sentence_is_read_though_others_score_better() -> None:
    reader = Marking("plan")
    found = scored(" ".join(f"Chamber number {n} keeps a plan." for n in range(2 * READ)), None)
    last = found[-1]
    done = read(reader, "Which chambers lead plans?", found, WEIGHTS, lambda c: c.text == last.text)
    assert len(reader.read_texts) == READ
    assert next(c for c in done if c.text == last.text).features.read > 0
