"""Installations: sealed, of a workspace or an organisation, and one exchange of a token at a time."""

from __future__ import annotations

import asyncio
import logging
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from slack_bolt.authorization.async_authorize import AsyncInstallationStoreAuthorize
from slack_sdk.oauth.installation_store import Bot, Installation
from sqlalchemy import Engine

from assistant.slack.storage import rotation
from assistant.slack.storage.installations import SqlInstallationStore
from assistant.slack.storage.rotation import Rotation
from tests.fakes.slack_kept import secret
from vectorstore import schema as t

HOUR = 3600


@pytest.fixture
def store(engine: Engine) -> SqlInstallationStore:
    return SqlInstallationStore(engine, secret)


def installation(**given: Any) -> Installation:
    usual = {
        "app_id": "A1",
        "team_id": "T1",
        "team_name": "Dorset",
        "bot_token": "xoxb-zebra-1",
        "bot_id": "B1",
        "bot_user_id": "UB1",
        "bot_scopes": ["chat:write", "commands"],
        "user_id": "U1",
        "installed_at": 1_700_000_000.25,
        "custom_values": {"plan": "free"},
    }
    return Installation(**{**usual, **given})


def due(seconds: float, **given: Any) -> Installation:
    return installation(bot_refresh_token="xoxe-1", bot_token_expires_at=int(time.time() + seconds), **given)


async def find(store: SqlInstallationStore, **given: Any) -> Installation | None:
    return await store.async_find_installation(**{"enterprise_id": None, "team_id": "T1", **given})


async def bot_of(store: SqlInstallationStore, **given: Any) -> Bot | None:
    return await store.async_find_bot(**{"enterprise_id": None, "team_id": "T1", **given})


def token(found: Bot | Installation | None) -> str | None:
    return found.bot_token if found else None


def test_an_installation_comes_back_as_it_was(store: SqlInstallationStore) -> None:
    async def story() -> None:
        made = installation(bot_token_expires_at=1_900_000_000)
        await store.async_save(made)
        found, bot = await find(store), await bot_of(store)
        assert found is not None and found.to_dict() == made.to_dict()
        assert bot is not None and bot.to_dict() == made.to_bot().to_dict()
        assert await find(store, team_id="T2") is None and await bot_of(store, team_id="T2") is None

    asyncio.run(story())


def test_the_last_one_holds_and_a_members_own_has_the_bot_of_now(store: SqlInstallationStore) -> None:
    async def story() -> None:
        await store.async_save(installation())
        await store.async_save(installation(user_id="U2", bot_token="xoxb-2", installed_at=1_700_000_001.0))
        last, own = await find(store), await find(store, user_id="U1")
        assert last is not None and own is not None
        assert (last.user_id, last.bot_token, own.user_id, own.bot_token) == ("U2", "xoxb-2", "U1", "xoxb-2")
        assert await find(store, user_id="U3") is None

    asyncio.run(story())


def test_what_is_older_than_what_is_held_changes_nothing(store: SqlInstallationStore) -> None:
    async def story() -> None:
        await store.async_save(installation(bot_token="xoxb-new", installed_at=1_700_000_009.0))
        await store.async_save(installation(bot_token="xoxb-old"))
        await store.async_save_bot(installation(bot_token="xoxb-old").to_bot())
        assert (token(await find(store)), token(await bot_of(store))) == ("xoxb-new", "xoxb-new")
        found = await find(store)
        assert found is not None and found.installed_at == 1_700_000_009.0

    asyncio.run(story())


