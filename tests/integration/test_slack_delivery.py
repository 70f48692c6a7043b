"""An answer on its way to Slack: streamed, put right when the stream dies, waited for, cut, never lost or doubled."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from assistant.answering.model import AnswerStatus
from assistant.slack.status import REFRESH
from tests.fakes.slack.faults import Fault, broken, dropped, ratelimited, refused
from tests.fakes.slack.server import slack
from tests.fakes.slack.serving import Times
from tests.fakes.slack.speeches import Speaker
from tests.fakes.slack.state import STATUS_SECONDS, Message
from tests.fakes.slack.world import GATE_QUESTION, GATE_SAID, World, words, world

SENTENCES = [f"Sentence {n} of the orchard's rules says what happens at gate {n}." for n in range(1, 6)]


@pytest.fixture(scope="module")
def orchard(tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    with slack() as server, world(tmp_path_factory.mktemp("orchard"), server) as made:
        yield made


@pytest.fixture(autouse=True)
def well(orchard: World) -> Iterator[None]:
    yield
    orchard.server.well()
    orchard.app.assistant = orchard.held  # type: ignore[assignment]
    orchard.held.free.set()


def speaks(orchard: World, *sentences: str, **how: Any) -> Speaker:
    speaker = Speaker(sentences or SENTENCES, **how)
    orchard.app.assistant = speaker  # type: ignore[assignment]
    return speaker


def the_one(orchard: World, said: Message) -> Message:
    """The only message of ours in a thread when everything is done."""
    orchard.quiet()
    there = orchard.server.ours(said.channel, said.thread_ts or said.ts, team=said.team)
    assert len(there) == 1, [words(m)[:300] for m in there]
    assert not there[0].streaming(orchard.server.clock.now())
    return there[0]


def test_statements_are_streamed_as_they_are_said(orchard: World) -> None:
    seen: list[str] = []

    def look(number: int) -> None:
        if number > 1:
            shown = orchard.server.wait(
                lambda: [m for m in orchard.server.ours("D0ST") if SENTENCES[number - 2] in m.text]
            )
            seen.append(shown[0].text)

    speaks(orchard, between=look)
    said = orchard.sender.asks(GATE_QUESTION, channel="D0ST")
    answer = the_one(orchard, said)
    assert len(seen) == len(SENTENCES) - 1
    assert all(sentence in words(answer) for sentence in SENTENCES)
    assert "Orchard rules, part 1" in words(answer)
    assert answer.updates == 0


def test_a_stream_that_dies_is_put_right_in_the_same_message(orchard: World) -> None:
    def age(number: int) -> None:
        if number == 4:
            orchard.server.wait(lambda: [m for m in orchard.server.ours("D0EX") if SENTENCES[2] in m.text])
            orchard.server.clock.advance(301)

    speaks(orchard, between=age)
    said = orchard.sender.asks(GATE_QUESTION, channel="D0EX")
    answer = the_one(orchard, said)
    assert answer.updates >= 1
    assert [words(answer).count(sentence) >= 1 for sentence in SENTENCES] == [True] * len(SENTENCES)
    assert "message_not_in_streaming_state" in {c.error for c in orchard.server.called()}


def test_an_answer_that_ends_otherwise_than_it_began_is_replaced(orchard: World) -> None:
    speaks(orchard, other_in_the_end=True)
    said = orchard.sender.asks(GATE_QUESTION, channel="D0OT")
    answer = the_one(orchard, said)
    assert "does not hold" in words(answer)
    assert SENTENCES[0] not in words(answer)


@pytest.mark.parametrize("method", ["chat.startStream", "chat.appendStream", "chat.stopStream"])
@pytest.mark.parametrize(
    ("name", "fault"),
    [
        ("limit", ratelimited(1)),
        ("error", refused("message_not_in_streaming_state")),
        ("unknown", refused("feature_not_enabled")),
        ("broken", broken(500)),
        ("before", dropped("before")),
        ("after", dropped("after")),
    ],
)
def test_whatever_a_stream_meets_the_answer_is_whole_and_single(
    orchard: World, method: str, name: str, fault: Fault
) -> None:
    channel = f"D0{method[5:9].upper()}{name.upper()}"
    speaks(orchard)
    orchard.server.script(method, fault, which=lambda call: call.body.get("channel") == channel)
    said = orchard.sender.asks(GATE_QUESTION, channel=channel)
    answer = the_one(orchard, said)
    assert all(sentence in words(answer) for sentence in SENTENCES)
    assert "Orchard rules, part 1" in words(answer)
    assert len(orchard.server.called("chat.startStream")) < 200


@pytest.mark.parametrize(
    ("name", "fault"),
    [
        ("limit", ratelimited(1)),
        ("broken", broken(500)),
        ("before", dropped("before")),
        ("after", dropped("after")),
        ("blocks", refused("invalid_blocks")),
    ],
)
def test_without_a_stream_the_answer_is_posted_once(orchard: World, name: str, fault: Fault) -> None:
    """A workspace where nothing can be streamed, and a post that goes wrong in each way."""
    channel = f"D0POST{name.upper()}"
    speaks(orchard)

    def here(call: Any) -> bool:
        return bool(call.body.get("channel") == channel)

    orchard.server.script(
        "chat.startStream", refused("method_not_supported_for_channel_type"), times=None, which=here
    )
    orchard.server.script("chat.postMessage", fault, which=here)
    said = orchard.sender.asks(GATE_QUESTION, channel=channel)
    answer = the_one(orchard, said)
    assert all(sentence in words(answer) for sentence in SENTENCES)


def test_an_update_that_meets_a_limit_is_made_later(orchard: World) -> None:
    speaks(orchard, other_in_the_end=True)
    orchard.server.script("chat.update", ratelimited(1), times=2)
    said = orchard.sender.asks(GATE_QUESTION, channel="D0UP")
    assert "does not hold" in words(the_one(orchard, said))


def test_waiting_for_slack_holds_up_no_acknowledgement(orchard: World) -> None:
    speaks(orchard)
    orchard.server.script("*", ratelimited(2), times=3)
    said = orchard.sender.asks(GATE_QUESTION, channel="D0WAIT")
    assert orchard.sender.deliveries[-1].acked and orchard.sender.deliveries[-1].attempt == 0
    the_one(orchard, said)


def test_a_long_answer_is_cut_with_a_reason_and_a_link(orchard: World) -> None:
    long = [f"Rule {n} of the orchard says this at some length, for the sake of gate {n}. " + "word " * 60
            for n in range(1, 61)]  # fmt: skip
    speaks(orchard, *long)
    said = orchard.sender.asks(GATE_QUESTION, channel="D0LONG")
    answer = the_one(orchard, said)
    assert "Rule 1 of" in words(answer)
    assert "https://orchard.example/answers/" in str(answer.blocks) + answer.text
    assert not {"msg_too_long", "msg_blocks_too_long", "invalid_blocks"} & {
        c.error for c in orchard.server.called() if c.body.get("channel") == "D0LONG"
    }


@pytest.mark.parametrize("status", [s for s in AnswerStatus if s not in (AnswerStatus.ANSWERED, AnswerStatus.BUSY)])
def test_every_status_is_told(orchard: World, status: AnswerStatus) -> None:
    speaker = speaks(orchard, "Nothing is known of that.", status=status)
    said = orchard.sender.asks(GATE_QUESTION, channel=f"D0S{status.name.replace('_', '')}")
    answer = the_one(orchard, said)
    assert len(speaker.asked) == 1
    assert len(words(answer)) > 20 and "Nothing is known of that." in words(answer)


def test_a_fault_of_ours_is_told_without_its_particulars(orchard: World) -> None:
    def trip(number: int) -> None:
        if number == 3:
            raise RuntimeError("a secret particular")

    speaks(orchard, between=trip)
    said = orchard.sender.asks(GATE_QUESTION, channel="D0FAIL")
    answer = the_one(orchard, said)
    assert "secret particular" not in words(answer) and "Error" not in words(answer)
    assert words(answer).strip()


def test_a_slow_answer_keeps_its_status_alive(tmp_path: Path) -> None:
    """Slack takes a status away after two minutes; it is said again and again while the answer is made."""
    with slack() as server, world(tmp_path, server, times=Times(refresh=0.2)) as orchard:
        orchard.held.free.clear()
        said = orchard.sender.asks(GATE_QUESTION, channel="D0SLOW")
        server.wait(lambda: server.status("D0SLOW", said.ts))
        for _ in range(3):
            server.clock.advance(STATUS_SECONDS + 1)
            server.wait(lambda: server.status("D0SLOW", said.ts))
        orchard.held.free.set()
        assert GATE_SAID in words(the_one(orchard, said))
        assert server.status("D0SLOW", said.ts) == ""
    assert REFRESH < STATUS_SECONDS / 1.5


def test_who_asks_too_often_is_told_when_to_come_back(tmp_path: Path) -> None:
    with slack() as server, world(tmp_path, server, slack_person_quota="2/day") as orchard:
        asked = [orchard.sender.mentions(GATE_QUESTION, channel="C0OFTEN") for _ in range(4)]
        other = orchard.sender.mentions(GATE_QUESTION, channel="C0OFTEN", user="U0OTHER")
        orchard.quiet()
        answered = [m.thread_ts for m in server.ours("C0OFTEN") if GATE_SAID in words(m)]
        assert sorted(answered) == sorted([asked[0].ts, asked[1].ts, other.ts])
        told = [m for m in server.ours("C0OFTEN", user="U0ASKER") if GATE_SAID not in words(m)]
        assert len(told) == 2


def test_when_too_many_wait_people_are_told_once_and_at_once(tmp_path: Path) -> None:
    with slack() as server, world(tmp_path, server, slack_queue=2, slack_workers=1) as orchard:
        orchard.held.free.clear()
        asked = [orchard.sender.asks(GATE_QUESTION, channel=f"D0Q{n}") for n in range(8)]
        server.wait(lambda: sum(bool(server.ours(m.channel, m.ts)) for m in asked) >= 5)
        orchard.held.free.set()
        orchard.quiet()
        there = [server.ours(m.channel, m.ts) for m in asked]
        assert [len(t) for t in there] == [1] * 8
        assert 2 <= sum(GATE_SAID in words(t[0]) for t in there) <= 3


def test_a_workspace_that_lost_us_ends_the_job(orchard: World) -> None:
    orchard.server.script("*", refused("account_inactive"), times=None)
    orchard.sender.asks(GATE_QUESTION, channel="D0GONE")
    orchard.quiet()
    assert orchard.server.ours("D0GONE") == []


def test_an_ephemeral_answer_is_seen_by_the_asker_alone(orchard: World) -> None:
    delivery = orchard.sender.commands(GATE_QUESTION, channel="C0CMD")
    assert delivery.acked
    orchard.quiet()
    assert GATE_SAID in " ".join(words(m) for m in orchard.server.ours("C0CMD", user="U0ASKER"))
    assert orchard.server.ours("C0CMD") == []
