"""Texts are read once: the vectors of questions and sentences read lately stay in memory."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Sequence

import numpy as np

from vectorstore.embedding.protocol import TokenEmbedder, TokenVectors, Vectors

CAPACITY = 2_500  # sentences of about 45 tokens at 16 bits: some 85 MB


class TokenCache:
    """A TokenEmbedder that remembers the last `capacity` texts of another. Safe to share between threads."""

    def __init__(self, embedder: TokenEmbedder, capacity: int = CAPACITY) -> None:
        self._embedder = embedder
        self._capacity = capacity
        self._lock = threading.Lock()
        self._held: OrderedDict[str, TokenVectors] = OrderedDict()

    @property
    def model_key(self) -> str:
        return self._embedder.model_key

    @property
    def dimension(self) -> int:
        return self._embedder.dimension

    def is_word(self, word: str) -> bool:
        return self._embedder.is_word(word)

    def embed(self, texts: Sequence[str]) -> Vectors:
        """As the other embeds documents; not remembered."""
        return self._embedder.embed(texts)

    def embed_tokens(self, texts: Sequence[str]) -> list[TokenVectors]:
        """As the other gives them, the vectors of tokens rounded to 16 bits, read now or remembered."""
        with self._lock:
            found = {t: self._held[t] for t in texts if t in self._held}
            for text in found:
                self._held.move_to_end(text)
        new = [t for t in dict.fromkeys(texts) if t not in found]
        made = {t: _narrowed(v) for t, v in zip(new, self._embedder.embed_tokens(new), strict=True)} if new else {}
        with self._lock:
            self._held.update(made)
            while len(self._held) > self._capacity:
                self._held.popitem(last=False)
        return [_widened(made[t] if t in made else found[t]) for t in texts]


def _narrowed(vectors: TokenVectors) -> TokenVectors:
    return TokenVectors(vectors.vector, vectors.tokens.astype(np.float16), vectors.words)


def _widened(vectors: TokenVectors) -> TokenVectors:
    return TokenVectors(vectors.vector, vectors.tokens.astype(np.float32), vectors.words)
