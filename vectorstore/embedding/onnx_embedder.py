"""Embedding a question in milliseconds, without loading torch: onnxruntime over the exported encoder."""

from __future__ import annotations

import logging
import threading
import warnings
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from vectorstore.embedding.protocol import TokenVectors, Vectors

MAX_TOKENS = 256  # what all-MiniLM-L6-v2 was trained to read
BATCH_SIZE = 16


class OnnxEmbedder:
    """The exported encoder of `folder` (see export_query_encoder). Thread-safe once built.

    Documents are embedded with 32-bit weights, as torch embeds them; questions and sentences are read with 8-bit ones
    (ADR 22). A process that only answers never opens the former.
    """

    def __init__(self, folder: Path, model_key: str) -> None:
        from tokenizers import Tokenizer

        self._folder = folder
        self._opening = threading.Lock()
        self._whole: Any = None
        self._token_session = session(folder / "encoder-7bit.onnx")
        self._tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
        self._tokenizer.enable_truncation(MAX_TOKENS)
        self._tokenizer.enable_padding()
        self._model_key = model_key
        self._dimension = int(self._token_session.get_outputs()[1].shape[-1])

    @property
    def model_key(self) -> str:
        return self._model_key

    @property
    def dimension(self) -> int:
        return self._dimension

    def embed(self, texts: Sequence[str]) -> Vectors:
        """Unit vectors of shape (len(texts), dimension), with 32-bit weights."""
        with self._opening:
            self._whole = self._whole or session(self._folder / "encoder.onnx", threads=0)
        result = np.empty((len(texts), self._dimension), dtype=np.float32)
        for rows, encoded in self._batches(texts):
            result[rows] = self._whole.run(["vector"], _feed(encoded))[0]
        return result

    def embed_tokens(self, texts: Sequence[str]) -> list[TokenVectors]:
        """Texts for late interaction, without the two tokens that frame a text.

        Each is read alone: in 8 bits the vectors of a text depend on what is read with it, and an answer would on
        what was asked before it.
        """
        return [self._read_alone(text) for text in texts]

    def _read_alone(self, text: str) -> TokenVectors:
        encoded = self._tokenizer.encode(text)
        tokens, vectors = self._token_session.run(["tokens", "vector"], _feed([encoded]))
        tokens = tokens[0, 1:-1]
        tokens = tokens / np.maximum(np.linalg.norm(tokens, axis=1, keepdims=True), 1e-9)
        return TokenVectors(vectors[0], tokens, _words(encoded.tokens[1:-1]))

    def is_word(self, word: str) -> bool:
        return self._tokenizer.token_to_id(word.lower()) is not None

    def _batches(self, texts: Sequence[str]) -> Iterator[tuple[NDArray[np.intp], list[Any]]]:
        """Rows of `texts` of like length with their encodings, so that little is padded."""
        order = np.argsort([len(t) for t in texts], kind="stable")
        for start in range(0, len(texts), BATCH_SIZE):
            rows = order[start : start + BATCH_SIZE]
            yield rows, self._tokenizer.encode_batch([texts[i] for i in rows])


def quantize(source: Path, target: Path) -> None:
    """The same graph with 8-bit weights: twice as fast, near enough to compare sentences with a question.

    Seven of the eight bits are used: with all of them processors without VNNI (all AVX2 ones) overflow their 16-bit
    sums and give other numbers than the rest (onnxruntime's guide to quantization, "reduce_range").
    """
    from onnxruntime.quantization import QuantType, quantize_dynamic

    root = logging.getLogger()
    level = root.level
    root.setLevel(logging.ERROR)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            quantize_dynamic(
                str(source), str(target), weight_type=QuantType.QInt8, per_channel=True, reduce_range=True
            )
    finally:
        root.setLevel(level)


def session(path: Path, threads: int = 1) -> Any:
    """A graph to run, by one thread unless told otherwise (0: as many as there are cores).

    Of the 8-bit graphs one short text takes 2.1 ms of one core, and 2.9 ms of two (3.7 ms of CPU).
    """
    import onnxruntime

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = threads
    options.enable_cpu_mem_arena = False
    options.log_severity_level = 3
    # threads that spin while they wait cost as much as the work: 57 ms of CPU for a question instead of 31, no faster
    options.add_session_config_entry("session.intra_op.allow_spinning", "0")
    return onnxruntime.InferenceSession(str(path), options, providers=["CPUExecutionProvider"])


def _feed(encoded: list[Any]) -> dict[str, NDArray[np.int64]]:
    return {
        "input_ids": np.array([e.ids for e in encoded], dtype=np.int64),
        "attention_mask": np.array([e.attention_mask for e in encoded], dtype=np.int64),
    }


def _words(pieces: Sequence[str]) -> tuple[str, ...]:
    """For each word piece, the whole word it is part of ("skill", "##s" -> "skills", "skills")."""
    groups: list[list[str]] = []
    for piece in pieces:
        if piece.startswith("##") and groups:
            groups[-1].append(piece)
        else:
            groups.append([piece])
    return tuple("".join(p.removeprefix("##") for p in group) for group in groups for _ in group)
