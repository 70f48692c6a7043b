"""What a running process knows of sites and doors, and when it asks again."""

from __future__ import annotations

import asyncio
import threading

import pytest

from assistant.sites.model import DEMO, Site
from assistant.sites.switchboard import FRESH, STALE, Board, Switchboard
from assistant.sites.visitors import admitted
from tests.fakes.visitors import KEY, ORIGIN, World
from vectorstore.errors import KnowledgeError

OWN = "http://127.0.0.1:8000"


def board(world: World) -> Board:
    async def read() -> Board:
        made = Switchboard(lambda: world, lambda: world)
        try:
            return await made.board()
        finally:
            made.close()

    return asyncio.run(read())


def test_a_switch_is_heard_within_two_seconds() -> None:
    assert FRESH < STALE < 2


def test_a_site_is_admitted_from_its_own_origins_only() -> None:
    world = World()
    assert board(world).admitted("garden", ORIGIN) == world.listed[0]
    for site_id, origin in (
        ("garden", "https://evil.example"),
        ("garden", ""),
        ("garden", ORIGIN + "/"),
        ("x", ORIGIN),
    ):
        assert board(world).admitted(site_id, origin) is None


def test_a_site_that_is_off_is_not_admitted_and_its_origins_are_unknown() -> None:
    world = World()
    world.listed = [Site("garden", "G", (ORIGIN,), enabled=False)]
    assert board(world).admitted("garden", ORIGIN) is None
    assert board(world).origins == frozenset()


def test_keys_are_found_by_their_digest() -> None:
    assert board(World()).key(KEY) is not None
    assert board(World()).key(KEY + "x") is None


def test_the_sample_page_needs_no_entry_on_ones_own_machine() -> None:
    held = board(World())
    site = admitted(held, DEMO, OWN, OWN)
    assert site is not None and site.origins == (OWN,)
    assert admitted(held, DEMO, "https://x.example", "https://x.example") is None
    assert admitted(held, DEMO, OWN, "http://127.0.0.1:9") is None
    assert admitted(held, "garden", OWN, OWN) is None


def test_an_entry_of_that_name_is_the_one_that_counts() -> None:
    world = World()
    world.listed = [Site(DEMO, "D", (ORIGIN,), enabled=False)]
    assert admitted(board(world), DEMO, OWN, OWN) is None


def test_many_requests_share_one_reading() -> None:
    world = World()

    async def rush() -> None:
        made = Switchboard(lambda: world, lambda: world)
        boards = await asyncio.gather(*(made.board() for _ in range(50)))
        assert len(set(map(id, boards))) == 1
        made.close()

    asyncio.run(rush())
    assert world.readings == 1


def test_one_who_leaves_does_not_end_the_reading_of_the_others() -> None:
    world, gate = World(), threading.Event()

    def slow() -> World:
        gate.wait(30)
        return world

    async def run() -> Board:
        made = Switchboard(slow, lambda: world)
        leaving, staying = asyncio.ensure_future(made.board()), asyncio.ensure_future(made.board())
        await asyncio.sleep(0)
        leaving.cancel()
        gate.set()
        found = await staying
        made.close()
        return found

    assert "garden" in asyncio.run(run()).sites


def test_a_database_that_cannot_be_read_is_told_and_asked_again() -> None:
    world, broken = World(), [True]

    def switches() -> World:
        if broken[0]:
            raise RuntimeError("secret-canary")
        return world

    async def run() -> None:
        made = Switchboard(switches, lambda: world)
        with pytest.raises(KnowledgeError) as caught:
            await made.board()
        assert "canary" not in str(caught.value)
        broken[0] = False
        assert "garden" in (await made.board()).sites
        made.close()

    asyncio.run(run())
