"""Keys for other servers: shown once, kept as SHA-256. They are random, so that a plain digest cannot be guessed."""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Callable
from datetime import UTC, datetime

import sqlalchemy as sa
from sqlalchemy import Engine

from assistant.sites.audit import clean_comment, note
from assistant.sites.model import ApiKey
from vectorstore import schema as t
from vectorstore.errors import NotFoundError, UsageError

PREFIX = "lsk_"
LONGEST_NAME = 64


def digest(key: str) -> str:
    """What is kept of a key."""
    return hashlib.sha256(key.encode()).hexdigest()


class KeyStore:
    """Makes, lists and revokes keys."""

    def __init__(self, engine: Engine, who: Callable[[], str]) -> None:
        self._engine = engine
        self._who = who

    def add(self, name: str, comment: str = "") -> tuple[str, ApiKey]:
        """A new key and its row. The key is told here and never again. Raises UsageError."""
        name = " ".join(name.split())
        if not 1 <= len(name) <= LONGEST_NAME:
            raise UsageError("A key needs a name.", f"Give one of at most {LONGEST_NAME} characters.")
        key = PREFIX + secrets.token_urlsafe(32)
        row = ApiKey("k" + secrets.token_hex(6), name, datetime.now(UTC))
        with self._engine.begin() as c:
            c.execute(
                sa.insert(t.api_keys).values(key_id=row.key_id, name=name, digest=digest(key), created=row.created)
            )
            note(c, self._who(), f"key:{row.key_id}", "add", clean_comment(comment))
        return key, row

    def keys(self) -> list[ApiKey]:
        """All keys, those revoked too."""
        return list(self._read().values())

    def live(self) -> dict[str, ApiKey]:
        """The keys that open the door, by digest."""
        return {held: key for held, key in self._read().items() if key.revoked is None}

    def revoke(self, key_id: str, comment: str = "") -> None:
        """Raises NotFoundError for a key that is not there or was revoked before."""
        k = t.api_keys.c
        with self._engine.begin() as c:
            statement = sa.update(t.api_keys).where(k.key_id == key_id, k.revoked.is_(None))
            if not c.execute(statement.values(revoked=datetime.now(UTC))).rowcount:
                raise NotFoundError(f"There is no live key {key_id!r}.", "`lsip keys list` shows the keys.")
            note(c, self._who(), f"key:{key_id}", "revoke", clean_comment(comment))

    def _read(self) -> dict[str, ApiKey]:
        with self._engine.connect() as c:
            rows = c.execute(sa.select(t.api_keys).order_by(t.api_keys.c.created, t.api_keys.c.key_id)).all()
        return {r.digest: ApiKey(r.key_id, r.name, _utc(r.created), r.revoked and _utc(r.revoked)) for r in rows}


def _utc(moment: datetime) -> datetime:
    return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment
