"""The orchard's application with its Slack app, served on the loopback before a fake Slack."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from assistant.composition import Application
from tests.fakes.served_app import Server, served
from tests.fakes.slack.sender import SECRET, Sender
from tests.fakes.slack.server import SlackServer
from tests.fakes.slack.serving import Times, service_of
from tests.fakes.slack.state import Message
from tests.fakes.slow_service import Held, orchard

GATE_QUESTION, POND_QUESTION = "When is the orchard gate locked?", "When is the pond cleaned?"
GATE_SAID, POND_SAID = "nine in the evening", "every spring"
PUBLIC = "https://orchard.example"


@dataclass(frozen=True)
class World:
    """`sender` acts for people of the workspace T0ONE; `held` holds the assistant back while it answers."""

    server: SlackServer
    app: Application
    held: Held
    sender: Sender
    service: Server

    @property
    def events(self) -> str:
        return f"{self.service.url}/slack/events"

    def quiet(self) -> None:
        """Wait until every question that was taken in is finished."""
        until(lambda: self.app.slack.inbox.waiting() == 0)

    def answered(self, root: Message, said: str = GATE_SAID, *, times: int = 1) -> Message:
        """The one answer in a message's thread, once all work is done."""
        self.quiet()
        there = self.server.ours(root.channel, root.thread_ts or root.ts, team=root.team)
        answers = [m for m in there if said in words(m)]
        assert len(answers) == times, [words(m)[:200] for m in there]
        assert len(there) == times or times == 0, [words(m)[:200] for m in there]
        last = there[-1]
        assert not last.streaming(self.server.clock.now())
        return last

    def asked(self) -> int:
        """How many questions the assistant was asked."""
        return sum(1 for _ in iter(lambda: self.held.entered.acquire(blocking=False), False))


def words(message: Message) -> str:
    """All that a reader may see of a message."""

    def texts(value: Any) -> Iterator[str]:
        if isinstance(value, str):
            yield value
        elif isinstance(value, dict):
            for key in ("text", "elements", "fields", "accessory", "title", "blocks"):
                yield from texts(value.get(key))
        elif isinstance(value, list):
            for item in value:
                yield from texts(item)

    return " ".join([message.text, *texts(message.blocks)])


def until(true: Callable[[], Any], seconds: float = 60) -> None:
    """Wait until something is the case that nobody tells of; looked at often."""
    end = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < end, "that did not come about"
        time.sleep(0.01)


def settings_for(server: SlackServer, **more: object) -> dict[str, object]:
    """The settings of an app in one workspace over HTTP."""
    base: dict[str, object] = {
        "slack_bot_token": server.workspace().token,
        "slack_signing_secret": SECRET,
        "slack_api_url": server.url,
        "public_url": PUBLIC,
        "slack_person_quota": "100000/minute",
        "slack_workspace_quota": "100000/minute",
        "secret_key": "a secret of the orchard that is long enough",
    }
    return base | more


@contextmanager
def world(folder: Path, server: SlackServer, *, times: Times | None = None, **more: object) -> Iterator[World]:
    """The whole service until the block ends, with other settings and times where given."""
    app, held = orchard(folder, **settings_for(server, **more))
    with served(service_of(app, times or Times())) as service:
        sender = Sender(server, f"{service.url}/slack/events")
        yield World(server, app, held, sender, service)
