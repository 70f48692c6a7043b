"""Sentences are read once: the token vectors of those asked about lately stay in memory."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Sequence

import numpy as np

from assistant.answering.candidates import TokenEncoder
from vectorstore.embedding.protocol import TokenVectors

CAPACITY = 2_500  # sentences of about 45 tokens at 16 bits: some 85 MB


class TokenCache:
    """A TokenEncoder that remembers the last `capacity` texts of another. Safe to share between threads."""

    def __init__(self, encoder: TokenEncoder, capacity: int = CAPACITY) -> None:
        self._encoder = encoder
        self._capacity = capacity
        self._lock = threading.Lock()
        self._held: OrderedDict[str, TokenVectors] = OrderedDict()

    def embed_tokens(self, texts: Sequence[str]) -> list[TokenVectors]:
        """As the encoder gives them, rounded to 16 bits where they come from memory."""
        with self._lock:
            found = {t: self._held[t] for t in texts if t in self._held}
            for text in found:
                self._held.move_to_end(text)
        new = [t for t in dict.fromkeys(texts) if t not in found]
        made = dict(zip(new, self._encoder.embed_tokens(new), strict=True)) if new else {}
        with self._lock:
            for text, vectors in made.items():
                self._held[text] = TokenVectors(vectors.vector, vectors.tokens.astype(np.float16), vectors.words)
            while len(self._held) > self._capacity:
                self._held.popitem(last=False)
        return [made[t] if t in made else _widened(found[t]) for t in texts]


def _widened(vectors: TokenVectors) -> TokenVectors:
    return TokenVectors(vectors.vector, vectors.tokens.astype(np.float32), vectors.words)
