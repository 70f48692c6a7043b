"""The packaged cross-encoder: exported from its network, and able to tell an answer from a neighbour."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from assistant.answering.features import answers
from ingestion.training.examples import Example, Sentence
from ingestion.training.fitting import Trainer
from ingestion.training.negatives import Negatives
from vectorstore.embedding.factory import packaged_reader
from vectorstore.embedding.hashing import HashingEmbedder
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

    from vectorstore.embedding.reader_network import ReaderNetwork

    torch.manual_seed(1)
    texts = ["The gate closes at dusk.", "The gate is green.", "Bees are kept behind the wall.", "Roses are red."]
    sentences = [Sentence(t, t, f"Garden: {t}", frozenset(content_stems(t))) for t in texts]
    examples = [Example("When does the gate close?", (0,)), Example("Which colour has the gate?", (1,))] * 24
    embed = HashingEmbedder().embed
    negatives = Negatives(
        examples, sentences, embed([e.question for e in examples]), embed([s.text for s in sentences])
    )
    trainer = Trainer(ReaderNetwork(), sentences)
    pairs = [("When does the gate close?", n) for n in range(4)]
    with torch.no_grad():
        before = torch.softmax(trainer.surety(pairs), 0)[0].item()
    trainer.train(examples, negatives, lambda step, steps, loss: None)
    with torch.no_grad():
        after = torch.softmax(trainer.surety(pairs), 0)[0].item()
    assert after > before
    kept, again = tmp_path / "kept.safetensors", ReaderNetwork()
    trainer.network.save(kept)
    again.load(kept)
    with torch.no_grad():
        loaded = Trainer(again, sentences).surety(pairs)
        assert loaded.numpy() == pytest.approx(trainer.surety(pairs).numpy(), abs=0.05)


def test_half_way_back_lies_between_what_was_and_what_is() -> None:
    import torch

    from vectorstore.embedding.reader_network import ReaderNetwork

    network = ReaderNetwork()
    before = network.weights()
    with torch.no_grad():
        for p in network.trained().values():
            p += 2.0
    network.go_back_halfway(before)
    for name, p in network.trained().items():
        assert torch.allclose(p, before[name] + 1.0, atol=1e-5)
