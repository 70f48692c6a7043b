"""The packaged cross-encoder: exported from its network, and able to tell an answer from a neighbour."""

from __future__ import annotations

import random
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from assistant.answering.features import answers
from ingestion.training.examples import Example, Material, Sentence
from vectorstore.embedding.factory import packaged_reader
from vectorstore.embedding.reader import Reader
from vectorstore.text import content_stems

QUESTION = "Who pays for the repair of the town clock?"
ANSWER = "Town clock > Upkeep: The council pays for repairs of the clock from its reserve."
NEIGHBOUR = "Town clock > Upkeep: The clock was last repaired in 1998 by a firm from the next town."
OTHER = "Market: Stalls open at seven on Thursdays."


@pytest.fixture(scope="module")
def reader(encoder_cache: Path) -> Reader:
    return packaged_reader(encoder_cache)


def test_an_answer_is_told_from_its_neighbour_and_from_another_matter(reader: Reader) -> None:
    answer, neighbour, other = reader.read(QUESTION, [ANSWER, NEIGHBOUR, OTHER])
    assert answer > neighbour > other


def test_a_sentence_reads_the_same_alone_and_among_longer_ones(reader: Reader) -> None:
    together = reader.read(QUESTION, [ANSWER, NEIGHBOUR, f"{OTHER} " * 30])
    alone = [reader.read(QUESTION, [text])[0] for text in (ANSWER, NEIGHBOUR)]
    assert together[:2] == pytest.approx(alone, abs=1e-4)
    assert len(reader.read(QUESTION, [])) == 0


def test_the_graph_says_what_the_network_says(reader: Reader) -> None:
    import torch

    from vectorstore.embedding.adapted import INPUTS, tokenizer
    from vectorstore.embedding.reader import ADAPTER
    from vectorstore.embedding.reader_network import ReaderNetwork

    network = ReaderNetwork()
    network.load(ADAPTER)
    fed = tokenizer()([QUESTION] * 3, [ANSWER, NEIGHBOUR, OTHER], padding=True, return_tensors="pt")
    with torch.no_grad():
        theirs = network(*(fed[name] for name in INPUTS)).numpy()
    ours = reader.read(QUESTION, [ANSWER, NEIGHBOUR, OTHER])
    apart = [abs(answers(float(a)) - answers(float(b))) for a, b in zip(theirs, ours, strict=True)]
    assert max(apart) < 0.1  # 8-bit weights
    assert list(np.argsort(theirs)) == list(np.argsort(ours))


def test_training_learns_and_keeps_what_it_learnt(tmp_path: Path) -> None:
    import torch

    from ingestion.training.labels import Labelled
    from ingestion.training.reader_training import COURSE, train_reader
    from ingestion.training.reading import Words, numbers_of_pairs
    from vectorstore.embedding.adapted import tokenizer
    from vectorstore.embedding.reader import MAX_TOKENS
    from vectorstore.embedding.reader_network import ReaderNetwork

    torch.manual_seed(1)
    texts = ["The gate closes at dusk.", "The gate is green.", "Bees are kept behind the wall.", "Roses are red."]
    sentences = [Sentence(t, t, f"Garden: {t}", frozenset(content_stems(t))) for t in texts]
    examples = [Example("When does the gate close?", (0,)), Example("Which colour has the gate?", (1,))]
    material, words = Material(sentences, examples), Words(tokenizer(), MAX_TOKENS)
    said = np.array([8, -8, -8, -8], dtype=np.float32)
    labels = [Labelled((0, 1, 2, 3), said, 1, 1), Labelled((1, 0, 2, 3), said, 1, 1)]
    network, pairs = ReaderNetwork(), material.pairs([0], [range(4)])
    train_reader(
        network, words, material, labels, replace(COURSE, steps=16, questions=2), random.Random(1), lambda *_: None
    )
    after = numbers_of_pairs(network, words, pairs)
    assert after[0] > 0 > after[1:].max()
    kept, again = tmp_path / "kept.safetensors", ReaderNetwork()
    network.save(kept)
    again.load(kept)
    assert numbers_of_pairs(again, words, pairs) == pytest.approx(after, abs=0.1)
