"""Processes that are killed with kill -9 at each moment of an answer, replicas that race, and a stop in order."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
import sqlalchemy as sa

from tests.fakes.slack.faults import refused
from tests.fakes.slack.record import Call
from tests.fakes.slack.replicas import Replicas, prepared, replicas
from tests.fakes.slack.sender import Sender
from tests.fakes.slack.server import SlackServer, slack
from tests.fakes.slack.state import Message
from tests.fakes.slack.world import GATE_QUESTION, GATE_SAID, POND_QUESTION, POND_SAID, until, words


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return prepared(tmp_path_factory.mktemp("orchard"))


@pytest.fixture(scope="module")
def server() -> Iterator[SlackServer]:
    with slack() as made:
        yield made


@pytest.fixture(scope="module")
def house(data: Path, server: SlackServer) -> Iterator[Replicas]:
    with replicas(data, server) as made:
        yield made


@pytest.fixture
def sender(server: SlackServer, house: Replicas) -> Iterator[Sender]:
    yield Sender(server, house.events)
    server.well()
    for replica in list(house.running):
        house.kill(replica)


def finished(data: Path) -> None:
    """Wait until every question is finished, by the database itself."""
    engine = sa.create_engine(f"sqlite:///{data / 'lsip.sqlite3'}")
    with engine.connect() as c:
        until(lambda: c.execute(sa.text("SELECT count(*) FROM slack_inbox WHERE finished IS NULL")).scalar() == 0)
    engine.dispose()


def one_answer(server: SlackServer, said: Message, answer: str = GATE_SAID) -> Message:
    there = server.ours(said.channel, said.thread_ts or said.ts)
    assert len(there) == 1, [(m.ts, m.streaming_since, words(m)[:200]) for m in there]
    assert answer in words(there[0])
    assert words(there[0]).count("Gate rule") >= 1
    assert not there[0].streaming(server.clock.now())
    return there[0]


MOMENTS = [
    "assistant.threads.setStatus",
    "chat.startStream",
    "chat.appendStream",
    "chat.stopStream",
]


@pytest.mark.parametrize("moment", MOMENTS)
def test_killed_before_a_call_has_its_effect(
    data: Path, server: SlackServer, house: Replicas, sender: Sender, moment: str
) -> None:
    channel = f"D0BEF{MOMENTS.index(moment)}"
    first = house.begin()
    held = server.hold(moment, which=lambda call: channel in call.body.values())
    said = sender.asks(GATE_QUESTION, channel=channel)
    held.came()
    house.kill(first)
    held.cut_off()
    house.begin()
    finished(data)
    one_answer(server, said)


@pytest.mark.parametrize("moment", [*MOMENTS, "chat.update"])
def test_killed_after_a_call_had_its_effect(
    data: Path, server: SlackServer, house: Replicas, sender: Sender, moment: str
) -> None:
    """The effect is there and the process never learns of it."""
    channel = f"D0AFT{[*MOMENTS, 'chat.update'].index(moment)}"
    first = house.begin()
    if moment == "chat.update":  # an answer whose stream was refused half-way is put right by an update
        server.script("chat.stopStream", refused("message_not_in_streaming_state"),
                      which=lambda call: channel in call.body.values())  # fmt: skip
    held = server.hold(moment, which=lambda call: channel in call.body.values(), after=True)
    said = sender.asks(GATE_QUESTION, channel=channel)
    held.came()
    house.kill(first)
    held.cut_off()
    house.begin()
    finished(data)
    one_answer(server, said)


def test_killed_with_many_questions_under_way(
    data: Path, server: SlackServer, house: Replicas, sender: Sender
) -> None:
    first = house.begin()
    held = server.hold("chat.appendStream", times=None)
    asked = [sender.asks(GATE_QUESTION, channel=f"D0MANY{n}") for n in range(12)]
    held.came()
    house.kill(first)
    server.well()
    held.cut_off()
    house.begin()
    finished(data)
    for said in asked:
        one_answer(server, said)


@pytest.mark.parametrize("moment", ["chat.startStream", "chat.postMessage"])
def test_a_process_that_slept_through_its_lease_takes_its_message_back(
    data: Path, server: SlackServer, house: Replicas, sender: Sender, moment: str
) -> None:
    """Its call comes to Slack after another process has answered: one of the two messages is too many."""
    channel = f"D0FROZE{moment[5:9].upper()}"

    def here(call: Call) -> bool:
        return call.body.get("channel") == channel

    first = house.begin()
    if moment == "chat.postMessage":
        server.script("chat.startStream", refused("feature_not_enabled"), which=here)
    held = server.hold(moment, which=here)
    said = sender.asks(GATE_QUESTION, channel=channel)
    held.came()
    house.freeze(first)
    second = house.begin()
    server.wait(lambda: [m for m in server.ours(channel, said.ts) if GATE_SAID in words(m)])
    finished(data)
    held.let_go()
    server.wait(lambda: len(server.ours(channel, said.ts)) == 2)
    house.thaw(first)
    server.wait(lambda: len(server.ours(channel, said.ts)) == 1)
    assert second in house.running
    one_answer(server, said)


def test_a_question_that_came_while_nobody_served_is_answered(
    data: Path, server: SlackServer, house: Replicas, sender: Sender
) -> None:
    """Slack's first delivery waits until its patience ends; a later one is taken in."""
    with ThreadPoolExecutor(1) as hands:
        asking = hands.submit(sender.asks, GATE_QUESTION, channel="D0LATE")
        house.begin()
        said = asking.result(60)
    finished(data)
    one_answer(server, said)


