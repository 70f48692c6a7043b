"""Threads that we answered in, and which answer each message of ours carries."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy import Connection, Engine

from assistant.slack.model import Place, Thread
from assistant.slack.storage.writing import lasting, now_of, upsert
from vectorstore import schema as t


class SqlThreads:
    """The Threads on SQLite or PostgreSQL. An asker is kept as given: a member's id, or better its pseudonym."""

    def __init__(self, engine: Engine, clock: Callable[[], datetime] | None = None) -> None:
        self._engine = engine
        self._clock = clock

    def note(self, place: Place, thread: Thread, message_ts: str) -> None:
        """An answer was given in a thread, in the message `message_ts`. The thread stays that of its first asker."""
        key = {"team": place.team, "channel": place.channel}
        with self._engine.begin() as c:
            now = self._now(c)
            said = {"conversation_id": thread.conversation_id, "answer_id": thread.answer_id, "noted": now}
            insert = upsert(c, t.slack_threads).values(**key, root=place.root, asker=thread.asker, **said)
            c.execute(insert.on_conflict_do_update(index_elements=("team", "channel", "root"), set_=said))
            if message_ts:
                carried = {"root": place.root, "answer_id": thread.answer_id, "noted": now}
                message = upsert(c, t.slack_messages).values(**key, ts=message_ts, **carried)
                c.execute(message.on_conflict_do_update(index_elements=("team", "channel", "ts"), set_=carried))

    def of(self, place: Place) -> Thread | None:
        """The thread, if we answered in it."""
        h = t.slack_threads.c
        found = sa.and_(h.team == place.team, h.channel == place.channel, h.root == place.root)
        with self._engine.connect() as c:
            row = c.execute(sa.select(t.slack_threads).where(found)).first()
        return Thread(place, row.conversation_id, row.asker, row.answer_id) if row else None

    def answer_in(self, team: str, channel: str, message_ts: str) -> str | None:
        """The id of the answer that a message of ours carries."""
        m = t.slack_messages.c
        found = sa.select(m.answer_id).where(m.team == team, m.channel == channel, m.ts == message_ts)
        with self._engine.connect() as c:
            return c.execute(found).scalar()

    def sweep(self, before: datetime) -> int:
        """Delete what was noted before a moment: the answers have been deleted too."""
        with lasting(self._engine) as c:
            c.execute(sa.delete(t.slack_messages).where(t.slack_messages.c.noted < before))
            return int(c.execute(sa.delete(t.slack_threads).where(t.slack_threads.c.noted < before)).rowcount)

    def _now(self, c: Connection) -> datetime:
        return self._clock() if self._clock else now_of(c)
