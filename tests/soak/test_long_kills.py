"""The kills of the integration tests, twenty times as many and at other moments."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.fakes.kill_rounds import kill_and_check


@pytest.mark.soak
@pytest.mark.timeout(1_100)
def test_three_hundred_kills(tmp_path: Path) -> None:
    kill_and_check(tmp_path, kills=300, seed=7)
