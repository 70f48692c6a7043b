"""Whose workspace a request comes from, and the token to answer it with. No call to Slack stands before an ack."""

from __future__ import annotations

import asyncio
import logging
import time
from typing import Any, Protocol

from aiohttp import ClientError
from slack_bolt.authorization import AuthorizeResult
from slack_bolt.authorization.async_authorize import AsyncAuthorize
from slack_sdk.errors import SlackTokenRotationError
from slack_sdk.oauth.installation_store import Bot
from slack_sdk.oauth.installation_store.async_installation_store import AsyncInstallationStore
from slack_sdk.oauth.token_rotation.async_rotator import AsyncTokenRotator

from assistant.slack.clients import Clients

log = logging.getLogger(__name__)
ROTATE_BEFORE = 121  # minutes before a token runs out that it is exchanged; no less than the installations' own


class Authority(Protocol):
    """Gives what to answer a workspace with; None where the app is not installed."""

    async def of(self, team: str, enterprise: str) -> AuthorizeResult | None: ...


class OneWorkspace:
    """The workspace of the bot token in the settings. Asks Slack once whose token that is."""

    def __init__(self, token: str, clients: Clients) -> None:
        self._token = token
        self._clients = clients
        self._known: AuthorizeResult | None = None
        self._lock = asyncio.Lock()

    async def of(self, team: str, enterprise: str) -> AuthorizeResult | None:
        """Raises SlackApiError while Slack cannot be asked, so that the request is sent again."""
        async with self._lock:
            if self._known is None:
                said = await self._clients.of(self._token).auth_test()
                self._known = AuthorizeResult.from_auth_test_response(auth_test_response=said, bot_token=self._token)
        ours = self._known.team_id == team or bool(enterprise and self._known.enterprise_id == enterprise)
        return self._known if ours else None


class ManyWorkspaces:
    """The workspaces that installed the app by OAuth; their tokens are exchanged in time where they run out.

    The installations show a token that is due to one request alone, so that none is exchanged twice.
    """

    def __init__(
        self, installations: AsyncInstallationStore, clients: Clients, client_id: str, client_secret: str
    ) -> None:
        self._installations = installations
        self._clients = clients
        self._ids = (client_id, client_secret)

    async def of(self, team: str, enterprise: str) -> AuthorizeResult | None:
        """Raises SlackTokenRotationError where a token ran out and no new one can be had."""
        bot = await self._installations.async_find_bot(enterprise_id=enterprise or None, team_id=team or None)
        if bot is not None and bot.bot_refresh_token and _runs_out(bot):
            bot = await self._exchanged(bot)
        if bot is None or not bot.bot_token:
            return None
        return AuthorizeResult(
            enterprise_id=bot.enterprise_id,
            team_id=bot.team_id or team,
            bot_user_id=bot.bot_user_id,
            bot_id=bot.bot_id,
            bot_token=bot.bot_token,
            bot_scopes=bot.bot_scopes,
        )

    async def _exchanged(self, bot: Bot) -> Bot:
        client_id, client_secret = self._ids
        rotator = AsyncTokenRotator(client_id=client_id, client_secret=client_secret, client=self._clients.of(None))
        try:
            changed = await rotator.perform_bot_token_rotation(bot=bot, minutes_before_expiration=ROTATE_BEFORE)
        except (SlackTokenRotationError, ClientError, TimeoutError):
            if not _lasts(bot):
                raise
            log.warning("a token could not be exchanged; the one held is used while it lasts")
            return bot
        if changed is None:
            return bot
        await self._installations.async_save_bot(changed)
        return changed


def _runs_out(bot: Bot) -> bool:
    return bool(bot.bot_token_expires_at and bot.bot_token_expires_at <= time.time() + ROTATE_BEFORE * 60)


def _lasts(bot: Bot) -> bool:
    return bool(bot.bot_token_expires_at and bot.bot_token_expires_at > time.time())


class Authorize(AsyncAuthorize):
    """Lets Bolt know."""

    def __init__(self, authority: Authority) -> None:
        super().__init__()  # type: ignore[no-untyped-call]
        self._authority = authority

    async def __call__(self, *, enterprise_id: str | None, team_id: str | None, **_: Any) -> AuthorizeResult | None:
        return await self._authority.of(team_id or "", enterprise_id or "")
