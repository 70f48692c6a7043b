"""What was read lately is not read again, and what comes from memory is what was read."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from vectorstore.embedding.hashing import HashingEmbedder
from vectorstore.embedding.protocol import TokenVectors
from vectorstore.embedding.token_cache import TokenCache


class Counting(HashingEmbedder):
    def __init__(self) -> None:
        super().__init__(16)
        self.read: list[str] = []

    def embed_tokens(self, texts: Sequence[str]) -> list[TokenVectors]:
        self.read += texts
        return super().embed_tokens(texts)


def test_a_text_is_read_once_however_often_it_is_asked_for() -> None:
    inner = Counting()
    cache = TokenCache(inner)
    first = cache.embed_tokens(["local plans", "duties", "local plans"])
    again = cache.embed_tokens(["duties", "local plans"])
    assert inner.read == ["local plans", "duties"]
    assert [t.words for t in again] == [first[1].words, first[0].words]
    np.testing.assert_allclose(again[1].tokens, first[0].tokens, atol=1e-3)
    np.testing.assert_array_equal(again[1].vector, first[0].vector)
    assert again[1].tokens.dtype == np.float32


def test_the_text_asked_for_longest_ago_is_forgotten_first() -> None:
    inner = Counting()
    cache = TokenCache(inner, capacity=2)
    for text in ("one", "two", "one", "three", "one", "two"):
        cache.embed_tokens([text])
    assert inner.read == ["one", "two", "three", "two"]


def test_documents_are_embedded_as_the_other_does() -> None:
    inner = Counting()
    cache = TokenCache(inner)
    np.testing.assert_array_equal(cache.embed(["local plans"]), inner.embed(["local plans"]))
    assert (cache.model_key, cache.dimension, cache.is_word("plans")) == (inner.model_key, 16, False)
    assert inner.read == []
