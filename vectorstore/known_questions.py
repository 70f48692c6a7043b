"""Questions that sentences are known to answer, written for them beforehand, and how like a new question is to each.

A question resembles another way of asking it far more than it resembles its answer, so they find sentences that share
no word with it (document expansion by queries, Nogueira et al. 2019, kept as vectors of their own).
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from vectorstore.embedding.protocol import Vectors

VECTORS, ROWS = "vectors.npy", "rows.json"


@dataclass(frozen=True, slots=True)
class KnownQuestion:
    """A question, and the sentence of a document that answers it, letter for letter."""

    document: str
    sentence: str
    question: str


@dataclass(frozen=True, slots=True)
class Answering:
    """A sentence that answers a known question, and how like (cosine) the likest such question is."""

    document: str
    sentence: str
    likeness: float


class Likenesses:
    """How like one question is to those known, by the sentence that answers them; worked out when asked for."""

    def __init__(self, known: KnownQuestions, vector: Vectors) -> None:
        self._known = known
        self._vector = vector

    def of(self, document: str, sentence: str) -> float:
        """The cosine of the likest known question that this sentence answers; 0 where none is known."""
        return float(self.of_each([(document, sentence)])[0])

    def of_each(self, sentences: Sequence[tuple[str, str]]) -> Vectors:
        """The same for several sentences, each with its document, in their order."""
        return self._known.of_each(sentences, self._vector)

    @property
    def any(self) -> bool:
        """Whether any question is known."""
        return len(self._known) > 0

    def best(self, limit: int, least: float) -> list[Answering]:
        """The sentences with the likest known questions, from `least`, best first."""
        return self._known.best(limit, least, self._vector)


class KnownQuestions:
    """The known questions of a collection in memory: 1.5 KB each at 384 dimensions."""

    def __init__(self, rows: Sequence[KnownQuestion], vectors: Vectors) -> None:
        """`vectors` of shape (rows, dimension), of unit length. Raises ValueError where the two do not fit."""
        if len(rows) != len(vectors):
            raise ValueError("as many vectors as known questions are needed")
        order = sorted(range(len(rows)), key=lambda n: (rows[n].document, rows[n].sentence))
        self._vectors = vectors[order] if order else vectors
        self._keys: list[tuple[str, str]] = []
        starts: list[int] = []
        for place, n in enumerate(order):
            key = (rows[n].document, rows[n].sentence.strip())
            if not self._keys or self._keys[-1] != key:
                self._keys.append(key)
                starts.append(place)
        self._bounds = np.array([*starts, len(order)], dtype=np.intp)  # of the questions of each sentence
        self._places = {key: n for n, key in enumerate(self._keys)}

    @classmethod
    def open(cls, folders: Iterable[Path]) -> KnownQuestions:
        """Those that `write` left in `folders`, together. Raises OSError or ValueError if one is not whole."""
        rows: list[KnownQuestion] = []
        vectors: list[Vectors] = []
        for folder in folders:
            rows += [KnownQuestion(*r) for r in json.loads((folder / ROWS).read_text(encoding="utf-8"))]
            vectors.append(np.load(folder / VECTORS))
        return cls(rows, np.concatenate(vectors) if vectors else np.zeros((0, 1), dtype=np.float32))

    def __len__(self) -> int:
        return len(self._vectors)

    @property
    def vectors(self) -> Vectors:
        """Their vectors, of shape (n, dimension)."""
        return self._vectors

    def likenesses(self, vector: Vectors) -> Likenesses:
        """How like the question with this unit vector is to each."""
        return Likenesses(self, vector)

    def of_each(self, sentences: Sequence[tuple[str, str]], vector: Vectors) -> Vectors:
        """For each document and sentence the cosine of the likest question that it is known to answer, or 0."""
        found = np.zeros(len(sentences), dtype=np.float32)
        held = [(n, self._places.get((d, s.strip()))) for n, (d, s) in enumerate(sentences)]
        rows = [(n, slice(self._bounds[p], self._bounds[p + 1])) for n, p in held if p is not None]
        if rows:
            starts = np.cumsum([0, *(r.stop - r.start for _, r in rows[:-1])])
            likest = np.vecdot(np.concatenate([self._vectors[r] for _, r in rows]), vector)
            found[[n for n, _ in rows]] = np.maximum.reduceat(likest, starts)
        return np.maximum(found, 0)

    def best(self, limit: int, least: float, vector: Vectors) -> list[Answering]:
        """The sentences with the likest known questions, from `least`, best first."""
        if not self._keys:
            return []
        best = np.maximum.reduceat(np.vecdot(self._vectors, vector), self._bounds[:-1])
        order = np.argsort(-best, kind="stable")[:limit]
        return [Answering(self._keys[n][0], self._keys[n][1], float(best[n])) for n in order if best[n] >= least]


def write(folder: Path, questions: Sequence[KnownQuestion], vectors: Vectors) -> None:
    """Write what `KnownQuestions.open` reads into `folder`, which exists."""
    np.save(folder / VECTORS, vectors)
    rows = [[q.document, q.sentence, q.question] for q in questions]
    (folder / ROWS).write_text(json.dumps(rows, ensure_ascii=False), encoding="utf-8")
