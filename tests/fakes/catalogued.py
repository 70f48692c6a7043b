"""A data directory with a small collection in it, and the parts that read and write it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from pathlib import Path

from ingestion.pipeline import Pipeline
from ingestion.report import RunReport
from vectorstore.catalogue import Catalogue, migrate, open_engine
from vectorstore.embedding.hashing import HashingEmbedder
from vectorstore.embedding.protocol import Vectors
from vectorstore.locations import Locations
from vectorstore.retrieval import Query, Retriever
from vectorstore.staging import Staging

ON = date(2026, 6, 1)


class CountingEmbedder:
    """The hashing embedder, remembering the texts it was given."""

    def __init__(self) -> None:
        self._inner = HashingEmbedder()
        self.texts: list[str] = []

    @property
    def model_key(self) -> str:
        return self._inner.model_key

    @property
    def dimension(self) -> int:
        return self._inner.dimension

    def expect(self, texts: int) -> None:
        """Nothing to prepare."""

    def embed(self, texts: Sequence[str]) -> Vectors:
        self.texts.extend(texts)
        return self._inner.embed(texts)


@dataclass
class House:
    """Catalogue, pipeline and retriever over one folder, as the composition root builds them."""

    data: Path
    embedder: CountingEmbedder = field(default_factory=CountingEmbedder)

    @cached_property
    def catalogue(self) -> Catalogue:
        engine = open_engine(f"sqlite:///{self.data / 'lsip.sqlite3'}")
        migrate(engine)
        return Catalogue(engine)

    @cached_property
    def locations(self) -> Locations:
        return Locations(self.data)

    @cached_property
    def retriever(self) -> Retriever:
        return Retriever("k", self.catalogue, self.locations, HashingEmbedder())

    def ingest(self, root: Path, collection: str = "k") -> RunReport:
        pipeline = Pipeline(self.catalogue, Staging(self.catalogue.engine), self.locations, self.embedder)
        return pipeline.run(root, collection)

    def found(self, text: str, *, on: date = ON, limit: int = 10) -> list[str]:
        """The texts that a search finds, best first."""
        return [h.passage.text for h in self.retriever.search(Query(text, on, limit=limit))]

    def live_texts(self) -> set[str]:
        """Every passage of every live version, as the catalogue has it."""
        versions = self.catalogue.versions("k")
        return {p.text for v in versions for p in self.catalogue.passages_of(v.version_id)}


def write(folder: Path, files: Mapping[str, str]) -> Path:
    """Write `files` (name to text) below `folder`."""
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return folder


def markdown(body: str, **front: object) -> str:
    """A Markdown file with front matter."""
    lines = "".join(f"{key}: {value}\n" for key, value in front.items())
    return f"---\n{lines}---\n\n{body}\n"
