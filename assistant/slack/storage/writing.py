"""How the Slack app writes: what it promised is on the disk, and what it erased is not."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime

import sqlalchemy as sa
from sqlalchemy import Connection, Engine, Table
from sqlalchemy.dialects.postgresql import Insert as PostgresInsert
from sqlalchemy.dialects.postgresql import insert as postgres_insert
from sqlalchemy.dialects.sqlite import Insert as SqliteInsert
from sqlalchemy.dialects.sqlite import insert as sqlite_insert


@contextmanager
def lasting(engine: Engine) -> Iterator[Connection]:
    """A transaction that a power cut does not take back, and whose deletions leave no text in the file.

    The catalogue's SQLite syncs its log at checkpoints only; other databases sync at each commit anyway.
    """
    sqlite = engine.dialect.name == "sqlite"
    with engine.connect() as c:
        if sqlite:
            c.exec_driver_sql("PRAGMA synchronous=FULL")
            c.exec_driver_sql("PRAGMA secure_delete=ON").all()
        try:
            yield c
            c.commit()
        finally:
            c.rollback()
            if sqlite:
                c.exec_driver_sql("PRAGMA secure_delete=OFF").all()
                c.exec_driver_sql("PRAGMA synchronous=NORMAL")


def upsert(c: Connection, table: Table) -> SqliteInsert | PostgresInsert:
    """An INSERT that can say what a conflict does, in the connection's dialect."""
    return postgres_insert(table) if c.dialect.name == "postgresql" else sqlite_insert(table)


def now_of(c: Connection) -> datetime:
    """This moment. PostgreSQL is asked, so that leases hold between machines whose clocks differ."""
    if c.dialect.name == "postgresql":
        moment = c.execute(sa.select(sa.func.clock_timestamp())).scalar_one()
        assert isinstance(moment, datetime)
        return moment.astimezone(UTC)
    return datetime.now(UTC)
