"""The switch of the door: `lsip doors off slack` is heard here, in HTTP as in Socket Mode."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

from slack_bolt.middleware.async_middleware import AsyncMiddleware
from slack_bolt.request.async_request import AsyncBoltRequest
from slack_bolt.response import BoltResponse

from assistant.slack.listeners.questions import acknowledged
from assistant.slack.room import Room
from prompts import message

ALWAYS = frozenset({"app_uninstalled", "tokens_revoked"})  # what must be deleted is deleted behind a closed door too


class Door(AsyncMiddleware):
    """Acknowledges and lets nothing in while the door is closed: Slack disables apps that answer with errors."""

    def __init__(self, room: Room) -> None:
        self._room = room

    async def async_process(
        self, *, req: AsyncBoltRequest, resp: BoltResponse, next: Callable[[], Awaitable[BoltResponse]]
    ) -> BoltResponse | None:
        event = req.body.get("event") or {}
        if event.get("type") in ALWAYS:
            return await next()
        board = await self._room.services.visitors.switchboard.board()
        if board.doors["slack"]:
            return await next()
        if req.body.get("command"):
            return BoltResponse(
                status=200,
                body={
                    "response_type": "ephemeral",
                    "text": f"{message('door_closed')} {message('door_closed_remedy')}",
                },
            )
        return acknowledged()
