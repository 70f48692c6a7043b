"""The flat index: vectors in one file mapped into memory, compared one by one: exact, and filters cost nothing."""

from __future__ import annotations

import os
from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from vectorstore.embedding.protocol import Vectors
from vectorstore.scope import Scope

SPARSE = 8  # a scope that leaves less than one row in so many is gathered before it is compared
REMEMBERED_SCOPES = 64

Row = tuple[str, str]  # passage id, version id


class FlatIndex:
    """Unit vectors of shape (passages, dimension) with the passage of each row; rows of a version stand together.

    1.5 KB a passage at 384 dimensions, on disk; in memory only the pages that are read, shared by all processes.
    """

    def __init__(self, passages: NDArray[Any], versions: Sequence[str], ends: NDArray[Any], vectors: Vectors) -> None:
        """`ends[n]` is where the rows of `versions[n]` end. Raises ValueError where the parts do not fit together."""
        if len(versions) != len(ends) or len(passages) != len(vectors) or (len(ends) and ends[-1] != len(passages)):
            raise ValueError("the parts of the flat index do not fit together")
        self.passages = passages
        self.vectors = vectors
        self._place = {version: n for n, version in enumerate(versions)}
        self._counts = np.diff(ends, prepend=0)
        self._rows = lru_cache(maxsize=REMEMBERED_SCOPES)(self._rows_of)

    @classmethod
    def of(cls, rows: Sequence[Row], vectors: Vectors) -> FlatIndex:
        """An index in memory of `rows`, which are in order of their versions."""
        passages, versions, ends = _columns(rows)
        return cls(passages, [v.decode() for v in versions.tolist()], ends, vectors)

    @classmethod
    def open(cls, folder: Path) -> FlatIndex:
        """The index that `write` left in `folder`. Raises OSError or ValueError if it is not whole."""
        versions = np.load(folder / "versions.npy")
        return cls(
            np.load(folder / "passages.npy"),
            [v.decode() for v in versions.tolist()],
            np.load(folder / "ends.npy"),
            np.load(folder / "vectors.npy", mmap_mode="r"),
        )

    def count(self) -> int:
        """How many passages it holds."""
        return len(self.passages)

    def search(self, vector: Vectors, limit: int, scope: Scope) -> list[tuple[str, float]]:
        """The nearest passages among the versions in `scope`: (passage id, cosine similarity), best first."""
        if not self.count():
            return []
        rows, mask = self._rows(scope)
        if rows is not None:
            scores = np.vecdot(self.vectors[rows], vector)
        else:
            scores = np.vecdot(self.vectors, vector)
            if mask is not None:
                scores = np.where(mask, scores, -np.inf)
        if len(scores) > limit:
            best = np.argpartition(scores, len(scores) - limit)[len(scores) - limit :]
        else:
            best = np.arange(len(scores))
        best = best[np.argsort(-scores[best], kind="stable")]
        places = best if rows is None else rows[best]
        found = zip(self.passages[places].tolist(), scores[best].tolist(), strict=True)
        return [(key.decode(), score) for key, score in found if score > -np.inf]

    def _rows_of(self, scope: Scope) -> tuple[NDArray[np.intp] | None, NDArray[np.bool_] | None]:
        """The rows in `scope`, if they are few, or whether each row is in it; neither where all are."""
        if scope.only is None and not scope.without:
            return None, None
        listed = [self._place[v] for v in (scope.only or scope.without or ()) if v in self._place]
        allowed = np.full(len(self._counts), scope.only is None)
        allowed[listed] = scope.only is not None
        mask = np.repeat(allowed, self._counts)
        return (np.flatnonzero(mask), None) if SPARSE * int(mask.sum()) < len(mask) else (None, mask)


def write(folder: Path, rows: Sequence[Row], vectors: Vectors) -> None:
    """Write the files of an index into `folder`, which exists, down to the disk."""
    passages, versions, ends = _columns(rows)
    for name, values in (("passages", passages), ("versions", versions), ("ends", ends), ("vectors", vectors)):
        with (folder / f"{name}.npy").open("wb") as out:
            np.save(out, values)
            out.flush()
            os.fsync(out.fileno())


def _columns(rows: Sequence[Row]) -> tuple[NDArray[Any], NDArray[Any], NDArray[np.int64]]:
    """Passage ids of shape (rows,), version ids of shape (versions,), and where each version's rows end."""
    versions: list[bytes] = []
    ends: list[int] = []
    for number, (_, version) in enumerate(rows, start=1):
        key = version.encode()
        if not versions or versions[-1] != key:
            versions.append(key)
            ends.append(number)
        ends[-1] = number
    return (
        np.array([passage.encode() for passage, _ in rows], dtype=np.bytes_),
        np.array(versions, dtype=np.bytes_),
        np.array(ends, dtype=np.int64),
    )
