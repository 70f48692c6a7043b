"""Where the app is installed, with the tokens sealed: an AsyncInstallationStore of slack_sdk over the catalogue.

An installation belongs to a workspace, or to an organisation that installed the app as a whole
(https://docs.slack.dev/enterprise/developing-for-enterprise-orgs); ids of both are unique, so that one column holds
either. The bot's token is kept once for each of them, whoever installed the app, so that an exchanged token replaces
the one before it everywhere.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import sqlalchemy as sa
from slack_sdk.oauth.installation_store.async_installation_store import AsyncInstallationStore
from slack_sdk.oauth.installation_store.models.bot import Bot
from slack_sdk.oauth.installation_store.models.installation import Installation
from sqlalchemy import Engine

from assistant.slack.storage.rotation import Rotation
from assistant.slack.storage.sealing import Seal
from assistant.slack.storage.writing import lasting, upsert
from vectorstore import schema as t
from vectorstore.errors import KnowledgeError

_LOG = logging.getLogger(__name__)
_OF_THE_BOT = ("bot_token", "bot_id", "bot_user_id", "bot_scopes", "bot_refresh_token", "bot_token_expires_at")


class SqlInstallationStore(AsyncInstallationStore):
    """Installations on SQLite or PostgreSQL. A token sealed with another secret counts as none: install again."""

    def __init__(self, engine: Engine, secret: Callable[[], str], rotation: Rotation | None = None) -> None:
        self._engine = engine
        self._seal = Seal(secret, "installations")
        self._rotation = rotation or Rotation(engine)

    @property
    def logger(self) -> logging.Logger:
        return _LOG

    async def async_save(self, installation: Installation) -> None:
        """Keep an installation in place of an earlier one of the same person, and its bot."""
        await asyncio.to_thread(self._save, installation, installation.to_bot() if installation.bot_token else None)

    async def async_save_bot(self, bot: Bot) -> None:
        await asyncio.to_thread(self._save, None, bot)

    async def async_find_bot(
        self, *, enterprise_id: str | None, team_id: str | None, is_enterprise_install: bool | None = False
    ) -> Bot | None:
        """The bot of a workspace or its organisation; its token may be due for exchange, see Rotation."""
        for owner in _owners(enterprise_id, team_id, is_enterprise_install):
            bot = await self._rotation.admit(owner, lambda owner=owner: self._bot(owner))  # type: ignore[misc]
            if bot is not None:
                return bot
        return None

    async def async_find_installation(
        self,
        *,
        enterprise_id: str | None,
        team_id: str | None,
        user_id: str | None = None,
        is_enterprise_install: bool | None = False,
    ) -> Installation | None:
        """The installation made by a member, or the last one; with the bot as it is now."""
        for owner in _owners(enterprise_id, team_id, is_enterprise_install):
            found = await asyncio.to_thread(self._installation, owner, user_id)
            if found is not None:
                # Bolt exchanges the token of the last installation, and only looks at that of a member.
                bot = (
                    Rotation.held_back(await asyncio.to_thread(self._bot, owner))
                    if user_id
                    else await self._rotation.admit(owner, lambda owner=owner: self._bot(owner))  # type: ignore[misc]
                )
                return _with_bot(found, bot)
        return None

    async def async_delete_bot(self, *, enterprise_id: str | None, team_id: str | None) -> None:
        await asyncio.to_thread(self._delete, _owner(enterprise_id, team_id), bots=True)

    async def async_delete_installation(
        self, *, enterprise_id: str | None, team_id: str | None, user_id: str | None = None
    ) -> None:
        await asyncio.to_thread(self._delete, _owner(enterprise_id, team_id), installs=True, user_id=user_id)

    async def async_delete_all(self, *, enterprise_id: str | None, team_id: str | None) -> None:
        await asyncio.to_thread(self._delete, _owner(enterprise_id, team_id), bots=True, installs=True)

    def _save(self, installation: Installation | None, bot: Bot | None) -> None:
        """What is older than what is held, as the exchange of a token from before a new install, changes nothing."""
        with lasting(self._engine) as c:
            if installation is not None:
                i = installation
                owner = _owner(i.enterprise_id, None if i.is_enterprise_install else i.team_id)
                values: dict[str, Any] = {
                    "sealed": self._seal.close(_plain(i)),
                    "installed": datetime.fromtimestamp(i.installed_at, UTC),
                }
                insert = upsert(c, t.slack_installs).values(owner=owner, user_id=i.user_id, **values)
                newer = t.slack_installs.c.installed <= values["installed"]
                c.execute(insert.on_conflict_do_update(index_elements=("owner", "user_id"), set_=values, where=newer))
            if bot is not None:
                owner = _owner(bot.enterprise_id, None if bot.is_enterprise_install else bot.team_id)
                values = {
                    "enterprise": bot.enterprise_id or "",
                    "name": (bot.enterprise_name if bot.is_enterprise_install else bot.team_name) or "",
                    "sealed": self._seal.close(_plain(bot)),
                    "installed": datetime.fromtimestamp(bot.installed_at, UTC),
                    "rotating_until": None,
                }
                insert = upsert(c, t.slack_bots).values(owner=owner, **values)
                newer = t.slack_bots.c.installed <= values["installed"]
                c.execute(insert.on_conflict_do_update(index_elements=("owner",), set_=values, where=newer))

    def _bot(self, owner: str) -> Bot | None:
        held = self._opened(sa.select(t.slack_bots.c.sealed).where(t.slack_bots.c.owner == owner))
        return Bot(**held) if held else None

    def _installation(self, owner: str, user_id: str | None) -> Installation | None:
        i = t.slack_installs.c
        query = sa.select(i.sealed).where(i.owner == owner).order_by(i.installed.desc(), i.user_id).limit(1)
        held = self._opened(query.where(i.user_id == user_id) if user_id else query)
        return Installation(**held) if held else None

    def _opened(self, query: sa.Select[Any]) -> dict[str, Any] | None:
        with self._engine.connect() as c:
            sealed = c.execute(query).scalar()
        try:
            return self._seal.open(sealed) if sealed else None
        except KnowledgeError as error:
            _LOG.warning("%s %s", error.message, error.remedy)
            return None

    def _delete(self, owner: str, *, bots: bool = False, installs: bool = False, user_id: str | None = None) -> None:
        i = t.slack_installs.c
        with lasting(self._engine) as c:
            if bots:
                c.execute(sa.delete(t.slack_bots).where(t.slack_bots.c.owner == owner))
            if installs:
                mine = sa.and_(i.owner == owner, i.user_id == user_id) if user_id else i.owner == owner
                c.execute(sa.delete(t.slack_installs).where(mine))


def _owner(enterprise_id: str | None, team_id: str | None) -> str:
    return team_id or enterprise_id or ""


def _owners(enterprise_id: str | None, team_id: str | None, is_enterprise_install: bool | None) -> list[str]:
    """Where to look: a workspace without an installation of its own may have that of its organisation."""
    team = None if is_enterprise_install else team_id
    return [owner for owner in (team, enterprise_id) if owner]


def _plain(kept: Bot | Installation) -> dict[str, Any]:
    """What makes the object again, as JSON."""
    return {
        name: value.isoformat() if isinstance(value, datetime) else value
        for name, value in kept.to_dict_for_copying().items()
    }


def _with_bot(installation: Installation, bot: Bot | None) -> Installation:
    for name in _OF_THE_BOT:
        setattr(installation, name, getattr(bot, name) if bot else None)
    return installation
