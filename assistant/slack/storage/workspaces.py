"""Workspaces as an operator sees and changes them; each change leaves a row of the audit in the same transaction."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy import Engine

from assistant.conversations.moments import utc
from assistant.sites.audit import clean_comment, note
from assistant.slack.storage import entries
from assistant.slack.storage.forgetting import SqlForgetting
from assistant.slack.storage.preferences import EVERYONE, LISTED, Own, SqlPreferences, write
from assistant.slack.storage.writing import lasting
from vectorstore import schema as t
from vectorstore.errors import NotFoundError, UsageError

FOLLOW_UPS = ("mention", "asker", "anyone")


@dataclass(frozen=True, slots=True)
class Workspace:
    """A workspace, or an organisation that installed the app as a whole, that is known in any way."""

    team: str
    name: str = ""
    enterprise: str = ""
    installed: datetime | None = None  # by OAuth
    first_question: datetime | None = None
    own: Own = field(default_factory=Own)
    channels: dict[str, Own] = field(default_factory=dict)

    def as_dict(self) -> dict[str, Any]:
        """As JSON; of settings only what is set."""
        return {
            "team": self.team,
            "name": self.name,
            "enterprise": self.enterprise,
            "installed": self.installed.isoformat() if self.installed else None,
            "first_question": self.first_question.isoformat() if self.first_question else None,
            "settings": _set(self.own),
            "channels": {channel: _set(own) for channel, own in self.channels.items()},
        }


@dataclass(frozen=True, slots=True)
class Wanted:
    """A change as it was typed: None leaves a setting, an empty text takes it back. `area` is an area's id."""

    channel: str = ""
    area: str | None = None
    follow_ups: str | None = None
    who: str | None = None
    allow: Sequence[str] = ()
    help_at: str | None = None
    quotas: Mapping[str, str] = field(default_factory=dict)


class SqlWorkspaces:
    """Reads and changes workspaces. `who` names the person at the keyboard."""

    wanted = Wanted

    def __init__(
        self, engine: Engine, preferences: SqlPreferences, forgetting: SqlForgetting, who: Callable[[], str]
    ) -> None:
        self._engine = engine
        self._preferences = preferences
        self._forgetting = forgetting
        self._who = who

    def all(self) -> list[Workspace]:
        """By id: where the app is installed, where questions came from, and what has settings."""
        b, s, p = t.slack_bots, t.slack_teams, t.slack_preferences
        with self._engine.connect() as c:
            bots = {
                row.owner: row for row in c.execute(sa.select(b.c.owner, b.c.enterprise, b.c.name, b.c.installed))
            }
            seen = {row.team: row for row in c.execute(sa.select(s))}
            teams = {*bots, *seen, *c.execute(sa.select(p.c.team).distinct()).scalars()}
        found = []
        for team in sorted(teams):
            bot, first = bots.get(team), seen.get(team)
            found.append(
                Workspace(
                    team=team,
                    name=bot.name if bot else "",
                    enterprise=(bot.enterprise if bot else "") or (first.enterprise if first else ""),
                    installed=utc(bot.installed) if bot else None,
                    first_question=utc(first.seen) if first else None,
                    own=self._preferences.own(team),
                    channels=self._preferences.channels(team),
                )
            )
        return found

    def one(self, team: str) -> Workspace:
        """Raises UsageError for what is no id, NotFoundError for a workspace that nothing is known of."""
        entries.slack_id(team, "TE")
        found = self._found(team)
        if found is None:
            raise NotFoundError(
                f"Nothing is known of the workspace {team!r}.", "`lsip slack workspaces list` shows the workspaces."
            )
        return found

    def change(self, team: str, wanted: Wanted, comment: str = "") -> Workspace:
        """Change what is given, for the workspace or one channel, and leave the rest. Raises UsageError."""
        entries.slack_id(team, "T")
        if wanted.channel:
            entries.slack_id(wanted.channel, "CGD")
        changes = self._changes(wanted, self._preferences.own(team, wanted.channel))
        if not changes:
            raise UsageError("Nothing to change was given.", "`lsip slack workspaces set --help` shows what can be.")
        subject = f"slack:{team}" + (f":{wanted.channel}" if wanted.channel else "")
        with lasting(self._engine) as c:
            write(c, (team, wanted.channel, ""), changes)
            note(c, self._who(), subject, "set", clean_comment(comment))
        return self._found(team) or Workspace(team)

    def forget(self, team: str, user: str, comment: str) -> int:
        """Delete a workspace, an organisation, or one member; how many answers it were. A comment is needed."""
        entries.slack_id(team, "T" if user else "TE")
        why, who = clean_comment(comment, needed=True), self._who()
        if user:
            return self._forgetting.person(team, entries.slack_id(user, "UW"), who=who, comment=why)
        as_organisation = team.startswith("E")
        given = ("", team) if as_organisation else (team, "")
        return self._forgetting.workspace(*given, who=who, comment=why)

    def _found(self, team: str) -> Workspace | None:
        return next((w for w in self.all() if w.team == team), None)

    @staticmethod
    def _changes(wanted: Wanted, own: Own) -> dict[str, Any]:
        changes: dict[str, Any] = {}
        if wanted.area is not None:
            changes["area"] = wanted.area or None
        if wanted.follow_ups is not None:
            changes["follow_ups"] = entries.one_of(wanted.follow_ups, FOLLOW_UPS, "--follow-ups")
        if wanted.help_at is not None:
            changes["help"] = entries.help_at(wanted.help_at)
        changes.update(entries.quotas(wanted.quotas, of_channel=bool(wanted.channel)))
        return {**changes, **_admission(wanted, own)}


def _set(own: Own) -> dict[str, Any]:
    return {name: list(v) if isinstance(v, tuple) else v for name, v in asdict(own).items() if v}


def _admission(wanted: Wanted, own: Own) -> dict[str, Any]:
    """Who may ask. A list is replaced as a whole, and goes where everyone may."""
    if wanted.who is None and not wanted.allow:
        return {}
    who = own.who if wanted.who is None else entries.one_of(wanted.who, (EVERYONE, LISTED), "--who")
    listed = entries.allowed(wanted.allow) or list(own.allowed)
    if wanted.allow and who != LISTED:
        raise UsageError("A list without --who listed admits nobody in particular.", "Give --who listed with it.")
    if who == LISTED and not listed:
        raise UsageError("Nobody would be listed.", "Give members and channels with --allow, once for each.")
    return {"who": who, "allowed": listed if who == LISTED else []}
