"""Teacher, labels, reader and finder, one after the other."""

from __future__ import annotations

import random
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import torch

from ingestion.training import finder_training, reader_training, teacher
from ingestion.training.examples import Material
from ingestion.training.finder_training import train_finder
from ingestion.training.fitting import Course, Report
from ingestion.training.labels import Labelled, label
from ingestion.training.measures import finder_measures, reader_measures
from ingestion.training.negatives import Negatives
from ingestion.training.reader_training import SPREAD, spread, train_reader
from ingestion.training.reading import Words, vectors_of_texts
from ingestion.training.teacher import train_teacher, untrained
from vectorstore.embedding import finder, reader
from vectorstore.embedding.adapted import tokenizer
from vectorstore.embedding.finder_network import FinderNetwork
from vectorstore.embedding.reader_network import ReaderNetwork

SEED = 7
REPORTED = 100  # steps between two lines of progress


@dataclass(frozen=True, slots=True)
class Courses:
    """How long each network is trained."""

    teacher: Course = teacher.COURSE
    reader: Course = reader_training.COURSE
    finder: Course = finder_training.COURSE


def distilled(
    material: Material,
    kept: Material,
    folder: Path,
    device: torch.device,
    begin: Path | None = None,
    courses: Courses = Courses(),
) -> tuple[ReaderNetwork, FinderNetwork]:
    """Reader and finder, taught by the encoder in `folder`; the reader goes on from the weights in `begin`.

    Prints how far it is, and what each network is worth on the examples of `kept`, which none learns from.
    """
    torch.manual_seed(SEED)
    chance = random.Random(SEED)  # noqa: S311 - draws examples, hides nothing
    found, texts = FinderNetwork().to(device), Words(tokenizer(), finder.MAX_TOKENS)
    negatives = _negatives(material, found, texts)
    labels = _labels(material, kept, negatives, folder, device, courses.teacher, chance)
    read, pairs = ReaderNetwork().to(device), Words(tokenizer(), reader.MAX_TOKENS)
    if begin is not None:
        read.load(begin)
        spread(read, 1 / SPREAD)
        _say("The reader before", reader_measures(read, pairs, kept))
    train_reader(read, pairs, material, labels, courses.reader, chance, _progress("reader"))
    spread(read, SPREAD)
    _say("The reader", reader_measures(read, pairs, kept))
    _say("The packaged encoder", finder_measures(found, texts, kept))
    train_finder(found, texts, material, labels, courses.finder, chance, _progress("finder"))
    _say("The finder", finder_measures(found, texts, kept))
    return read, found


def _negatives(material: Material, encoder: FinderNetwork, words: Words) -> Negatives:
    """By the vectors of a finder that has learnt nothing: they are those of the packaged encoder."""
    held = [s.as_read for n, s in enumerate(material.sentences) if material.documented(n)]
    questions = vectors_of_texts(encoder, words, [e.question for e in material.examples])
    return Negatives(material.examples, material.sentences, questions, vectors_of_texts(encoder, words, held))


def _labels(
    material: Material,
    kept: Material,
    negatives: Negatives,
    folder: Path,
    device: torch.device,
    course: Course,
    chance: random.Random,
) -> list[Labelled]:
    """What a teacher says that begins from the encoder in `folder`, and is forgotten after that."""
    network, words = untrained(folder)
    network.to(device)
    train_teacher(network, words, material, negatives, course, chance, _progress("teacher"))
    _say("The teacher", reader_measures(network, words, kept))
    return label(network, words, material, negatives, chance)


def _progress(name: str) -> Report:
    def report(step: int, steps: int, loss: float) -> None:
        if step % REPORTED == 0 or step == steps:
            print(f"{name}: {step} of {steps} steps, loss {loss:.3f}", flush=True)

    return report


def _say(name: str, measures: Mapping[str, float]) -> None:
    print(f"{name}, held out: {', '.join(f'{key} {value:.3f}' for key, value in measures.items())}.", flush=True)
