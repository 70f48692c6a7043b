"""What comes to /slack/events is looked at before anything is done: signature, age, door."""

from __future__ import annotations

import time
from collections.abc import Iterator

import httpx
import pytest

from tests.fakes.slack.sender import SECRET, headers
from tests.fakes.slack.server import slack
from tests.fakes.slack.world import GATE_QUESTION, GATE_SAID, World, until, words, world


@pytest.fixture(scope="module")
def orchard(tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    with slack() as server, world(tmp_path_factory.mktemp("orchard"), server, address_quota="1/minute") as made:
        yield made


def untouched(orchard: World) -> bool:
    """Nothing was taken in, and nothing written in Slack."""
    return (
        orchard.app.slack.inbox.waiting() == 0 and orchard.server.called("chat.postMessage", "chat.startStream") == []
    )


@pytest.mark.parametrize(
    "wrong",
    [
        {"secret": "another-secret"},
        {"off": -301},
        {"off": 400},
        {"changed": {"x-slack-signature": "v0=" + "0" * 64}},
        {"changed": {"x-slack-signature": None}},
        {"changed": {"x-slack-request-timestamp": None}},
        {"changed": {"x-slack-request-timestamp": "yesterday"}},
        {"restamped": -60},
        {"changed": {"x-slack-signature": ""}},
    ],
    ids=str,
)
def test_what_is_not_signed_by_slack_is_refused(orchard: World, wrong: dict[str, object]) -> None:
    said = orchard.server.says("T0ONE", "D0ASKER", "U0ASKER", GATE_QUESTION)
    payload = orchard.sender.message_event(said, "im")
    now = time.time()
    if "off" in wrong:  # seconds that the signed moment is off
        wrong = {"at": now + int(str(wrong["off"]))}
    if "restamped" in wrong:  # another moment than the one that was signed
        wrong = {"changed": {"x-slack-request-timestamp": str(int(now) + int(str(wrong["restamped"])))}}
    (result,) = orchard.sender.deliver(payload, retries=0, **wrong)  # type: ignore[arg-type]
    assert result.status in (400, 401), result
    assert "Traceback" not in result.body
    assert untouched(orchard)


def test_a_body_that_was_changed_on_the_way_is_refused(orchard: World) -> None:
    raw = '{"type": "url_verification", "challenge": "a"}'
    changed = raw.replace('"a"', '"b"')
    assert httpx.post(orchard.events, content=changed, headers=headers(raw)).status_code in (400, 401)
    assert httpx.post(orchard.events, content=raw, headers=headers(raw)).status_code == 200


def test_slack_is_told_its_challenge(orchard: World) -> None:
    raw = '{"token": "t", "type": "url_verification", "challenge": "3eZbrw1aB"}'
    answer = httpx.post(orchard.events, content=raw, headers=headers(raw, secret=SECRET))
    assert (answer.status_code, "3eZbrw1aB" in answer.text) == (200, True)


def test_what_is_no_slack_request_does_not_break_it(orchard: World) -> None:
    for raw in ("", "{", "[]", "null", '"x"', "payload=%7B", "\x00"):
        for form in (False, True):
            answer = httpx.post(orchard.events, content=raw, headers=headers(raw, form=form))
            assert answer.status_code < 500, (raw, form, answer.text)
            assert "Traceback" not in answer.text
    assert httpx.get(orchard.events).status_code in (404, 405)
    assert untouched(orchard)


def test_slacks_servers_are_not_counted_as_one_address(orchard: World) -> None:
    """Whatever comes from Slack comes from few addresses; a quota of one question a minute does not meet it."""
    for number in range(3):
        said = orchard.sender.asks(GATE_QUESTION, channel=f"D0Q{number}")
        orchard.answered(said)


def test_behind_a_closed_door_nothing_is_answered(orchard: World) -> None:
    switch = orchard.app.office.sites.switch_door

    def closed() -> bool:
        said = orchard.sender.asks(GATE_QUESTION, channel="D0SHUT")
        orchard.quiet()
        return not any(GATE_SAID in words(m) for m in orchard.server.ours("D0SHUT", said.ts))

    switch("slack", on=False, comment="a test")
    until(closed)  # within two seconds
    assert closed()
    switch("slack", on=True, comment="over")
    until(lambda: not closed())
