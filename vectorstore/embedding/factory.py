"""Which model does which work: torch for bulk, the exported encoder for questions and small batches, the
reader, the finder and the resolver."""

from __future__ import annotations

import hashlib
import logging
import shutil
import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path

from filelock import FileLock

from vectorstore.embedding import finder, reader, resolver
from vectorstore.embedding.finder import Finder, OnnxFinder, finder_key
from vectorstore.embedding.hashing import HashingEmbedder
from vectorstore.embedding.onnx_embedder import OnnxEmbedder
from vectorstore.embedding.protocol import Embedder, TokenEmbedder, Vectors
from vectorstore.embedding.reader import OnnxReader, Reader
from vectorstore.embedding.resolver import OnnxResolver, Resolver
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

    def export(target: Path) -> None:
        from vectorstore.embedding.torch_embedder import export_query_encoder

        export_query_encoder(model, target)

    _exported(folder, "encoder-7bit.onnx", export)
    return OnnxEmbedder(folder, model_key(model))


def packaged_reader(cache: Path) -> Reader:
    """The cross-encoder that comes with the package; exported on first use as the encoder is."""
    folder = _folder("reader", reader.ADAPTER, cache)

    def export(target: Path) -> None:
        from vectorstore.embedding.reader_network import export_reader

        export_reader(target)

    _exported(folder, reader.GRAPH, export)
    return OnnxReader(folder)


def packaged_finder(cache: Path) -> Finder:
    """The encoder for finding sentences that comes with the package; exported on first use as the other is."""
    folder = _folder("finder", finder.ADAPTER, cache)

    def export(target: Path) -> None:
        from vectorstore.embedding.finder_network import export_finder

        export_finder(target)

    _exported(folder, "encoder-7bit.onnx", export)
    return OnnxFinder(folder, finder_key())


def packaged_resolver(cache: Path) -> Resolver:
    """The network that finds what a follow-up leaves out; exported on first use as the encoder is."""
    folder = _folder("resolver", resolver.ADAPTER, cache)

    def export(target: Path) -> None:
        from vectorstore.embedding.resolver_network import export_resolver

        export_resolver(target)

    _exported(folder, resolver.GRAPH, export)
    return OnnxResolver(folder)


def _folder(name: str, weights: Path, cache: Path) -> Path:
    """Where what is exported from some weights lives under the data directory."""
    return cache / "encoders" / f"{name}-{hashlib.sha256(weights.read_bytes()).hexdigest()[:12]}"


def _exported(folder: Path, graph: str, export: Callable[[Path], None]) -> None:
    """Let `export` fill `folder` unless `graph` is there; killed, it leaves no half."""
    if (folder / graph).is_file():
        return
    folder.parent.mkdir(parents=True, exist_ok=True)
    with FileLock(str(folder) + ".lock"):
        if (folder / graph).is_file():
            return
        shutil.rmtree(folder, ignore_errors=True)
        log.info("exporting %s, once for this data directory", folder.name)
        scratch = Path(tempfile.mkdtemp(dir=folder.parent))
        try:
            export(scratch)
            scratch.rename(folder)
        except ModelError:
            raise
        except Exception as error:
            raise ModelError(
                f"{folder.name} could not be exported from the embedding model.",
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
