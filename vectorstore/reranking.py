"""Ordering the first hits again by reading them with the question: late interaction, or a cross-encoder."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import Protocol

import numpy as np

from vectorstore.embedding.cross_encoder import CrossEncoderScorer
from vectorstore.embedding.protocol import TokenEmbedder
from vectorstore.model import Hit
from vectorstore.new import embedded_text
from vectorstore.token_store import TokenStore
from vectorstore.vocabulary import spell_out

RERANKED = 20  # hits that are read again; those behind keep their places
SHARE = 0.5  # how much the new scores count against the fused ones, both scaled to 0..1

Vocabulary = Mapping[str, tuple[str, ...]]


class Reranker(Protocol):
    """Scores hits against a question; higher is better, and only the order and the distances matter."""

    def scores(self, question: str, hits: Sequence[Hit], vocabulary: Vocabulary) -> list[float]: ...


class LateInteraction:
    """For each token of the question the best cosine with a token of the passage, averaged (ColBERT's MaxSim).

    Token vectors of passages come from the store, which embeds those it does not hold yet.
    """

    def __init__(self, embedder: TokenEmbedder, store: Callable[[], TokenStore]) -> None:
        self._embedder = embedder
        self._store = store

    def scores(self, question: str, hits: Sequence[Hit], vocabulary: Vocabulary) -> list[float]:
        store = self._store()
        (asked,) = self._embedder.embed_tokens([spell_out(question, vocabulary)])
        tokens = store.reduced(asked.tokens)
        held = store.tokens([text_read(hit) for hit in hits])
        return [float((tokens @ some.T).max(axis=1).mean()) if len(some) and len(tokens) else 0.0 for some in held]


class CrossEncoding:
    """A cross-encoder's scores of question and passage, read together."""

    def __init__(self, scorer: CrossEncoderScorer) -> None:
        self._scorer = scorer

    def scores(self, question: str, hits: Sequence[Hit], vocabulary: Vocabulary) -> list[float]:
        asked = spell_out(question, vocabulary)
        return self._scorer.score([(asked, text_read(hit)) for hit in hits])


def text_read(hit: Hit) -> str:
    """What a reranker reads of a hit: what was embedded of it."""
    return embedded_text(hit.version.title, hit.passage.heading, hit.passage.text)


def reranked(reranker: Reranker, question: str, hits: Sequence[Hit], vocabulary: Vocabulary) -> list[Hit]:
    """`hits` with the first RERANKED in a new order.

    The n-th hit gets the score that the n-th had before, so that scores keep their scale and their order.
    """
    first = hits[:RERANKED]
    if len(first) < 2:
        return list(hits)
    before = _scaled([hit.score for hit in first])
    after = _scaled(reranker.scores(question, first, vocabulary))
    order = np.argsort(-((1 - SHARE) * before + SHARE * after), kind="stable")
    moved = [replace(first[place], score=hit.score) for place, hit in zip(order.tolist(), first, strict=True)]
    return [*moved, *hits[RERANKED:]]


def _scaled(scores: Sequence[float]) -> np.ndarray[tuple[int], np.dtype[np.float64]]:
    """`scores` moved to 0..1."""
    values = np.asarray(scores, dtype=np.float64)
    spread = float(values.max() - values.min())
    return (values - values.min()) / spread if spread else np.ones_like(values)
