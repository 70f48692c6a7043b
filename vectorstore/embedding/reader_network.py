"""The cross-encoder as a torch network, for training and export."""

from __future__ import annotations

from pathlib import Path

import torch
from torch import nn

from vectorstore.embedding.adapted import export
from vectorstore.embedding.reader import ADAPTER, GRAPH, TOKENIZER
from vectorstore.embedding.retrained import RetrainedEncoder


class ReaderNetwork(RetrainedEncoder):
    """Pairs of token ids (batch, tokens) to one number a pair: mean of the token vectors, tanh layer, one unit."""

    def __init__(self) -> None:
        super().__init__()
        self.hidden, self.out = nn.Linear(self.width, self.width), nn.Linear(self.width, 1)
        self.eval()  # without dropout: what it learns from is soft, and much

    def forward(
        self, input_ids: torch.Tensor, attention_mask: torch.Tensor, token_type_ids: torch.Tensor
    ) -> torch.Tensor:
        tokens = self.tokens(input_ids, attention_mask, token_type_ids)
        weights = attention_mask.unsqueeze(-1).to(tokens.dtype)
        pooled = (tokens * weights).sum(1) / weights.sum(1)
        return self.out(torch.tanh(self.hidden(pooled))).squeeze(-1)  # type: ignore[no-any-return]


def export_reader(folder: Path) -> None:
    """Write the cross-encoder with 8-bit weights, and its tokenizer, to `folder`."""
    network = ReaderNetwork()
    network.load(ADAPTER)
    export(network, "surety", folder / GRAPH, folder / TOKENIZER)
