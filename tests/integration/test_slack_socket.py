"""`lsip slack` as a process: a connection that it opens to Slack, over which everything comes."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.fakes.served import ROOT
from tests.fakes.slack.replicas import prepared
from tests.fakes.slack.sender import Sender
from tests.fakes.slack.server import APP_TOKEN, SlackServer, slack
from tests.fakes.slack.state import Message
from tests.fakes.slack.world import GATE_QUESTION, GATE_SAID, settings_for, words
from tests.fakes.slow_service import TODAY


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return prepared(tmp_path_factory.mktemp("orchard"))


def begun(data: Path, server: SlackServer, **more: object) -> subprocess.Popen[str]:
    kept = {k: v for k, v in os.environ.items() if not k.startswith("LSIP_")}
    given = {"data_dir": data, "embedding_model": "hashing", "today": TODAY, "collection": "orchard"}
    named = settings_for(server, slack_signing_secret="", slack_app_token=APP_TOKEN) | given | more
    return subprocess.Popen(
        [sys.executable, "-m", "assistant.cli.app", "slack"],
        cwd=ROOT,
        env={**kept, **{f"LSIP_{name.upper()}": str(value) for name, value in named.items()}},
        stderr=subprocess.PIPE,
        text=True,
    )


@contextmanager
def socket_mode(data: Path, server: SlackServer, **more: object) -> Iterator[subprocess.Popen[str]]:
    process = begun(data, server, **more)
    try:
        server.sockets.connected(seconds=120)
        yield process
    finally:
        process.kill()
        process.communicate()


@pytest.fixture(scope="module")
def server() -> Iterator[SlackServer]:
    with slack() as made:
        yield made


@pytest.fixture(scope="module")
def running(data: Path, server: SlackServer) -> Iterator[None]:
    with socket_mode(data, server):
        yield


@pytest.fixture
def sender(server: SlackServer, running: None) -> Sender:
    server.sockets.connected()
    return Sender(server)


def ask(server: SlackServer, sender: Sender, channel: str) -> tuple[Message, dict[str, object]]:
    said = server.says("T0ONE", channel, "U0ASKER", GATE_QUESTION)
    return said, sender.message_event(said, "im")


def answered(server: SlackServer, said: Message) -> None:
    def done() -> bool:
        there = server.ours(said.channel, said.ts)
        return bool(there) and GATE_SAID in words(there[-1]) and there[-1].streaming_since is None

    server.wait(done)
    assert len(server.ours(said.channel, said.ts)) == 1


def test_a_question_over_the_socket_is_acked_and_answered(server: SlackServer, sender: Sender) -> None:
    said, event = ask(server, sender, "D0SOCK")
    ack = server.sockets.acked(server.sockets.send("events_api", event))
    assert ack.payload in (None, {})
    answered(server, said)


def test_what_comes_again_over_the_socket_is_answered_once(server: SlackServer, sender: Sender) -> None:
    said, event = ask(server, sender, "D0TWICE")
    for retry in (None, 1, 2, 3):
        server.sockets.acked(server.sockets.send("events_api", event, retry=retry))
    answered(server, said)
    other, event = ask(server, sender, "D0AFTER")
    server.sockets.acked(server.sockets.send("events_api", event))
    answered(server, other)
    assert len(server.ours("D0TWICE")) == 1


@pytest.mark.parametrize("how", ["refresh", "cut"])
def test_the_connection_is_made_anew(server: SlackServer, sender: Sender, how: str) -> None:
    before = server.sockets.hellos
    if how == "refresh":
        server.sockets.ask_to_refresh()
    else:
        server.sockets.cut()
    server.wait(lambda: server.sockets.hellos > before, 60)
    server.sockets.connected()
    said, event = ask(server, sender, f"D0{how.upper()}")
    server.sockets.acked(server.sockets.send("events_api", event))
    answered(server, said)


def test_a_command_over_the_socket_is_answered_to_the_asker(server: SlackServer, sender: Sender) -> None:
    payload = sender.command_payload(GATE_QUESTION, channel="C0SOCKCMD")
    server.sockets.acked(server.sockets.send("slash_commands", payload))
    server.wait(lambda: [m for m in server.ours("C0SOCKCMD", user="U0ASKER") if GATE_SAID in words(m)])
    assert server.ours("C0SOCKCMD") == []


def test_a_stop_is_in_order_and_answers_what_was_begun(data: Path) -> None:
    with slack() as server, socket_mode(data, server) as process:
        sender = Sender(server)
        held = server.hold("chat.appendStream")
        said, event = ask(server, sender, "D0STOP")
        server.sockets.acked(server.sockets.send("events_api", event))
        held.came()
        process.send_signal(signal.SIGTERM)
        server.wait(lambda: server.sockets.open == 0)
        held.let_go()
        _, logged = process.communicate(timeout=60)
        assert process.returncode in (0, -signal.SIGTERM), logged
        assert "Traceback" not in logged
        answered(server, said)


def test_a_wrong_token_is_told_in_words(data: Path) -> None:
    with slack() as server:
        process = begun(data, server, slack_app_token="xapp-of-nobody")
        _, logged = process.communicate(timeout=120)
        assert process.returncode == 2, logged
        assert "LSIP_SLACK_APP_TOKEN" in logged and "Traceback" not in logged and "xapp-of-nobody" not in logged
