"""Calls and tokens of a day are counted for all processes together, and never pass their limits."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import Engine

from assistant.llm.allowance import Allowance, DailyMeter
from vectorstore.catalogue import migrate, open_engine

MONDAY, TUESDAY = date(2026, 11, 23), date(2026, 11, 24)


@pytest.fixture
def engine(tmp_path: Path) -> Iterator[Engine]:
    made = open_engine(f"sqlite:///{tmp_path / 'lsip.sqlite3'}")
    migrate(made)
    yield made
    made.dispose()


def meter(engine: Engine, requests: int = 0, tokens: int = 0, day: date = MONDAY) -> DailyMeter:
    return DailyMeter(engine, Allowance(requests, tokens), lambda: day)


def test_calls_of_a_day_end_at_the_limit_and_begin_again_the_next_day(engine: Engine) -> None:
    limited = meter(engine, requests=2)
    assert [limited.reserve(10) for _ in range(3)] == [MONDAY, MONDAY, None]
    assert limited.used() == (2, 20)
    assert meter(engine, requests=2, day=TUESDAY).reserve(10) == TUESDAY


def test_another_process_sees_the_same_count(engine: Engine, tmp_path: Path) -> None:
    assert meter(engine, requests=1).reserve(1) == MONDAY
    other = open_engine(f"sqlite:///{tmp_path / 'lsip.sqlite3'}")
    assert meter(other, requests=1).reserve(1) is None
    other.dispose()


def test_a_call_that_may_pass_the_tokens_of_the_day_is_not_made(engine: Engine) -> None:
    limited = meter(engine, tokens=100)
    assert limited.reserve(101) is None
    assert limited.reserve(100) == MONDAY
    assert limited.reserve(1) is None
    limited.settle(MONDAY, 100, 30)
    assert limited.used() == (1, 30)
    assert limited.reserve(70) == MONDAY


def test_nothing_is_limited_by_zero(engine: Engine) -> None:
    free = meter(engine)
    assert all(free.reserve(10**8) for _ in range(5))


def test_many_at_once_do_not_pass_the_limit_together(engine: Engine) -> None:
    limited = meter(engine, requests=5, tokens=70)
    with ThreadPoolExecutor(8) as pool:
        booked = [d for d in pool.map(lambda _: limited.reserve(10), range(24)) if d]
    assert len(booked) == 5
    assert limited.used() == (5, 50)
