"""Where the parts of the knowledge live."""

from __future__ import annotations

from pathlib import Path

import pytest

from vectorstore.errors import KnowledgeError
from vectorstore.locations import Locations


def test_a_data_directory_that_cannot_be_written(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    with pytest.raises(KnowledgeError, match="LSIP_DATA_DIR"):
        Locations(tmp_path / "file").lock("k")


def test_each_model_has_vectors_of_its_own() -> None:
    here = Locations(Path("data"))
    assert here.vectors_name("k", "one") == here.vectors_name("k", "one")
    assert here.vectors_name("k", "one") != here.vectors_name("k", "two")
    assert here.vectors_name("k", "one") != here.vectors_name("l", "one")
