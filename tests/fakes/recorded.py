"""Stored answers with chosen ages and owners, over a small catalogue."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from functools import cached_property
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from sqlalchemy import Engine

from assistant.answering.model import Question
from assistant.answering.origin import Origin
from assistant.conversations.records import Records
from assistant.conversations.store import AnswerStore
from tests.fakes.catalogued import House, markdown, write
from tests.fakes.knowledge import answer, cited
from vectorstore import schema as t
from vectorstore.catalogue import open_engine
from vectorstore.snapshot import Snapshot


def days_ago(days: float) -> datetime:
    return datetime.now(UTC) - timedelta(days=days)


def calendar() -> date:
    return datetime.now(UTC).date()


def records(engine: Engine, today: Callable[[], date] = calendar) -> Records:
    return Records(engine, retention_days=30, calendar=calendar, today=today)


def tables(folder: Path) -> Engine:
    """An engine with all tables and nothing in them."""
    engine = open_engine(f"sqlite:///{folder / 'records.sqlite3'}")
    t.metadata.create_all(engine)
    return engine


@dataclass
class Kept:
    """A house with one document, and answers that cite it."""

    house: House
    folder: Path
    today: Callable[[], date] = calendar
    made: int = 0
    text: str = field(default="A plan lasts three years.")

    @classmethod
    def at(cls, folder: Path) -> Kept:
        kept = cls(House(folder / "data"), folder / "in")
        kept.write(kept.text)
        return kept

    def write(self, text: str, **front: object) -> None:
        write(self.folder, {"a.md": markdown(text, title="A", document="d1", **front)})
        self.house.ingest(self.folder)

    @property
    def engine(self) -> Engine:
        return self.house.catalogue.engine

    @cached_property
    def records(self) -> Records:
        return records(self.engine, lambda: self.today())

    @cached_property
    def store(self) -> AnswerStore:
        return AnswerStore(self.engine)

    def live(self) -> str:
        """The id of the live version."""
        (version,) = self.house.catalogue.versions("k")
        return version.version_id

    def save(
        self, question: str = "How long?", *, age: float = 0, origin: Origin | None = None, **changes: Any
    ) -> str:
        """Store an answer made `age` days ago; gives its id."""
        self.made += 1
        answer_id = changes.pop("answer_id", f"a{self.made}")
        given = answer(answer_id=answer_id, **{"citations": (cited(version_id=self.live()),), **changes})
        self.store.save(Question(question=question), given, Snapshot(self.house.catalogue, "k"), origin)
        with self.engine.begin() as c:
            mine = sa.update(t.answers).where(t.answers.c.answer_id == answer_id)
            c.execute(mine.values(created=days_ago(age)))
            opened = sa.update(t.conversations).where(
                t.conversations.c.conversation_id == given.conversation_id,
                t.conversations.c.created > days_ago(age),
            )
            c.execute(opened.values(created=days_ago(age)))
        return str(answer_id)

    def files_hold(self, words: bytes) -> bool:
        """Whether the database's files hold these bytes anywhere."""
        return any(words in f.read_bytes() for f in self.house.data.glob("lsip.sqlite3*"))