def test_an_organisation_installs_for_its_workspaces(store: SqlInstallationStore) -> None:
    async def story() -> None:
        of_all = installation(
            enterprise_id="E1", enterprise_name="County", team_id=None, team_name=None, is_enterprise_install=True
        )
        await store.async_save(of_all)
        for given in ({"is_enterprise_install": True}, {"team_id": None}, {}):
            assert token(await find(store, enterprise_id="E1", **given)) == "xoxb-zebra-1"
            assert token(await bot_of(store, enterprise_id="E1", **given)) == "xoxb-zebra-1"
        assert await find(store) is None and await find(store, enterprise_id="E2") is None
        await store.async_save(installation(enterprise_id="E1", bot_token="xoxb-own"))
        assert token(await find(store, enterprise_id="E1")) == "xoxb-own"
        assert token(await find(store, enterprise_id="E1", is_enterprise_install=True)) == "xoxb-zebra-1"
        await store.async_delete_all(enterprise_id="E1", team_id="T1")
        assert token(await find(store, enterprise_id="E1")) == "xoxb-zebra-1"
        await store.async_delete_all(enterprise_id="E1", team_id=None)
        assert await find(store, enterprise_id="E1") is None

    asyncio.run(story())


def test_what_is_deleted_is_gone_and_no_more(store: SqlInstallationStore) -> None:
    async def story() -> None:
        for user in ("U1", "U2"):
            await store.async_save(installation(user_id=user))
        await store.async_save(installation(team_id="T2"))
        await store.async_delete_installation(enterprise_id=None, team_id="T1", user_id="U2")
        assert await find(store, user_id="U2") is None and await find(store, user_id="U1") is not None
        await store.async_delete_bot(enterprise_id=None, team_id="T1")
        left = await find(store)
        assert left is not None and left.bot_token is None and await bot_of(store) is None
        await store.async_delete_all(enterprise_id=None, team_id="T1")
        assert await find(store) is None and token(await find(store, team_id="T2")) == "xoxb-zebra-1"

    asyncio.run(story())


def test_a_token_sealed_with_another_secret_counts_as_none(
    engine: Engine, store: SqlInstallationStore, caplog: pytest.LogCaptureFixture
) -> None:
    asyncio.run(SqlInstallationStore(engine, lambda: "the secret of before").async_save(installation()))
    assert asyncio.run(bot_of(store)) is None and asyncio.run(find(store)) is None
    assert "LSIP_SECRET_KEY" in caplog.text
    asyncio.run(store.async_save(installation()))
    assert token(asyncio.run(find(store))) == "xoxb-zebra-1"


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_no_token_can_be_read_in_the_files(engine: Engine, store: SqlInstallationStore, tmp_path: Path) -> None:
    def held() -> bytes:
        return b"".join(p.read_bytes() for p in tmp_path.iterdir() if p.is_file())

    async def story() -> str:
        await store.async_save(installation(bot_refresh_token="xoxe-zebra-r", user_token="xoxp-zebra-u"))
        assert b"zebra" not in held() and b"xox" not in held()
        with engine.connect() as c:
            sealed = str(c.execute(sa.select(t.slack_bots.c.sealed)).scalar_one())
        assert sealed.encode() in held()
        await store.async_delete_all(enterprise_id=None, team_id="T1")
        return sealed

    sealed = asyncio.run(story())
    with engine.connect() as c:
        c.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)").all()
    assert sealed[:60].encode() not in held() and sealed[-60:].encode() not in held()


def test_a_token_that_is_due_is_shown_to_one(store: SqlInstallationStore) -> None:
    async def story() -> None:
        await store.async_save(due(HOUR))
        found = await asyncio.gather(*(find(store) for _ in range(6)))
        assert {token(f) for f in found} == {"xoxb-zebra-1"}
        assert sorted(f.bot_refresh_token or "" for f in found if f) == ["", "", "", "", "", "xoxe-1"]
        again = await find(store)
        assert again is not None and again.bot_token_expires_at is None

    asyncio.run(story())


def test_a_token_that_is_not_due_is_shown_as_it_is(store: SqlInstallationStore) -> None:
    async def story() -> None:
        await store.async_save(due(5 * HOUR))
        for _ in range(2):
            found, bot = await find(store), await bot_of(store)
            assert (
                found is not None and bot is not None and found.bot_refresh_token == bot.bot_refresh_token == "xoxe-1"
            )

    asyncio.run(story())


