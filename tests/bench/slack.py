"""How soon Slack is told that a question came, and how soon a person reads the first words of its answer.

The fake Slack and the sender run in this process, on the same cores as the service, and a call of Slack's API costs a
millisecond or two here: with the real one, each takes tens to hundreds.
"""

from __future__ import annotations

import itertools
import json
import statistics
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

from tests.fakes.served import Served, served
from tests.fakes.slack.record import Call
from tests.fakes.slack.replicas import prepared
from tests.fakes.slack.sender import Sender
from tests.fakes.slack.server import SlackServer, slack
from tests.fakes.slack.state import Message
from tests.fakes.slack.world import GATE_QUESTION, POND_QUESTION, settings_for
from tests.fakes.slow_service import TODAY

ONE_BY_ONE, TOGETHER, HANDS = 100, 200, 8
DEVELOPMENT = Path("tests/evals/development.jsonl")
ORCHARD = {"embedding_model": "hashing", "today": TODAY.isoformat(), "collection": "orchard"}
SAYING = ("chat.startStream", "chat.appendStream", "chat.postMessage", "chat.update")
ENDING = ("chat.stopStream", "chat.postMessage", "chat.update")


@dataclass(frozen=True)
class Asked:
    """One question: when it was sent, and the seconds until Slack was told that it came."""

    said: Message
    sent: float
    acked: float


def run(folder: Path) -> dict[str, object]:
    """Over the orchard: the app's own cost, for an answer takes milliseconds there."""
    return _measured(prepared(folder), [GATE_QUESTION, POND_QUESTION], ORCHARD)


def over(data: Path) -> dict[str, object]:
    """Over a data directory that is there, with the development questions."""
    lines = DEVELOPMENT.read_text(encoding="utf-8").splitlines()
    return _measured(data, [json.loads(line)["question"] for line in lines if line.strip()], {})


def _measured(data: Path, questions: list[str], settings: dict[str, str]) -> dict[str, object]:
    with slack() as server:
        quotas = dict.fromkeys(("slack_person_quota", "slack_workspace_quota"), "100000/minute")
        named = {k: str(v) for k, v in settings_for(server, **quotas, slack_queue=10_000).items()}
        with served(data, **named, **settings) as service:
            return _asked(server, service, questions)


def _asked(server: SlackServer, service: Served, questions: list[str]) -> dict[str, object]:
    sender = Sender(server, f"{service.url}/slack/events")
    turns = itertools.cycle(questions)
    _answered(server, [_ask(server, sender, next(turns), f"D0WARM{n}") for n in range(10)])
    calm = []
    for n in range(ONE_BY_ONE):
        calm.append(_ask(server, sender, next(turns), f"D0CALM{n}"))
        _answered(server, calm[-1:])
    with ThreadPoolExecutor(HANDS) as hands:
        given = [(next(turns), f"D0BUSY{n}") for n in range(TOGETHER)]
        busy = list(hands.map(lambda pair: _ask(server, sender, *pair), given))
    _answered(server, busy)
    return {**_told(server, "one by one", calm), **_told(server, f"{HANDS} at once", busy)}


def _ask(server: SlackServer, sender: Sender, text: str, channel: str) -> Asked:
    said = server.says("T0ONE", channel, "U0ASKER", text)
    event = sender.message_event(said, "im")
    sent = server.clock.now()
    delivery = sender.deliver(event)[-1]
    assert delivery.acked, delivery
    return Asked(said, sent, delivery.seconds)


def _answered(server: SlackServer, asked: list[Asked]) -> None:
    def done() -> bool:
        there = {c.body.get("channel") for c in server.calls if c.method in ENDING and c.ok}
        return all(a.said.channel in there for a in asked)

    server.wait(done, 120)


def _told(server: SlackServer, name: str, asked: list[Asked]) -> dict[str, object]:
    first: dict[str, float] = {}
    last: dict[str, float] = {}
    for call in server.called(*SAYING, *ENDING):
        channel = str(call.body.get("channel"))
        if call.method in SAYING and _says(call):
            first.setdefault(channel, call.at)
        if call.method in ENDING:
            last[channel] = call.at
    acked = [a.acked for a in asked]
    words = [first[a.said.channel] - a.sent for a in asked]
    whole = [last[a.said.channel] - a.sent for a in asked]
    rows: dict[str, object] = {}
    for what, values in (("acknowledged", acked), ("first words", words), ("whole answer", whole)):
        cuts = statistics.quantiles(values, n=100)
        rows[f"{what} p50 ms, {name}"] = cuts[49] * 1000
        rows[f"{what} p99 ms, {name}"] = cuts[98] * 1000
    return rows


def _says(call: Call) -> bool:
    return bool(call.body.get("markdown_text") or call.body.get("chunks") or call.body.get("text"))
