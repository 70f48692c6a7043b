"""Questions from Slack, each taken in once and answered once, whichever process dies in between.

What holds, and by what:

- An arrival is known by two names; unique indexes refuse the second of either, from any process.
- A job is leased by one UPDATE that finds and marks it. `holding` is unique, so that the database itself admits one
  lease in a conversation, and a conversation is answered in order.
- A worker that lost its lease changes nothing any more: each write names the worker and the attempt it belongs to.
- A process that is killed leaves its lease, which runs out; the job is then taken again with all that is known of it.
"""

from __future__ import annotations

import logging
import uuid
from collections.abc import Callable
from dataclasses import asdict, replace
from datetime import datetime, timedelta
from typing import Any

import sqlalchemy as sa
from sqlalchemy import Connection, Engine
from sqlalchemy.exc import IntegrityError

from assistant.answering.origin import new_id
from assistant.conversations.erasing import erasing
from assistant.conversations.moments import utc
from assistant.slack.model import Arrival, Job, Surface
from assistant.slack.people import arrival_names, conversation_id, person_id
from assistant.slack.storage.forgetting import FORGOTTEN, forget_answer
from assistant.slack.storage.sealing import Seal
from assistant.slack.storage.writing import lasting, now_of, upsert
from vectorstore import schema as t
from vectorstore.errors import KnowledgeError

LEASE = timedelta(minutes=2)
KEPT = timedelta(hours=24)  # names of finished jobs: longer than Slack repeats an event
MOST_ATTEMPTS = 6  # the last is for telling the person that there will be no answer
GIVEN_UP = "given_up"
UNREADABLE = "unreadable"  # sealed with another secret
_TRIES = 20  # against other workers that lease at the same moment
_LOG = logging.getLogger(__name__)


