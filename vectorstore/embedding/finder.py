"""Vectors of questions and of sentences that lie near each other where the sentence answers the question.

The packaged encoder puts texts together that say like things; an answer mostly says something else than its question.
This one was trained on questions with the sentences that answer them (ADR 26), and is kept as changes to the former.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path
from typing import Protocol

import numpy as np

from vectorstore.embedding.onnx_embedder import OnnxEmbedder
from vectorstore.embedding.protocol import Vectors

MAX_TOKENS = 128  # of a sentence with what stands above it, as it was trained
ADAPTER = Path(__file__).with_name("finder.safetensors")
REMEMBERED = 500  # questions whose vectors are kept: one is searched for several times


class Finder(Protocol):
    """Unit vectors for finding the sentences that answer a question, by their dot product."""

    @property
    def model_key(self) -> str:
        """Names the weights: vectors of other weights cannot be compared."""
        ...

    def question(self, text: str) -> Vectors:
        """The vector of a question, of shape (dimension,)."""
        ...

    def sentences(self, texts: Sequence[str]) -> Vectors:
        """The vectors of sentences with what stands above them, of shape (n, dimension)."""
        ...


def finder_key(adapter: Path = ADAPTER) -> str:
    """The model key of the packaged finder: the start of the SHA-256 of its weights."""
    return f"finder-{hashlib.sha256(adapter.read_bytes()).hexdigest()[:12]}"


class OnnxFinder:
    """The finder exported to `folder` (see `finder_network.export_finder`). Safe between threads."""

    def __init__(self, folder: Path, model_key: str) -> None:
        self.model_key = model_key
        self._encoder = OnnxEmbedder(folder, model_key)
        self._remembered = lru_cache(maxsize=REMEMBERED)(self._read)

    def question(self, text: str) -> Vectors:
        return self._remembered(text)

    def _read(self, text: str) -> Vectors:
        return np.asarray(self._encoder.embed_tokens([text])[0].vector, dtype=np.float32)

    def sentences(self, texts: Sequence[str]) -> Vectors:
        return self._encoder.embed(texts)
