"""A tiny deterministic embedder: stems hashed into a vector. For tests, and for machines without a model."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence

import numpy as np

from vectorstore.embedding.protocol import TokenVectors, Vectors
from vectorstore.text import content_stems


class HashingEmbedder:
    """Bag of stems by signed hashing into `dimension` places, scaled to length one."""

    def __init__(self, dimension: int = 128) -> None:
        self._dimension = dimension

    @property
    def model_key(self) -> str:
        return f"hashing-{self._dimension}"

    @property
    def dimension(self) -> int:
        return self._dimension

    def embed(self, texts: Sequence[str]) -> Vectors:
        vectors = np.zeros((len(texts), self._dimension), dtype=np.float32)
        for row, text in enumerate(texts):
            for stem in content_stems(text):
                digest = hashlib.blake2b(stem.encode(), digest_size=8).digest()
                value = int.from_bytes(digest, "big")
                vectors[row, value % self._dimension] += 1.0 if value >> 63 else -1.0
            if not vectors[row].any():
                vectors[row, 0] = 1.0
        return np.asarray(vectors / np.linalg.norm(vectors, axis=1, keepdims=True), dtype=np.float32)

    def is_word(self, word: str) -> bool:
        return False

    def embed_tokens(self, texts: Sequence[str]) -> list[TokenVectors]:
        words = [content_stems(t) or ("?",) for t in texts]
        return [TokenVectors(self.embed([t])[0], self.embed(w), w) for t, w in zip(texts, words, strict=True)]
