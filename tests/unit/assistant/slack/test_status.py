"""What is shown while an answer is made."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Iterator

import pytest

from assistant.slack.clients import Clients
from assistant.slack.status import Status
from prompts import message
from tests.fakes.slack.faults import refused
from tests.fakes.slack.server import SlackServer, slack

CHANNEL, ROOT = "D0ASKER", "1700000000.000100"


@pytest.fixture
def server() -> Iterator[SlackServer]:
    with slack() as made:
        yield made


class Moments:
    now = 0.0

    def __call__(self) -> float:
        return self.now


def run(server: SlackServer, test: Callable[[Status, Moments], Awaitable[None]], refresh: float = 60) -> None:
    async def go() -> None:
        clients, moments = Clients(server.url), Moments()
        status = Status(clients.of(server.workspace().token), CHANNEL, ROOT, refresh, moments)
        try:
            await test(status, moments)
        finally:
            await status.close()
            await clients.close()

    asyncio.run(asyncio.wait_for(go(), 30))


def shown(server: SlackServer) -> list[str]:
    return [s.text for s in server.statuses(CHANNEL, ROOT)]


def test_steps_are_told_in_words_and_not_faster_than_can_be_read(server: SlackServer) -> None:
    async def test(status: Status, moments: Moments) -> None:
        await status.step("screen")
        await status.step("understand")  # the same words
        moments.now = 0.5
        await status.step("retrieve")  # too soon
        moments.now = 5
        await status.step("compose")
        assert shown(server) == [message("slack_step_reading"), message("slack_step_writing")]

    run(server, test)


def test_a_status_is_shown_again_before_it_goes_out(server: SlackServer) -> None:
    async def test(status: Status, moments: Moments) -> None:
        await status.step("screen")
        while len(shown(server)) < 3:
            await asyncio.sleep(0.005)
        assert set(shown(server)) == {message("slack_step_reading")}

    run(server, test, refresh=0.01)


def test_where_there_is_no_status_nobody_is_troubled(server: SlackServer) -> None:
    async def test(status: Status, moments: Moments) -> None:
        server.script("assistant.threads.setStatus", refused("missing_scope"), times=None)
        await status.step("screen")
        moments.now = 5
        await status.step("compose")
        assert len(server.called("assistant.threads.setStatus")) == 1

    run(server, test)


def test_a_closed_status_is_shown_no_more(server: SlackServer) -> None:
    async def test(status: Status, moments: Moments) -> None:
        await status.step("screen")
        await status.close()
        moments.now = 5
        await status.step("compose")
        assert len(shown(server)) == 1

    run(server, test)
