"""The resolver as a torch network, for training and export."""

from __future__ import annotations

from pathlib import Path

import torch
from torch import nn

from vectorstore.embedding.adapted import export
from vectorstore.embedding.resolver import ADAPTER, GRAPH, TOKENIZER
from vectorstore.embedding.retrained import RetrainedEncoder


class ResolverNetwork(RetrainedEncoder):
    """A turn and what was said before, as token ids (batch, tokens), to one number a token: above 0 it is needed."""

    def __init__(self) -> None:
        super().__init__()
        self.drop, self.out = nn.Dropout(0.1), nn.Linear(self.width, 1)

    def forward(
        self, input_ids: torch.Tensor, attention_mask: torch.Tensor, token_type_ids: torch.Tensor
    ) -> torch.Tensor:
        tokens = self.tokens(input_ids, attention_mask, token_type_ids)
        return self.out(self.drop(tokens)).squeeze(-1)  # type: ignore[no-any-return]


def export_resolver(folder: Path) -> None:
    """Write the resolver with 8-bit weights, and its tokenizer, to `folder`."""
    network = ResolverNetwork()
    network.load(ADAPTER)
    export(network, "needed", folder / GRAPH, folder / TOKENIZER)
