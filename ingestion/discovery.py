"""Finding the files of a folder, with their bytes' digest, in a stable order."""

from __future__ import annotations

import hashlib
import os
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from vectorstore.errors import UsageError

SUFFIXES = frozenset({".pdf", ".html", ".htm", ".md", ".txt", ".docx", ".jsonl"})
MAX_BYTES = 100_000_000
MAX_LINES_BYTES = 2_000_000_000  # JSON Lines are read line by line


@dataclass(frozen=True, slots=True)
class Found:
    """A file to read: where it is, and its name below the root (with forward slashes).

    A folder is found only if it cannot be opened, so that what it held is not taken for gone.
    """

    path: Path
    name: str
    closed_folder: bool = False

    @property
    def suffix(self) -> str:
        return self.path.suffix.lower()

    @property
    def limit(self) -> int:
        return MAX_LINES_BYTES if self.suffix == ".jsonl" else MAX_BYTES


def discover(root: Path) -> Iterator[Found]:
    """Files under `root` that can be read, by name, then the folders that cannot be opened.

    Hidden files, links out of the folder, pipes and files of other kinds are passed over.

    A single file is yielded whatever its suffix. Raises UsageError if `root` is not there.
    """
    if root.is_file():
        yield Found(root, _shown(root.name))
        return
    if not root.is_dir():
        raise UsageError(f"There is no file or folder {str(root)!r}.", "Give the path of a file or folder to --path.")
    home = root.resolve()
    closed: list[OSError] = []
    for folder, subfolders, names in os.walk(root, onerror=closed.append):
        subfolders[:] = sorted(s for s in subfolders if not s.startswith("."))
        for name in sorted(names):
            path = Path(folder) / name
            if name.startswith(".") or path.suffix.lower() not in SUFFIXES:
                continue
            if path.is_symlink() and not path.resolve().is_relative_to(home):
                continue
            if path.exists() and not path.is_file():
                continue
            yield Found(path, _shown(path.relative_to(root).as_posix()))
    for error in closed:
        path = Path(error.filename)
        yield Found(path, _shown(path.relative_to(root).as_posix()), closed_folder=True)


def _shown(name: str) -> str:
    """`name` as text: bytes that are no UTF-8 are written out, since the catalogue does not take them."""
    return os.fsencode(name).decode("utf-8", "backslashreplace")


def default_ids(names: Iterable[str]) -> dict[str, str]:
    """The document that each file is if it does not say: its name without suffix, or with it where two would meet."""
    stems = {name: str(PurePosixPath(name).with_suffix("")) for name in names}
    uses = Counter(stems.values())
    return {name: stem if uses[stem] == 1 else name for name, stem in stems.items()}


def file_digest(path: Path, *salt: str) -> str:
    """SHA-256 of the file's bytes and of what else decides how it is read."""
    result = hashlib.sha256("\x1f".join(salt).encode())
    with path.open("rb") as stream:
        while block := stream.read(1 << 20):
            result.update(block)
    return result.hexdigest()
