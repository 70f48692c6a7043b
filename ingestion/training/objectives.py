"""What training makes small. Numbers and labels of all questions of a step come as one row, question by question;
`sizes` says how many sentences are each question's own, and those that answer it come first.
"""

from __future__ import annotations

from collections.abc import Sequence

import torch
from torch import nn
from torch.nn import functional

FAR = -1e4  # in place of a sentence that is not there
TEMPERATURE = 0.05  # of the choice among vectors: their products lie between -1 and 1


def choice(numbers: torch.Tensor, sizes: Sequence[int], answers: Sequence[int]) -> torch.Tensor:
    """Cross entropy of a choice among "none" (always 0) and a question's sentences; any that answers is right."""
    likely = functional.log_softmax(_with_none(numbers, sizes), 1)
    right = _among_first(likely[:, 1:], answers)
    answering = torch.logsumexp(likely[:, 1:].masked_fill(~right, FAR), 1)
    return -torch.where(right.any(1), answering, likely[:, 0]).mean()


def each_alone(numbers: torch.Tensor, sizes: Sequence[int], answers: Sequence[int]) -> torch.Tensor:
    """Binary cross entropy of each sentence by itself."""
    right = [float(n < own) for size, own in zip(sizes, answers, strict=True) for n in range(size)]
    return functional.binary_cross_entropy_with_logits(numbers, torch.tensor(right, device=numbers.device))


def as_the_teacher(numbers: torch.Tensor, labels: torch.Tensor, sizes: Sequence[int]) -> torch.Tensor:
    """How far the choice among "none" and a question's sentences is from the teacher's choice (Hinton et al. 2015,
    "Distilling the Knowledge in a Neural Network"), as Kullback-Leibler divergence.
    """
    likely = functional.log_softmax(_with_none(numbers, sizes), 1)
    return functional.kl_div(likely, functional.softmax(_with_none(labels, sizes), 1), reduction="batchmean")


def each_as_the_teacher(numbers: torch.Tensor, labels: torch.Tensor) -> torch.Tensor:
    """Binary cross entropy of each sentence by itself, where the teacher's surety is what is true."""
    return functional.binary_cross_entropy_with_logits(numbers, torch.sigmoid(labels))


def nearness(
    products: torch.Tensor, own: torch.Tensor, labels: torch.Tensor, answered: torch.Tensor
) -> tuple[torch.Tensor, torch.Tensor]:
    """How far questions are from what answers them, by `products` of their vectors with those of all sentences of the
    step, of shape (questions, sentences). `own` marks each question's sentences, `labels` says what the teacher gives
    them, `answered` which questions something answers.

    The first number compares the choice among a question's own sentences with the teacher's. The second is the cross
    entropy of its choice among all, those of other questions too (Karpukhin et al. 2020, "Dense Passage Retrieval for
    Open-Domain Question Answering"), where its own count as the teacher weighs them.
    """
    products = products / TEMPERATURE
    wanted = functional.log_softmax(labels.masked_fill(~own, FAR), 1)
    among_own = functional.log_softmax(products.masked_fill(~own, FAR), 1)
    apart = functional.kl_div(among_own, wanted, reduction="batchmean", log_target=True)
    missed = -torch.logsumexp(functional.log_softmax(products, 1) + wanted, 1)
    return apart, (missed * answered).sum() / answered.sum().clamp(min=1)


def _with_none(numbers: torch.Tensor, sizes: Sequence[int]) -> torch.Tensor:
    """A row a question: first the possibility that none answers, then its sentences."""
    rows = nn.utils.rnn.pad_sequence([*torch.split(numbers, list(sizes))], batch_first=True, padding_value=FAR)
    return functional.pad(rows, (1, 0))


def _among_first(rows: torch.Tensor, counts: Sequence[int]) -> torch.Tensor:
    """Marks the first `counts` places of each row."""
    places = torch.arange(rows.shape[1], device=rows.device)
    return places < torch.tensor(counts, device=rows.device).unsqueeze(1)
