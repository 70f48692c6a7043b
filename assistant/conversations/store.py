"""Conversations, answers and their receipts, in the same database as the catalogue."""

from __future__ import annotations

from contextlib import suppress
from datetime import UTC, datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy import Engine
from sqlalchemy.exc import IntegrityError

from assistant.answering.model import Answer, Message, Question
from assistant.answering.origin import Origin
from assistant.answering.screen import visible
from vectorstore import schema as t
from vectorstore.errors import NotFoundError
from vectorstore.snapshot import Snapshot

REMEMBERED_TURNS = 6


class AnswerStore:
    """Saves each answer with what is needed to check it again, and gives it back by id."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def save(self, question: Question, answer: Answer, snapshot: Snapshot, origin: Origin | None = None) -> None:
        """Store `answer` and its receipt; a question that was blocked is stored without its text."""
        origin, now = origin or Origin(), datetime.now(UTC)
        blocked = answer.status == "blocked_input"
        data = answer.model_dump(mode="json")
        if blocked:
            data["interpreted_question"] = ""
        self._open(answer.conversation_id, snapshot.collection, now, origin)
        with self._engine.begin() as c:
            c.execute(
                sa.insert(t.answers).values(
                    answer_id=answer.answer_id,
                    conversation_id=answer.conversation_id,
                    created=now,
                    question="" if blocked else visible(question.question),
                    status=answer.status,
                    answer=data,
                    receipt=receipt(answer, snapshot, now),
                    door=origin.door,
                    site=origin.site,
                    person=origin.person,
                )
            )

    def _open(self, conversation_id: str, collection: str, now: datetime, origin: Origin) -> None:
        """Make the conversation if it is new. Two answers of one may come at once: the second finds it made."""
        known = t.conversations.c.conversation_id == conversation_id
        with self._engine.connect() as c:
            if c.execute(sa.select(t.conversations.c.created).where(known)).first() is not None:
                return
        values = {
            "conversation_id": conversation_id,
            "collection": collection,
            "created": now,
            "site": origin.site,
            "person": origin.person,
        }
        with suppress(IntegrityError), self._engine.begin() as c:
            c.execute(sa.insert(t.conversations).values(values))

    def answer(self, answer_id: str) -> dict[str, Any]:
        """A stored answer as JSON; `affected` says what its sources have gone through since. Raises NotFoundError."""
        row = self._row(answer_id)
        return {**row.answer, "affected": row.affected}

    def receipt(self, answer_id: str) -> dict[str, Any]:
        """The receipt of a stored answer. Raises NotFoundError."""
        return dict(self._row(answer_id).receipt)

    def _row(self, answer_id: str) -> sa.Row[Any]:
        with self._engine.connect() as c:
            row = c.execute(sa.select(t.answers).where(t.answers.c.answer_id == answer_id)).first()
        if row is None:
            raise NotFoundError("There is no answer with that id.", "Check the id.")
        return row

    def history(self, conversation_id: str) -> tuple[Message, ...]:
        """The last turns of a conversation, oldest first; empty for one that is not known."""
        query = (
            sa.select(t.answers.c.question, t.answers.c.answer)
            .where(t.answers.c.conversation_id == conversation_id, t.answers.c.question != "")
            .order_by(t.answers.c.created.desc())
            .limit(REMEMBERED_TURNS)
        )
        with self._engine.connect() as c:
            rows = c.execute(query).all()
        turns: list[Message] = []
        for row in reversed(rows):
            turns.append(Message(role="user", text=row.question))
            turns.append(Message(role="assistant", text=_said(row.answer)))
        return tuple(turns)


def _said(answer: dict[str, Any]) -> str:
    """What a person heard: the statements, and the notes that ask something back."""
    asking = [b["text"] for b in answer["blocks"] if b["type"] == "note" and "?" in b["text"]]
    said = str(answer["plain"])
    return " ".join([said, *(a for a in asking if a not in said)]).strip()


def receipt(answer: Answer, snapshot: Snapshot, made: datetime) -> dict[str, Any]:
    """What must be kept so that each citation can be checked again: places, quotations, and what made the answer."""
    return {
        "answer_id": answer.answer_id,
        "made": made.isoformat(),
        "as_of": answer.as_of.isoformat(),
        "status": answer.status,
        "collection": snapshot.collection,
        "generation": snapshot.generation,
        "manifest": snapshot.manifest,
        "composer": answer.composer,
        "writing": answer.writing.model_dump(mode="json") if answer.writing else None,
        "citations": [
            {
                key: getattr(c, key)
                for key in (
                    "n",
                    "document_id",
                    "version_id",
                    "passage_id",
                    "start",
                    "end",
                    "quote",
                    "status",
                    "in_force",
                )
            }
            for c in answer.citations
        ],
    }
