"""The key that signs sessions: the operator's, or a random one kept in the data directory."""

from __future__ import annotations

import hashlib
import os
import secrets
import tempfile
from contextlib import suppress
from pathlib import Path

from vectorstore.errors import KnowledgeError

FILE = "secret.key"


def signing_key(given: str, data_dir: Path) -> str:
    """`given`, or what the data directory holds; made there at the first call. Raises KnowledgeError.

    Several processes of one data directory sign with the same key, whichever of them made it.
    """
    if given:
        return given
    path = data_dir / FILE
    try:
        if not path.is_file():
            _make(path)
        held = path.read_text(encoding="ascii").strip()
    except (OSError, UnicodeDecodeError) as error:
        raise KnowledgeError("The key that signs sessions cannot be read or kept.", "Set LSIP_SECRET_KEY.") from error
    if len(held) < 32:
        raise KnowledgeError(
            "The key that signs sessions is damaged.",
            f"Remove {FILE} from the data directory, or set LSIP_SECRET_KEY.",
        )
    return held


def _make(path: Path) -> None:
    """Write the whole key under another name first: nobody reads half of it, and the first to finish wins."""
    path.parent.mkdir(parents=True, exist_ok=True)
    descriptor, name = tempfile.mkstemp(dir=path.parent, prefix=FILE)
    try:
        with os.fdopen(descriptor, "w", encoding="ascii") as file:
            file.write(secrets.token_hex(32))
        with suppress(FileExistsError):
            os.link(name, path)
    finally:
        Path(name).unlink(missing_ok=True)


def pseudonym(key: str, text: str) -> str:
    """A name for `text` that cannot be turned back without the key; for counting addresses without keeping them."""
    return hashlib.blake2b(text.encode(), key=hashlib.sha256(key.encode()).digest(), digest_size=12).hexdigest()
