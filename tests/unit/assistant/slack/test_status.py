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


def run(server: SlackServer, test: Callable[[Status], Awaitable[None]], refresh: float = 60) -> None:
    async def go() -> None:
        clients = Clients(server.url)
        status = Status(clients.of(server.workspace().token), CHANNEL, ROOT, refresh)
        try:
            await test(status)
        finally:
            await status.close()
            await clients.close()

    asyncio.run(asyncio.wait_for(go(), 30))


def shown(server: SlackServer) -> list[str]:
    return [s.text for s in server.statuses(CHANNEL, ROOT)]


async def until(true: Callable[[], bool]) -> None:
    while not true():
        await asyncio.sleep(0.005)


def test_steps_are_told_in_words(server: SlackServer) -> None:
    async def test(status: Status) -> None:
        status.step("screen")
        status.step("understand")  # the same words
        await until(lambda: shown(server) == [message("slack_step_reading")])
        status.step("compose")
        await until(lambda: shown(server)[-1] == message("slack_step_writing"))
        assert len(set(shown(server))) == 2

    run(server, test, refresh=0.2)


def test_fast_steps_are_not_worth_a_call_each(server: SlackServer) -> None:
    async def test(status: Status) -> None:
        for name in ("screen", "retrieve", "compose", "verify"):
            status.step(name)
        await until(lambda: bool(shown(server)))
        assert shown(server) == [message("slack_step_checking")]

    run(server, test)


def test_a_status_is_shown_again_before_it_goes_out(server: SlackServer) -> None:
    async def test(status: Status) -> None:
        status.step("screen")
        await until(lambda: len(shown(server)) == 3)
        assert set(shown(server)) == {message("slack_step_reading")}

    run(server, test, refresh=0.01)


def test_where_there_is_no_status_nobody_is_troubled(server: SlackServer) -> None:
    async def test(status: Status) -> None:
        server.script("assistant.threads.setStatus", refused("missing_scope"), times=None)
        status.step("screen")
        await until(lambda: not status._able)
        status.step("compose")
        await status.close()
        assert len(server.called("assistant.threads.setStatus")) == 1

    run(server, test, refresh=0.01)


def test_none_follows_once_it_is_closed(server: SlackServer) -> None:
    async def test(status: Status) -> None:
        held = server.hold("assistant.threads.setStatus")
        status.step("screen")
        await asyncio.to_thread(held.came)
        closing = asyncio.create_task(status.close())
        await asyncio.sleep(0)
        assert not closing.done()  # one is on its way
        held.let_go()
        await closing
        status.step("compose")
        assert len(shown(server)) == 1

    run(server, test)
