"""Which sentences a question is held against: those most like it that do not answer it."""

from __future__ import annotations

import random
from collections.abc import Sequence

import numpy as np

from ingestion.training.examples import Example, Sentence
from vectorstore.embedding.protocol import Vectors

LIKE = 0.78  # cosine of two questions from which what answers one may answer the other
NEAREST = 48  # sentences most like a question that are looked at
HARDEST = 24  # of these, without those that may answer it, negatives are drawn
READ_WITH = 5  # sentences that do not answer, for each that does
MOST_BESIDE = 7  # of those that were judged to be beside the point, at once
OF_DOCUMENT = 2  # of these from the same document, where there are so many
BLOCK = 512  # questions that are compared with all others at once


class Negatives:
    """Draws sentences for the examples. `questions` and `vectors` are the unit vectors of questions and sentences,
    row by row; sentences behind the last row are not drawn.
    """

    def __init__(
        self, examples: Sequence[Example], sentences: Sequence[Sentence], questions: Vectors, vectors: Vectors
    ) -> None:
        self._examples = examples
        self._sentences = sentences
        self._nearest: list[list[int]] = []
        self._like: list[list[int]] = []
        for start in range(0, len(questions), BLOCK):
            block = questions[start : start + BLOCK]
            self._nearest += np.argsort(-(block @ vectors.T), axis=1, kind="stable")[:, :NEAREST].tolist()
            self._like += [np.flatnonzero(row).tolist() for row in block @ questions.T >= LIKE]
        self._documents: dict[str, list[int]] = {}
        for place, sentence in enumerate(sentences[: len(vectors)]):
            self._documents.setdefault(sentence.document, []).append(place)

    def nearest(self, number: int) -> list[int]:
        """Places of the sentences most like the question of example `number`, the likest first, answers or not."""
        return self._nearest[number]

    def draw(self, number: int, chance: random.Random) -> list[int]:
        """Places of sentences that do not answer example `number`; those that only seem to first."""
        example = self._examples[number]
        excluded = self._may_answer(number)
        hard = [n for n in self._nearest[number] if n not in excluded and not self._same(n, example)][:HARDEST]
        if not example.answers or example.beside:
            beside = chance.sample(example.beside, min(MOST_BESIDE, len(example.beside)))
            lacking = max(0, READ_WITH + 1 - len(beside))
            return [*beside, *chance.sample(hard, min(lacking, len(hard)))]
        beside = [
            n
            for n in self._documents.get(self._sentences[example.answers[0]].document, ())
            if n not in excluded and not self._same(n, example)
        ]
        drawn = chance.sample(hard, min(READ_WITH - OF_DOCUMENT, len(hard)))
        return list(dict.fromkeys([*drawn, *chance.sample(beside, min(OF_DOCUMENT, len(beside)))]))

    def _may_answer(self, number: int) -> set[int]:
        """What is not drawn: the example's own sentences, and those that answer a question much like it."""
        example = self._examples[number]
        own = {*example.answers, *example.beside, *example.arguable}
        if not example.answers:
            return own
        return own.union(*(self._examples[n].answers for n in self._like[number]))

    def _same(self, place: int, example: Example) -> bool:
        own = (*example.answers, *example.beside)
        return any(self._sentences[place].says_the_same(self._sentences[n]) for n in own)
