"""A large cross-encoder that learns from the judgements, and then says of many more sentences whether they answer.

It is too slow to be asked in use. What it says of sentences that nobody judged is what the small networks learn from
(Hofstätter et al. 2020, "Improving Efficient Neural Ranking Models with Cross-Architecture Knowledge Distillation").
"""

from __future__ import annotations

import random
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import torch
from torch import nn

from ingestion.training.examples import Material
from ingestion.training.fitting import Course, Report, fit
from ingestion.training.negatives import Negatives
from ingestion.training.objectives import choice, each_alone
from ingestion.training.reading import Words
from vectorstore.embedding.reader import MAX_TOKENS

COURSE = Course(steps=1_360, rate=3e-5, questions=32, known=0.35)
ALONE = 0.5  # what each sentence by itself counts beside the choice among them
MOST_ANSWERS = 6  # of a question at once


class Teacher(nn.Module):
    """Pairs of token ids (batch, tokens) to one number a pair: mean of the token vectors, tanh layer, one unit."""

    def __init__(self, encoder: Any) -> None:
        super().__init__()
        self.encoder = encoder
        self.encoder.embeddings.requires_grad_(False)  # of the words, most of which no question here has
        width = encoder.config.hidden_size
        self.hidden, self.out = nn.Linear(width, width), nn.Linear(width, 1)

    def forward(self, input_ids: torch.Tensor, attention_mask: torch.Tensor, **others: torch.Tensor) -> torch.Tensor:
        tokens = self.encoder(input_ids=input_ids, attention_mask=attention_mask, **others).last_hidden_state
        weights = attention_mask.unsqueeze(-1).to(tokens.dtype)
        pooled = (tokens * weights).sum(1) / weights.sum(1)
        return self.out(torch.tanh(self.hidden(pooled))).squeeze(-1)  # type: ignore[no-any-return]


def untrained(folder: Path) -> tuple[Teacher, Words]:
    """A teacher that begins from the encoder in `folder`, and its tokenizer."""
    from transformers import AutoModel, AutoTokenizer

    words = Words(AutoTokenizer.from_pretrained(str(folder)), MAX_TOKENS)
    encoder = AutoModel.from_pretrained(str(folder)).float()  # in the 16 bits of some files small steps are lost
    return Teacher(encoder), words


def train_teacher(
    network: nn.Module,
    words: Words,
    material: Material,
    negatives: Negatives,
    course: Course,
    chance: random.Random,
    report: Report,
) -> None:
    """Let `network` learn which of a question's sentences answer it, or that none does."""

    def loss_of(numbers: Sequence[int]) -> torch.Tensor:
        answers = [material.examples[n].answers[:MOST_ANSWERS] for n in numbers]
        groups = [[*own, *negatives.draw(n, chance)] for n, own in zip(numbers, answers, strict=True)]
        surety = words.of_pairs(network, material.pairs(numbers, groups))
        sizes, right = [len(g) for g in groups], [len(own) for own in answers]
        return choice(surety, sizes, right) + ALONE * each_alone(surety, sizes, right)

    network.train()
    fit(network, material.examples, course, loss_of, chance, report)
    network.eval()
