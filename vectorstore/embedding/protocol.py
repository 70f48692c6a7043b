"""What an embedder is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

Vectors = NDArray[np.float32]


class Embedder(Protocol):
    """Texts in, unit vectors of shape (n, dimension) out. `model_key` names weights and pooling, for the manifest."""

    @property
    def model_key(self) -> str: ...

    @property
    def dimension(self) -> int: ...

    def embed(self, texts: Sequence[str]) -> Vectors: ...


@dataclass(frozen=True, slots=True)
class TokenVectors:
    """A text for late interaction: its unit vector (dimension,), those of its tokens, and the word of each token."""

    vector: Vectors
    tokens: Vectors
    words: tuple[str, ...]


class TokenEmbedder(Embedder, Protocol):
    """An embedder that also gives the vector of each token, for late interaction."""

    def embed_tokens(self, texts: Sequence[str]) -> list[TokenVectors]: ...

    def is_word(self, word: str) -> bool:
        """Whether its vocabulary has the word whole, as it has common words."""
        ...
