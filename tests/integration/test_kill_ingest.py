"""A run that is killed at any moment leaves the old knowledge or the new, and the next run finishes it."""

from __future__ import annotations

from pathlib import Path

from tests.fakes.kill_rounds import kill_and_check


def test_fifteen_kills(tmp_path: Path) -> None:
    kill_and_check(tmp_path, kills=15, seed=20261123)
