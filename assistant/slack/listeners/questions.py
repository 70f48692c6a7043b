"""Takes questions in before Slack is told that they came: a crash after the acknowledgement loses none."""

from __future__ import annotations

import logging
from collections.abc import Awaitable, Callable

from slack_bolt.middleware.async_middleware import AsyncMiddleware
from slack_bolt.request.async_request import AsyncBoltRequest
from slack_bolt.response import BoltResponse

from assistant.slack.model import Arrival, Surface
from assistant.slack.people import person_id
from assistant.slack.recognising import Candidate, Sender, candidate, is_message
from assistant.slack.room import Room
from prompts import message

log = logging.getLogger(__name__)


class Questions(AsyncMiddleware):
    """A global middleware of Bolt, after its checks of signature and workspace.

    What Slack sends again is taken in once: the inbox knows an arrival by its event and by its message.
    """

    def __init__(self, room: Room) -> None:
        self._room = room

    async def async_process(
        self, *, req: AsyncBoltRequest, resp: BoltResponse, next: Callable[[], Awaitable[BoltResponse]]
    ) -> BoltResponse | None:
        found = candidate(req.body, sender_of(req))
        if found is None:
            return acknowledged() if is_message(req.body) else await next()
        if found.reply and not await self._is_a_follow_up(found):
            return acknowledged()
        if await self._room.aside(self._room.cabinet.inbox.take_in, found.arrival):
            self._room.wake()
        return self._said(found.arrival)

    async def _is_a_follow_up(self, found: Candidate) -> bool:
        """Whether a message without a mention, in a thread, is one that the workspace wants answered."""
        room, arrival = self._room, found.arrival
        thread = await room.aside(room.cabinet.threads.of, arrival.place)
        if thread is None:
            return False
        preferences = await room.aside(room.cabinet.preferences.of, arrival.team, arrival.channel, arrival.user)
        if preferences.follow_ups == "anyone":
            return True
        asker = person_id(room.secret(), arrival.team, arrival.user)
        return preferences.follow_ups == "asker" and thread.asker == asker

    @staticmethod
    def _said(arrival: Arrival) -> BoltResponse:
        if arrival.surface is Surface.COMMAND:
            return BoltResponse(status=200, body={"response_type": "ephemeral", "text": message("slack_looking")})
        return acknowledged()


def sender_of(req: AsyncBoltRequest) -> Sender:
    """Where a request comes from."""
    context = req.context
    return Sender(
        team=context.team_id or str(req.body.get("team_id") or ""),
        enterprise=context.enterprise_id or "",
        bot_user=context.bot_user_id or "",
        user=context.user_id or "",
    )


def acknowledged() -> BoltResponse:
    """Slack is told that it came, and nothing else."""
    return BoltResponse(status=200, body="")
