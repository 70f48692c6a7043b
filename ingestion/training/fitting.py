"""The training itself: each question's sentences compete, and with them the possibility that none answers."""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence

import torch
from torch import nn

from ingestion.training.examples import Example, Sentence
from ingestion.training.negatives import Negatives
from vectorstore.embedding.adapted import INPUTS, tokenizer
from vectorstore.embedding.reader import MAX_TOKENS
from vectorstore.embedding.reader_network import ReaderNetwork
from vectorstore.embedding.torch_embedder import bfloat16_is_fast

QUESTIONS_A_STEP = 8
PAIRS_AT_ONCE = 32  # pairs of like length in one pass, so that little is padded
RATE, WARM = 1e-3, 0.08  # the highest learning rate, and the share of the steps that lead up to it
SEED = 7


class Trainer:
    """Trains a network on examples."""

    def __init__(self, network: ReaderNetwork, sentences: Sequence[Sentence], rate: float = RATE) -> None:
        self._rate = rate
        self.network = network
        self._sentences = sentences
        self._tokenizer = tokenizer()
        self._fast = bfloat16_is_fast()

    def train(
        self, examples: Sequence[Example], negatives: Negatives, progress: Callable[[int, int, float], None]
    ) -> None:
        """One pass over `examples`; `progress` hears the step, the number of steps, and the smoothed loss."""
        chance = random.Random(SEED)  # noqa: S311 - draws examples, hides nothing
        order = list(range(len(examples)))
        chance.shuffle(order)
        steps = len(order) // QUESTIONS_A_STEP
        weights = list(self.network.trained().values())
        optimizer = torch.optim.AdamW(weights, lr=self._rate, weight_decay=0.01)
        schedule = torch.optim.lr_scheduler.OneCycleLR(optimizer, self._rate, total_steps=steps + 1, pct_start=WARM)
        smoothed = 0.0
        for step in range(steps):
            batch = order[step * QUESTIONS_A_STEP : (step + 1) * QUESTIONS_A_STEP]
            loss = self._loss([examples[n] for n in batch], [negatives.draw(n, chance) for n in batch])
            optimizer.zero_grad()
            loss.backward()  # type: ignore[no-untyped-call]
            nn.utils.clip_grad_norm_(weights, 1.0)
            optimizer.step()
            schedule.step()
            smoothed = 0.98 * smoothed + 0.02 * loss.item() if step else loss.item()
            progress(step + 1, steps, smoothed)

    def _loss(self, examples: Sequence[Example], drawn: Sequence[Sequence[int]]) -> torch.Tensor:
        """Mean cross entropy of a choice among "none" (always 0) and the sentences; any that answers is right."""
        groups = [[*e.answers, *d] for e, d in zip(examples, drawn, strict=True)]
        pairs = [(e.question, place) for e, group in zip(examples, groups, strict=True) for place in group]
        parts = self.surety(pairs).split([len(g) for g in groups])  # type: ignore[no-untyped-call]
        none = torch.zeros(1)
        losses = []
        for e, part in zip(examples, parts, strict=True):
            likely = nn.functional.log_softmax(torch.cat([none, part]), 0)
            losses.append(-torch.logsumexp(likely[1 : 1 + len(e.answers)], 0) if e.answers else -likely[0])
        return torch.stack(losses).mean()

    def surety(self, pairs: Sequence[tuple[str, int]]) -> torch.Tensor:
        """The network's number for each question and sentence."""
        order = sorted(range(len(pairs)), key=lambda n: len(pairs[n][0]) + len(self._sentences[pairs[n][1]].as_read))
        found: list[torch.Tensor] = [torch.zeros(())] * len(pairs)
        for start in range(0, len(order), PAIRS_AT_ONCE):
            rows = order[start : start + PAIRS_AT_ONCE]
            fed = self._tokenizer(
                [pairs[n][0] for n in rows],
                [self._sentences[pairs[n][1]].as_read for n in rows],
                padding=True,
                truncation="only_second",
                max_length=MAX_TOKENS,
                return_tensors="pt",
            )
            with torch.autocast("cpu", dtype=torch.bfloat16, enabled=self._fast):
                numbers = self.network(*(fed[name] for name in INPUTS)).float()
            for place, n in enumerate(rows):
                found[n] = numbers[place]
        return torch.stack(found)
