"""Teacher, reader and finder learn a small matter, with encoders too small to know anything."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pytest
import torch
from transformers import BertConfig, BertModel

from ingestion.training import finder_training, reader_training, teacher
from ingestion.training.examples import SAID, Example, Kind, Material, Sentence
from ingestion.training.finder_training import train_finder
from ingestion.training.fitting import passes
from ingestion.training.labels import Labelled, label
from ingestion.training.measures import auroc, finder_measures, reader_measures
from ingestion.training.negatives import Negatives
from ingestion.training.reader_training import train_reader
from ingestion.training.reading import Words, numbers_of_pairs, vectors_of_texts
from ingestion.training.teacher import Teacher, train_teacher
from vectorstore.embedding.adapted import tokenizer
from vectorstore.embedding.hashing import HashingEmbedder
from vectorstore.text import content_stems

TEXTS = ["The gate closes at dusk.", "Bees are kept behind the wall.", "Roses are red.", "The pond is deep."]
SENTENCES = [Sentence(t, t, f"Garden: {t}", frozenset(content_stems(t))) for t in TEXTS]
EXAMPLES = [
    Example("When does the gate close?", (0,), (1, 2)),
    Example("Where are bees kept?", (1,), (0,)),
    Example("Which colour have roses?", (2,), kind=Kind.KNOWN),
    Example("Who feeds the carp?", (), (3,)),
]
MATERIAL = Material(SENTENCES, EXAMPLES)
TINY = BertConfig(vocab_size=30_522, hidden_size=32, num_hidden_layers=1, num_attention_heads=2, intermediate_size=32)


class Finder(torch.nn.Module):
    """As the network that finds, over any encoder."""

    def __init__(self) -> None:
        super().__init__()
        self.encoder = BertModel(TINY, add_pooling_layer=False)

    def forward(self, input_ids: torch.Tensor, attention_mask: torch.Tensor) -> torch.Tensor:
        tokens = self.encoder(input_ids=input_ids, attention_mask=attention_mask).last_hidden_state
        weights = attention_mask.unsqueeze(-1)
        return torch.nn.functional.normalize((tokens * weights).sum(1) / weights.sum(1), dim=1)


@pytest.fixture(autouse=True)
def seeded() -> None:
    torch.manual_seed(1)


@pytest.fixture(scope="module")
def words() -> Words:
    return Words(tokenizer(), 32)


@pytest.fixture
def negatives() -> Negatives:
    embed = HashingEmbedder().embed
    return Negatives(
        EXAMPLES, SENTENCES, embed([e.question for e in EXAMPLES]), embed([s.as_read for s in SENTENCES])
    )


@pytest.fixture
def labels() -> list[Labelled]:
    """A teacher that is sure."""
    return [
        Labelled((n, *(p for p in range(4) if p != n)), np.array([8, -8, -8, -8], dtype=np.float32), 1, 1)
        if example.answers
        else Labelled((3, 0, 1, 2), np.full(4, -8, dtype=np.float32), 0, 1)
        for n, example in enumerate(EXAMPLES)
    ]


def small() -> Teacher:
    return Teacher(BertModel(TINY, add_pooling_layer=False))


def losses(train: Callable[[Callable[[int, int, float], None]], None]) -> list[float]:
    heard: list[float] = []
    train(lambda step, steps, loss: heard.append(loss))
    return heard


def test_a_teacher_learns_and_its_embeddings_stay(words: Words, negatives: Negatives) -> None:
    network, course = small(), replace(teacher.COURSE, steps=12, rate=5e-3, questions=4, known=1.0)
    before = network.encoder.embeddings.word_embeddings.weight.clone()
    heard = losses(lambda r: train_teacher(network, words, MATERIAL, negatives, course, random.Random(1), r))
    assert len(heard) == 12
    assert heard[-1] < heard[0]
    assert torch.equal(before, network.encoder.embeddings.word_embeddings.weight)
    assert not network.training


def test_a_reader_learns_what_the_teacher_says(words: Words, labels: list[Labelled]) -> None:
    network, course = small(), replace(reader_training.COURSE, steps=12, rate=5e-3, questions=4)
    heard = losses(lambda r: train_reader(network, words, MATERIAL, labels, course, random.Random(1), r))
    assert heard[-1] < heard[0]


def test_a_finder_learns_what_the_teacher_says(words: Words, labels: list[Labelled]) -> None:
    network, course = Finder(), replace(finder_training.COURSE, steps=12, rate=5e-3, questions=4, known=1.0)
    heard = losses(lambda r: train_finder(network, words, MATERIAL, labels, course, random.Random(1), r))
    assert heard[-1] < heard[0]


def test_of_each_example_those_judged_are_labelled_first_and_all_others_like_it(
    words: Words, negatives: Negatives
) -> None:
    network = small()
    found = label(network, words, MATERIAL, negatives, random.Random(1))
    assert [f.places[: f.judged] for f in found] == [(0, 1, 2), (1, 0), (2,), (3,)]
    assert [f.answers for f in found] == [1, 1, 1, 0]
    assert all(sorted(f.places) == [0, 1, 2, 3] for f in found)
    for number, f in enumerate(found):
        said = numbers_of_pairs(network, words, MATERIAL.pairs([number], [f.places]))
        assert f.numbers == pytest.approx(said, abs=0.02)


def test_drawn_are_those_judged_then_the_surest_then_some_others() -> None:
    numbers = np.array([5, -5, *range(10)], dtype=np.float32)
    drawn = Labelled(tuple(range(12)), numbers, 1, 2).drawn(6, random.Random(1))
    assert drawn.places[:4] == (0, 1, 11, 10)
    assert len(set(drawn.places)) == 6
    assert drawn.numbers.tolist() == numbers[list(drawn.places)].tolist()
    assert (drawn.answers, drawn.judged) == (1, 2)


def test_a_text_reads_the_same_wherever_it_stands(words: Words) -> None:
    network, texts = Finder(), ["One.", f"{TEXTS[0]} {TEXTS[1]}", "Two and three."]
    together = vectors_of_texts(network, words, texts)
    alone = [vectors_of_texts(network, words, [text])[0] for text in texts]
    assert together == pytest.approx(np.stack(alone), abs=0.02)


def test_a_pass_has_every_example_once_and_some_of_the_known_questions() -> None:
    examples = [*EXAMPLES[:2], *[replace(EXAMPLES[2], question=str(n)) for n in range(400)]]
    numbers, chance = passes(examples, 0.5, random.Random(1)), random.Random(1)
    first = [next(numbers) for _ in range(len(next_pass(examples, chance)))]
    assert len(set(first)) == len(first)
    assert {0, 1} <= set(first)
    assert 150 < len(first) < 250
    assert list(passes([], 0.5, chance)) == []


def next_pass(examples: list[Example], chance: random.Random) -> list[int]:
    return [n for n, e in enumerate(examples) if e.kind is not Kind.KNOWN or chance.random() < 0.5]


def test_the_order_of_two_kinds_is_measured_and_equal_ones_count_half() -> None:
    assert auroc(np.array([3.0, 4.0]), np.array([1.0, 2.0])) == 1
    assert auroc(np.array([1.0, 2.0]), np.array([1.0, 2.0])) == 0.5
    assert auroc(np.array([0.0]), np.array([1.0])) == 0


def test_networks_are_measured_by_sentences_of_documents(words: Words) -> None:
    said = Sentence(SAID, "Roses.", "Roses.", frozenset())
    kept = Material([*SENTENCES, said], [Example("When does the gate close?", (0, 4), (1, 2)), *EXAMPLES[1:]])
    measured = {**reader_measures(small(), words, kept), **finder_measures(Finder(), words, kept)}
    assert all(0 <= value <= 1 for value in measured.values())
    assert measured["judged, recall@5"] == measured["known, recall@5"] == 1  # there are no more than four
