"""The end of an installation: everything of the workspace is deleted before Slack is told that we heard."""

from __future__ import annotations

import logging
from collections.abc import Awaitable, Callable

from slack_bolt.middleware.async_middleware import AsyncMiddleware
from slack_bolt.request.async_request import AsyncBoltRequest
from slack_bolt.response import BoltResponse

from assistant.slack.listeners.questions import acknowledged, sender_of
from assistant.slack.room import Room

log = logging.getLogger(__name__)


class Lifecycle(AsyncMiddleware):
    """Hears app_uninstalled, and tokens_revoked where the bot's own token is among them.

    A failure is told to Slack, which then sends the event again.
    """

    def __init__(self, room: Room) -> None:
        self._room = room

    async def async_process(
        self, *, req: AsyncBoltRequest, resp: BoltResponse, next: Callable[[], Awaitable[BoltResponse]]
    ) -> BoltResponse | None:
        event = req.body.get("event") or {}
        ended = event.get("type") == "app_uninstalled"
        revoked = event.get("type") == "tokens_revoked"
        if not ended and not revoked:
            return await next()
        if ended or (event.get("tokens") or {}).get("bot"):
            sender = sender_of(req)
            # of an install for a whole organisation no one workspace is told
            team = "" if req.context.is_enterprise_install and sender.enterprise else sender.team
            count = await self._room.aside(self._room.cabinet.forgetting.workspace, team, sender.enterprise)
            log.warning("the app was taken out of a workspace: %s answers were deleted with it", count)
        return acknowledged()