class SqlInbox:
    """The Inbox on SQLite or PostgreSQL. A worker's name must be new in each process: two of one name share leases.

    `clock` is for tests; without one it is the database's, or the machine's for SQLite.
    """

    def __init__(
        self,
        engine: Engine,
        secret: Callable[[], str],
        lease: timedelta = LEASE,
        clock: Callable[[], datetime] | None = None,
    ) -> None:
        self._engine = engine
        self._secret = secret
        self._seal = Seal(secret, "inbox")
        self._lease = lease
        self._clock = clock

    def take_in(self, arrival: Arrival) -> bool:
        """Keep an arrival for good; False if it is known. If this raises, Slack must not be told that it came."""
        a, secret = arrival, self._secret()
        event_name, message_name = arrival_names(secret, a)
        values = {
            "job_id": uuid.uuid4().hex,
            "event_name": event_name,
            "message_name": message_name,
            "conversation_id": conversation_id(secret, a),
            "person": person_id(secret, a.team, a.user),
            "team": a.team,
            "sealed": self._seal.close(asdict(a)),
            "answer_id": new_id(),
            "attempts": 0,
            "posted": "",
            "outcome": "",
        }
        with lasting(self._engine) as c:
            now = self._now(c)
            insert = upsert(c, t.slack_inbox).values(**values, received=now).on_conflict_do_nothing()
            made = c.execute(insert.returning(t.slack_inbox.c.seq)).first() is not None
            if made:
                team = {"team": a.team, "enterprise": a.enterprise, "seen": now}
                c.execute(upsert(c, t.slack_teams).values(team).on_conflict_do_nothing())
        return made

    def waiting(self) -> int:
        """How many are not finished, leased ones too."""
        with self._engine.connect() as c:
            i = t.slack_inbox.c
            return int(c.execute(sa.select(sa.func.count()).where(i.finished.is_(None))).scalar_one())

    def next(self, worker: str) -> Job | None:
        """Lease the oldest job that is free. One that five workers failed at comes a sixth and last time, to be told
        to the person; if that fails too, it is closed as `given_up`. One that cannot be opened is closed unseen.
        """
        tries = 0
        while tries < _TRIES:
            # Looking first keeps idle workers from SQLite's one write lock.
            with self._engine.connect() as c:
                if c.execute(_oldest(self._now(c))).first() is None:
                    return None
            try:
                row = self._take(worker)
            except IntegrityError:  # another job of the conversation was leased at this moment
                row = None
            if row is None:
                tries += 1
                continue
            if row.attempts > MOST_ATTEMPTS:
                self._close(row.seq, GIVEN_UP)
                continue
            try:
                return self._job(row)
            except KnowledgeError:
                _LOG.warning("A question from Slack was sealed with another secret and is dropped")
                self._close(row.seq, UNREADABLE)
        return None

    def renew(self, job: Job, worker: str) -> bool:
        """Hold on to a job for another lease; False if it is another's by now, finished or forgotten."""
        with lasting(self._engine) as c:
            held = sa.update(t.slack_inbox).where(_held(job, worker))
            return bool(c.execute(held.values(leased_until=self._now(c) + self._lease)).rowcount)

    def posted(self, job: Job, worker: str, ts: str) -> Job:
        """Record the message that carries the answer. The job that comes back names the message that counts: if that
        is not `ts`, this worker has lost the job, and its message is one too many.
        """
        i = t.slack_inbox.c
        with lasting(self._engine) as c:
            c.execute(sa.update(t.slack_inbox).where(_held(job, worker)).values(posted=ts))
            kept = c.execute(sa.select(i.posted).where(i.job_id == job.job_id)).scalar()
        return replace(job, posted=kept or "")

    def finish(self, job: Job, worker: str, outcome: str) -> None:
        """Close a job and erase what it said. A worker that has lost it changes nothing; where the job was forgotten
        while it was worked on, what became of it is deleted.
        """
        if self._finish(_held(job, worker), outcome):
            return
        i = t.slack_inbox.c
        with self._engine.connect() as c:
            row = c.execute(sa.select(i.outcome).where(i.job_id == job.job_id)).first()
        if row is None or row.outcome == FORGOTTEN:
            with erasing(self._engine) as c:
                forget_answer(c, job.answer_id, job.conversation_id)

    def release(self, worker: str) -> None:
        """Give back all that a worker holds. Whoever takes it next sees by `attempts` that it was begun."""
        i = t.slack_inbox.c
        freed = {"worker": None, "leased_until": None, "holding": None}
        with lasting(self._engine) as c:
            held = sa.and_(i.worker == worker, i.finished.is_(None))
            c.execute(sa.update(t.slack_inbox).where(held).values(freed))

    def sweep(self, before: datetime) -> int:
        """Delete the names of what was finished a day ago, and what has waited since before a moment."""
        i = t.slack_inbox.c
        with lasting(self._engine) as c:
            over = sa.or_(i.finished < self._now(c) - KEPT, sa.and_(i.finished.is_(None), i.received < before))
            return int(c.execute(sa.delete(t.slack_inbox).where(over)).rowcount)

    def _now(self, c: Connection) -> datetime:
        return self._clock() if self._clock else now_of(c)

    def _take(self, worker: str) -> sa.Row[Any] | None:
        i = t.slack_inbox.c
        with lasting(self._engine) as c:
            now = self._now(c)
            oldest = _oldest(now).with_for_update(skip_locked=True).scalar_subquery()
            leased = sa.update(t.slack_inbox).where(i.seq == oldest, *_free(i, now))
            values = {
                "worker": worker,
                "leased_until": now + self._lease,
                "holding": i.conversation_id,
                "attempts": i.attempts + 1,
            }
            return c.execute(leased.values(values).returning(*i)).first()

    def _close(self, seq: int, outcome: str) -> None:
        self._finish(sa.and_(t.slack_inbox.c.seq == seq, t.slack_inbox.c.finished.is_(None)), outcome)

    def _finish(self, which: sa.ColumnElement[bool], outcome: str) -> bool:
        with lasting(self._engine) as c:
            over = {"finished": self._now(c), "outcome": outcome[:32], "sealed": "", "person": ""}
            gone = {"worker": None, "leased_until": None, "holding": None}
            return bool(c.execute(sa.update(t.slack_inbox).where(which).values({**over, **gone})).rowcount)

    def _job(self, row: sa.Row[Any]) -> Job:
        said = self._seal.open(row.sealed)
        known = {name: said[name] for name in Arrival.__slots__ if name in said}
        return Job(
            job_id=row.job_id,
            arrival=Arrival(**{**known, "surface": Surface(known["surface"])}),
            answer_id=row.answer_id,
            conversation_id=row.conversation_id,
            received=utc(row.received),
            attempts=row.attempts,
            posted=row.posted,
        )


def _held(job: Job, worker: str) -> sa.ColumnElement[bool]:
    """The job's row, if this worker holds it with this very attempt."""
    i = t.slack_inbox.c
    return sa.and_(i.job_id == job.job_id, i.worker == worker, i.attempts == job.attempts, i.finished.is_(None))


def _free(i: sa.ColumnCollection[str, sa.Column[Any]], now: datetime) -> tuple[sa.ColumnElement[bool], ...]:
    return i.finished.is_(None), sa.or_(i.holding.is_(None), i.leased_until < now)


def _oldest(now: datetime) -> sa.Select[int]:
    """The oldest job whose lease ran out, or that is the first of a conversation in which none is leased.

    PostgreSQL gives out row numbers before their rows can be seen, so that an earlier one may show up while a later
    one is leased. Sets and no comparison of rows with rows, which a planner without statistics makes quadratic.
    """
    i = t.slack_inbox.alias("i").c
    one, held = t.slack_inbox.alias("one").c, t.slack_inbox.alias("held").c
    firsts = sa.select(sa.func.min(one.seq)).where(one.finished.is_(None)).group_by(one.conversation_id)
    leased = sa.select(held.holding).where(held.finished.is_(None), held.holding.is_not(None))
    next_in_line = sa.and_(i.holding.is_(None), i.seq.in_(firsts), i.conversation_id.not_in(leased))
    free = sa.or_(i.leased_until < now, next_in_line)
    return sa.select(i.seq).where(i.finished.is_(None), free).order_by(i.seq).limit(1)
