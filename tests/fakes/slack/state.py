"""What the fake Slack keeps: workspaces with their tokens, and what stands in each channel."""

from __future__ import annotations

import itertools
import secrets
from dataclasses import dataclass, field
from typing import Any

from tests.fakes.slack.clock import Clock

# What a workspace grants that installs the app as its manifest asks; a test compares the two.
SCOPES = frozenset(
    "app_mentions:read assistant:write channels:history chat:write commands groups:history im:history".split()
)
STREAM_SECONDS = 300  # https://github.com/slackapi/python-slack-sdk/issues/1859
STATUS_SECONDS = 120  # https://docs.slack.dev/reference/methods/assistant.threads.setStatus
RESPONSE_SECONDS, RESPONSE_USES = 1800, 5  # https://docs.slack.dev/interactivity/handling-user-interaction
TRIGGER_SECONDS = 3
CODE_SECONDS = 600


@dataclass
class Token:
    """A token and what it may do. `kind` is bot or app."""

    value: str
    team: str
    scopes: frozenset[str]
    kind: str = "bot"
    revoked: bool = False
    expires: float | None = None
    refresh: str = ""


@dataclass
class Workspace:
    """A workspace that has the app. `enterprise` is empty outside an organisation."""

    team: str
    name: str
    bot_user: str
    bot_id: str
    token: str  # the bot token that it began with
    app_id: str = "A0LSIP"
    enterprise: str = ""


@dataclass
class Message:
    """What stands in a channel, or before one person only (`only_for`)."""

    team: str
    channel: str
    ts: str
    user: str
    text: str
    thread_ts: str = ""
    blocks: list[dict[str, Any]] = field(default_factory=list)
    metadata: dict[str, Any] | None = None
    bot_id: str = ""
    only_for: str = ""
    streaming_since: float | None = None
    streamed: bool = False
    updates: int = 0
    deleted: bool = False
    tasks: list[dict[str, Any]] = field(default_factory=list)

    @property
    def ours(self) -> bool:
        """Whether the app wrote it."""
        return bool(self.bot_id)

    def streaming(self, now: float) -> bool:
        return self.streaming_since is not None and now < self.streaming_since + STREAM_SECONDS

    def payload(self) -> dict[str, Any]:
        """As Slack writes a message in events, interactions and histories."""
        shown: dict[str, Any] = {"type": "message", "user": self.user, "ts": self.ts, "text": self.text}
        shown |= {"team": self.team}
        if self.thread_ts:
            shown["thread_ts"] = self.thread_ts
        if self.blocks:
            shown["blocks"] = self.blocks
        if self.bot_id:
            shown |= {"bot_id": self.bot_id, "app_id": "A0LSIP"}
        if self.metadata:
            shown["metadata"] = self.metadata
        return shown


@dataclass
class ResponseUrl:
    """Where an interaction may be answered: so many times, so long."""

    team: str
    channel: str
    user: str
    made: float
    message_ts: str = ""
    uses: int = 0


@dataclass
class View:
    """A modal that is open before somebody, or a home tab."""

    view_id: str
    team: str
    user: str
    view: dict[str, Any]
    hash: str
    root_id: str = ""

    def payload(self) -> dict[str, Any]:
        return {**self.view, "id": self.view_id, "hash": self.hash, "team_id": self.team, "app_id": "A0LSIP",
                "root_view_id": self.root_id or self.view_id}  # fmt: skip


@dataclass
class Status:
    """What the app says it is doing in a thread."""

    text: str
    at: float
    loading: list[str]


@dataclass
class Code:
    """What an administrator's consent gave, to be changed for a token once."""

    team: str
    scopes: frozenset[str]
    redirect_uri: str
    user: str
    made: float
    enterprise: str = ""
    rotates: float | None = None  # seconds that the token lives; None = for good


class State:
    """Everything of all workspaces. The server guards it with one lock."""

    def __init__(self, clock: Clock, address: str = "") -> None:
        self.clock, self.address = clock, address
        self.workspaces: dict[str, Workspace] = {}
        self.tokens: dict[str, Token] = {}
        self.messages: list[Message] = []
        self.views: dict[str, View] = {}
        self.homes: dict[tuple[str, str], View] = {}
        self.statuses: dict[tuple[str, str, str], list[Status]] = {}
        self.prompts: dict[tuple[str, str], dict[str, Any]] = {}
        self.triggers: dict[str, tuple[str, str, float]] = {}  # team, user, made; taken out when used
        self.responses: dict[str, ResponseUrl] = {}
        self.codes: dict[str, Code] = {}
        self.clients: dict[str, str] = {}
        self.tickets: set[str] = set()
        self._last = 0
        self._numbers = itertools.count(1)

    def new_ts(self) -> str:
        """A name of a message that no other has, and that is later than all before it."""
        self._last = max(self._last + 1, int(self.clock.now() * 1_000_000))
        return f"{self._last // 1_000_000}.{self._last % 1_000_000:06}"

    def new_id(self, prefix: str) -> str:
        return f"{prefix}{next(self._numbers):08d}"

    def install(self, team: str, *, scopes: frozenset[str], enterprise: str = "", name: str = "") -> Workspace:
        """A workspace that has the app, with a token that lasts."""
        token = self.new_token(team, scopes)
        made = Workspace(
            team, name or f"Workspace {team}", f"UBOT{team}", f"B{team}", token.value, enterprise=enterprise
        )
        self.workspaces[team] = made
        return made

    def new_token(self, team: str, scopes: frozenset[str], rotates: float | None = None) -> Token:
        start, refresh, expires = "xoxb", "", None
        if rotates is not None:
            start, refresh = "xoxe.xoxb", f"xoxe-1-{secrets.token_hex(12)}"
            expires = self.clock.now() + rotates
        token = Token(f"{start}-{team}-{secrets.token_hex(12)}", team, scopes, expires=expires, refresh=refresh)
        self.tokens[token.value] = token
        return token

    def find(self, team: str, channel: str, ts: str) -> Message | None:
        return next(
            (m for m in reversed(self.messages) if (m.team, m.channel, m.ts) == (team, channel, ts)),
            None,
        )

    def new_trigger(self, team: str, user: str) -> str:
        name = f"{self.new_id('')}.{secrets.token_hex(8)}"
        self.triggers[name] = (team, user, self.clock.now())
        return name

    def new_response_url(self, team: str, channel: str, user: str, message_ts: str = "") -> str:
        name = secrets.token_hex(12)
        self.responses[name] = ResponseUrl(team, channel, user, self.clock.now(), message_ts)
        return f"{self.address}/response/{name}"
