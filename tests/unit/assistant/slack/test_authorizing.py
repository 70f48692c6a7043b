"""Whose workspace a request is of, and with which token it is answered."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable, Iterator

import pytest
from slack_sdk.errors import SlackApiError, SlackTokenRotationError
from slack_sdk.oauth.installation_store import Bot, Installation
from slack_sdk.oauth.installation_store.async_installation_store import AsyncInstallationStore

from assistant.slack.authorizing import ManyWorkspaces, OneWorkspace
from assistant.slack.clients import Clients, may_be_answered
from tests.fakes.slack.faults import broken, refused
from tests.fakes.slack.server import CLIENT, SlackServer, slack
from tests.fakes.slack.state import SCOPES


@pytest.fixture
def server() -> Iterator[SlackServer]:
    with slack() as made:
        yield made


def run(server: SlackServer, test: Callable[[Clients], Awaitable[None]]) -> None:
    async def go() -> None:
        clients = Clients(server.url)
        try:
            await test(clients)
        finally:
            await clients.close()

    asyncio.run(asyncio.wait_for(go(), 30))


class OneBot(AsyncInstallationStore):
    """Holds one bot."""

    def __init__(self, bot: Bot) -> None:
        self.bot = bot

    async def async_find_bot(
        self, *, enterprise_id: str | None, team_id: str | None, is_enterprise_install: bool | None = False
    ) -> Bot | None:
        return self.bot if self.bot.team_id == team_id else None

    async def async_save_bot(self, bot: Bot) -> None:
        self.bot = bot

    async def async_save(self, installation: Installation) -> None:
        raise NotImplementedError


def bot(token: str, *, refresh: str = "", hours: float = 12) -> Bot:
    ends = int(time.time() + hours * 3600) if refresh else None
    return Bot(
        team_id="T0ONE",
        bot_token=token,
        bot_id="B0ONE",
        bot_user_id="U0BOT",
        bot_refresh_token=refresh or None,
        bot_token_expires_at=ends,
        installed_at=time.time(),
    )


def test_the_token_of_the_settings_is_for_its_own_workspace_and_asked_about_once(server: SlackServer) -> None:
    async def test(clients: Clients) -> None:
        space = server.workspace()
        authority = OneWorkspace(space.token, clients)
        first, again = await asyncio.gather(authority.of("T0ONE", ""), authority.of("T0ONE", ""))
        assert first is not None and first == again
        assert (first.bot_token, first.bot_user_id, first.bot_id) == (space.token, space.bot_user, space.bot_id)
        assert await authority.of("T0OTHER", "") is None
        assert len(server.called("auth.test")) == 1

    run(server, test)


def test_while_slack_cannot_be_asked_the_request_fails_and_comes_again(server: SlackServer) -> None:
    async def test(clients: Clients) -> None:
        authority = OneWorkspace(server.workspace().token, clients)
        server.script("auth.test", broken())
        with pytest.raises(SlackApiError):
            await authority.of("T0ONE", "")
        assert await authority.of("T0ONE", "") is not None

    run(server, test)


def test_an_installation_is_used_without_asking_slack(server: SlackServer) -> None:
    async def test(clients: Clients) -> None:
        authority = ManyWorkspaces(OneBot(bot("xoxb-1")), clients, *CLIENT)
        found = await authority.of("T0ONE", "")
        assert found is not None and found.bot_token == "xoxb-1" and found.bot_user_id == "U0BOT"
        assert await authority.of("T0OTHER", "E1") is None
        assert server.calls == []

    run(server, test)


def rotating(server: SlackServer, hours: float) -> Bot:
    server.workspace()
    token = server.state.new_token("T0ONE", SCOPES, hours * 3600)
    return bot(token.value, refresh=token.refresh, hours=hours)


@pytest.mark.parametrize(("hours", "exchanged"), [(12, False), (1, True), (-1, True)])
def test_a_token_is_exchanged_when_it_is_due(server: SlackServer, hours: float, exchanged: bool) -> None:
    async def test(clients: Clients) -> None:
        held = rotating(server, hours)
        store = OneBot(held)
        found = await ManyWorkspaces(store, clients, *CLIENT).of("T0ONE", "")
        assert found is not None
        assert (found.bot_token != held.bot_token) is exchanged
        assert store.bot.bot_token == found.bot_token

    run(server, test)


def test_a_token_that_cannot_be_exchanged_is_used_while_it_lasts(server: SlackServer) -> None:
    async def test(clients: Clients) -> None:
        for hours in (1.0, -1.0):
            held = rotating(server, hours)
            server.script("oauth.v2.access", refused("internal_error"))
            authority = ManyWorkspaces(OneBot(held), clients, *CLIENT)
            if hours > 0:
                found = await authority.of("T0ONE", "")
                assert found is not None and found.bot_token == held.bot_token
            else:
                with pytest.raises(SlackTokenRotationError):
                    await authority.of("T0ONE", "")

    run(server, test)


@pytest.mark.parametrize(
    ("url", "allowed"),
    [
        ("https://hooks.slack.com/actions/T1/2/x", True),
        ("https://hooks.slack-gov.com/actions/T1/2/x", True),
        ("http://hooks.slack.com/actions", False),
        ("https://slack.com.evil.example/x", False),
        ("https://evilslack.com/x", False),
        ("http://127.0.0.1:9/response/x", True),
        ("http://127.0.0.1:10/response/x", False),
        ("file:///etc/passwd", False),
    ],
)
def test_only_slack_is_answered(url: str, allowed: bool) -> None:
    assert may_be_answered(url, "http://127.0.0.1:9/api/") is allowed
