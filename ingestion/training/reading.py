"""Texts as networks read them: as token ids, those of like length together, so that little is padded."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import torch
from torch import nn

from ingestion.training.devices import device_of, narrow
from vectorstore.embedding.protocol import Vectors

AT_ONCE = 256  # pairs, or texts, in one pass


class Words:
    """A tokenizer, with the number of tokens that are read of a text or of a pair."""

    def __init__(self, tokenizer: Any, most: int) -> None:
        self._tokenizer = tokenizer
        self._most = most

    def of_pairs(self, network: nn.Module, pairs: Sequence[tuple[str, str]]) -> torch.Tensor:
        """What `network` gives for each pair of texts, row by row; of a pair too long the second is cut."""
        return self._read(network, [*zip(*pairs, strict=True)], {"truncation": "only_second"})

    def of_texts(self, network: nn.Module, texts: Sequence[str]) -> torch.Tensor:
        """What `network` gives for each text by itself, row by row."""
        return self._read(network, [texts], {"truncation": True, "return_token_type_ids": False})

    def _read(self, network: nn.Module, columns: Sequence[Sequence[str]], options: dict[str, Any]) -> torch.Tensor:
        device = device_of(network)
        lengths = [sum(map(len, row)) for row in zip(*columns, strict=True)]
        order = sorted(range(len(lengths)), key=lengths.__getitem__)
        found = []
        for start in range(0, len(order), AT_ONCE):
            rows = [[column[n] for n in order[start : start + AT_ONCE]] for column in columns]
            fed = self._tokenizer(*rows, padding=True, max_length=self._most, return_tensors="pt", **options)
            with narrow(device):
                found.append(network(**fed.to(device)).float())
        return torch.cat(found)[torch.argsort(torch.tensor(order, device=device))]


def numbers_of_pairs(network: nn.Module, words: Words, pairs: Sequence[tuple[str, str]]) -> Vectors:
    """The number that `network` gives each pair, of shape (pairs,); nothing is learnt, no dropout stays on."""
    network.eval()
    with torch.inference_mode():
        return np.asarray(words.of_pairs(network, pairs).cpu(), dtype=np.float32)


def vectors_of_texts(network: nn.Module, words: Words, texts: Sequence[str]) -> Vectors:
    """The vector that `network` gives each text, of shape (texts, width); nothing is learnt, no dropout stays on."""
    network.eval()
    with torch.inference_mode():
        return np.asarray(words.of_texts(network, texts).cpu(), dtype=np.float32)
