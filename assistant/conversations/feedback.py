"""What people say of answers: one vote a person and answer, with reasons and a comment."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

import sqlalchemy as sa
from sqlalchemy import Engine

from assistant.answering.personal import personal_data
from assistant.answering.screen import visible
from prompts import message
from vectorstore import schema as t
from vectorstore.errors import NotFoundError, UsageError


@dataclass(frozen=True, slots=True)
class Vote:
    """A vote as it stands."""

    vote: str  # up | down
    reasons: tuple[str, ...] = ()
    comment: str = ""


class Feedback:
    """Keeps votes. A voter is a person's opaque id, or the conversation where there is none."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def put(self, answer_id: str, person: str | None, vote: Vote) -> Vote:
        """Set the vote of a person in place of an earlier one. Raises UsageError for a comment with personal data."""
        comment = visible(vote.comment)
        what = personal_data(comment)
        if what:
            raise UsageError(message("comment_personal", what=what), message("comment_remedy"))
        kept = Vote(vote.vote, tuple(dict.fromkeys(vote.reasons)), comment)
        voter = self._voter(answer_id, person)
        values = {"vote": kept.vote, "reasons": list(kept.reasons), "comment": kept.comment}
        with self._engine.begin() as c:
            c.execute(sa.delete(t.feedback).where(_mine(answer_id, voter)))
            row = {"answer_id": answer_id, "voter": voter, "created": datetime.now(UTC), **values}
            c.execute(sa.insert(t.feedback).values(**row))
        return kept

    def take_back(self, answer_id: str, person: str | None) -> None:
        """Delete the vote of a person, if there is one."""
        voter = self._voter(answer_id, person)
        with self._engine.begin() as c:
            c.execute(sa.delete(t.feedback).where(_mine(answer_id, voter)))

    def get(self, answer_id: str, person: str | None) -> Vote:
        """The vote of a person. Raises NotFoundError where there is none."""
        voter = self._voter(answer_id, person)
        with self._engine.connect() as c:
            row = c.execute(sa.select(t.feedback).where(_mine(answer_id, voter))).first()
        if row is None:
            raise NotFoundError(message("no_vote"), message("no_vote_remedy"))
        return Vote(row.vote, tuple(row.reasons), row.comment)

    def of(self, answer_ids: Sequence[str]) -> dict[str, list[Vote]]:
        """All votes on some answers, the oldest first, without who gave them."""
        f = t.feedback.c
        found: dict[str, list[Vote]] = {}
        with self._engine.connect() as c:
            for r in c.execute(sa.select(t.feedback).where(f.answer_id.in_(answer_ids)).order_by(f.created)):
                found.setdefault(r.answer_id, []).append(Vote(r.vote, tuple(r.reasons), r.comment))
        return found

    def _voter(self, answer_id: str, person: str | None) -> str:
        a = t.answers.c
        with self._engine.connect() as c:
            found = c.execute(sa.select(a.conversation_id).where(a.answer_id == answer_id)).scalar()
        if found is None:
            raise NotFoundError("There is no answer with that id.", "Check the id.")
        return person or str(found)


def _mine(answer_id: str, voter: str) -> sa.ColumnElement[bool]:
    return sa.and_(t.feedback.c.answer_id == answer_id, t.feedback.c.voter == voter)
