"""Deleting what is kept of a member, a workspace or an organisation, so that nothing of it stays in the files."""

from __future__ import annotations

from collections.abc import Callable

import sqlalchemy as sa
from sqlalchemy import Connection, Engine

from assistant.conversations.erasing import erase, erasing
from assistant.sites.audit import note
from assistant.slack.people import person_id, workspace_prefix
from assistant.slack.storage.writing import now_of
from vectorstore import schema as t

BATCH = 200
FORGOTTEN = "forgotten"  # whose a conversation is, when its first asker has been deleted and others spoke in it
SLACK = "slack"  # who, in the audit, where Slack said that the app is gone


class SqlForgetting:
    """The Forgetting on SQLite or PostgreSQL. Counts by day stay, as everywhere.

    A question that is being answered loses its lease, so that its worker stops; an answer that is stored all the same
    goes when that worker finishes its job, see SqlInbox.finish.
    """

    def __init__(self, engine: Engine, secret: Callable[[], str]) -> None:
        self._engine = engine
        self._secret = secret

    def person(self, team: str, user: str, *, who: str = "", comment: str = "") -> int:
        """Delete a member's questions, answers, votes, threads and settings; `who` did it for them, if given."""
        name = person_id(self._secret(), team, user)
        i, h, p, v = t.slack_inbox.c, t.slack_threads.c, t.slack_preferences.c, t.conversations.c
        with erasing(self._engine) as c:
            over = {"sealed": "", "person": "", "finished": now_of(c), "outcome": FORGOTTEN}
            free = {"worker": None, "leased_until": None, "holding": None}
            c.execute(sa.update(t.slack_inbox).where(i.person == name).values({**over, **free}))
            count = _erase(c, t.answers.c.person == name)
            c.execute(sa.delete(t.feedback).where(t.feedback.c.voter == name))
            c.execute(sa.delete(t.slack_threads).where(h.team == team, h.asker.in_((user, name))))
            c.execute(sa.delete(t.slack_preferences).where(p.team == team, p.person == name))
            answered = sa.exists().where(t.answers.c.conversation_id == v.conversation_id)
            c.execute(sa.delete(t.conversations).where(v.person == name, ~answered))
            c.execute(sa.update(t.conversations).where(v.person == name).values(person=FORGOTTEN))
            if who:
                note(c, who, f"slack:{team}", "forget_person", comment)
        return count

    def workspace(
        self, team: str, enterprise: str = "", *, who: str = SLACK, comment: str = "The app was uninstalled."
    ) -> int:
        """Delete a workspace; without `team` the whole organisation: its installation and all of its workspaces."""
        with erasing(self._engine) as c:
            s = t.slack_teams.c
            teams = [team] if team else list(c.execute(sa.select(s.team).where(s.enterprise == enterprise)).scalars())
            count = sum(self._forget(c, one) for one in teams)
            owner = team or enterprise
            c.execute(sa.delete(t.slack_bots).where(t.slack_bots.c.owner == owner))
            c.execute(sa.delete(t.slack_installs).where(t.slack_installs.c.owner == owner))
            note(c, who, f"slack:{owner}", "forget", comment)
        return count

    def _forget(self, c: Connection, team: str) -> int:
        """Delete all of a workspace but its installation."""
        prefix = workspace_prefix(self._secret(), team)
        for table in (t.slack_inbox, t.slack_threads, t.slack_messages, t.slack_preferences, t.slack_teams):
            c.execute(sa.delete(table).where(table.c.team == team))
        a, v = t.answers.c, t.conversations.c
        count = _erase(c, sa.or_(a.conversation_id.startswith(prefix), a.person.startswith(prefix)))
        c.execute(sa.delete(t.feedback).where(t.feedback.c.voter.startswith(prefix)))
        c.execute(sa.delete(t.conversations).where(v.conversation_id.startswith(prefix)))
        return count


def forget_answer(c: Connection, answer_id: str, conversation_id: str) -> None:
    """Delete one answer, where it was said, and its conversation if nothing else is left in it."""
    v = t.conversations.c
    _erase(c, t.answers.c.answer_id == answer_id)
    for table in (t.slack_messages, t.slack_threads):
        c.execute(sa.delete(table).where(table.c.answer_id == answer_id))
    answered = sa.exists().where(t.answers.c.conversation_id == v.conversation_id)
    c.execute(sa.delete(t.conversations).where(v.conversation_id == conversation_id, ~answered))


def _erase(c: Connection, which: sa.ColumnElement[bool]) -> int:
    """Delete answers, with which messages carry them; how many it were."""
    count = 0
    while ids := list(c.execute(sa.select(t.answers.c.answer_id).where(which).limit(BATCH)).scalars()):
        c.execute(sa.delete(t.slack_messages).where(t.slack_messages.c.answer_id.in_(ids)))
        erase(c, ids)
        count += len(ids)
    return count
