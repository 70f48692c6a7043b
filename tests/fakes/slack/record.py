"""What reached the fake Slack: each call with its body, its token and its time."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any


@dataclass
class Call:
    """One request to the Web API, or to a response_url (`method` is then "response_url")."""

    method: str
    verb: str
    path: str
    body: dict[str, Any]
    token: str
    at: float
    reply: dict[str, Any] | None = None  # None while it runs, and where the connection was dropped

    @property
    def ok(self) -> bool:
        return bool(self.reply and self.reply.get("ok"))

    @property
    def error(self) -> str:
        return str((self.reply or {}).get("error", ""))


@dataclass
class Ack:
    """What the app answered to an envelope of Socket Mode."""

    envelope_id: str
    payload: dict[str, Any] | None
    at: float


@dataclass
class Delivery:
    """What became of one attempt to send something to the app over HTTP."""

    status: int  # 0: the connection failed or three seconds passed
    body: str
    seconds: float
    attempt: int = 0

    @property
    def acked(self) -> bool:
        return 200 <= self.status < 300
