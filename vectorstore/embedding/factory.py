"""Which embedder does which work: torch for bulk, the exported encoder for questions and small batches."""

from __future__ import annotations

import logging
import shutil
import tempfile
from collections.abc import Sequence
from pathlib import Path

from filelock import FileLock

from vectorstore.embedding.hashing import HashingEmbedder
from vectorstore.embedding.onnx_embedder import OnnxEmbedder
from vectorstore.embedding.protocol import Embedder, TokenEmbedder, Vectors
from vectorstore.embedding.weights import model_key
from vectorstore.errors import ModelError

log = logging.getLogger(__name__)

SMALL_BATCH = 128  # below this, loading torch costs more than it saves


def encoder_folder(model: str, cache: Path) -> Path:
    """Where the exported encoder of `model` lives under the data directory."""
    return cache / "encoders" / model_key(model).replace("/", "_")


def query_embedder(model: str, cache: Path) -> TokenEmbedder:
    """The embedder for questions. Exports the encoder on first use (about ten seconds), then opens it in 0.2 s."""
    if model == "hashing":
        return HashingEmbedder()
    folder = encoder_folder(model, cache)
    if not (folder / "encoder-int8.onnx").is_file():
        _export(model, folder)
    return OnnxEmbedder(folder, model_key(model))


def _export(model: str, folder: Path) -> None:
    from vectorstore.embedding.torch_embedder import export_query_encoder

    folder.parent.mkdir(parents=True, exist_ok=True)
    with FileLock(str(folder) + ".lock"):
        if (folder / "encoder-int8.onnx").is_file():
            return
        shutil.rmtree(folder, ignore_errors=True)
        log.info("exporting the query encoder, once for this data directory")
        scratch = Path(tempfile.mkdtemp(dir=folder.parent))
        try:
            export_query_encoder(model, scratch)
            scratch.rename(folder)
        except ModelError:
            raise
        except Exception as error:
            raise ModelError(
                "The query encoder could not be exported from the embedding model.",
                "Use the packaged model (leave LSIP_EMBEDDING_MODEL empty), or report the model's name.",
            ) from error
        finally:
            shutil.rmtree(scratch, ignore_errors=True)


class BulkEmbedder:
    """Embeds documents: few at a time with the query encoder, many with torch (both give the same vectors)."""

    def __init__(self, model: str, cache: Path) -> None:
        self._model = model
        self._query = query_embedder(model, cache)
        self._torch: Embedder | None = None

    @property
    def model_key(self) -> str:
        return self._query.model_key

    @property
    def dimension(self) -> int:
        return self._query.dimension

    def expect(self, texts: int) -> None:
        """Say how many texts are coming, so that the cheaper engine is chosen."""
        if texts >= SMALL_BATCH and not isinstance(self._query, HashingEmbedder) and self._torch is None:
            from vectorstore.embedding.torch_embedder import TorchEmbedder

            self._torch = TorchEmbedder(self._model)

    def embed(self, texts: Sequence[str]) -> Vectors:
        return (self._torch or self._query).embed(texts)
