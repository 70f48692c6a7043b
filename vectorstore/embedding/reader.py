"""How surely a sentence answers a question, by a cross-encoder that reads the two together."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from vectorstore.embedding.onnx_embedder import session

MAX_TOKENS = 128  # of question and sentence together, as it was trained
ADAPTER = Path(__file__).with_name("reader.safetensors")
GRAPH, TOKENIZER = "reader-7bit.onnx", "reader-tokenizer.json"


class Reader(Protocol):
    """Reads sentences, each with what stands above it, against a question."""

    def read(self, question: str, sentences: Sequence[str]) -> NDArray[np.float32]:
        """For each sentence a number (shape (n,)): above 0 it rather answers, below 0 it rather does not."""
        ...


class OnnxReader:
    """The cross-encoder exported to `folder` (see `reader_network.export_reader`). Safe between threads."""

    def __init__(self, folder: Path) -> None:
        from tokenizers import Tokenizer

        self._session = session(folder / GRAPH)
        self._tokenizer = Tokenizer.from_file(str(folder / TOKENIZER))
        self._tokenizer.enable_truncation(MAX_TOKENS, strategy="only_second")

    def read(self, question: str, sentences: Sequence[str]) -> NDArray[np.float32]:
        return np.array([self._read(question, s) for s in sentences], dtype=np.float32)

    def _read(self, question: str, sentence: str) -> float:
        # one by one: 8-bit activations are scaled by the batch, so what stands beside a sentence would change what is
        # said of it, and a batch of so few is no faster
        encoded = self._tokenizer.encode(question, sentence)
        fed = {
            "input_ids": np.array([encoded.ids], dtype=np.int64),
            "attention_mask": np.array([encoded.attention_mask], dtype=np.int64),
            "token_type_ids": np.array([encoded.type_ids], dtype=np.int64),
        }
        return float(self._session.run(["surety"], fed)[0][0])
