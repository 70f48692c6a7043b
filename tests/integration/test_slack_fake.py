"""The fake Slack itself, asked by Slack's own client: what other proofs rest on."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import aiohttp
import httpx
import pytest
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError
from slack_sdk.http_retry.builtin_handlers import RateLimitErrorRetryHandler
from slack_sdk.signature import SignatureVerifier
from slack_sdk.webhook import WebhookClient

from tests.fakes.slack.faults import broken, dropped, ratelimited, refused
from tests.fakes.slack.sender import SECRET, headers
from tests.fakes.slack.server import APP_TOKEN, CLIENT, SlackServer, slack
from tests.fakes.slack.state import SCOPES

ROOT = "1700000000.000100"


@pytest.fixture
def server() -> Iterator[SlackServer]:
    with slack() as made:
        yield made


@pytest.fixture
def client(server: SlackServer) -> WebClient:
    made = WebClient(server.workspace().token, base_url=server.url)
    made.retry_handlers = []
    return made


def error_of(call: Any, *arguments: Any, **named: Any) -> str:
    with pytest.raises(SlackApiError) as caught:
        call(*arguments, **named)
    return str(caught.value.response["error"])


def section(text: str) -> dict[str, Any]:
    return {"type": "section", "text": {"type": "mrkdwn", "text": text}}


def test_a_message_is_posted_changed_and_seen(server: SlackServer, client: WebClient) -> None:
    metadata = {"event_type": "lsip_answer", "event_payload": {"job": "1"}}
    posted = client.chat_postMessage(channel="D1A", text="one", thread_ts=ROOT, metadata=metadata)
    client.chat_update(channel="D1A", ts=posted["ts"], text="two", blocks=[section("two")])
    (seen,) = server.ours("D1A", ROOT)
    assert (seen.text, seen.blocks, seen.updates) == ("two", [section("two")], 1)
    replies = client.conversations_replies(channel="D1A", ts=ROOT, include_all_metadata=True)
    assert [m["metadata"]["event_payload"] for m in replies["messages"]] == [{"job": "1"}]
    assert [c.body.get("text") for c in server.called("chat.postMessage", "chat.update")] == ["one", "two"]
    assert server.messages("D1A", team="T0OTHER") == []


def test_names_of_messages_are_never_given_twice(server: SlackServer, client: WebClient) -> None:
    names = [client.chat_postMessage(channel="C1A", text="x")["ts"] for _ in range(50)]
    assert len(set(names)) == 50 and names == sorted(names)


@pytest.mark.parametrize(
    ("payload", "error"),
    [
        ({"text": "x", "blocks": [section("y" * 3001)]}, "invalid_blocks"),
        ({"text": "x", "blocks": [section("y")] * 51}, "invalid_blocks"),
        ({"text": "x", "blocks": [section("y" * 2990)] * 5}, "msg_blocks_too_long"),
        ({"text": "x" * 4001}, "msg_too_long"),
        ({"text": ""}, "no_text"),
        ({"text": "x", "thread_ts": "17"}, "invalid_thread_ts"),
        ({"text": "x", "blocks": [{"type": "actions", "elements": [
            {"type": "button", "action_id": "a", "text": {"type": "plain_text", "text": "y" * 76}}]}]},
         "invalid_blocks"),
        ({"text": "x", "metadata": {"event_payload": {}}}, "invalid_metadata_format"),
    ],
)  # fmt: skip
def test_what_breaks_a_rule_is_refused(
    server: SlackServer, client: WebClient, payload: dict[str, Any], error: str
) -> None:
    assert error_of(client.api_call, "chat.postMessage", json={"channel": "C1A", **payload}) == error
    assert server.messages("C1A") == []


def test_tokens_are_looked_at(server: SlackServer, client: WebClient) -> None:
    def asks(token: str) -> str:
        return error_of(WebClient(token, base_url=server.url).chat_postMessage, channel="C1A", text="x")

    assert asks("xoxb-of-nobody") == "invalid_auth"
    assert asks(APP_TOKEN) == "not_allowed_token_type"
    few = server.workspace("T0FEW", scopes=frozenset({"commands"}))
    assert asks(few.token) == "missing_scope"
    client.auth_revoke()
    assert asks(str(client.token)) == "token_revoked"


def test_a_stream_lives_five_minutes(server: SlackServer, client: WebClient) -> None:
    started = client.chat_startStream(channel="D1A", thread_ts=ROOT, markdown_text="The ")
    ts = started["ts"]
    client.chat_appendStream(channel="D1A", ts=ts, markdown_text="pond.")
    assert error_of(client.chat_update, channel="D1A", ts=ts, text="x") == "streaming_state_conflict"
    server.clock.advance(301)
    for call in (client.chat_appendStream, client.chat_stopStream):
        assert error_of(call, channel="D1A", ts=ts, markdown_text="x") == "message_not_in_streaming_state"
    client.chat_update(channel="D1A", ts=ts, text="The whole answer.")
    assert [m.text for m in server.ours("D1A")] == ["The whole answer."]


def test_a_stream_ends_with_blocks_and_ends_once(server: SlackServer, client: WebClient) -> None:
    stream = client.chat_stream(
        channel="C1A", thread_ts=ROOT, recipient_team_id="T0ONE", recipient_user_id="U1", buffer_size=1
    )
    stream.append(markdown_text="One. ")
    stream.append(markdown_text="Two.")
    stream.stop(blocks=[section("sources")])
    (seen,) = server.ours("C1A", ROOT)
    assert (seen.text, seen.blocks) == ("One. Two.", [section("sources")])
    assert error_of(client.chat_stopStream, channel="C1A", ts=seen.ts) == "message_not_in_streaming_state"
    assert error_of(client.chat_startStream, channel="C1A", thread_ts=ROOT) == "missing_recipient_team_id"


def test_faults_come_as_written(server: SlackServer, client: WebClient) -> None:
    server.script("chat.postMessage", refused("channel_not_found"))
    assert error_of(client.chat_postMessage, channel="C1A", text="x") == "channel_not_found"
    server.script("chat.postMessage", broken(503), which=lambda call: call.body["text"] == "b")
    client.chat_postMessage(channel="C1A", text="a")
    assert client.token is not None
    got = httpx.post(
        f"{server.url}chat.postMessage",
        json={"channel": "C1A", "text": "b"},
        headers={"Authorization": f"Bearer {client.token}"},
    )
    assert got.status_code == 503
    server.script("chat.postMessage", dropped("before"))
    server.script("chat.postMessage", dropped("after"))
    for text in ("c", "d"):
        with pytest.raises(OSError):
            client.chat_postMessage(channel="C1A", text=text)
    assert [m.text for m in server.ours("C1A")] == ["a", "d"]
    server.script("chat.postMessage", ratelimited(0))
    client.retry_handlers = [RateLimitErrorRetryHandler(max_retry_count=1)]
    client.chat_postMessage(channel="C1A", text="e")
    assert server.ours("C1A")[-1].text == "e"


def test_a_channel_takes_a_message_a_second(server: SlackServer, client: WebClient) -> None:
    server.pace = 1
    for _ in range(3):
        client.chat_postMessage(channel="C1A", text="x")
    assert error_of(client.chat_postMessage, channel="C1A", text="x") == "ratelimited"
    client.chat_postMessage(channel="C2A", text="x")
    server.clock.advance(3)
    client.chat_postMessage(channel="C1A", text="x")


def test_a_response_url_serves_five_times_within_half_an_hour(server: SlackServer) -> None:
    server.workspace()
    url = server.state.new_response_url("T0ONE", "C1A", "U1")
    hook = WebhookClient(url)
    hook.send(text="0")
    assert [hook.send(text=str(n), replace_original=True).status_code for n in range(1, 5)] == [200] * 4
    assert hook.send(text="6").status_code == 404
    assert [m.text for m in server.messages("C1A", user="U1")] == ["4"]
    assert server.messages("C1A", user="U2") == []
    server.reload("U1")
    assert server.messages("C1A", user="U1") == []
    late = server.state.new_response_url("T0ONE", "C1A", "U1")
    server.clock.advance(1801)
    assert WebhookClient(late).send(text="x").body == "expired_url"


def test_a_status_fades_after_two_minutes_or_an_answer(server: SlackServer, client: WebClient) -> None:
    client.assistant_threads_setStatus(channel_id="D1A", thread_ts=ROOT, status="reads ...")
    assert server.status("D1A", ROOT) == "reads ..."
    server.clock.advance(121)
    assert server.status("D1A", ROOT) == ""
    client.assistant_threads_setStatus(channel_id="D1A", thread_ts=ROOT, status="reads ...")
    client.chat_postMessage(channel="D1A", thread_ts=ROOT, text="x")
    assert server.status("D1A", ROOT) == ""


def test_modals_need_a_fresh_trigger(server: SlackServer, client: WebClient) -> None:
    view = {"type": "modal", "title": {"type": "plain_text", "text": "T"}, "blocks": [section("x")]}
    trigger = server.state.new_trigger("T0ONE", "U1")
    client.views_open(trigger_id=trigger, view=view)
    assert len(server.views("U1")) == 1
    assert error_of(client.views_open, trigger_id=trigger, view=view) == "exchanged_trigger_id"
    late = server.state.new_trigger("T0ONE", "U1")
    server.clock.advance(4)
    assert error_of(client.views_open, trigger_id=late, view=view) == "expired_trigger_id"
    long = {**view, "title": {"type": "plain_text", "text": "T" * 25}}
    fresh = server.state.new_trigger("T0ONE", "U1")
    assert error_of(client.views_open, trigger_id=fresh, view=long) == "invalid_arguments"


def test_a_code_gives_a_token_once_and_tokens_turn_over(server: SlackServer) -> None:
    code = server.consent("T0NEW", "https://app.example/back", rotates=3600)
    plain = WebClient(base_url=server.url)
    named = {"client_id": CLIENT[0], "client_secret": CLIENT[1]}
    redirect = {"redirect_uri": "https://app.example/back"}
    wrong = {**named, "client_secret": "x"}
    assert error_of(plain.oauth_v2_access, code=code, **wrong, **redirect) == "bad_client_secret"
    given = plain.oauth_v2_access(code=code, **named, **redirect)
    assert error_of(plain.oauth_v2_access, code=code, **named, **redirect) == "invalid_code"
    assert set(given["scope"].split(",")) == SCOPES and given["expires_in"] > 3500
    old = WebClient(given["access_token"], base_url=server.url)
    old.auth_test()
    refresh = {"grant_type": "refresh_token", "refresh_token": given["refresh_token"]}
    new = plain.oauth_v2_access(**named, **refresh)
    assert error_of(plain.oauth_v2_access, **named, **refresh) == "invalid_refresh_token"
    server.clock.advance(3601)
    assert error_of(old.auth_test) == "token_expired"
    assert WebClient(new["access_token"], base_url=server.url).auth_test()["team_id"] == "T0NEW"


def test_calls_wait_while_they_are_held(server: SlackServer, client: WebClient) -> None:
    import threading

    held = server.hold("chat.postMessage")
    caller = threading.Thread(target=lambda: client.chat_postMessage(channel="C1A", text="x"))
    caller.start()
    held.came()
    assert server.ours("C1A") == []
    held.let_go()
    caller.join(10)
    assert len(server.ours("C1A")) == 1


def test_socket_mode_greets_and_hears_acks(server: SlackServer) -> None:
    import asyncio

    opened = WebClient(APP_TOKEN, base_url=server.url).apps_connections_open(app_token=APP_TOKEN)

    async def connect() -> list[str]:
        async with aiohttp.ClientSession() as session, session.ws_connect(opened["url"]) as socket:
            heard = [json.loads((await socket.receive()).data)["type"]]
            await asyncio.to_thread(server.sockets.connected)
            name = await asyncio.to_thread(server.sockets.send, "events_api", {"a": 1}, retry=1)
            sent = json.loads((await socket.receive()).data)
            assert (sent["envelope_id"], sent["retry_attempt"]) == (name, 1)
            await socket.send_str(json.dumps({"envelope_id": name}))
            await asyncio.to_thread(server.sockets.acked, name)
            return heard

    assert asyncio.run(connect()) == ["hello"]
    assert httpx.get(opened["url"].replace("ws", "http", 1)).status_code == 403  # a ticket serves once


def test_what_it_sends_is_signed() -> None:
    given = headers('{"a": 1}')
    verify = SignatureVerifier(SECRET)
    assert verify.is_valid_request('{"a": 1}', given)
    assert not verify.is_valid_request('{"a": 2}', given)