def test_replicas_share_the_work_and_answer_once(
    data: Path, server: SlackServer, house: Replicas, sender: Sender
) -> None:
    for _ in range(2):
        house.begin()
    house.ready()
    said = [server.says("T0ONE", f"D0REP{n}", "U0ASKER", GATE_QUESTION) for n in range(10)]
    events = [sender.message_event(m, "im") for m in said]
    with ThreadPoolExecutor(6) as hands:
        for _ in hands.map(lambda event: sender.deliver(event), events * 3):
            pass
    finished(data)
    for message in said:
        one_answer(server, message)


def test_an_order_of_a_thread_holds_over_replicas(
    data: Path, server: SlackServer, house: Replicas, sender: Sender
) -> None:
    for _ in range(2):
        house.begin()
    house.ready()
    root = sender.mentions(GATE_QUESTION, channel="C0ORDER")
    for text in (POND_QUESTION, GATE_QUESTION, POND_QUESTION):
        sender.mentions(text, channel="C0ORDER", thread=root.ts)
    finished(data)
    answers = [words(m) for m in server.ours("C0ORDER", root.ts)]
    assert [POND_SAID in a for a in answers] == [False, True, False, True]


def test_a_stop_lets_a_running_answer_end(data: Path, server: SlackServer, house: Replicas, sender: Sender) -> None:
    """SIGTERM while an answer is written: it is finished by the process that wrote it, and what waits is left."""
    first = house.begin()
    held = server.hold("chat.appendStream", which=lambda call: call.body.get("channel") == "D0DRAIN")
    said = sender.asks(GATE_QUESTION, channel="D0DRAIN")
    held.came()
    with ThreadPoolExecutor(1) as hands:
        stopping = hands.submit(house.stop, first)
        held.let_go()
        stopping.result(60)
    one_answer(server, said)
    finished(data)


@pytest.mark.parametrize("moment", ["chat.startStream", "chat.appendStream"])
def test_a_stop_hands_on_what_it_cannot_end(data: Path, server: SlackServer, sender: Sender, moment: str) -> None:
    """With no grace the lease is given back at once: the next process need not wait for it to run out."""
    with replicas(data, server, lease=600.0, shutdown_grace=0) as house:
        sender.urls[:] = [house.events]
        first = house.begin()
        channel = f"D0HAND{moment[5:9].upper()}"
        held = server.hold(moment, which=lambda call: call.body.get("channel") == channel, after=True)
        said = sender.asks(GATE_QUESTION, channel=channel)
        held.came()
        house.stop(first)
        held.cut_off()
        house.begin()
        finished(data)
        one_answer(server, said)
