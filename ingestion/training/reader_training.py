"""The cross-encoder learns to say what the teacher says."""

from __future__ import annotations

import random
from collections.abc import Sequence

import torch
from torch import nn

from ingestion.training.examples import Material
from ingestion.training.fitting import Course, Report, fit
from ingestion.training.labels import Labelled
from ingestion.training.objectives import as_the_teacher, choice, each_as_the_teacher
from ingestion.training.reading import Words
from vectorstore.embedding.reader_network import ReaderNetwork

COURSE = Course(steps=2_400, rate=1e-4, questions=64, known=1.0, warm=0.05)
READ_WITH = 12  # sentences of a question at once
ALONE, JUDGED = 0.5, 0.3  # what each sentence by itself, and the judgements, count beside the teacher's choice
SPREAD = 1.6  # what its numbers are multiplied by after training: thresholds elsewhere are in these units


def train_reader(
    network: nn.Module,
    words: Words,
    material: Material,
    labels: Sequence[Labelled],
    course: Course,
    chance: random.Random,
    report: Report,
) -> None:
    """Let `network` learn what the teacher says of the sentences of each example."""

    def loss_of(numbers: Sequence[int]) -> torch.Tensor:
        groups = [labels[n].drawn(READ_WITH, chance) for n in numbers]
        surety = words.of_pairs(network, material.pairs(numbers, [g.places for g in groups]))
        said = torch.cat([torch.from_numpy(g.numbers) for g in groups]).to(surety.device)
        sizes, right = [len(g.places) for g in groups], [g.answers for g in groups]
        alone, judged = each_as_the_teacher(surety, said), choice(surety, sizes, right)
        return as_the_teacher(surety, said, sizes) + ALONE * alone + JUDGED * judged

    network.eval()  # without dropout: what it learns from is soft, and much
    fit(network, material.examples, course, loss_of, chance, report)


def spread(network: ReaderNetwork, by: float) -> None:
    """Multiply what the network says by a number."""
    with torch.no_grad():
        for p in network.out.parameters():
            p.mul_(by)
