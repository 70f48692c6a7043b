"""The vector index in Chroma, embedded or over HTTP. Chroma holds vectors and ids; the catalogue holds the truth."""

from __future__ import annotations

import os
import threading
from collections.abc import Sequence
from pathlib import Path
from typing import Any
from urllib.parse import urlparse

import numpy as np

from vectorstore.embedding.protocol import Vectors
from vectorstore.errors import KnowledgeError
from vectorstore.scope import Scope

os.environ.setdefault("ANONYMIZED_TELEMETRY", "False")

MAX_BATCH = 5_000
MAX_LISTED = 30_000  # versions in one filter; SQLite inside Chroma takes 32,766 values a query
_OPENING = threading.Lock()  # Chroma's cache of clients is one per process and not safe for threads


class ChromaIndex:
    """One Chroma collection of passage vectors (cosine), keyed by passage id, with the version id as metadata."""

    def __init__(self, name: str, *, folder: Path | None = None, url: str = "") -> None:
        self._name = name
        self._folder = folder
        self._url = url
        self._client: Any = None
        self._collection: Any = None

    @property
    def name(self) -> str:
        return self._name

    def _open(self) -> Any:
        collection = self._collection
        if collection is None:
            with _OPENING:
                collection = self._opened()
        return collection

    def _opened(self) -> Any:
        if self._collection is None:
            self._client = _client(self._folder, self._url)
            self._collection = self._client.get_or_create_collection(
                self._name, embedding_function=None, metadata={"hnsw:space": "cosine"}
            )
        return self._collection

    def reopen(self) -> None:
        """Forget what this process saw, so that another process's writes show (embedded Chroma caches its index)."""
        from chromadb.api.shared_system_client import SharedSystemClient

        with _OPENING:
            self._collection = None
            if not self._url:
                SharedSystemClient.clear_system_cache()
            self._opened()

    def missing(self, ids: Sequence[str]) -> set[str]:
        """Those of `ids` that have no vector yet."""
        held: set[str] = set()
        for start in range(0, len(ids), MAX_BATCH):
            part = list(ids[start : start + MAX_BATCH])
            held.update(self._open().get(ids=part, include=[])["ids"])
        return set(ids) - held

    def vectors(self, ids: Sequence[str]) -> dict[str, np.ndarray[Any, np.dtype[np.float32]]]:
        """The stored vectors of those of `ids` that are held."""
        found: dict[str, np.ndarray[Any, np.dtype[np.float32]]] = {}
        for start in range(0, len(ids), MAX_BATCH):
            got = self._open().get(ids=list(ids[start : start + MAX_BATCH]), include=["embeddings"])
            for key, vector in zip(got["ids"], got["embeddings"], strict=True):
                found[key] = np.asarray(vector, dtype=np.float32)
        return found

    def upsert(self, ids: Sequence[str], vectors: Vectors, version_ids: Sequence[str]) -> None:
        for start in range(0, len(ids), MAX_BATCH):
            stop = start + MAX_BATCH
            self._open().upsert(
                ids=list(ids[start:stop]),
                embeddings=vectors[start:stop],
                metadatas=[{"version": v} for v in version_ids[start:stop]],
            )

    def delete(self, ids: Sequence[str]) -> None:
        for start in range(0, len(ids), MAX_BATCH):
            self._open().delete(ids=list(ids[start : start + MAX_BATCH]))

    def all_ids(self) -> set[str]:
        return set(self._open().get(include=[])["ids"])

    def count(self) -> int:
        return int(self._open().count())

    def search(self, vector: Vectors, limit: int, scope: Scope) -> list[tuple[str, float]]:
        """The nearest passages among the versions in `scope`: (passage id, cosine similarity), best first."""
        if scope.only is not None:
            parts = [scope.only[n : n + MAX_LISTED] for n in range(0, len(scope.only), MAX_LISTED)]
            found = [hit for part in parts for hit in self._nearest(vector, limit, {"version": {"$in": list(part)}})]
            return sorted(found, key=lambda hit: -hit[1])[:limit]
        barred = scope.without or ()
        if len(barred) > MAX_LISTED:
            return self._nearest_without(vector, limit, frozenset(barred))
        return self._nearest(vector, limit, {"version": {"$nin": list(barred)}} if barred else None)

    def _nearest(self, vector: Vectors, limit: int, where: dict[str, Any] | None) -> list[tuple[str, float]]:
        result = self._query(vector, limit, where, ["distances"])
        return [(i, 1.0 - float(d)) for i, d in zip(result["ids"][0], result["distances"][0], strict=True)]

    def _nearest_without(self, vector: Vectors, limit: int, barred: frozenset[str]) -> list[tuple[str, float]]:
        """The nearest outside `barred`, which is too long for a query: look ever further until there are enough."""
        total, depth = min(self.count(), MAX_LISTED), 4 * limit
        while True:
            result = self._query(vector, min(depth, total), None, ["distances", "metadatas"])
            rows = zip(result["ids"][0], result["distances"][0], result["metadatas"][0], strict=True)
            found = [(i, 1.0 - float(d)) for i, d, m in rows if m["version"] not in barred]
            if len(found) >= limit or depth >= total:
                return found[:limit]
            depth *= 4

    def _query(self, vector: Vectors, limit: int, where: dict[str, Any] | None, include: list[str]) -> Any:
        try:
            return self._open().query(
                query_embeddings=vector.reshape(1, -1), n_results=limit, where=where, include=include
            )
        except Exception as error:
            raise KnowledgeError(
                "The vector index did not answer.", "Run `lsip doctor`; `lsip ingest` rebuilds the index."
            ) from error

    def drop(self) -> None:
        """Remove the whole collection."""
        self._open()
        self._client.delete_collection(self._name)
        self._collection = None


def _client(folder: Path | None, url: str) -> Any:
    import chromadb
    from chromadb.config import Settings

    settings = Settings(anonymized_telemetry=False)
    if url:
        parts = urlparse(url)
        try:
            return chromadb.HttpClient(
                host=parts.hostname or "localhost",
                port=parts.port or (443 if parts.scheme == "https" else 8000),
                ssl=parts.scheme == "https",
                settings=settings,
            )
        except Exception as error:
            raise KnowledgeError(
                "The Chroma server does not answer.", "Check LSIP_CHROMA_URL and that `chroma run` is up."
            ) from error
    if folder is None:
        return chromadb.EphemeralClient(settings=settings)
    folder.mkdir(parents=True, exist_ok=True)
    return chromadb.PersistentClient(path=str(folder), settings=settings)
