"""What staff look at: how many questions a day, which ones, with what status and votes, and the runs of ingestion."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

import sqlalchemy as sa
from sqlalchemy import Engine

from assistant.conversations.feedback import Feedback, Vote
from assistant.conversations.moments import day_of, start_of, utc
from vectorstore import schema as t
from vectorstore.errors import NotFoundError

NOT_ANSWERED = ("no_evidence", "answered_partly", "out_of_scope", "blocked_output", "failed")


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which questions to list; empty means any."""

    statuses: tuple[str, ...] = ()
    door: str = ""
    site: str = ""
    vote: str = ""
    affected: bool = False


@dataclass(frozen=True, slots=True)
class Asked:
    """One stored question with its answer and the votes on it."""

    answer_id: str
    conversation_id: str
    created: datetime
    question: str
    status: str
    door: str
    site: str
    answer: dict[str, Any]
    affected: dict[str, Any] | None
    votes: tuple[Vote, ...]

    @property
    def day(self) -> date:
        return day_of(self.created)


@dataclass(frozen=True, slots=True)
class Day:
    """The questions of one day by status, and the votes on their answers."""

    day: date
    statuses: dict[str, int] = field(default_factory=dict)
    votes: dict[str, int] = field(default_factory=dict)

    @property
    def total(self) -> int:
        return sum(self.statuses.values())


@dataclass(frozen=True, slots=True)
class Run:
    """One run of ingestion."""

    run_id: str
    collection: str
    root: str
    started: datetime
    finished: datetime | None
    state: str
    counts: dict[str, Any]


class Ledger:
    """Reads what was asked, for the people who run the service."""

    def __init__(self, engine: Engine, feedback: Feedback, today: Callable[[], date]) -> None:
        self._engine = engine
        self._feedback = feedback
        self._today = today

    def days(self, count: int) -> list[Day]:
        """The last days on which something was asked, the newest first; those whose text is purged too."""
        first = self._today() - timedelta(days=count - 1)
        a, n, f = t.answers.c, t.tallies.c, t.feedback.c
        statuses: Counter[tuple[date, str]] = Counter()
        votes: Counter[tuple[date, str]] = Counter()
        recent = a.created >= start_of(first)
        voted = sa.select(a.created, f.vote).join(t.answers, a.answer_id == f.answer_id).where(recent)
        with self._engine.connect() as c:
            statuses.update(
                (day_of(r.created), r.status) for r in c.execute(sa.select(a.created, a.status).where(recent))
            )
            votes.update((day_of(r.created), r.vote) for r in c.execute(voted))
            for r in c.execute(sa.select(n.day, n.status, n.vote, n.count.label("number")).where(n.day >= first)):
                statuses[r.day, r.status] += r.number
                if r.vote:
                    votes[r.day, r.vote] += r.number
        made: dict[date, Day] = {}
        for (day, status), number in sorted(statuses.items()):
            made.setdefault(day, Day(day)).statuses[status] = number
        for (day, vote), number in votes.items():
            made.setdefault(day, Day(day)).votes[vote] = number
        return [made[day] for day in sorted(made, reverse=True)]

    def count(self, wanted: Wanted) -> int:
        """How many stored questions match."""
        query = sa.select(sa.func.count()).select_from(t.answers).where(*_where(wanted))
        with self._engine.connect() as c:
            return int(c.execute(query).scalar() or 0)

    def questions(self, wanted: Wanted, limit: int, offset: int = 0) -> list[Asked]:
        """Stored questions, the newest first."""
        a = t.answers.c
        query = sa.select(t.answers).where(*_where(wanted)).order_by(a.created.desc(), a.answer_id)
        with self._engine.connect() as c:
            return self._asked(c.execute(query.limit(limit).offset(offset)).all())

    def question(self, answer_id: str) -> Asked:
        """One stored question. Raises NotFoundError."""
        with self._engine.connect() as c:
            rows = c.execute(sa.select(t.answers).where(t.answers.c.answer_id == answer_id)).all()
        if not rows:
            raise NotFoundError("There is no answer with that id.", "Check the id.")
        return self._asked(rows)[0]

    def values(self) -> dict[str, list[str]]:
        """The doors and sites that stored questions came from."""
        a = t.answers.c
        with self._engine.connect() as c:
            doors = sorted(c.execute(sa.select(a.door).distinct()).scalars())
            sites = sorted(c.execute(sa.select(a.site).where(a.site.is_not(None)).distinct()).scalars())
        return {"doors": doors, "sites": [str(s) for s in sites]}

    def runs(self, limit: int) -> list[Run]:
        """The last runs of ingestion, the newest first."""
        query = sa.select(t.runs).order_by(t.runs.c.started.desc(), t.runs.c.run_id).limit(limit)
        with self._engine.connect() as c:
            return [
                Run(
                    r.run_id,
                    r.collection,
                    r.root,
                    utc(r.started),
                    utc(r.finished) if r.finished else None,
                    r.state,
                    dict(r.counts),
                )
                for r in c.execute(query)
            ]

    def _asked(self, rows: Sequence[sa.Row[Any]]) -> list[Asked]:
        votes = self._feedback.of([r.answer_id for r in rows])
        return [
            Asked(
                answer_id=r.answer_id,
                conversation_id=r.conversation_id,
                created=utc(r.created),
                question=r.question,
                status=r.status,
                door=r.door,
                site=r.site or "",
                answer=dict(r.answer),
                affected=r.affected,
                votes=tuple(votes.get(r.answer_id, ())),
            )
            for r in rows
        ]


def _where(wanted: Wanted) -> list[sa.ColumnElement[bool]]:
    a, f = t.answers.c, t.feedback.c
    found: list[sa.ColumnElement[bool]] = []
    if wanted.statuses:
        found.append(a.status.in_(wanted.statuses))
    if wanted.door:
        found.append(a.door == wanted.door)
    if wanted.site:
        found.append(a.site == wanted.site)
    if wanted.vote:
        found.append(sa.exists().where(f.answer_id == a.answer_id, f.vote == wanted.vote))
    if wanted.affected:
        found.append(a.affected.is_not(None))
    return found
