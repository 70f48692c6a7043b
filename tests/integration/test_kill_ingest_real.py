"""Kills while the real embedding model is at work."""

from __future__ import annotations

from pathlib import Path

import pytest

from assistant.composition import Application
from assistant.settings import Settings
from tests.fakes.catalogued import ON
from tests.fakes.killing import Worker, set_state
from vectorstore.retrieval import Query


@pytest.mark.timeout(180)
def test_three_kills(tmp_path: Path, encoder_cache: Path) -> None:
    data, folder = tmp_path / "data", tmp_path / "src"
    data.mkdir()
    (data / "encoders").symlink_to(encoder_cache / "encoders")
    application = Application(Settings(data_dir=data, embedding_model=""))

    def searched() -> set[str]:
        hits = application.retriever("k").search(Query("widget state", ON, limit=500))
        return {h.passage.text for h in hits}

    with Worker(data, model="") as worker:
        held = set_state(folder, "A")
        assert worker.run(folder)[0] == 0
        old, held = held, set_state(folder, "B")
        status, whole = worker.run(folder)
        assert (status, searched()) == (0, held)
        for state, share in zip("ABA", (0.3, 0.6, 0.9), strict=True):
            old, held = held, set_state(folder, state)
            worker.run(folder, kill_after=share * whole)
            assert searched() in (old, held)
            assert worker.run(folder)[0] == 0
            assert searched() == held
