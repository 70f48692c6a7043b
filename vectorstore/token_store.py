"""Reduced token vectors of passages, kept in one file in the data directory and keyed by the text they are of."""

from __future__ import annotations

import hashlib
import sqlite3
import threading
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

import numpy as np

from vectorstore.embedding.protocol import TokenEmbedder, TokenVectors, Vectors
from vectorstore.errors import KnowledgeError

DIMENSIONS = 64
SEED = 11
CHUNK = 500
BATCH = 256
SCALE = 127.0  # a component of a unit vector, -1..1, as one signed byte


class TokenStore:
    """Token vectors projected to DIMENSIONS (a random orthonormal map, drawn once and kept in the file) as bytes.

    About 64 bytes a token. Each text is one row of a SQLite file: written in a transaction, made again if missing,
    removed by `keep_only`. Safe between threads and processes.
    """

    def __init__(self, path: Path, embedder: TokenEmbedder) -> None:
        self._embedder = embedder
        self._lock = threading.Lock()
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            self._db = sqlite3.connect(path, timeout=30, check_same_thread=False)
            self._db.execute("PRAGMA journal_mode=WAL")
            self._db.execute("PRAGMA synchronous=NORMAL")
            with self._db:
                self._db.execute("CREATE TABLE IF NOT EXISTS tokens (key BLOB PRIMARY KEY, bytes BLOB NOT NULL)")
                self._db.execute("CREATE TABLE IF NOT EXISTS map (one INTEGER PRIMARY KEY, bytes BLOB NOT NULL)")
            self._map = self._drawn(embedder.dimension)
        except (OSError, sqlite3.Error, ValueError) as error:
            raise KnowledgeError(
                "The file of token vectors cannot be opened.",
                f"Remove {path.parent.name}/{path.name} in the data directory; it is made again when it is needed.",
            ) from error

    def _drawn(self, dimension: int) -> Vectors:
        """The map of shape (dimension, DIMENSIONS): the one in the file, or a new one."""
        width = min(DIMENSIONS, dimension)
        square = np.random.default_rng(SEED).standard_normal((dimension, width))
        columns = np.asarray(np.linalg.qr(square)[0], dtype=np.float32)
        with self._db:
            self._db.execute("INSERT OR IGNORE INTO map VALUES (1, ?)", (columns.tobytes(),))
        (kept,) = self._db.execute("SELECT bytes FROM map").fetchone()
        return np.frombuffer(kept, dtype=np.float32).reshape(dimension, width)

    def reduced(self, tokens: Vectors) -> Vectors:
        """Unit vectors of shape (tokens, DIMENSIONS) of token vectors as the model gives them."""
        small = tokens @ self._map
        return np.asarray(small / np.maximum(np.linalg.norm(small, axis=1, keepdims=True), 1e-9), dtype=np.float32)

    def tokens(self, texts: Sequence[str]) -> list[Vectors]:
        """The reduced token vectors of each text; those not held are embedded and kept."""
        self.add(texts)
        keys = [_key(text) for text in texts]
        held = self._read(keys)
        return [_vectors(held[key], self._map.shape[1]) for key in keys]

    def add(self, texts: Sequence[str], progress: Callable[[int, int], None] = lambda done, total: None) -> None:
        """Embed and keep those of `texts` that are not held."""
        by_key = {_key(text): text for text in texts}
        missing = sorted(set(by_key) - self._held(list(by_key)))
        for start in range(0, len(missing), BATCH):
            part = missing[start : start + BATCH]
            made = self._embedder.embed_tokens([by_key[key] for key in part])
            rows = [(key, self._bytes(one)) for key, one in zip(part, made, strict=True)]
            with self._lock, self._db:
                self._db.executemany("INSERT OR REPLACE INTO tokens VALUES (?, ?)", rows)
            progress(start + len(part), len(missing))

    def keep_only(self, texts: Iterable[str]) -> int:
        """Remove what is of none of `texts`. Returns how many were removed."""
        kept = {_key(text) for text in texts}
        with self._lock, self._db:
            gone = [(key,) for (key,) in self._db.execute("SELECT key FROM tokens") if key not in kept]
            self._db.executemany("DELETE FROM tokens WHERE key = ?", gone)
        return len(gone)

    def size(self) -> tuple[int, int]:
        """How many texts it holds, and in how many bytes."""
        with self._lock:
            count, length = self._db.execute(
                "SELECT count(*), coalesce(sum(length(bytes)), 0) FROM tokens"
            ).fetchone()
        return int(count), int(length)

    def close(self) -> None:
        with self._lock:
            self._db.close()

    def _bytes(self, made: TokenVectors) -> bytes:
        return np.round(self.reduced(made.tokens) * SCALE).astype(np.int8).tobytes()

    def _held(self, keys: Sequence[bytes]) -> set[bytes]:
        return {key for key, _ in self._select("key, NULL", keys)}

    def _read(self, keys: Sequence[bytes]) -> dict[bytes, bytes]:
        return dict(self._select("key, bytes", keys))

    def _select(self, what: str, keys: Sequence[bytes]) -> list[tuple[bytes, bytes]]:
        found: list[tuple[bytes, bytes]] = []
        with self._lock:
            for start in range(0, len(keys), CHUNK):
                part = list(keys[start : start + CHUNK])
                marks = ",".join("?" * len(part))
                query = f"SELECT {what} FROM tokens WHERE key IN ({marks})"  # noqa: S608 (question marks only)
                found.extend(self._db.execute(query, part))
        return found


def _key(text: str) -> bytes:
    return hashlib.sha256(text.encode()).digest()[:16]


def _vectors(held: bytes, width: int) -> Vectors:
    return np.frombuffer(held, dtype=np.int8).reshape(-1, width).astype(np.float32) / np.float32(SCALE)