def test_an_expired_token_is_waited_for(store: SqlInstallationStore) -> None:
    async def story() -> None:
        await store.async_save(due(-HOUR))
        first = await find(store)
        assert first is not None and first.bot_refresh_token == "xoxe-1"
        second = asyncio.create_task(find(store))
        await asyncio.sleep(0)
        assert not second.done()
        await store.async_save(due(12 * HOUR, bot_token="xoxb-exchanged"))
        assert token(await second) == "xoxb-exchanged"

    asyncio.run(story())


def test_whoever_died_while_exchanging_holds_up_nobody_for_long(engine: Engine) -> None:
    store = SqlInstallationStore(engine, secret, Rotation(engine, patience=0))

    async def story() -> None:
        await store.async_save(due(-HOUR))
        await find(store)
        given_up = await find(store)
        assert given_up is not None and given_up.bot_refresh_token is None
        with engine.begin() as c:
            late = datetime.now(UTC) - timedelta(seconds=1)
            c.execute(sa.update(t.slack_bots).values(rotating_until=late))
        taken_over = await find(store)
        assert taken_over is not None and taken_over.bot_refresh_token == "xoxe-1"

    asyncio.run(story())


class Exchange:
    """Slack, as far as Bolt needs it to exchange a token: a refresh token works once."""

    def __init__(self) -> None:
        self.used: list[str] = []

    async def oauth_v2_access(self, *, refresh_token: str, **_: Any) -> dict[str, Any]:
        self.used.append(refresh_token)
        await asyncio.sleep(0)
        n = len(self.used)
        return {
            "token_type": "bot",
            "access_token": f"xoxb-exchanged-{n}",
            "refresh_token": f"xoxe-{n + 1}",
            "expires_in": 12 * HOUR,
        }

    async def auth_test(self, token: str) -> Any:
        return Found({"ok": True, "team_id": "T1", "user_id": "UB1", "bot_id": "B1", "token": token})


class Found(dict[str, Any]):
    def __init__(self, said: dict[str, Any]) -> None:
        super().__init__(said)
        self.headers: dict[str, str] = {}


class Context:
    def __init__(self, client: Exchange) -> None:
        self.client = client
        self.is_enterprise_install = False


@pytest.mark.parametrize("left", [-HOUR, HOUR])
def test_bolt_exchanges_a_token_once_for_many_requests(engine: Engine, left: float) -> None:
    """Two replicas, each with a store of its own, and members who did and did not install the app."""
    slack = Exchange()

    def replica() -> AsyncInstallationStoreAuthorize:
        made = AsyncInstallationStoreAuthorize(
            logger=logging.getLogger("test"),
            installation_store=SqlInstallationStore(engine, secret),
            client_id="1",
            client_secret="2",
            client=slack,  # type: ignore[arg-type]
        )
        assert made.token_rotation_expiration_minutes == rotation.MINUTES_BEFORE
        return made

    async def story() -> None:
        first = replica()
        for n, user in enumerate(("U1", "U2")):
            await first.installation_store.async_save(due(left, user_id=user, installed_at=1_700_000_000.0 + n))
        requests = [
            authorize(context=Context(slack), enterprise_id=None, team_id="T1", user_id=user)  # type: ignore[arg-type]
            for authorize in (first, replica())
            for user in ("U1", "U2", "U3")
        ]
        results = await asyncio.gather(*requests)
        assert slack.used == ["xoxe-1"]
        assert all(r is not None for r in results)
        tokens = {r.bot_token for r in results if r}
        assert tokens <= {"xoxb-zebra-1", "xoxb-exchanged-1"} and (left > 0 or tokens == {"xoxb-exchanged-1"})
        assert token(await bot_of(SqlInstallationStore(engine, secret))) == "xoxb-exchanged-1"

    asyncio.run(story())
