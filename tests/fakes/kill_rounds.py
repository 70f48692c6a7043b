"""Rounds of killed ingestions and what must hold after each."""

from __future__ import annotations

import random
from collections import Counter
from pathlib import Path

from tests.fakes.catalogued import ON, House
from tests.fakes.killing import Worker, set_state
from vectorstore.retrieval import Query


def searched(house: House) -> set[str]:
    """All that a search for what every passage says can find."""
    return {h.passage.text for h in house.retriever.search(Query("widget state", ON, limit=500))}


def indexed(house: House) -> bool:
    """Whether both indexes hold the passages of the live versions and nothing else."""
    versions = {v.version_id for v in house.catalogue.versions("k")}
    passages = {p.passage_id for v in versions for p in house.catalogue.passages_of(v)}
    vectors = house.locations.vectors(house.catalogue.manifest("k")["vectors"])
    vectors.reopen()
    assert vectors.all_ids() == passages
    assert house.locations.keywords("k").version_ids() == versions
    return True


def kill_and_check(tmp_path: Path, kills: int, seed: int) -> None:
    """Kill `kills` runs at moments spread over a run; after each, see the old or the new; then finish the run."""
    choose = random.Random(seed)
    folder, house = tmp_path / "src", House(tmp_path / "data")
    seen: Counter[str] = Counter()
    with Worker(tmp_path / "data") as worker:
        held = set_state(folder, "A")
        assert worker.run(folder)[0] == 0
        durations = []
        for state in "BA":
            held = set_state(folder, state)
            status, seconds = worker.run(folder)
            assert status == 0
            durations.append(seconds)
        assert searched(house) == house.live_texts() == held
        whole = max(durations)
        for kill in range(kills):
            old, new = held, set_state(folder, "BA"[kill % 2])
            moment = (kill + choose.random()) / kills * whole * 1.05
            status, _ = worker.run(folder, kill_after=moment)
            live = house.live_texts()
            assert live in (old, new)
            assert searched(house) == live
            seen["ended" if status == 0 else "new" if live == new else "old"] += 1
            assert worker.run(folder)[0] == 0
            assert searched(house) == house.live_texts() == new
            assert indexed(house)
            held = new
    assert seen["old"] >= kills // 3
    assert seen["old"] + seen["new"] >= kills * 2 // 3
