"""What the teacher says of the sentences of each question: those that were judged, and those most like it."""

from __future__ import annotations

import random
from dataclasses import dataclass

import numpy as np
from torch import nn

from ingestion.training.examples import Example, Material
from ingestion.training.negatives import Negatives
from ingestion.training.reading import Words, numbers_of_pairs
from ingestion.training.teacher import MOST_ANSWERS
from vectorstore.embedding.protocol import Vectors

MOST_BESIDE, MOST_ARGUABLE = 9, 4  # of a question, that were judged
NEAR, FURTHER = 20, 8  # of the sentences most like it: all of the first, and some of the others
MOST_JUDGED, SUREST = 11, 2  # drawn at once: of those judged, and of the others the surest by the teacher
BOUND = 8.0  # beyond which the teacher is no surer


@dataclass(frozen=True, slots=True)
class Labelled:
    """Places of sentences that a question is learnt with, and the teacher's number for each.

    The first `answers` of them answer it, the first `judged` were judged.
    """

    places: tuple[int, ...]
    numbers: Vectors
    answers: int
    judged: int

    def drawn(self, most: int, chance: random.Random) -> Labelled:
        """Some of them: those judged, the surest of the others, and more of these by chance, up to `most`."""
        first = range(min(self.judged, MOST_JUDGED))
        others = sorted(range(len(first), len(self.places)), key=lambda n: -float(self.numbers[n]))
        lacking = max(0, most - len(first) - SUREST)
        left = others[SUREST:]
        taken = [*first, *others[:SUREST], *chance.sample(left, min(lacking, len(left)))]
        return Labelled(tuple(self.places[n] for n in taken), self.numbers[taken], self.answers, len(first))


def label(
    teacher: nn.Module,
    words: Words,
    material: Material,
    negatives: Negatives,
    chance: random.Random,
) -> list[Labelled]:
    """Of each example its judged sentences and those like it, with what the teacher says of them."""
    groups = [_judged(e) for e in material.examples]
    judged = [len(g) for g in groups]
    for number, group in enumerate(groups):
        like, further = negatives.nearest(number)[:NEAR], negatives.nearest(number)[NEAR:]
        group.update(dict.fromkeys([*like, *chance.sample(further, min(FURTHER, len(further)))]))
    numbers = numbers_of_pairs(teacher, words, material.pairs(range(len(groups)), groups))
    parts = np.split(np.clip(numbers, -BOUND, BOUND), np.cumsum([len(g) for g in groups])[:-1])
    return [
        Labelled(tuple(group), part, len(e.answers[:MOST_ANSWERS]), first)
        for e, group, part, first in zip(material.examples, groups, parts, judged, strict=True)
    ]


def _judged(example: Example) -> dict[int, None]:
    """The places of its judged sentences, in order: those that answer first."""
    beside, arguable = example.beside[:MOST_BESIDE], example.arguable[:MOST_ARGUABLE]
    return dict.fromkeys([*example.answers[:MOST_ANSWERS], *beside, *arguable])
