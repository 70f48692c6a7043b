"""Where flat indexes live: a folder for each state of the knowledge, named by its versions, made from a source."""

from __future__ import annotations

import hashlib
import logging
import shutil
import tempfile
import time
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Protocol

import numpy as np

from vectorstore.catalogue import Catalogue
from vectorstore.chroma import ChromaIndex
from vectorstore.embedding.protocol import Vectors
from vectorstore.errors import KnowledgeError
from vectorstore.flat import FlatIndex, Row, write

log = logging.getLogger(__name__)

SCRATCH = ".new-"
ABANDONED = 3_600  # seconds after which what is half written belongs to nobody
BATCH = 5_000


class Source(Protocol):
    """Where the vectors of a flat index come from."""

    @property
    def name(self) -> str:
        """Tells it from others, as the name of a folder."""
        ...

    def rows(self, version_ids: Sequence[str]) -> list[Row]:
        """The rows of these versions, in their order."""
        ...

    def vectors(self, rows: Sequence[Row]) -> dict[str, Vectors]:
        """The vector of each of `rows` by its id. Raises KnowledgeError if some cannot be had."""
        ...


class ChromaSource:
    """The vectors of passages, which Chroma keeps."""

    def __init__(self, catalogue: Catalogue, vectors: ChromaIndex, *, writer: bool = False) -> None:
        """`writer` says that this process wrote the vectors, and need not open Chroma anew to see them."""
        self._catalogue = catalogue
        self._vectors = vectors
        self._fresh = writer

    @property
    def name(self) -> str:
        return self._vectors.name

    def rows(self, version_ids: Sequence[str]) -> list[Row]:
        return self._catalogue.rows_of(version_ids)

    def vectors(self, rows: Sequence[Row]) -> dict[str, Vectors]:
        if not self._fresh:
            self._vectors.reopen()
            self._fresh = True
        got = self._vectors.vectors([p for p, _ in rows])
        if len(got) < len(rows):
            raise KnowledgeError(
                f"The vector index {self._vectors.name!r} lacks passages that the catalogue holds.",
                "Run `lsip ingest` again for its folder: it builds what is missing.",
            )
        return got


class FlatFiles:
    """The flat indexes of one source, which stays the keeper of vectors; these files may be deleted.

    A folder is named by the ids of the versions in it. A version's passages never change, so a folder is right for
    as long as it has its name, whoever made it and whichever generation it was made for.
    """

    def __init__(self, folder: Path, source: Source) -> None:
        self._folder = folder / source.name
        self._source = source

    def held(self, version_ids: Iterable[str]) -> FlatIndex | None:
        """The index of these versions, if it is there."""
        return _opened(self._folder / _name(sorted(version_ids)))

    def index(self, version_ids: Iterable[str]) -> FlatIndex:
        """The index of these versions, made if it is not there.

        Raises KnowledgeError if the source lacks vectors of theirs.
        """
        wanted = sorted(version_ids)
        place = self._folder / _name(wanted)
        held = _opened(place)
        if held is not None:
            return held
        rows = self._source.rows(wanted)
        vectors = self._gathered(rows)
        return self._kept(place, rows, vectors)

    def sweep(self, version_ids: Iterable[str]) -> None:
        """Remove the folders of all other states, and what runs that were killed left."""
        keep = _name(sorted(version_ids))
        for place in self._folder.glob("*"):
            if place.name != keep and (not place.name.startswith(SCRATCH) or _age(place) > ABANDONED):
                shutil.rmtree(place, ignore_errors=True)

    def drop(self) -> None:
        """Remove everything."""
        shutil.rmtree(self._folder, ignore_errors=True)

    def _gathered(self, rows: list[Row]) -> Vectors:
        """The vectors of `rows`: from the state before where it has them, else from the source."""
        found = np.empty((len(rows), 0), dtype=np.float32)
        known: dict[bytes, int] = {}
        before = self._newest()
        if before is not None and before.count():
            known = {key: n for n, key in enumerate(before.passages.tolist())}
            found = np.empty((len(rows), before.vectors.shape[1]), dtype=np.float32)
            here = [(n, known[key]) for n, (p, _) in enumerate(rows) if (key := p.encode()) in known]
            if here:
                targets, sources = np.array(here).T
                found[targets] = before.vectors[sources]
        rest = [(n, row) for n, row in enumerate(rows) if row[0].encode() not in known]
        for start in range(0, len(rest), BATCH):
            part = rest[start : start + BATCH]
            got = self._source.vectors([row for _, row in part])
            made = np.stack([got[row[0]] for _, row in part])
            if made.shape[1] != found.shape[1]:
                found = np.empty((len(rows), made.shape[1]), dtype=np.float32)
            found[[n for n, _ in part]] = made
        return found

    def _newest(self) -> FlatIndex | None:
        places = [p for p in self._folder.glob("*") if not p.name.startswith(SCRATCH)]
        return _opened(max(places, key=lambda p: -_age(p))) if places else None

    def _kept(self, place: Path, rows: list[Row], vectors: Vectors) -> FlatIndex:
        """The index, written to `place`; in memory only where the folder cannot be written."""
        scratch: Path | None = None
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
            scratch = Path(tempfile.mkdtemp(prefix=SCRATCH, dir=self._folder))
            write(scratch, rows, vectors)
            if place.is_dir():
                shutil.rmtree(place, ignore_errors=True)  # it was there and could not be opened
            scratch.rename(place)
        except OSError as error:
            log.info("the flat index is kept in memory only: %s", error)
        finally:
            if scratch is not None:
                shutil.rmtree(scratch, ignore_errors=True)
        return _opened(place) or FlatIndex.of(rows, vectors)


def _name(version_ids: list[str]) -> str:
    return hashlib.sha256("\n".join(version_ids).encode()).hexdigest()[:32]


def _opened(place: Path) -> FlatIndex | None:
    try:
        return FlatIndex.open(place)
    except (OSError, ValueError, EOFError):
        return None


def _age(place: Path) -> float:
    """Seconds since the folder was last written to; endless for one that is gone."""
    try:
        return time.time() - place.stat().st_mtime
    except OSError:
        return float("inf")
