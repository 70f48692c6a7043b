"""Bulk embedding with sentence-transformers, and the export of the same weights for queries."""

from __future__ import annotations

import os
import warnings
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np

from vectorstore.embedding.protocol import Vectors
from vectorstore.embedding.weights import model_key, resolve
from vectorstore.errors import ModelError

BATCH_SIZE = 16  # small batches waste least padding; measured in docs/evaluation.md


def bfloat16_is_fast() -> bool:
    """Whether this CPU multiplies bfloat16 in hardware (AMX or AVX512-BF16); elsewhere it is slower than float32."""
    try:
        flags = Path("/proc/cpuinfo").read_text(encoding="ascii", errors="ignore")
    except OSError:
        return False
    return "amx_bf16" in flags or "avx512_bf16" in flags


class TorchEmbedder:
    """sentence-transformers on the CPU, in bfloat16 where that is fast. Loads on first use (seconds, 1 GB)."""

    def __init__(self, name: str = "") -> None:
        self._name = name
        self._model: Any = None

    @property
    def model_key(self) -> str:
        return model_key(self._name)

    @property
    def dimension(self) -> int:
        return int(self._loaded().get_embedding_dimension())

    def embed(self, texts: Sequence[str]) -> Vectors:
        vectors = self._loaded().encode(
            list(texts), batch_size=BATCH_SIZE, normalize_embeddings=True, show_progress_bar=False
        )
        return np.asarray(vectors, dtype=np.float32)

    def _loaded(self) -> Any:
        if self._model is None:
            self._model = _load(self._name, fast=bfloat16_is_fast())
        return self._model


def _load(name: str, *, fast: bool) -> Any:
    path = resolve(name)
    if Path(path).is_dir():
        os.environ.setdefault("HF_HUB_OFFLINE", "1")
    os.environ.setdefault("TOKENIZERS_PARALLELISM", "false")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        import torch
        from sentence_transformers import SentenceTransformer
        from transformers.utils import logging as transformers_logging

        transformers_logging.set_verbosity_error()  # type: ignore[no-untyped-call]
        transformers_logging.disable_progress_bar()  # type: ignore[no-untyped-call]
        kwargs = {"dtype": torch.bfloat16} if fast else {}
        try:
            return SentenceTransformer(path, device="cpu", model_kwargs=kwargs)
        except (OSError, ValueError) as error:
            raise ModelError(
                f"The embedding model {name or 'packaged'} cannot be loaded.",
                "Set LSIP_EMBEDDING_MODEL to a folder that holds a sentence-transformers model, or leave it empty.",
            ) from error


def export_query_encoder(name: str, folder: Path) -> None:
    """Write `encoder.onnx`, `encoder-7bit.onnx` and `tokenizer.json` for the model; checked against the original.

    The graph takes input_ids and attention_mask of shape (batch, tokens) and gives token vectors
    (batch, tokens, dimension) and the mean-pooled unit vector (batch, dimension).
    Raises ModelError if the exported encoder does not agree with the model (cosine under 0.999).
    """
    from vectorstore.embedding.onnx_embedder import OnnxEmbedder

    model = _load(name, fast=False)
    export_encoder(model[0].auto_model, model.tokenizer, folder)
    probe = ["What must a college do once the plan is approved?", "short"]
    theirs = np.asarray(model.encode(probe, normalize_embeddings=True), dtype=np.float32)
    ours = OnnxEmbedder(folder, model_key(name)).embed(probe)
    if float((theirs * ours).sum(axis=1).min()) < 0.999:
        raise ModelError(
            "The exported query encoder disagrees with the model it was exported from.",
            "Use the packaged model, or one that pools by mean.",
        )


def export_encoder(transformer: Any, tokenizer: Any, folder: Path) -> None:
    """Write the graph of `transformer` with 32-bit and with 8-bit weights, and its tokenizer, to `folder`."""
    import torch

    from vectorstore.embedding.graph import save_graph
    from vectorstore.embedding.onnx_embedder import quantize

    class Encoder(torch.nn.Module):  # type: ignore[misc,unused-ignore]
        def __init__(self) -> None:
            super().__init__()
            self.transformer = transformer

        def forward(self, input_ids: torch.Tensor, attention_mask: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor]:
            tokens = self.transformer(input_ids=input_ids, attention_mask=attention_mask).last_hidden_state
            weights = attention_mask.unsqueeze(-1).to(tokens.dtype)
            pooled = (tokens * weights).sum(1) / weights.sum(1).clamp(min=1e-9)
            return tokens, torch.nn.functional.normalize(pooled, dim=-1)

    sample = tokenizer(["one two three", "four five"], padding=True, return_tensors="pt")
    fed = {name: sample[name] for name in ("input_ids", "attention_mask")}
    save_graph(Encoder(), fed, ["tokens", "vector"], folder / "encoder.onnx")
    quantize(folder / "encoder.onnx", folder / "encoder-7bit.onnx")
    tokenizer.backend_tokenizer.save(str(folder / "tokenizer.json"))
