"""A value that is kept as long as the generation it was made of."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from threading import Barrier, Lock

import pytest

from tests.fakes.almanac import seen
from vectorstore.generations import PerGeneration
from vectorstore.snapshot import Snapshot


@dataclass
class Workshop:
    """A collection that moves on when told to, and what was made of it."""

    generation: int = 1
    made: list[int] = field(default_factory=list)
    broken: bool = False
    lock: Lock = field(default_factory=Lock)

    def snapshot(self) -> Snapshot:
        return seen(self.generation)

    def make(self, snapshot: Snapshot) -> str:
        if self.broken:
            raise OSError("no facts")
        with self.lock:
            self.made.append(snapshot.generation)
        return f"made of {snapshot.generation}"


def test_nothing_is_made_before_it_is_asked_for() -> None:
    shop = Workshop()
    held = PerGeneration(shop.snapshot, shop.make)
    assert shop.made == []
    assert held() == "made of 1"


def test_a_value_is_made_once_and_is_the_same_each_time() -> None:
    shop = Workshop()
    held = PerGeneration(shop.snapshot, shop.make)
    assert held() is held()
    assert shop.made == [1]


def test_a_collection_that_has_moved_on_has_its_value_made_anew() -> None:
    shop = Workshop()
    held = PerGeneration(shop.snapshot, shop.make)
    held()
    shop.generation = 2
    assert (held(), held()) == ("made of 2", "made of 2")
    assert shop.made == [1, 2]


def test_a_value_may_be_nothing_and_is_still_made_only_once() -> None:
    shop = Workshop()
    asked: list[int] = []

    def nothing(snapshot: Snapshot) -> None:
        asked.append(snapshot.generation)

    held: PerGeneration[None] = PerGeneration(shop.snapshot, nothing)
    for _ in range(3):
        held()
    assert asked == [1]


def test_what_could_not_be_made_is_tried_again() -> None:
    shop = Workshop(broken=True)
    held = PerGeneration(shop.snapshot, shop.make)
    with pytest.raises(OSError, match="no facts"):
        held()
    shop.broken = False
    assert held() == "made of 1"


def test_a_failure_leaves_nothing_of_the_generation_before() -> None:
    shop = Workshop()
    held = PerGeneration(shop.snapshot, shop.make)
    held()
    shop.generation, shop.broken = 2, True
    with pytest.raises(OSError, match="no facts"):
        held()
    shop.broken = False
    assert held() == "made of 2"


def test_threads_that_ask_at_once_share_one_value() -> None:
    shop = Workshop()
    held = PerGeneration(shop.snapshot, shop.make)
    threads = 8
    together = Barrier(threads)

    def ask() -> str:
        together.wait()
        return held()

    with ThreadPoolExecutor(threads) as pool:
        answers = [f.result() for f in [pool.submit(ask) for _ in range(threads)]]
    assert set(answers) == {"made of 1"}
    assert shop.made == [1]


def test_two_values_of_one_collection_are_kept_apart() -> None:
    shop = Workshop()
    one, other = PerGeneration(shop.snapshot, shop.make), PerGeneration(shop.snapshot, lambda s: s.collection)
    assert (one(), other()) == ("made of 1", "lsip")
