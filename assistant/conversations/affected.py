"""Past answers whose sources have changed since: found by what they cited, and marked."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, datetime, timedelta
from typing import Any

import sqlalchemy as sa
from sqlalchemy import Engine

from assistant.conversations.moments import day_of
from vectorstore import schema as t
from vectorstore.model import Status

ENDED = frozenset({Status.SUPERSEDED, Status.WITHDRAWN, Status.CLOSED})
RETIRED = "retired"
SEVERITY = (Status.WITHDRAWN.value, Status.SUPERSEDED.value, Status.CLOSED.value, RETIRED)
SOME = 200


class Affected:
    """Finds and marks stored answers that cite versions which were superseded, ended or taken out of what is held."""

    def __init__(self, engine: Engine, today: Callable[[], date]) -> None:
        self._engine = engine
        self._today = today

    def mark(self, since: date) -> list[dict[str, Any]]:
        """The answers affected by changes from `since` on, oldest first; each is marked with why and since when."""
        changed = self._changed(since)
        found: list[dict[str, Any]] = []
        for row in self._answers(changed):
            hit = [d for c in row.answer["citations"] if (d := self._affects(c, row, changed, since)) is not None]
            if hit:
                found.append(_entry(row, hit))
        a = t.answers.c
        with self._engine.begin() as c:
            for entry in found:
                mark = sa.update(t.answers).where(a.answer_id == entry["answer_id"])
                c.execute(mark.values(affected=entry["affected"]))
        return found

    def _changed(self, since: date) -> dict[str, Any]:
        """The versions that were retired, or whose status or end moved or came, from `since` to today."""
        v = t.versions.c
        columns = (v.version_id, v.document_id, v.title, v.status, v.valid_to, v.superseded_by, v.state, v.changed)
        query = sa.select(*columns).where(
            v.state != "staged",
            sa.or_(v.changed.is_not(None), sa.and_(v.valid_to >= since - timedelta(days=1), v.status.in_(ENDED))),
        )
        with self._engine.connect() as c:
            return {r.version_id: r for r in c.execute(query)}

    def _answers(self, changed: dict[str, Any]) -> Iterator[Any]:
        """The answers that cite any of these versions, oldest first."""
        a = t.answers.c
        columns = (a.answer_id, a.created, a.question, a.status, a.answer)
        last: tuple[datetime, str] | None = None
        while changed:
            query = sa.select(*columns).order_by(a.created, a.answer_id).limit(SOME)
            if last is not None:
                behind = sa.and_(a.created == last[0], a.answer_id > last[1])
                query = query.where(sa.or_(a.created > last[0], behind))
            with self._engine.connect() as c:
                rows = c.execute(query).all()
            if not rows:
                return
            last = rows[-1].created, rows[-1].answer_id
            yield from (r for r in rows if any(c["version_id"] in changed for c in r.answer["citations"]))

    def _affects(
        self, cited: dict[str, Any], row: Any, changed: dict[str, Any], since: date
    ) -> dict[str, Any] | None:
        """What happened to a cited version since the answer was made, or None."""
        version = changed.get(cited["version_id"])
        if version is None:
            return None
        learnt = day_of(version.changed) if version.changed else None
        later = learnt is not None and learnt >= since and _after(version.changed, row.created)
        if version.state == RETIRED:
            return _document(version, RETIRED, learnt) if learnt and later else None
        if version.status not in ENDED or version.valid_to is None:
            return None
        end = version.valid_to + timedelta(days=1)
        if max(since, date.fromisoformat(row.answer["as_of"]) + timedelta(days=1)) <= end <= self._today():
            return _document(version, version.status, end)
        known = (version.status, version.valid_to.isoformat(), version.superseded_by)
        if learnt and later and known != (cited["status"], cited["valid_to"], cited["superseded_by"]):
            return _document(version, version.status, learnt)
        return None


def _after(one: datetime, other: datetime) -> bool:
    return one.replace(tzinfo=None) > other.replace(tzinfo=None)


def _document(version: Any, reason: str, on: date) -> dict[str, Any]:
    return {
        "document_id": version.document_id,
        "version_id": version.version_id,
        "title": version.title,
        "reason": reason,
        "since": on.isoformat(),
        "superseded_by": version.superseded_by,
    }


def _entry(row: Any, documents: list[dict[str, Any]]) -> dict[str, Any]:
    unique = list({d["version_id"]: d for d in documents}.values())
    return {
        "answer_id": row.answer_id,
        "day": day_of(row.created).isoformat(),
        "question": row.question,
        "status": row.status,
        "affected": {
            "since": min(d["since"] for d in unique),
            "reason": min((d["reason"] for d in unique), key=SEVERITY.index),
            "documents": unique,
        },
    }
