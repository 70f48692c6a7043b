"""The finder learns to put questions near the sentences that answer them, by what the teacher says."""

from __future__ import annotations

import random
from collections.abc import Sequence

import torch
from torch import nn

from ingestion.training.examples import Material
from ingestion.training.fitting import Course, Report, fit
from ingestion.training.labels import Labelled
from ingestion.training.objectives import nearness
from ingestion.training.reading import Words

COURSE = Course(steps=220, rate=1e-3, questions=128, known=0.6)
READ_WITH = 8  # sentences of a question at once, beside those of the others
OWN = 0.5  # what the choice among a question's own sentences counts beside that among all


def train_finder(
    network: nn.Module,
    words: Words,
    material: Material,
    labels: Sequence[Labelled],
    course: Course,
    chance: random.Random,
    report: Report,
) -> None:
    """Let `network` learn which sentences the teacher finds to answer each example, among those of all in a step."""

    def loss_of(numbers: Sequence[int]) -> torch.Tensor:
        groups = [labels[n].drawn(READ_WITH, chance) for n in numbers]
        places = sorted({p for g in groups for p in g.places})
        columns = {place: n for n, place in enumerate(places)}
        asked = words.of_texts(network, [material.examples[n].question for n in numbers])
        products = asked @ words.of_texts(network, [material.sentences[p].as_read for p in places]).T
        said, own = torch.zeros(products.shape), torch.zeros(products.shape, dtype=torch.bool)
        for row, group in enumerate(groups):
            found = [columns[p] for p in group.places]
            said[row, found], own[row, found] = torch.from_numpy(group.numbers), True
        answered = torch.tensor([g.answers > 0 for g in groups])
        device = products.device
        apart, missed = nearness(products, own.to(device), said.to(device), answered.to(device))
        return OWN * apart + missed

    network.eval()
    fit(network, material.examples, course, loss_of, chance, report)
