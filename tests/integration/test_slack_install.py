"""Installs from the first page to the last token: consent, state, rotation, and what an uninstall deletes."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from assistant.slack.model import Place
from tests.fakes.slack.browser import Browser, install
from tests.fakes.slack.sender import Sender
from tests.fakes.slack.server import CLIENT, SlackServer, slack
from tests.fakes.slack.state import SCOPES
from tests.fakes.slack.world import GATE_QUESTION, GATE_SAID, PUBLIC, World, until, words, world

REFUSED = (400, 401, 403)
OAUTH = {"slack_bot_token": "", "slack_client_id": CLIENT[0], "slack_client_secret": CLIENT[1]}


@pytest.fixture(scope="module")
def server() -> Iterator[SlackServer]:
    with slack() as made:
        yield made


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("orchard")


@pytest.fixture(scope="module")
def orchard(server: SlackServer, folder: Path) -> Iterator[World]:
    with world(folder, server, times=None, **OAUTH) as made:
        yield made


def sender(orchard: World, team: str) -> Sender:
    return Sender(orchard.server, orchard.events, team=team)


def token_used(orchard: World, channel: str) -> set[str]:
    return {c.token for c in orchard.server.called("chat.startStream") if c.body["channel"] == channel}


def test_a_workspace_installs_the_app_and_asks(orchard: World) -> None:
    wanted = Browser(orchard.service.url).wanted
    assert wanted["client_id"] == CLIENT[0]
    assert wanted["redirect_uri"] == f"{PUBLIC}/slack/oauth_redirect"
    assert not wanted.get("user_scope")
    assert set(wanted["scope"].split(",")) == SCOPES
    done = install(orchard.server, orchard.service.url, "T0FIRST")
    assert "xoxb" not in done.text
    said = sender(orchard, "T0FIRST").asks(GATE_QUESTION, channel="D0FIRST")
    orchard.answered(said)
    (used,) = token_used(orchard, "D0FIRST")
    assert used.startswith("xoxb-T0FIRST") and orchard.server.state.tokens[used].scopes == frozenset(
        wanted["scope"].split(",")
    )


def test_no_token_can_be_read_in_the_data_directory(orchard: World, folder: Path) -> None:
    install(orchard.server, orchard.service.url, "T0HIDDEN", rotates=20_000)
    secrets = [t.value for t in orchard.server.state.tokens.values() if t.team == "T0HIDDEN"]
    secrets += [t.refresh for t in orchard.server.state.tokens.values() if t.team == "T0HIDDEN" and t.refresh]
    assert len(secrets) >= 2
    for path in (folder / "data").rglob("*"):
        if path.is_file():
            held = path.read_bytes()
            assert not [s for s in secrets if s.encode() in held], path


def test_a_state_that_we_did_not_give_installs_nothing(orchard: World) -> None:
    """An attacker's code, brought by a victim's browser, must not install anything."""
    code = orchard.server.consent("T0FORGED", f"{PUBLIC}/slack/oauth_redirect")
    for state in ("", "made-up", "0" * 36):
        answer = Browser(orchard.service.url).comes_back({"code": code, "state": state})
        assert answer.status_code in REFUSED, answer.text
        assert "Traceback" not in answer.text
    assert code in orchard.server.state.codes  # never changed for a token


def test_a_state_serves_one_browser_once(orchard: World) -> None:
    browser = Browser(orchard.service.url)
    code = orchard.server.consent("T0STATE", browser.wanted["redirect_uri"])
    assert browser.comes_back({"code": code}, cookies=False).status_code in REFUSED  # another browser has no cookie
    assert code in orchard.server.state.codes
    browser = Browser(orchard.service.url)
    assert browser.comes_back({"code": code}).status_code == 200
    second = orchard.server.consent("T0STATE", browser.wanted["redirect_uri"])
    assert browser.comes_back({"code": second}).status_code in REFUSED


@pytest.mark.parametrize("given", [{"error": "access_denied"}, {"code": "code-of-nobody"}])
def test_an_install_that_ends_otherwise_is_told_in_words(orchard: World, given: dict[str, str]) -> None:
    answer = Browser(orchard.service.url).comes_back(given)
    assert 400 <= answer.status_code < 600
    assert "Traceback" not in answer.text and "code-of-nobody" not in answer.text


def test_tokens_that_turn_over_are_turned_over_in_time(orchard: World) -> None:
    install(orchard.server, orchard.service.url, "T0TURN", rotates=3600)
    first = {t.value for t in orchard.server.state.tokens.values() if t.team == "T0TURN" and t.expires}
    turning = sender(orchard, "T0TURN")
    orchard.answered(turning.asks(GATE_QUESTION, channel="D0TURNA"))
    orchard.server.clock.advance(3601)
    orchard.answered(turning.asks(GATE_QUESTION, channel="D0TURNB"))
    assert token_used(orchard, "D0TURNB").isdisjoint(first)
    refreshed = [c for c in orchard.server.called("oauth.v2.access") if c.body.get("grant_type")]
    assert refreshed and all(c.ok for c in refreshed)


@pytest.mark.parametrize("event", ["app_uninstalled", "tokens_revoked"])
def test_an_uninstall_deletes_what_is_kept(orchard: World, event: str) -> None:
    team = f"T0{event.replace('_', '').upper()}"
    install(orchard.server, orchard.service.url, team)
    leaving = sender(orchard, team)
    said = leaving.mentions(GATE_QUESTION, channel="C0LEAVE")
    orchard.answered(said)
    body: dict[str, object] = {"type": event}
    if event == "tokens_revoked":
        body["tokens"] = {"oauth": [], "bot": [orchard.server.workspace(team).bot_user]}
    for _ in range(2):  # Slack sends it again, and it is as done as before
        assert leaving.deliver(leaving.event(body))[-1].acked
    until(lambda: orchard.app.slack.threads.of(Place(team, "C0LEAVE", said.ts)) is None)
    before = len(orchard.server.ours("C0LEAVE", team=team))
    leaving.mentions(GATE_QUESTION, channel="C0LEAVE")
    orchard.quiet()
    assert len(orchard.server.ours("C0LEAVE", team=team)) == before
    install(orchard.server, orchard.service.url, team)
    again = leaving.mentions(GATE_QUESTION, channel="C0LEAVE2")
    assert GATE_SAID in words(orchard.answered(again))
