"""What tests of the Slack app's storage share: arrivals, a clock moved by hand, and databases of both kinds."""

from __future__ import annotations

import os
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import count

import psycopg
import pytest
import sqlalchemy as sa
from sqlalchemy import Engine

from assistant.slack.model import Arrival, Surface
from vectorstore import schema as t

SECRET = "a secret for tests, long enough to sign with"
SERVER = os.environ.get("TEST_POSTGRES_URL", "postgresql://postgres@127.0.0.1:5432/postgres")
_NUMBERS = count(1)
_MENTION = Arrival(
    event_id="",
    surface=Surface.MENTION,
    team="T1",
    enterprise="",
    channel="C1",
    ts="",
    root="",
    user="U1",
    text="Who?",
)


def secret() -> str:
    return SECRET


def arrival(**given: object) -> Arrival:
    """A mention in a channel, new with each call, but for what is given."""
    n = next(_NUMBERS)
    return replace(_MENTION, **{"event_id": f"Ev{n}", "ts": f"1700000000.{n:06}", **given})  # type: ignore[arg-type]


def reply(to: Arrival, **given: object) -> Arrival:
    """A mention in the thread of another."""
    return arrival(**{"team": to.team, "channel": to.channel, "root": to.root or to.ts, "user": to.user, **given})


class Clock:
    """A moment that moves when it is told to."""

    def __init__(self) -> None:
        self.now = datetime(2026, 11, 23, 9, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.now

    def tick(self, **by: float) -> None:
        self.now += timedelta(**by)


@contextmanager
def postgres() -> Iterator[str]:
    """A database of its own on the server, dropped afterwards."""
    name = f"lsip_{uuid.uuid4().hex[:12]}"
    try:
        connection = psycopg.connect(SERVER, autocommit=True)
    except psycopg.OperationalError:
        pytest.skip("no PostgreSQL server answers at TEST_POSTGRES_URL")
    with connection:
        connection.execute(f'CREATE DATABASE "{name}"'.encode())
        yield sa.make_url(SERVER).set(database=name).render_as_string(hide_password=False)
        connection.execute(f'DROP DATABASE "{name}" WITH (FORCE)'.encode())
    connection.close()


def empty(engine: Engine) -> None:
    """Delete every row, so that one database serves many tests."""
    with engine.begin() as c:
        for table in reversed(t.metadata.sorted_tables):
            c.execute(sa.delete(table))
