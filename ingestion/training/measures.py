"""What the networks are worth, on examples that they did not learn from."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from torch import nn

from ingestion.training.examples import Kind, Material
from ingestion.training.reading import Words, numbers_of_pairs, vectors_of_texts

TAKEN = (5, 20)  # sentences found for a question, of which one should answer it


def reader_measures(network: nn.Module, words: Words, kept: Material) -> dict[str, float]:
    """Of the sentences of documents that were judged: how often one that answers, any, is surer than one beside the
    point, any (AUROC); and of how many questions the surest answers that something answers.
    """
    answering: list[float] = []
    beside: list[float] = []
    good: list[bool] = []
    judged = [n for n, e in enumerate(kept.examples) if e.kind is Kind.JUDGED]
    groups = [_documented(kept, n) for n in judged]
    numbers = iter(numbers_of_pairs(network, words, kept.pairs(judged, groups)).tolist())
    for n, group in zip(judged, groups, strict=True):
        surety = {place: next(numbers) for place in group}
        right = [surety[p] for p in kept.examples[n].answers if p in surety]
        answering += right
        beside += [surety[p] for p in kept.examples[n].beside if p in surety]
        if right:
            good.append(max(right) == max(surety.values()))
    return {"AUROC": auroc(np.array(answering), np.array(beside)), "surest good": float(np.mean(good))}


def _documented(kept: Material, number: int) -> list[int]:
    example = kept.examples[number]
    return [p for p in (*example.answers, *example.beside, *example.arguable) if kept.documented(p)]


def auroc(higher: NDArray[np.float64], lower: NDArray[np.float64]) -> float:
    """How often one of `higher` is above one of `lower`; equal ones count half."""
    ordered = np.sort(lower)
    below = np.searchsorted(ordered, higher, "left") + np.searchsorted(ordered, higher, "right")
    return float(below.mean() / 2 / len(lower))


def finder_measures(network: nn.Module, words: Words, kept: Material) -> dict[str, float]:
    """Of how many questions, judged and known, that a sentence of a document answers one that does is among the
    nearest of all of them.
    """
    places = np.array([p for p in range(len(kept.sentences)) if kept.documented(p)])
    vectors = vectors_of_texts(network, words, [kept.sentences[p].as_read for p in places])
    found: dict[str, float] = {}
    for kind in (Kind.JUDGED, Kind.KNOWN):
        asked = [e for e in kept.examples if e.kind is kind and any(map(kept.documented, e.answers))]
        if not asked:
            continue
        products = vectors_of_texts(network, words, [e.question for e in asked]) @ vectors.T
        nearest = places[np.argsort(-products, axis=1, kind="stable")[:, : max(TAKEN)]].tolist()
        for taken in TAKEN:
            hits = [bool({*row[:taken]} & {*e.answers}) for e, row in zip(asked, nearest, strict=True)]
            found[f"{kind.value}, recall@{taken}"] = float(np.mean(hits))
    return found
