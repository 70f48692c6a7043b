"""States of OAuth: what an install begins with and must come back with, once, within some minutes."""

from __future__ import annotations

import asyncio
import logging
import secrets
from collections.abc import Callable
from datetime import datetime, timedelta
from hashlib import sha256
from typing import Any

import sqlalchemy as sa
from slack_sdk.oauth.state_store.async_state_store import AsyncOAuthStateStore
from sqlalchemy import Connection, Engine

from assistant.slack.storage.writing import now_of
from vectorstore import schema as t

_LOG = logging.getLogger(__name__)


class SqlStateStore(AsyncOAuthStateStore):
    """An AsyncOAuthStateStore of slack_sdk that all replicas share. Only digests of the states are kept."""

    def __init__(self, engine: Engine, seconds: int = 600, clock: Callable[[], datetime] | None = None) -> None:
        self._engine = engine
        self._valid = timedelta(seconds=seconds)
        self._clock = clock

    @property
    def logger(self) -> logging.Logger:
        return _LOG

    async def async_issue(self, *args: Any, **kwargs: Any) -> str:
        return await asyncio.to_thread(self._issue)

    async def async_consume(self, state: str) -> bool:
        """Whether the state was issued and is used for the first time, in time."""
        return await asyncio.to_thread(self._consume, state or "")

    def sweep(self) -> int:
        """Delete those that nobody came back with."""
        with self._engine.begin() as c:
            return int(c.execute(sa.delete(t.slack_states).where(t.slack_states.c.expires < self._now(c))).rowcount)

    def _issue(self) -> str:
        state = secrets.token_urlsafe(32)
        with self._engine.begin() as c:
            c.execute(sa.insert(t.slack_states).values(digest=_digest(state), expires=self._now(c) + self._valid))
        return state

    def _consume(self, state: str) -> bool:
        s = t.slack_states.c
        with self._engine.begin() as c:
            mine = sa.and_(s.digest == _digest(state), s.expires >= self._now(c))
            return bool(c.execute(sa.delete(t.slack_states).where(mine)).rowcount)

    def _now(self, c: Connection) -> datetime:
        return self._clock() if self._clock else now_of(c)


def _digest(state: str) -> str:
    return sha256(state.encode()).hexdigest()
