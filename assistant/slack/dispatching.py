"""Which way an answer goes: the client of its workspace, and a thread or one person."""

from __future__ import annotations

from dataclasses import dataclass

from assistant.slack.authorizing import Authority
from assistant.slack.clients import Clients
from assistant.slack.delivery import Delivery, InThread
from assistant.slack.model import Surface
from assistant.slack.private_delivery import ToOnePerson
from assistant.slack.status import REFRESH, Status
from assistant.slack.workers import Lease


@dataclass(frozen=True, slots=True)
class Way:
    """`status` is None where nothing can be shown meanwhile."""

    delivery: Delivery
    status: Status | None


class Dispatch:
    """Opens ways."""

    def __init__(self, authority: Authority, clients: Clients, refresh: float = REFRESH) -> None:
        self._authority = authority
        self._clients = clients
        self._refresh = refresh

    async def way(self, lease: Lease) -> Way | None:
        """None where the app is not installed any more. Raises what Slack raises while it cannot be asked."""
        arrival = lease.job.arrival
        known = await self._authority.of(arrival.team, arrival.enterprise)
        if known is None or not known.bot_token:
            return None
        client = self._clients.of(known.bot_token)
        if arrival.surface in (Surface.COMMAND, Surface.SHORTCUT):
            return Way(ToOnePerson(self._clients, client, lease.job, lease.posted), None)
        place = arrival.place
        status = None if lease.job.posted else Status(client, place.channel, place.root, self._refresh)
        return Way(InThread(client, known.bot_user_id or "", lease.job, lease.posted), status)
