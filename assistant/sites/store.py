"""Sites and doors in the catalogue's database; each change leaves a row of the audit in the same transaction."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict
from datetime import UTC, datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy import Connection, Engine
from sqlalchemy.exc import IntegrityError

from assistant.sites.audit import clean_comment, note
from assistant.sites.model import DOORS, Change, Site
from vectorstore import schema as t
from vectorstore.errors import NotFoundError, UsageError


class SiteStore:
    """Reads and changes sites and doors. `who` names the person at the keyboard."""

    def __init__(self, engine: Engine, who: Callable[[], str]) -> None:
        self._engine = engine
        self._who = who

    def sites(self) -> list[Site]:
        with self._engine.connect() as c:
            rows = c.execute(sa.select(t.sites).order_by(t.sites.c.site_id)).all()
        return [_site(row) for row in rows]

    def site(self, site_id: str) -> Site:
        """Raises NotFoundError."""
        with self._engine.connect() as c:
            row = c.execute(sa.select(t.sites).where(t.sites.c.site_id == site_id)).first()
        if row is None:
            raise _unknown(site_id)
        return _site(row)

    def add(self, site: Site, comment: str = "") -> None:
        """Raises UsageError if the id is taken."""
        values = {**_values(site), "created": datetime.now(UTC)}
        try:
            with self._engine.begin() as c:
                c.execute(sa.insert(t.sites).values(values))
                self._note(c, site.site_id, "add", comment)
        except IntegrityError:
            raise UsageError(
                f"There is a site {site.site_id!r} already.", f"Change it with `lsip sites edit {site.site_id}`."
            ) from None

    def edit(self, site: Site, comment: str = "") -> None:
        """Replace all of a site but its switch. Raises NotFoundError."""
        values = {k: v for k, v in _values(site).items() if k not in ("site_id", "enabled")}
        self._change(
            sa.update(t.sites).where(t.sites.c.site_id == site.site_id).values(values), site.site_id, "edit", comment
        )

    def switch(self, site_id: str, *, on: bool, comment: str) -> None:
        """Admit a site again, or no longer. Raises NotFoundError, UsageError without a comment."""
        statement = sa.update(t.sites).where(t.sites.c.site_id == site_id).values(enabled=on)
        self._change(statement, site_id, "enable" if on else "disable", clean_comment(comment, needed=True))

    def remove(self, site_id: str, comment: str = "") -> None:
        """Raises NotFoundError."""
        self._change(sa.delete(t.sites).where(t.sites.c.site_id == site_id), site_id, "remove", comment)

    def doors(self) -> dict[str, bool]:
        """Every door and whether it is open; a door that was never switched is."""
        with self._engine.connect() as c:
            held = {row.door: bool(row.is_open) for row in c.execute(sa.select(t.doors))}
        return {door: held.get(door, True) for door in DOORS}

    def switch_door(self, door: str, *, on: bool, comment: str) -> None:
        """Raises UsageError for an unknown door or without a comment."""
        if door not in DOORS:
            raise UsageError(f"There is no door {door!r}.", f"The doors are: {', '.join(DOORS)}.")
        comment = clean_comment(comment, needed=True)
        with self._engine.begin() as c:
            c.execute(sa.delete(t.doors).where(t.doors.c.door == door))
            c.execute(sa.insert(t.doors).values(door=door, is_open=on))
            note(c, self._who(), f"door:{door}", "on" if on else "off", comment)

    def audit(self, subject: str = "", limit: int = 100) -> list[Change]:
        """The changes, the newest first; those of one subject, or all."""
        query = sa.select(t.audit).order_by(t.audit.c.audit_id.desc()).limit(limit)
        if subject:
            query = query.where(t.audit.c.subject == subject)
        with self._engine.connect() as c:
            rows = c.execute(query).all()
        return [Change(row.made.replace(tzinfo=UTC), row.who, row.subject, row.action, row.comment) for row in rows]

    def _change(self, statement: Any, site_id: str, action: str, comment: str) -> None:
        with self._engine.begin() as c:
            if not c.execute(statement).rowcount:
                raise _unknown(site_id)
            self._note(c, site_id, action, comment)

    def _note(self, connection: Connection, site_id: str, action: str, comment: str) -> None:
        note(connection, self._who(), f"site:{site_id}", action, clean_comment(comment))


def _unknown(site_id: str) -> NotFoundError:
    return NotFoundError(f"There is no site {site_id!r}.", "`lsip sites list` shows the sites.")


def _values(site: Site) -> dict[str, Any]:
    return {**asdict(site), "origins": list(site.origins)}


def _site(row: sa.Row[Any]) -> Site:
    held = row._mapping
    values = {name: held[name] for name in Site.__slots__}
    return Site(**{**values, "origins": tuple(values["origins"])})
