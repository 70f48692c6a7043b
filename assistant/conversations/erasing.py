"""Deleting answers for good. What stays is a count by day, status, door, site and vote, which names nobody."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

import sqlalchemy as sa
from sqlalchemy import Connection, Engine
from sqlalchemy.exc import IntegrityError

from assistant.conversations.moments import day_of
from vectorstore import schema as t


@contextmanager
def erasing(engine: Engine) -> Iterator[Connection]:
    """A transaction after which nothing of what it deletes is left in the database's files.

    SQLite else leaves the bytes of deleted rows in free pages and in its log until they are used again.
    """
    sqlite = engine.dialect.name == "sqlite"
    with engine.connect() as c:
        if sqlite:
            c.exec_driver_sql("PRAGMA secure_delete=ON").all()
        try:
            yield c
            c.commit()
            if sqlite:
                c.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)").all()
        finally:
            c.rollback()
            if sqlite:
                c.exec_driver_sql("PRAGMA secure_delete=OFF").all()


def erase(c: Connection, answer_ids: Sequence[str]) -> None:
    """Count these answers, then delete them with their votes and what else points at them."""
    a, f = t.answers.c, t.feedback.c
    votes: dict[str, set[str]] = {}
    for row in c.execute(sa.select(f.answer_id, f.vote).where(f.answer_id.in_(answer_ids))):
        votes.setdefault(row.answer_id, set()).add(row.vote)
    wanted = sa.select(a.answer_id, a.created, a.status, a.door, a.site).where(a.answer_id.in_(answer_ids))
    counts = Counter(
        (day_of(r.created), r.status, r.door, r.site or "", overall(votes.get(r.answer_id, set())))
        for r in c.execute(wanted)
    )
    for key, count in counts.items():
        _add(c, key, count)
    k = t.idempotency_keys.c
    c.execute(sa.delete(t.idempotency_keys).where(k.answer_id.in_(answer_ids)))
    c.execute(sa.delete(t.feedback).where(f.answer_id.in_(answer_ids)))
    c.execute(sa.delete(t.answers).where(a.answer_id.in_(answer_ids)))


def overall(votes: set[str]) -> str:
    """The vote that an answer is counted under: one against it weighs more than any for it."""
    return next((v for v in ("down", "up") if v in votes), "")


def _add(c: Connection, key: tuple[object, ...], count: int) -> None:
    """Add to a count; two processes may begin the same one at once."""
    n = t.tallies.c
    names = ("day", "status", "door", "site", "vote")
    same = sa.and_(*(n[name] == value for name, value in zip(names, key, strict=True)))
    more = sa.update(t.tallies).where(same).values(count=n.count + count)
    if c.execute(more).rowcount:
        return
    try:
        with c.begin_nested():
            c.execute(sa.insert(t.tallies).values(**dict(zip(names, key, strict=True)), count=count))
    except IntegrityError:
        c.execute(more)
