"""A cross-encoder by sentence-transformers, loaded when it is first asked."""

from __future__ import annotations

import os
import threading
import warnings
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from vectorstore.errors import ModelError

BATCH_SIZE = 16
MAX_TOKENS = 256


class CrossEncoderScorer:
    """Scores pairs of texts with the model in a folder, or of a hub name. Safe between threads."""

    def __init__(self, name: str) -> None:
        self._name = name
        self._model: Any = None
        self._lock = threading.Lock()

    def score(self, pairs: Sequence[tuple[str, str]]) -> list[float]:
        """One number a pair, higher for a better match. Raises ModelError if the model cannot be loaded."""
        with self._lock:
            if self._model is None:
                self._model = _load(self._name)
            found = self._model.predict(list(pairs), batch_size=BATCH_SIZE, show_progress_bar=False)
        return [float(score) for score in found]


def _load(name: str) -> Any:
    path = Path(name).expanduser()
    if path.is_dir():
        os.environ.setdefault("HF_HUB_OFFLINE", "1")
    os.environ.setdefault("TOKENIZERS_PARALLELISM", "false")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        from sentence_transformers import CrossEncoder
        from transformers.utils import logging as transformers_logging

        transformers_logging.set_verbosity_error()  # type: ignore[no-untyped-call]
        transformers_logging.disable_progress_bar()  # type: ignore[no-untyped-call]
        try:
            return CrossEncoder(
                str(path) if path.is_dir() else name, device="cpu", num_labels=1, max_length=MAX_TOKENS
            )
        except (OSError, ValueError) as error:
            raise ModelError(
                f"The reranking model {name} cannot be loaded.",
                "Set LSIP_RERANKER to a folder that holds a cross-encoder, to `late` or `none`, or leave it empty.",
            ) from error
