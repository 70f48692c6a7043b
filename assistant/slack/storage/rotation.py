"""The exchange of expiring tokens, by one process at a time.

Bolt exchanges a token, in whatever request comes first, when it has less than two hours left
(https://docs.slack.dev/authentication/using-token-rotation). Slack delivers one mention as two events, so that
without this two requests would exchange one refresh token, which works once; the loser's request would be dropped.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from copy import copy
from datetime import UTC, datetime, timedelta

import sqlalchemy as sa
from slack_sdk.oauth.installation_store.models.bot import Bot
from sqlalchemy import Engine

from assistant.slack.storage.writing import now_of
from vectorstore import schema as t

MINUTES_BEFORE = 120  # Bolt's own default, see AsyncInstallationStoreAuthorize
_EARLIER = timedelta(minutes=MINUTES_BEFORE + 1)  # a little before Bolt would, so that none slips by
TURN = timedelta(seconds=30)  # after which whoever exchanges the token has died
_LOOK = 0.1  # seconds between two looks at whether the exchange is done
_PATIENCE = 10.0  # seconds of waiting for it


class Rotation:
    """Shows a token that is due to one request as it is; to the others as one that needs no exchange."""

    def __init__(
        self, engine: Engine, clock: Callable[[], datetime] = lambda: datetime.now(UTC), patience: float = _PATIENCE
    ) -> None:
        self._engine = engine
        self._clock = clock
        self._patience = patience

    async def admit(self, owner: str, read: Callable[[], Bot | None]) -> Bot | None:
        """The bot of an owner. One with an expired token is waited for while another request exchanges it."""
        waited = 0.0
        while True:
            bot = await asyncio.to_thread(read)
            if bot is None or not self._due(bot):
                return bot
            if await asyncio.to_thread(self._claim, owner):
                bot = await asyncio.to_thread(read)
                if bot is None or not self._due(bot):  # exchanged between the first look and the claim
                    await asyncio.to_thread(self._yield, owner)
                return bot
            if not self._expired(bot) or waited >= self._patience:
                return self.held_back(bot)
            await asyncio.sleep(_LOOK)
            waited += _LOOK

    @staticmethod
    def held_back(bot: Bot | None) -> Bot | None:
        """The bot without what an exchange needs."""
        if bot is not None:
            bot = copy(bot)
            bot.bot_refresh_token = bot.bot_token_expires_at = None
        return bot

    def _due(self, bot: Bot) -> bool:
        ends = bot.bot_token_expires_at
        return bool(bot.bot_refresh_token) and ends is not None and ends <= (self._clock() + _EARLIER).timestamp()

    def _expired(self, bot: Bot) -> bool:
        return bot.bot_token_expires_at is not None and bot.bot_token_expires_at <= self._clock().timestamp()

    def _claim(self, owner: str) -> bool:
        b = t.slack_bots.c
        with self._engine.begin() as c:
            now = now_of(c)
            free = sa.and_(b.owner == owner, sa.or_(b.rotating_until.is_(None), b.rotating_until < now))
            return bool(c.execute(sa.update(t.slack_bots).where(free).values(rotating_until=now + TURN)).rowcount)

    def _yield(self, owner: str) -> None:
        with self._engine.begin() as c:
            c.execute(sa.update(t.slack_bots).where(t.slack_bots.c.owner == owner).values(rotating_until=None))
