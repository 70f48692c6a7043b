"""Writing windows: what the files state of all live versions, resolved together and stored."""

from __future__ import annotations

from datetime import UTC, datetime

import sqlalchemy as sa
from sqlalchemy import Connection

from vectorstore import schema as t
from vectorstore.model import Status
from vectorstore.validity import Edition, resolve_windows


def store_windows(c: Connection, collection: str) -> None:
    """Recompute the windows of all live versions from what their files state; write those that moved."""
    v = t.versions.c
    rows = c.execute(
        sa.select(
            v.version_id,
            v.document_id,
            v.stated_status,
            v.stated_from,
            v.stated_to,
            v.published,
            v.path,
            v.supersedes,
            v.status,
            v.valid_from,
            v.valid_to,
            v.superseded_by,
        ).where(v.collection == collection, v.state == "live")
    ).all()
    editions = resolve_windows(
        Edition(
            r.version_id,
            r.document_id,
            Status(r.stated_status),
            r.stated_from,
            r.stated_to,
            r.published,
            r.path,
            tuple(r.supersedes),
        )
        for r in rows
    )
    now = datetime.now(UTC)
    for row in rows:
        e = editions[row.version_id]
        values = {
            "status": str(e.status),
            "valid_from": e.valid_from,
            "valid_to": e.valid_to,
            "superseded_by": e.superseded_by,
        }
        if any(getattr(row, key) != value for key, value in values.items()):
            c.execute(sa.update(t.versions).where(v.version_id == row.version_id).values(**values, changed=now))
