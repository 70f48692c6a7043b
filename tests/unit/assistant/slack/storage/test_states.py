"""States of OAuth: once, in time."""

from __future__ import annotations

import asyncio

import sqlalchemy as sa
from sqlalchemy import Engine

from assistant.slack.storage.states import SqlStateStore
from tests.fakes.slack_kept import Clock
from vectorstore import schema as t


def test_a_state_is_used_once_by_whichever_replica(engine: Engine) -> None:
    async def story() -> None:
        state = await SqlStateStore(engine).async_issue()
        tried = await asyncio.gather(*(SqlStateStore(engine).async_consume(state) for _ in range(6)))
        assert sorted(tried) == [False] * 5 + [True]

    asyncio.run(story())


def test_a_state_that_was_not_issued_is_none(engine: Engine) -> None:
    store = SqlStateStore(engine)
    issued = asyncio.run(store.async_issue())
    assert not asyncio.run(store.async_consume("")) and not asyncio.run(store.async_consume(issued[:-1]))
    assert asyncio.run(store.async_consume(issued))


def test_a_state_runs_out_and_is_swept(engine: Engine, clock: Clock) -> None:
    store = SqlStateStore(engine, 600, clock)
    late, in_time = asyncio.run(store.async_issue()), asyncio.run(store.async_issue())
    clock.tick(seconds=600)
    assert asyncio.run(store.async_consume(in_time))
    clock.tick(seconds=1)
    assert not asyncio.run(store.async_consume(late))
    assert (store.sweep(), store.sweep()) == (1, 0)


def test_the_state_itself_is_not_kept(engine: Engine) -> None:
    state = asyncio.run(SqlStateStore(engine).async_issue())
    with engine.connect() as c:
        assert state not in str(c.execute(sa.select(t.slack_states)).all())
