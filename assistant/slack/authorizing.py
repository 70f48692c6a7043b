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
ROTATE_BEFORE = 120  # minutes before a token runs out that it is changed for a new one


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
    """The workspaces that installed the app by OAuth; their tokens are changed in time where they run out."""

    def __init__(
        self, installations: AsyncInstallationStore, clients: Clients, client_id: str, client_secret: str
    ) -> None:
        self._installations = installations
        self._clients = clients
        self._ids = (client_id, client_secret)
        self._lock = asyncio.Lock()

    async def of(self, team: str, enterprise: str) -> AuthorizeResult | None:
        """Raises SlackTokenRotationError where a token ran out and no new one can be had."""
        bot = await self._find(team, enterprise)
        if bot is None or not bot.bot_token:
            return None
        if bot.bot_refresh_token:
            bot = await self._fresh(bot, team, enterprise)
        return AuthorizeResult(
            enterprise_id=bot.enterprise_id,
            team_id=bot.team_id or team,
            bot_user_id=bot.bot_user_id,
            bot_id=bot.bot_id,
            bot_token=bot.bot_token,
            bot_scopes=bot.bot_scopes,
        )

    async def _find(self, team: str, enterprise: str) -> Bot | None:
        """The installation of the workspace itself, or that of the organisation it belongs to."""
        find = self._installations.async_find_bot
        own = await find(enterprise_id=enterprise or None, team_id=team or None, is_enterprise_install=False)
        if own is None and enterprise:
            return await find(enterprise_id=enterprise, team_id=None, is_enterprise_install=True)
        return own

    async def _fresh(self, bot: Bot, team: str, enterprise: str) -> Bot:
        """The bot with a token that lasts. One change at a time: a refresh token works once."""
        if not _runs_out(bot):
            return bot
        async with self._lock:
            held = await self._find(team, enterprise) or bot
            if not _runs_out(held):
                return held  # changed while we waited
            client_id, client_secret = self._ids
            rotator = AsyncTokenRotator(
                client_id=client_id, client_secret=client_secret, client=self._clients.of(None)
            )
            try:
                changed = await rotator.perform_bot_token_rotation(bot=held, minutes_before_expiration=ROTATE_BEFORE)
            except (SlackTokenRotationError, ClientError, TimeoutError):
                again = await self._find(team, enterprise)
                if again is not None and again.bot_token != held.bot_token:
                    return again  # another process changed it
                if _lasts(held):
                    log.warning("a token could not be changed; the one held is used while it lasts")
                    return held
                raise
            if changed is not None:
                await self._installations.async_save_bot(changed)
            return changed or held


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
