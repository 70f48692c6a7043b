"""The steps of a training: pass after pass over the examples, towards a smaller loss."""

from __future__ import annotations

import math
import random
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

import torch
from torch import nn

from ingestion.training.examples import Example, Kind

DECAY = 0.01  # of the weights
SMOOTHED = 0.98  # share of the loss of the steps before in the loss that is reported

Report = Callable[[int, int, float], None]  # hears the step, the number of steps, and the smoothed loss


@dataclass(frozen=True, slots=True)
class Course:
    """How long and how fast a network is trained."""

    steps: int
    rate: float  # the highest learning rate
    questions: int  # a step
    known: float  # share of the known questions that is drawn in each pass
    warm: float = 0.08  # share of the steps in which the rate rises; after that it falls along a cosine


def fit(
    network: nn.Module,
    examples: Sequence[Example],
    course: Course,
    loss_of: Callable[[Sequence[int]], torch.Tensor],
    chance: random.Random,
    report: Report,
) -> None:
    """Change what of `network` may be changed so that the loss of the examples of a step, by number, gets small."""
    weights = [p for p in network.parameters() if p.requires_grad]
    optimizer = torch.optim.AdamW(weights, lr=course.rate, weight_decay=DECAY)
    schedule = torch.optim.lr_scheduler.LambdaLR(optimizer, lambda step: _share_of_rate(step, course))
    numbers = passes(examples, course.known, chance)
    smoothed = 0.0
    for step in range(course.steps):
        loss = loss_of(list(islice(numbers, course.questions)))
        optimizer.zero_grad()
        loss.backward()  # type: ignore[no-untyped-call]
        nn.utils.clip_grad_norm_(weights, 1.0)
        optimizer.step()
        schedule.step()
        smoothed = SMOOTHED * smoothed + (1 - SMOOTHED) * loss.item() if step else loss.item()
        report(step + 1, course.steps, smoothed)


def passes(examples: Sequence[Example], known: float, chance: random.Random) -> Iterator[int]:
    """The numbers of the examples without end, each pass in another order and with other known questions."""
    while examples:
        order = [n for n, e in enumerate(examples) if e.kind is not Kind.KNOWN or chance.random() < known]
        chance.shuffle(order)
        yield from order


def _share_of_rate(step: int, course: Course) -> float:
    rising = min(1.0, (step + 1) / (course.warm * course.steps))
    return rising * (1 + math.cos(math.pi * step / course.steps)) / 2
