"""Conversations as a whole: whose they are, their answers page by page, all of it to take away, and their end."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy import Engine

from assistant.conversations.erasing import erase, erasing
from assistant.conversations.feedback import Feedback
from assistant.conversations.moments import utc
from prompts import message
from vectorstore import schema as t
from vectorstore.errors import ForbiddenError, NotFoundError, UsageError

BATCH = 200


class Talks:
    """Reads and deletes conversations. One opened by a person is given to that person only."""

    def __init__(self, engine: Engine, feedback: Feedback) -> None:
        self._engine = engine
        self._feedback = feedback

    def allow(self, conversation_id: str, person: str | None) -> None:
        """Raise ForbiddenError for a conversation of another person; one that is not known yet is anyone's."""
        row = self._row(conversation_id)
        if row is not None and row.person is not None and row.person != person:
            raise ForbiddenError(message("not_yours"), message("not_yours_remedy"))

    def page(self, conversation_id: str, person: str | None, limit: int, after: str | None = None) -> dict[str, Any]:
        """Some answers, oldest first, from behind the answer `after`. Raises NotFoundError, ForbiddenError."""
        opened = self._opened(conversation_id, person)
        a = t.answers.c
        query = sa.select(t.answers).where(a.conversation_id == conversation_id).order_by(a.created, a.answer_id)
        with self._engine.connect() as c:
            if after is not None:
                known = sa.select(a.created).where(a.answer_id == after, a.conversation_id == conversation_id)
                start = c.execute(known).scalar()
                if start is None:
                    raise UsageError(message("no_cursor"), message("no_cursor_remedy"))
                later = sa.and_(a.created == start, a.answer_id > after)
                query = query.where(sa.or_(a.created > start, later))
            rows = c.execute(query.limit(limit + 1)).all()
        shown = [_shown(r) for r in rows[:limit]]
        return {
            "conversation_id": conversation_id,
            "created": opened.isoformat(),
            "answers": shown,
            "next": shown[-1]["answer_id"] if len(rows) > limit else None,
        }

    def export(self, conversation_id: str, person: str | None) -> dict[str, Any]:
        """All that is stored of a conversation, receipts and votes too. Raises NotFoundError, ForbiddenError."""
        opened = self._opened(conversation_id, person)
        a = t.answers.c
        query = sa.select(t.answers).where(a.conversation_id == conversation_id).order_by(a.created, a.answer_id)
        with self._engine.connect() as c:
            rows = c.execute(query).all()
        votes = self._feedback.of([r.answer_id for r in rows])
        answers = [
            {
                **_shown(r),
                "door": r.door,
                "site": r.site,
                "receipt": r.receipt,
                "feedback": [
                    {"vote": v.vote, "reasons": list(v.reasons), "comment": v.comment}
                    for v in votes.get(r.answer_id, ())
                ],
            }
            for r in rows
        ]
        return {
            "conversation_id": conversation_id,
            "created": opened.isoformat(),
            "exported": datetime.now(UTC).isoformat(),
            "answers": answers,
        }

    def delete(self, conversation_id: str, person: str | None) -> None:
        """Delete a conversation with all of its text. Raises NotFoundError, also the second time, ForbiddenError."""
        self._opened(conversation_id, person)
        a, v = t.answers.c, t.conversations.c
        mine = sa.select(a.answer_id).where(a.conversation_id == conversation_id).limit(BATCH)
        with erasing(self._engine) as c:
            while ids := list(c.execute(mine).scalars()):
                erase(c, ids)
            c.execute(sa.delete(t.conversations).where(v.conversation_id == conversation_id))

    def _opened(self, conversation_id: str, person: str | None) -> datetime:
        row = self._row(conversation_id)
        if row is None:
            raise NotFoundError("There is no conversation with that id.", "Check the id.")
        self.allow(conversation_id, person)
        return utc(row.created)

    def _row(self, conversation_id: str) -> sa.Row[Any] | None:
        known = t.conversations.c.conversation_id == conversation_id
        with self._engine.connect() as c:
            return c.execute(sa.select(t.conversations).where(known)).first()


def _shown(row: sa.Row[Any]) -> dict[str, Any]:
    return {
        "answer_id": row.answer_id,
        "created": utc(row.created).isoformat(),
        "question": row.question,
        "answer": {**row.answer, "affected": row.affected},
    }
