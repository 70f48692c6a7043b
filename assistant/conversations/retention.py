"""How long the text of questions and answers is kept, and its end."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

import sqlalchemy as sa
from sqlalchemy import Engine

from assistant.conversations.claims import LEASE
from assistant.conversations.erasing import erase, erasing
from assistant.conversations.keys import KEPT
from assistant.conversations.moments import start_of
from vectorstore import schema as t

BATCH = 200  # answers per transaction, so that no other writer waits long


@dataclass(frozen=True, slots=True)
class Purged:
    """What one purge did: everything from before `before` is gone."""

    before: date
    answers: int
    conversations: int


class Retention:
    """Deletes what is older than so many days; `also` deletes what others keep from before that moment."""

    def __init__(
        self,
        engine: Engine,
        days: int,
        today: Callable[[], date],
        also: Callable[[datetime], None] | None = None,
    ) -> None:
        self._engine = engine
        self._days = days
        self._today = today
        self._also = also

    def purge(self, before: date | None = None) -> Purged:
        """Delete the answers made before a day, by default the first day that is kept; their counts stay."""
        day = before or self._today() - timedelta(days=self._days)
        cut, a = start_of(day), t.answers.c
        old = sa.select(a.answer_id).where(a.created < cut).order_by(a.created).limit(BATCH)
        answers = 0
        while True:
            with erasing(self._engine) as c:
                ids = list(c.execute(old).scalars())
                if not ids:
                    break
                erase(c, ids)
            answers += len(ids)
        if self._also:
            self._also(cut)
        return Purged(day, answers, self._sweep(cut))

    def _sweep(self, cut: datetime) -> int:
        """Delete old conversations without answers, and keys and claims that have run out."""
        v, p, k, now = t.conversations.c, t.pending.c, t.idempotency_keys.c, datetime.now(UTC)
        answered = sa.exists().where(t.answers.c.conversation_id == v.conversation_id)
        asking = sa.exists().where(p.conversation_id == v.conversation_id)
        with erasing(self._engine) as c:
            c.execute(sa.delete(t.idempotency_keys).where(k.created < now - KEPT))
            c.execute(sa.delete(t.pending).where(p.since < now - LEASE))
            empty = sa.delete(t.conversations).where(v.created < cut, ~answered, ~asking)
            return int(c.execute(empty).rowcount)
