"""Each question gets one answer: whatever Slack sends twice, whoever else writes, wherever it is asked."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from assistant.slack.model import Place
from tests.fakes.slack import payloads
from tests.fakes.slack.browser import install
from tests.fakes.slack.sender import Sender
from tests.fakes.slack.server import CLIENT, SlackServer, slack
from tests.fakes.slack.world import GATE_QUESTION, GATE_SAID, POND_QUESTION, POND_SAID, World, words, world


@pytest.fixture(scope="module")
def server() -> Iterator[SlackServer]:
    with slack() as made:
        yield made


@pytest.fixture(scope="module")
def orchard(server: SlackServer, tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    with world(tmp_path_factory.mktemp("orchard"), server) as made:
        yield made


@pytest.fixture(autouse=True)
def fresh(orchard: World) -> None:
    orchard.asked()


def test_a_direct_question_is_answered_in_its_thread(orchard: World) -> None:
    said = orchard.sender.asks(GATE_QUESTION, channel="D0A")
    answer = orchard.answered(said)
    assert answer.thread_ts == said.ts
    assert "Gate rule" in words(answer)  # the source stands under it
    assert orchard.sender.deliveries[-1].acked
    kept = orchard.app.slack.threads.of(Place(said.team, said.channel, said.ts))
    assert kept is not None and kept.asker
    stored = orchard.app.store.answer(kept.answer_id)
    assert GATE_SAID in stored["text"]


def test_an_event_that_comes_four_times_is_answered_once(orchard: World) -> None:
    said = orchard.server.says("T0ONE", "D0B", "U0ASKER", GATE_QUESTION)
    results = orchard.sender.deliver(orchard.sender.message_event(said, "im"), times=4)
    assert [r.acked for r in results] == [True] * 4
    orchard.answered(said)
    assert orchard.asked() == 1


def test_an_event_that_comes_four_times_at_once_is_answered_once(orchard: World) -> None:
    said = orchard.server.says("T0ONE", "D0C", "U0ASKER", GATE_QUESTION)
    event = orchard.sender.message_event(said, "im")
    with ThreadPoolExecutor(4) as hands:
        results = list(hands.map(lambda _: orchard.sender.deliver(event)[-1], range(4)))
    assert all(r.acked for r in results)
    orchard.answered(said)
    assert orchard.asked() == 1


def test_a_message_with_two_event_ids_is_one_question(orchard: World) -> None:
    said = orchard.server.says("T0ONE", "D0D", "U0ASKER", GATE_QUESTION)
    for _ in range(2):
        orchard.sender.deliver(orchard.sender.message_event(said, "im"))
    orchard.answered(said)
    assert orchard.asked() == 1


@pytest.mark.parametrize("first", ["mention", "message"])
def test_a_mention_that_also_comes_as_a_message_is_answered_once(orchard: World, first: str) -> None:
    said = orchard.server.says("T0ONE", f"C0{first.upper()}", "U0ASKER", f"<@{orchard.sender.bot}> {GATE_QUESTION}")
    pair = [orchard.sender.mention_event(said), orchard.sender.message_event(said, "channel")]
    for event in pair if first == "mention" else reversed(pair):
        orchard.sender.deliver(event)
    orchard.answered(said)
    assert orchard.asked() == 1


def test_the_retry_of_a_lost_delivery_is_not_thrown_away(orchard: World) -> None:
    """A retry whose first delivery never came is the question itself."""
    said = orchard.server.says("T0ONE", "D0E", "U0ASKER", GATE_QUESTION)
    event = orchard.sender.message_event(said, "im")
    orchard.sender.deliver(event, changed={"x-slack-retry-num": "1", "x-slack-retry-reason": "http_timeout"})
    orchard.answered(said)


def test_edited_deleted_and_joined_are_no_questions(orchard: World) -> None:
    said = orchard.sender.asks(GATE_QUESTION, channel="D0F")
    orchard.answered(said)
    sender = orchard.sender
    sender.deliver(sender.event(payloads.edited(said, POND_QUESTION, "im")))
    for subtype in ("message_deleted", "channel_join", "message_replied", "bot_message", "thread_broadcast_x"):
        other = orchard.server.says("T0ONE", "D0F", "U0ASKER", POND_QUESTION)
        sender.deliver(sender.message_event(other, "im", subtype=subtype))
    orchard.quiet()
    assert orchard.asked() == 1
    assert len(orchard.server.ours("D0F")) == 1


def test_bots_are_never_answered(orchard: World) -> None:
    """Two bots that answer each other would never end: neither other bots' messages nor our own count."""
    sender = orchard.sender
    other = orchard.server.says("T0ONE", "D0G", "U0OTHERBOT", GATE_QUESTION)
    sender.deliver(sender.message_event(other, "im", bot_id="B0OTHER", bot_profile={"id": "B0OTHER"}))
    own = orchard.server.says("T0ONE", "D0G", sender.bot, GATE_QUESTION)
    sender.deliver(sender.message_event(own, "im", bot_id="BT0ONE"))
    sender.deliver(sender.message_event(own, "im"))  # even where Slack leaves the bot's id out
    named = orchard.server.says("T0ONE", "C0G", "U0OTHERBOT", f"<@{sender.bot}> {GATE_QUESTION}")
    sender.deliver(sender.mention_event(named, bot_id="B0OTHER"))
    orchard.quiet()
    assert orchard.asked() == 0
    assert orchard.server.ours("D0G") + orchard.server.ours("C0G") == []


