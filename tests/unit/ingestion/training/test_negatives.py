"""What a question is held against in training: sentences like it that do not answer it."""

from __future__ import annotations

import random

import numpy as np
import pytest

from ingestion.training.examples import Example, Sentence, held_out
from ingestion.training.negatives import NEAREST, READ_WITH, Negatives
from vectorstore.embedding.hashing import HashingEmbedder
from vectorstore.text import content_stems

TEXTS = {
    "orchard": [
        "Apples are picked in September by hand.",
        "Apples are picked by hand in September each year.",
        "Ladders are rented from the village shop.",
        "Pears are stored in straw.",
    ],
    "garden": ["Roses are pruned in March.", "The gate closes at dusk.", "Bees are kept behind the wall."],
}
SENTENCES = [
    Sentence(document, text, f"{document}: {text}", frozenset(content_stems(text)))
    for document, texts in TEXTS.items()
    for text in texts
]
EXAMPLES = [
    Example("When are apples picked?", answers=(0,)),
    Example("When are the apples picked?", answers=(3,)),  # nearly the first: what answers it may answer both
    Example("Who pays for the ladders?", beside=(2,)),
    Example("What is done in March?", answers=(4,), beside=(5, 6), arguable=(3,)),
]


@pytest.fixture
def negatives() -> Negatives:
    embed = HashingEmbedder().embed
    return Negatives(
        EXAMPLES, SENTENCES, embed([e.question for e in EXAMPLES]), embed([s.as_read for s in SENTENCES])
    )


@pytest.mark.parametrize("seed", range(20))
def test_nothing_that_may_answer_is_held_against_a_question(negatives: Negatives, seed: int) -> None:
    drawn = negatives.draw(0, random.Random(seed))
    assert drawn
    assert not {0, 1, 3} & set(drawn)  # the answer, what says the same, and what answers a question much like it
    assert len(drawn) == len(set(drawn)) <= READ_WITH


@pytest.mark.parametrize("seed", range(5))
def test_a_near_miss_is_held_against_what_it_resembles(negatives: Negatives, seed: int) -> None:
    drawn = negatives.draw(2, random.Random(seed))
    assert drawn[0] == 2
    assert len(drawn) > 1


@pytest.mark.parametrize("seed", range(5))
def test_what_was_judged_beside_the_point_is_held_against_a_question_and_nothing_arguable(
    negatives: Negatives, seed: int
) -> None:
    drawn = negatives.draw(3, random.Random(seed))
    assert set(drawn[:2]) == {5, 6}
    assert not {3, 4} & set(drawn)


def test_no_answer_is_drawn_from_a_document_however_far_it_is_from_the_question() -> None:
    texts = [f"Shed {n} holds tool {n}." for n in range(NEAREST)] + ["Spades hang on the far wall.", "So do rakes."]
    sentences = [Sentence("sheds", text, text, frozenset(content_stems(text))) for text in texts]
    example = Example("Which shed holds which tool?", answers=(NEAREST, NEAREST + 1))
    embed = HashingEmbedder().embed
    negatives = Negatives([example], sentences, embed([example.question]), embed(texts))
    assert not set(example.answers) & set(negatives.nearest(0))
    drawn = {n for seed in range(100) for n in negatives.draw(0, random.Random(seed))}
    assert len(drawn) > NEAREST / 2
    assert not set(example.answers) & drawn


def test_two_sentences_say_the_same_if_nearly_all_words_of_the_shorter_stand_in_the_longer() -> None:
    assert SENTENCES[0].says_the_same(SENTENCES[1])
    assert not SENTENCES[0].says_the_same(SENTENCES[3])


def test_about_a_seventh_of_the_documents_is_held_out() -> None:
    share = np.mean([held_out(f"document-{n}") for n in range(2000)])
    assert 0.12 < share < 0.18
