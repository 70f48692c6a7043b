"""Idempotency keys: a request sent twice is answered once. Only digests of keys and requests are kept, for a day."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from hashlib import sha256

import sqlalchemy as sa
from sqlalchemy import Engine
from sqlalchemy.exc import IntegrityError

from assistant.conversations.claims import LEASE
from assistant.conversations.moments import utc
from prompts import message
from vectorstore import schema as t
from vectorstore.errors import ConflictError, KeyReusedError

KEPT = timedelta(hours=24)


def digest(*parts: str | None) -> str:
    """One digest of all parts, told apart from any other way to cut them."""
    return sha256("\0".join(f"{len(p)}:{p}" if p is not None else "-" for p in parts).encode()).hexdigest()


class Keys:
    """Remembers which answer a key belongs to."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def take(self, key: str, body: str) -> str | None:
        """The answer that was given under this key; None when it is new, and then it is taken.

        Raises KeyReusedError for a key of another request, ConflictError while its answer is being made.
        """
        k, now = t.idempotency_keys.c, datetime.now(UTC)
        values = {"body": body, "answer_id": None, "created": now}
        for _ in range(2):
            try:
                with self._engine.begin() as c:
                    c.execute(sa.insert(t.idempotency_keys).values(digest=key, **values))
                return None
            except IntegrityError:
                pass
            with self._engine.begin() as c:
                row = c.execute(sa.select(t.idempotency_keys).where(k.digest == key)).first()
                if row is None:
                    continue  # given up between the two looks
                age = now - utc(row.created)
                if age <= KEPT and (row.body != body or row.answer_id is not None or age <= LEASE):
                    return self._known(row, body)
                again = sa.and_(k.digest == key, k.created == row.created)
                if c.execute(sa.update(t.idempotency_keys).where(again).values(**values)).rowcount:
                    return None
        raise ConflictError(message("key_in_use"), message("pending_remedy"))

    @staticmethod
    def _known(row: sa.Row[tuple[object, ...]], body: str) -> str:
        if row.body != body:
            raise KeyReusedError(message("key_reused"), message("key_reused_remedy"))
        if row.answer_id is None:
            raise ConflictError(message("key_in_use"), message("pending_remedy"))
        return str(row.answer_id)

    def settle(self, key: str, answer_id: str) -> None:
        """The answer under this key is stored."""
        k = t.idempotency_keys.c
        with self._engine.begin() as c:
            c.execute(sa.update(t.idempotency_keys).where(k.digest == key).values(answer_id=answer_id))

    def give_up(self, key: str) -> None:
        """No answer was made: the key may be used again."""
        k = t.idempotency_keys.c
        with self._engine.begin() as c:
            c.execute(sa.delete(t.idempotency_keys).where(k.digest == key, k.answer_id.is_(None)))
