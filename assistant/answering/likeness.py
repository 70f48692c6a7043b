"""How alike two texts are: by the vectors of their tokens, and by the words of meaning that they share."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from vectorstore.embedding.protocol import TokenVectors
from vectorstore.figures import years_short
from vectorstore.text import content_stems

Likeness = NDArray[np.float32]
NEAR = 4  # words of meaning within which two of a question stand together


def word_likeness(question: TokenVectors, text: TokenVectors) -> Likeness:
    """For each token of the question the best cosine with a token of the text (ColBERT's MaxSim before the sum)."""
    if not len(question.tokens) or not len(text.tokens):
        return np.zeros(len(question.tokens), dtype=np.float32)
    return np.asarray((question.tokens @ text.tokens.T).max(axis=1), dtype=np.float32)


def weighted_mean(values: Likeness, weights: Likeness) -> float:
    """The mean of `values` by `weights`; 0 where nothing weighs."""
    total = float(weights.sum())
    return float((values * weights).sum()) / total if total else 0.0


def weakest(likeness: Likeness, words: Sequence[str], weights: Likeness) -> float:
    """The mean likeness of the two least matched words that carry meaning: low when the point is missed."""
    best: dict[str, float] = {}
    for value, word, weight in zip(likeness, words, weights, strict=True):
        if weight >= 1.0:
            best[word] = max(best.get(word, -1.0), float(value))
    lowest = sorted(best.values())[:2]
    return sum(lowest) / len(lowest) if lowest else 1.0


def uncovered(
    question: str, otherwise: Sequence[tuple[str, str]], texts: Sequence[str], rarity_of: Callable[[str], float]
) -> float:
    """The share (0..1, by rarity) of the question's meaning-bearing words that `texts` do not hold in some form."""
    held = {s for text in texts for s in content_stems(years_short(text))}
    for term, other in otherwise:
        if set(content_stems(other)) <= held:
            held |= set(content_stems(term))
    return 1 - coverage_of(years_short(question), " ".join(held), rarity_of, analysed=held)


def coverage_of(
    text: str, other: str, rarity_of: Callable[[str], float], *, analysed: set[str] | None = None
) -> float:
    """The share (0..1, by rarity) of the meaning-bearing words of `text` that `other` holds; 0 for no such words."""
    wanted = {s: rarity_of(s) for s in content_stems(text)}
    total = sum(wanted.values())
    held = set(content_stems(other)) if analysed is None else analysed
    return sum(w for s, w in wanted.items() if s in held) / total if total else 0.0


def pairs_together(wanted: Sequence[str], text: Sequence[str]) -> float:
    """The share (0..1) of neighbouring stems of `wanted` that stand near each other in `text`, in either order."""
    pairs = list(pairwise(wanted))
    if not pairs:
        return 0.0
    places: dict[str, list[int]] = {}
    for n, stem in enumerate(text):
        places.setdefault(stem, []).append(n)

    def near(a: str, b: str) -> bool:
        return any(abs(m - n) <= NEAR for m in places.get(a, ()) for n in places.get(b, ()))

    return sum(near(a, b) for a, b in pairs) / len(pairs)


def rarity(document_frequency: int, documents: int) -> float:
    """Inverse document frequency as in BM25: ln(1 + (N - df + 0.5)/(df + 0.5))."""
    return math.log(1 + (max(documents - document_frequency, 0) + 0.5) / (document_frequency + 0.5))


def overlap(one: str, other: str) -> float:
    """How alike two sentences are by their stems: shared over the smaller (0..1)."""
    a, b = set(content_stems(one)), set(content_stems(other))
    return len(a & b) / min(len(a), len(b)) if a and b else 0.0


def said_share(one: str, other: str) -> float:
    """The share (0..1) of the stems of `one` that stand in `other`: low where `one` says more."""
    a, b = set(content_stems(one)), set(content_stems(other))
    return len(a & b) / len(a) if a else 0.0
