"""The pool: bounded, honest when full, and orderly when it ends."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable, Generator

import pytest

from assistant.answering.events import Event, Stepped
from assistant.api.feed import Feed
from assistant.api.pool import Pool
from vectorstore.errors import BusyError


class Held:
    """Work that begins, and ends when it is let go."""

    def __init__(self) -> None:
        self.began, self.go = threading.Event(), threading.Event()

    def __call__(self) -> str:
        self.began.set()
        assert self.go.wait(60)
        return "done"


@pytest.fixture
def pool() -> Generator[Pool, None, None]:
    made = Pool(1, 2)
    yield made
    made.close()


def test_more_than_the_places_are_told_at_once(pool: Pool) -> None:
    held = Held()
    first = pool.submit(held)
    assert held.began.wait(60)
    waiting = [pool.submit(lambda: "later") for _ in range(2)]
    with pytest.raises(BusyError):
        pool.submit(lambda: "too many")
    held.go.set()
    assert [f.result(60) for f in (first, *waiting)] == ["done", "later", "later"]
    assert pool.submit(lambda: "again").result(60) == "again"


def test_a_place_is_free_again_after_a_failure_or_a_cancel(pool: Pool) -> None:
    def fails() -> None:
        raise ValueError("x")

    for _ in range(9):
        with pytest.raises(ValueError, match="x"):
            pool.submit(fails).result(60)
    held = Held()
    running = pool.submit(held)
    assert held.began.wait(60)
    for _ in range(9):
        assert pool.submit(lambda: None).cancel()
    assert not running.cancel()
    held.go.set()
    assert running.result(60) == "done"


def test_those_who_wait_are_turned_away_and_those_who_began_are_finished(pool: Pool) -> None:
    held = Held()
    running = pool.submit(held)
    assert held.began.wait(60)
    ran: list[int] = []
    waiting = [pool.submit(lambda: ran.append(1)) for _ in range(2)]
    pool.turn_away()
    for place in waiting:
        assert isinstance(place.exception(60), BusyError)
    with pytest.raises(BusyError):
        pool.submit(lambda: None)
    held.go.set()
    pool.close()
    assert running.result(0) == "done"
    assert ran == []


def test_whoever_waits_in_vain_is_told_once_and_whoever_began_is_not() -> None:
    pool, held, dropped = Pool(1, 3), Held(), []
    running = pool.submit(held, lambda: dropped.append("running"))
    assert held.began.wait(60)
    left = pool.submit(lambda: None, lambda: dropped.append("left"))
    pool.submit(lambda: None, lambda: dropped.append("turned away"))
    assert left.cancel()
    pool.turn_away()
    held.go.set()
    pool.close()
    assert running.result(0) == "done"
    assert sorted(dropped) == ["left", "turned away"]


def test_closing_waits_for_what_runs(pool: Pool) -> None:
    held = Held()
    running = pool.submit(held)
    assert held.began.wait(60)
    closing = threading.Thread(target=pool.close)
    closing.start()
    held.go.set()
    closing.join(60)
    assert running.done()


def test_a_feed_that_waits_is_told_when_it_is_turned_away(pool: Pool) -> None:
    held = Held()

    def events() -> Generator[Event, None, None]:
        yield Stepped("compose")

    async def run() -> None:
        running = asyncio.ensure_future(pool.run(held))
        while not held.began.is_set():
            await asyncio.sleep(0.01)
        feed = Feed(pool, events)
        pool.turn_away()
        with pytest.raises(BusyError):
            await feed.first()
        held.go.set()
        assert await running == "done"

    asyncio.run(run())


def test_many_hands_at_once_leave_no_place_taken() -> None:
    pool = Pool(4, 500)
    finished: list[int] = []

    def use(action: Callable[[int], object]) -> None:
        for n in range(100):
            action(n)

    def submit(n: int) -> None:
        future = pool.submit(lambda: finished.append(n))
        if n % 3 == 0:
            future.cancel()

    threads = [threading.Thread(target=use, args=(submit,)) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    pool.close()
    assert pool._taken == 0
    assert not pool._waiting
