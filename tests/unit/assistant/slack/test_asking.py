"""The assistant's walk in a thread, as events on the loop."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Generator

import pytest

from assistant.answering.events import Accepted, Event, Stepped, Working
from assistant.slack.aside import Aside
from assistant.slack.asking import NoAnswerError, events
from vectorstore.errors import KnowledgeError


def gather(walk: object, aside: Aside) -> list[list[Event]]:
    async def go() -> list[list[Event]]:
        return [come async for come in events(walk, aside)]  # type: ignore[arg-type]

    return asyncio.run(go())


@pytest.fixture
def aside() -> Generator[Aside, None, None]:
    made = Aside(1, "test")
    yield made
    made.close()


def test_all_events_come_in_order(aside: Aside) -> None:
    def walk() -> Generator[Event, None, None]:
        yield Accepted("c", "a")
        yield Stepped("screen")
        yield Working()

    assert [e for come in gather(walk, aside) for e in come] == [Accepted("c", "a"), Stepped("screen"), Working()]


def test_what_is_there_together_comes_together(aside: Aside) -> None:
    async def go() -> list[list[Event]]:
        go_on, there = threading.Event(), asyncio.Event()
        loop = asyncio.get_running_loop()

        def walk() -> Generator[Event, None, None]:
            yield Accepted("c", "a")
            assert go_on.wait(10)
            yield Stepped("screen")
            yield Stepped("retrieve")
            loop.call_soon_threadsafe(there.set)
            assert go_on.wait(10)

        found = []
        async for come in events(walk, aside):
            found.append(come)
            if len(found) == 1:
                go_on.set()
                await there.wait()
        return found

    assert asyncio.run(go()) == [[Accepted("c", "a")], [Stepped("screen"), Stepped("retrieve")]]


def test_a_failure_comes_after_what_came_before_it(aside: Aside) -> None:
    def walk() -> Generator[Event, None, None]:
        yield Accepted("c", "a")
        raise KnowledgeError("No.", "Mend it.")

    found: list[Event] = []

    async def go() -> None:
        async for come in events(walk, aside):
            found.extend(come)

    with pytest.raises(NoAnswerError) as caught:
        asyncio.run(go())
    assert isinstance(caught.value.__cause__, KnowledgeError)
    assert found == [Accepted("c", "a")]


def test_whoever_leaves_stops_the_walk(aside: Aside) -> None:
    closed = threading.Event()

    def walk() -> Generator[Event, None, None]:
        try:
            while True:
                yield Working()
        finally:
            closed.set()

    async def go() -> None:
        walked = events(walk, aside)
        async for _ in walked:
            break
        await walked.aclose()

    asyncio.run(go())
    assert closed.wait(10)
