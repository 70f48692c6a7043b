"""`python -m ingestion.training.refining DATA [--device cuda]` lets the reader that is kept go on learning from the
near-misses, on the starter corpus as ingested into DATA.

Writes vectorstore/embedding/reader.safetensors. What the reader says of other sentences is what it learns to go on
saying of them (Li and Hoiem 2016, "Learning without Forgetting"): without that, a network that is shown near-misses
alone comes to doubt all that is asked in other words. Meant for a GPU, where it takes two minutes. No evaluation set
is read.
"""

from __future__ import annotations

import argparse
import random
from collections.abc import Iterator, Sequence
from itertools import islice
from pathlib import Path

import torch
from torch import nn
from torch.nn.functional import binary_cross_entropy_with_logits

from ingestion.training.devices import chosen, device_of
from ingestion.training.examples import (
    Example,
    Kind,
    Material,
    held_out_examples,
    judged,
    load_sentences,
    said_sentences,
    training_examples,
)
from ingestion.training.fitting import Course, Report, fit, passes
from ingestion.training.labels import Labelled, label
from ingestion.training.measures import near_miss_measures, reader_measures
from ingestion.training.negatives import Negatives
from ingestion.training.reader_training import SPREAD, loss_of_labels, spread
from ingestion.training.reading import Words, vectors_of_texts
from vectorstore.catalogue import Catalogue, open_engine
from vectorstore.embedding import finder, reader
from vectorstore.embedding.adapted import tokenizer
from vectorstore.embedding.finder_network import FinderNetwork
from vectorstore.embedding.reader_network import ReaderNetwork

CORPUS = Path(__file__).parents[1] / "corpus"
COLLECTION = "lsip"
COURSE = Course(steps=200, rate=5e-5, questions=64, known=0.5, warm=0.05)
JUDGED, KNOWN = 5_000, 2_500  # questions by which it is held to what it said before
SEED = 7


def held_to(examples: Sequence[Example], chance: random.Random) -> list[Example]:
    """Questions, judged and known, of which the reader is to say what it said before."""
    drawn: list[Example] = []
    for kind, most in ((Kind.JUDGED, JUDGED), (Kind.KNOWN, KNOWN)):
        own = [e for e in examples if e.kind is kind]
        drawn += chance.sample(own, min(most, len(own)))
    return drawn


def refine(
    network: nn.Module,
    words: Words,
    material: Material,
    near: Material,
    labels: Sequence[Labelled],
    course: Course,
    chance: random.Random,
    report: Report,
) -> None:
    """Let `network` learn which of the sentences of `near` answer, and hold it to `labels` of those of `material`."""
    more = passes(near.examples, 1.0, chance)

    def loss_of(numbers: Sequence[int]) -> torch.Tensor:
        apart = _loss_of_near(network, words, near, islice(more, course.questions))
        return loss_of_labels(network, words, material, labels, numbers, chance) + apart

    network.eval()  # without dropout: what it is held to is soft, and much
    fit(network, material.examples, course, loss_of, chance, report)


def _loss_of_near(network: nn.Module, words: Words, near: Material, numbers: Iterator[int]) -> torch.Tensor:
    """Binary cross entropy of each pair by itself: what else may answer a near-miss is not known."""
    drawn = list(numbers)
    groups = [(near.examples[n].answers or near.examples[n].beside)[:1] for n in drawn]
    surety = words.of_pairs(network, near.pairs(drawn, groups))
    right = [float(bool(near.examples[n].answers)) for n in drawn]
    return binary_cross_entropy_with_logits(surety, torch.tensor(right, device=device_of(network)))


def main() -> None:
    """Refine on what is not held out, and keep what was learnt."""
    parser = argparse.ArgumentParser(prog="python -m ingestion.training.refining", description="Refines the reader.")
    parser.add_argument("data", type=Path, help="a data directory that the starter corpus was ingested into")
    parser.add_argument("--device", default="", help="cuda or cpu; without it cuda, where there is one")
    given = parser.parse_args()
    device, chance = chosen(given.device), random.Random(SEED)  # noqa: S311 - draws examples, hides nothing
    torch.manual_seed(SEED)
    held = load_sentences(Catalogue(open_engine(f"sqlite:///{given.data / 'lsip.sqlite3'}")), COLLECTION)
    sentences = [*held, *said_sentences(judged())]
    examples = training_examples(CORPUS, sentences)
    material = Material(sentences, held_to(examples, chance))
    near = Material(sentences, [e for e in examples if e.kind is Kind.NEAR])
    kept = Material(sentences, held_out_examples(CORPUS, sentences))
    network, words = ReaderNetwork().to(device), Words(tokenizer(), reader.MAX_TOKENS)
    network.load(reader.ADAPTER)
    spread(network, 1 / SPREAD)
    _say("before", network, words, kept)
    labels = label(network, words, material, _like(material, device), chance)
    refine(network, words, material, near, labels, COURSE, chance, _report)
    _say("after", network, words, kept)
    spread(network, SPREAD)
    network.save(reader.ADAPTER)
    print(f"Wrote {reader.ADAPTER.name}.")


def _like(material: Material, device: torch.device) -> Negatives:
    """Which sentences a question is like, by the packaged encoder's vectors."""
    encoder, texts = FinderNetwork().to(device), Words(tokenizer(), finder.MAX_TOKENS)
    held = [s.as_read for n, s in enumerate(material.sentences) if material.documented(n)]
    questions = vectors_of_texts(encoder, texts, [e.question for e in material.examples])
    return Negatives(material.examples, material.sentences, questions, vectors_of_texts(encoder, texts, held))


def _say(when: str, network: ReaderNetwork, words: Words, kept: Material) -> None:
    measures = reader_measures(network, words, kept) | near_miss_measures(network, words, kept)
    print(f"{when}, held out: {', '.join(f'{key} {value:.3f}' for key, value in measures.items())}.", flush=True)


def _report(step: int, steps: int, loss: float) -> None:
    if step % 20 == 0 or step == steps:
        print(f"{step} of {steps} steps, loss {loss:.3f}", flush=True)


if __name__ == "__main__":
    main()
