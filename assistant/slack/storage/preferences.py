"""Settings of workspaces, channels and people: the narrowest that was made holds, then the service's own."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Protocol

import sqlalchemy as sa
from sqlalchemy import Connection, Engine

from assistant.slack.model import Preferences
from assistant.slack.people import person_id
from assistant.slack.storage.writing import lasting, upsert
from vectorstore import schema as t
from vectorstore.errors import UsageError

EVERYONE, LISTED = "everyone", "listed"
_OWN = ("area", "follow_ups", "who", "allowed", "help", "person_quota", "workspace_quota")
_KEY = ("team", "channel", "person")


class Defaults(Protocol):
    """The settings of the service that hold where a workspace has none."""

    slack_follow_ups: str
    slack_help: str
    slack_person_quota: str
    slack_workspace_quota: str


@dataclass(frozen=True, slots=True)
class Own:
    """What was set for one workspace, channel or person; None where nothing was."""

    area: str | None = None
    follow_ups: str | None = None
    who: str | None = None
    allowed: tuple[str, ...] = ()
    help: str | None = None
    person_quota: str | None = None
    workspace_quota: str | None = None


class SqlPreferences:
    """The PreferenceBook on SQLite or PostgreSQL. People are kept under their pseudonyms."""

    def __init__(self, engine: Engine, secret: Callable[[], str], defaults: Defaults) -> None:
        self._engine = engine
        self._secret = secret
        self._defaults = defaults

    def of(self, team: str, channel: str, user: str) -> Preferences:
        """What holds for a member in a channel; one query."""
        name, d = person_id(self._secret(), team, user), self._defaults
        rows = {(where, who): own for where, who, own in self._rows(team, [("", name), (channel, ""), ("", "")])}
        workspace = rows.get(("", ""), Own())
        here = rows.get((channel, ""), Own()) if channel else Own()
        person = rows.get(("", name), Own())
        areas = ((person.area, "person"), (here.area, "channel"), (workspace.area, "workspace"))
        area, level = next((found for found in areas if found[0]), (None, ""))
        return Preferences(
            area=area,
            area_from=level,
            follow_ups=here.follow_ups or workspace.follow_ups or d.slack_follow_ups,
            admitted=_admitted(here if here.who else workspace, channel, user),
            help=here.help or workspace.help or d.slack_help,
            person_quota=here.person_quota or workspace.person_quota or d.slack_person_quota,
            workspace_quota=workspace.workspace_quota or d.slack_workspace_quota,
        )

    def set_area(self, area: str | None, team: str, *, channel: str = "", user: str = "") -> None:
        """Raises UsageError for a person and a channel at once: an area is of one of them."""
        if channel and user:
            raise UsageError("An area is set for a person or for a channel.", "Give one of the two.")
        with lasting(self._engine) as c:
            write(c, (team, channel, self._name(team, user)), {"area": area or None})

    def own(self, team: str, channel: str = "") -> Own:
        """What was set for a workspace, or a channel of it."""
        return next((own for _, _, own in self._rows(team, [(channel, "")])), Own())

    def channels(self, team: str) -> dict[str, Own]:
        """The channels with settings of their own."""
        p = t.slack_preferences.c
        query = sa.select(t.slack_preferences).where(p.team == team, p.channel != "").order_by(p.channel)
        with self._engine.connect() as c:
            return {row.channel: _own(row) for row in c.execute(query)}

    def _name(self, team: str, user: str) -> str:
        return person_id(self._secret(), team, user) if user else ""

    def _rows(self, team: str, keys: list[tuple[str, str]]) -> list[tuple[str, str, Own]]:
        p = t.slack_preferences.c
        wanted = sa.or_(*(sa.and_(p.channel == channel, p.person == person) for channel, person in keys))
        with self._engine.connect() as c:
            rows = c.execute(sa.select(t.slack_preferences).where(p.team == team, wanted)).all()
        return [(row.channel, row.person, _own(row)) for row in rows]


def write(c: Connection, key: tuple[str, str, str], changes: Mapping[str, Any]) -> None:
    """Set what is given at (team, channel, person) and leave the rest; a row that sets nothing goes."""
    named = dict(zip(_KEY, key, strict=True))
    p = t.slack_preferences.c
    insert = upsert(c, t.slack_preferences).values({**named, "allowed": [], **changes})
    c.execute(insert.on_conflict_do_update(index_elements=_KEY, set_=dict(changes)))
    mine = sa.and_(*(p[name] == value for name, value in named.items()))
    if _own(c.execute(sa.select(t.slack_preferences).where(mine)).one()) == Own():
        c.execute(sa.delete(t.slack_preferences).where(mine))


def _own(row: sa.Row[Any]) -> Own:
    held = row._mapping
    return Own(**{**{name: held[name] for name in _OWN}, "allowed": tuple(row.allowed)})


def _admitted(own: Own, channel: str, user: str) -> bool:
    """Everyone, or who is listed: a member wherever they ask, and everybody in a channel."""
    return own.who != LISTED or user in own.allowed or channel in own.allowed