def test_an_empty_mention_gets_a_word_on_how_to_ask(orchard: World) -> None:
    said = orchard.sender.mentions("", channel="C0EMPTY")

    def helped() -> list[str]:
        return [words(m) for m in orchard.server.ours("C0EMPTY", user="U0ASKER")]

    orchard.server.wait(helped)
    orchard.quiet()
    assert len(helped()) == 1
    assert orchard.asked() == 0
    assert GATE_SAID not in helped()[0]
    assert said.ts in {m.thread_ts for m in orchard.server.ours("C0EMPTY", user="U0ASKER")} | {said.ts}


def test_the_asker_goes_on_in_the_thread_without_a_mention(orchard: World) -> None:
    said = orchard.sender.mentions(GATE_QUESTION, channel="C0H")
    orchard.answered(said)
    more = orchard.sender.replies(POND_QUESTION, said.ts, channel="C0H")
    orchard.quiet()
    first, second = orchard.server.ours("C0H", said.ts)
    assert GATE_SAID in words(first) and POND_SAID in words(second)
    assert more.ts < second.ts and second.thread_ts == said.ts


def test_people_who_talk_in_a_thread_are_left_alone(orchard: World) -> None:
    said = orchard.sender.mentions(GATE_QUESTION, channel="C0I")
    orchard.answered(said)
    orchard.sender.replies(POND_QUESTION, said.ts, channel="C0I", user="U0OTHER")
    orchard.sender.replies(f"<@U0OTHER> {POND_QUESTION}", said.ts, channel="C0I")
    elsewhere = orchard.server.says("T0ONE", "C0I", "U0OTHER", "Lunch?")
    orchard.sender.replies(POND_QUESTION, elsewhere.ts, channel="C0I")  # a thread that is not ours
    plain = orchard.server.says("T0ONE", "C0I", "U0ASKER", POND_QUESTION)
    orchard.sender.deliver(orchard.sender.message_event(plain, "channel"))
    orchard.quiet()
    assert orchard.asked() == 1
    assert len(orchard.server.ours("C0I")) == 1


def test_another_person_may_ask_in_the_thread_by_mention(orchard: World) -> None:
    said = orchard.sender.mentions(GATE_QUESTION, channel="C0J")
    orchard.answered(said)
    orchard.sender.mentions(POND_QUESTION, channel="C0J", thread=said.ts, user="U0OTHER")
    orchard.quiet()
    assert [POND_SAID in words(m) for m in orchard.server.ours("C0J", said.ts)] == [False, True]


def test_two_workspaces_may_have_channels_of_one_name(server: SlackServer, tmp_path: Path) -> None:
    """Same channel id, same ts even: two questions, each answered where it was asked, with its own token."""
    with world(
        tmp_path, server, slack_bot_token="", slack_client_id=CLIENT[0], slack_client_secret=CLIENT[1]
    ) as orchard:
        senders = []
        for team in ("T0EAST", "T0WEST"):
            install(server, orchard.service.url, team)
            senders.append(Sender(server, orchard.events, team=team))
        east = senders[0].mentions(GATE_QUESTION, channel="C0SAME")
        west = senders[1].mentions(POND_QUESTION, channel="C0SAME")
        orchard.answered(east, GATE_SAID)
        orchard.answered(west, POND_SAID)
        event = senders[1].mention_event(west) | {"event_id": "EvSAME"}
        event["event"] = {**event["event"], "ts": east.ts, "event_ts": east.ts}
        senders[1].deliver(event)  # in the other workspace, this ts was never answered
        orchard.quiet()
        assert len(server.ours("C0SAME", team="T0EAST")) == 1
        assert len(server.ours("C0SAME", team="T0WEST")) == 2


def test_strangers_of_a_shared_channel_are_not_answered(orchard: World) -> None:
    said = orchard.server.says("T0ONE", "C0SHARED", "U0STRANGER", f"<@{orchard.sender.bot}> {GATE_QUESTION}")
    event = orchard.sender.mention_event(said, user_team="T0ELSEWHERE")
    orchard.sender.deliver({**event, "is_ext_shared_channel": True})
    orchard.quiet()
    assert orchard.asked() == 0
    assert orchard.server.ours("C0SHARED") == []


def test_questions_of_one_thread_are_answered_in_order(orchard: World) -> None:
    said = orchard.sender.mentions(GATE_QUESTION, channel="C0K")
    orchard.answered(said)
    orchard.held.free.clear()
    for text in (POND_QUESTION, GATE_QUESTION, POND_QUESTION):
        orchard.sender.mentions(text, channel="C0K", thread=said.ts)
    assert orchard.app.slack.inbox.waiting() == 3
    orchard.held.free.set()
    orchard.quiet()
    answers = [words(m) for m in orchard.server.ours("C0K", said.ts)]
    assert [POND_SAID in a for a in answers] == [False, True, False, True]
