"""Which questions are being answered at this moment: at most one a conversation, whichever process answers it."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import sqlalchemy as sa
from sqlalchemy import Engine
from sqlalchemy.exc import IntegrityError

from prompts import message
from vectorstore import schema as t
from vectorstore.errors import PendingError

LEASE = timedelta(minutes=5)  # after which a claim is void: the process that held it has died


class Claims:
    """A conversation is claimed when a question is taken, and free again when its answer is stored."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def open(self, conversation_id: str, answer_id: str) -> None:
        """Claim a conversation for one answer. Raises PendingError while another is being made."""
        p, now = t.pending.c, datetime.now(UTC)
        values = {"answer_id": answer_id, "since": now}
        try:
            with self._engine.begin() as c:
                c.execute(sa.insert(t.pending).values(conversation_id=conversation_id, **values))
        except IntegrityError:
            void = sa.and_(p.conversation_id == conversation_id, p.since < now - LEASE)
            with self._engine.begin() as c:
                if not c.execute(sa.update(t.pending).where(void).values(**values)).rowcount:
                    raise PendingError(message("pending"), message("pending_remedy")) from None

    def close(self, answer_id: str) -> None:
        """The answer is stored, or there will be none."""
        with self._engine.begin() as c:
            c.execute(sa.delete(t.pending).where(t.pending.c.answer_id == answer_id))

    def pending(self, answer_id: str) -> bool:
        """Whether this answer is being made."""
        return self._held(t.pending.c.answer_id == answer_id)

    def busy(self, conversation_id: str) -> bool:
        """Whether a question of this conversation is being answered."""
        return self._held(t.pending.c.conversation_id == conversation_id)

    def _held(self, which: sa.ColumnElement[bool]) -> bool:
        held = sa.select(t.pending.c.answer_id).where(which, t.pending.c.since >= datetime.now(UTC) - LEASE)
        with self._engine.connect() as c:
            return c.execute(held).first() is not None
