"""Socket Mode of the fake Slack: https://docs.slack.dev/apis/events-api/using-socket-mode."""

from __future__ import annotations

import asyncio
import json
import threading
from typing import Any

from aiohttp import WSMsgType, web

from tests.fakes.slack.record import Ack
from tests.fakes.slack.state import State


class Sockets:
    """The open connections. `send` gives an envelope to one of them, in turn, as Slack does."""

    def __init__(self, state: State, changed: threading.Condition) -> None:
        self._state, self._changed = state, changed
        self._open: list[web.WebSocketResponse] = []
        self._turn = 0
        self.loop: asyncio.AbstractEventLoop | None = None
        self.acks: list[Ack] = []
        self.hellos = 0

    @property
    def open(self) -> int:
        with self._changed:
            return len(self._open)

    def connected(self, connections: int = 1, seconds: float = 30) -> None:
        """Wait until so many connections are open."""
        with self._changed:
            assert self._changed.wait_for(lambda: len(self._open) >= connections, seconds), "no connection"

    def send(self, kind: str, payload: dict[str, Any], *, envelope_id: str = "", retry: int | None = None,
             reason: str = "") -> str:  # fmt: skip
        """Send an envelope (events_api, interactive, slash_commands); its id, by which `acked` waits for the ack."""
        with self._changed:
            name = envelope_id or self._state.new_id("envelope")
            envelope: dict[str, Any] = {
                "type": kind,
                "envelope_id": name,
                "payload": payload,
                "accepts_response_payload": kind != "events_api",
            }
            if retry is not None:
                envelope |= {"retry_attempt": retry, "retry_reason": reason or "timeout"}
            self._turn += 1
            socket = self._open[self._turn % len(self._open)]
        self._soon(socket.send_str(json.dumps(envelope)))
        return name

    def acked(self, envelope_id: str, seconds: float = 30) -> Ack:
        """The app's answer to an envelope, awaited."""
        with self._changed:

            def found() -> Ack | None:
                return next((a for a in self.acks if a.envelope_id == envelope_id), None)

            ack = self._changed.wait_for(found, seconds)
            assert ack is not None, f"{envelope_id} was not acknowledged"
            return ack

    def ask_to_refresh(self, reason: str = "refresh_requested") -> None:
        """Tell every connection to be made anew, as Slack does every few hours."""
        with self._changed:
            sockets = list(self._open)
        for socket in sockets:
            self._soon(socket.send_str(json.dumps({"type": "disconnect", "reason": reason})))

    def cut(self) -> None:
        """End every connection without a word."""
        with self._changed:
            sockets = list(self._open)
        for socket in sockets:
            self._soon(socket.close())

    def _soon(self, work: Any) -> None:
        assert self.loop is not None
        asyncio.run_coroutine_threadsafe(work, self.loop).result(10)

    async def close(self) -> None:
        for socket in list(self._open):
            await socket.close()

    async def serve(self, request: web.Request) -> web.StreamResponse:
        """One connection, by the ticket that apps.connections.open gave."""
        with self._changed:
            if request.query.get("ticket") not in self._state.tickets:
                return web.Response(status=403)
            self._state.tickets.discard(request.query["ticket"])
        socket = web.WebSocketResponse()
        await socket.prepare(request)
        with self._changed:
            count = len(self._open) + 1
        hello = {"type": "hello", "num_connections": count, "connection_info": {"app_id": "A0LSIP"}}
        await socket.send_str(json.dumps({**hello, "debug_info": {"host": "loopback"}}))
        with self._changed:
            self._open.append(socket)
            self.hellos += 1
            self._changed.notify_all()
        try:
            async for message in socket:
                if message.type is WSMsgType.TEXT:
                    self._heard(message.data)
        finally:
            with self._changed:
                self._open.remove(socket)
                self._changed.notify_all()
        return socket

    def _heard(self, data: str) -> None:
        if not data.startswith("{"):
            return
        given = json.loads(data)
        with self._changed:
            self.acks.append(Ack(given.get("envelope_id", ""), given.get("payload"), self._state.clock.now()))
            self._changed.notify_all()
