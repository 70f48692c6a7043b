"""The embedder that needs no model."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from vectorstore.embedding.hashing import HashingEmbedder


@given(st.lists(st.text(max_size=80), min_size=1, max_size=5))
def test_unit_vectors_that_are_always_the_same(texts: list[str]) -> None:
    made = HashingEmbedder().embed(texts)
    assert made.shape == (len(texts), 128)
    assert made.dtype == np.float32
    assert np.allclose(np.linalg.norm(made, axis=1), 1.0, atol=1e-5)
    assert np.array_equal(made, HashingEmbedder().embed(texts))


def test_like_texts_are_near() -> None:
    plan, same, other = HashingEmbedder().embed(["the local plan", "Local plans", "a widget shop"])
    assert plan @ same > 0.99
    assert plan @ other < 0.5


def test_no_texts() -> None:
    assert HashingEmbedder(16).embed([]).shape == (0, 16)


def test_tokens() -> None:
    plans, nothing = HashingEmbedder(16).embed_tokens(["local plans", "the"])
    assert plans.vector.shape == (16,)
    assert plans.tokens.shape == (2, 16)
    assert plans.words == ("local", "plan")
    assert nothing.tokens.shape == (1, 16)
