"""Writes the golden files again: `python -m tests.golden`. Look at what changed before it is committed."""

from __future__ import annotations

import tempfile
from pathlib import Path

from tests.fakes.slack_surfaces import surfaces
from tests.golden.slack_files import FOLDER, as_text


def main() -> None:
    """One file for each drawing; files of drawings that are no more go."""
    FOLDER.mkdir(exist_ok=True)
    for old in FOLDER.glob("*.json"):
        old.unlink()
    with tempfile.TemporaryDirectory() as folder:
        for name, (_, payload) in surfaces(Path(folder)).items():
            (FOLDER / f"{name}.json").write_text(as_text(payload), encoding="utf-8")


if __name__ == "__main__":
    main()
