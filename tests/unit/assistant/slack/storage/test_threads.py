"""Threads that we answered in."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import Engine

from assistant.slack.model import Place, Thread
from assistant.slack.storage.threads import SqlThreads
from tests.fakes.slack_kept import Clock

HERE = Place("T1", "C1", "1.1")


@pytest.fixture
def threads(engine: Engine, clock: Clock) -> SqlThreads:
    return SqlThreads(engine, clock)


def test_a_thread_is_known_once_we_answered_in_it(threads: SqlThreads) -> None:
    assert threads.of(HERE) is None
    thread = Thread(HERE, "c1", "U1", "a1")
    threads.note(HERE, thread, "1.2")
    assert threads.of(HERE) == thread
    for other in (Place("T2", "C1", "1.1"), Place("T1", "C2", "1.1"), Place("T1", "C1", "1.2")):
        assert threads.of(other) is None


def test_a_thread_stays_its_first_askers_and_knows_its_last_answer(threads: SqlThreads) -> None:
    threads.note(HERE, Thread(HERE, "c1", "U1", "a1"), "1.2")
    threads.note(HERE, Thread(HERE, "c1", "U2", "a2"), "1.3")
    assert threads.of(HERE) == Thread(HERE, "c1", "U1", "a2")


def test_a_message_of_ours_tells_its_answer(threads: SqlThreads) -> None:
    threads.note(HERE, Thread(HERE, "c1", "U1", "a1"), "1.2")
    threads.note(HERE, Thread(HERE, "c1", "U1", "a2"), "1.3")
    threads.note(HERE, Thread(HERE, "c1", "U1", "a2"), "1.3")
    assert [threads.answer_in("T1", "C1", ts) for ts in ("1.2", "1.3", "1.1")] == ["a1", "a2", None]
    assert threads.answer_in("T2", "C1", "1.2") is None


def test_an_answer_without_a_message_is_noted_for_its_thread(threads: SqlThreads) -> None:
    threads.note(HERE, Thread(HERE, "c1", "U1", "a1"), "")
    assert threads.of(HERE) is not None and threads.answer_in("T1", "C1", "") is None


def test_old_threads_go_and_those_still_spoken_in_stay(threads: SqlThreads, clock: Clock) -> None:
    old, alive = HERE, Place("T1", "C1", "2.1")
    for place in (old, alive):
        threads.note(place, Thread(place, "c", "U1", "a1"), f"{place.root}1")
    clock.tick(days=31)
    threads.note(alive, Thread(alive, "c", "U1", "a2"), "2.3")
    assert threads.sweep(clock.now - timedelta(days=30)) == 1
    assert threads.of(old) is None and threads.of(alive) is not None
    assert threads.answer_in("T1", "C1", "2.11") is None and threads.answer_in("T1", "C1", "2.3") == "a2"
