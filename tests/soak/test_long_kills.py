"""The kills of the integration tests, many more and at other moments: as many as fit beside the other soaks."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.fakes.kill_rounds import kill_and_check


@pytest.mark.soak
@pytest.mark.timeout(1_100)
def test_sixty_kills(tmp_path: Path) -> None:
    kill_and_check(tmp_path, kills=60, seed=7)
