"""The finder as a torch network, for training and export."""

from __future__ import annotations

from pathlib import Path

import torch
from torch import nn

from vectorstore.embedding.adapted import AdaptedEncoder, tokenizer
from vectorstore.embedding.finder import ADAPTER
from vectorstore.embedding.torch_embedder import export_encoder


class FinderNetwork(AdaptedEncoder):
    """Token ids of texts (batch, tokens) to unit vectors (batch, width): the mean of the token vectors."""

    def forward(self, input_ids: torch.Tensor, attention_mask: torch.Tensor) -> torch.Tensor:
        tokens = self.tokens(input_ids, attention_mask, torch.zeros_like(input_ids))
        weights = attention_mask.unsqueeze(-1).to(tokens.dtype)
        pooled = (tokens * weights).sum(1) / weights.sum(1).clamp(min=1e-9)
        return nn.functional.normalize(pooled, dim=-1)


def export_finder(folder: Path) -> None:
    """Write the finder to `folder` as an encoder for questions is written, with its tokenizer."""
    network = FinderNetwork()
    network.load(ADAPTER)
    network.merge()
    export_encoder(network.encoder.eval(), tokenizer(), folder)
