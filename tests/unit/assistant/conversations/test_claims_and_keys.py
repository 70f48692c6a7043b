"""One question a conversation at a time, and a request sent twice answered once, across threads."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from pathlib import Path

import pytest
import sqlalchemy as sa
from sqlalchemy import Engine

from assistant.conversations.claims import LEASE, Claims
from assistant.conversations.keys import KEPT, Keys, digest
from tests.fakes.recorded import days_ago, tables
from vectorstore import schema as t
from vectorstore.errors import ConflictError, KeyReusedError, PendingError


@pytest.fixture
def engine(tmp_path: Path) -> Engine:
    return tables(tmp_path)


def test_a_conversation_is_claimed_until_its_answer_is_there(engine: Engine) -> None:
    claims = Claims(engine)
    claims.open("c1", "a1")
    assert claims.pending("a1")
    assert claims.busy("c1")
    with pytest.raises(PendingError):
        claims.open("c1", "a2")
    claims.open("c2", "a3")
    claims.close("a1")
    assert not claims.pending("a1")
    claims.open("c1", "a2")


def test_one_of_many_at_once_has_the_claim(engine: Engine) -> None:
    claims = Claims(engine)

    def claim(n: int) -> bool:
        try:
            claims.open("c1", f"a{n}")
        except PendingError:
            return False
        return True

    with ThreadPoolExecutor(8) as pool:
        assert sum(pool.map(claim, range(16))) == 1


def test_a_claim_of_a_process_that_died_runs_out(engine: Engine) -> None:
    claims = Claims(engine)
    claims.open("c1", "a1")
    with engine.begin() as c:
        c.execute(sa.update(t.pending).values(since=days_ago(0) - LEASE - timedelta(seconds=1)))
    assert not claims.pending("a1")
    assert not claims.busy("c1")
    claims.open("c1", "a2")
    assert claims.pending("a2")


def test_a_key_gives_its_answer_again(engine: Engine) -> None:
    keys = Keys(engine)
    assert keys.take("k", "body") is None
    with pytest.raises(ConflictError):
        keys.take("k", "body")
    keys.settle("k", "a1")
    assert keys.take("k", "body") == "a1"
    with pytest.raises(KeyReusedError):
        keys.take("k", "other body")


def test_a_key_without_an_answer_may_be_used_again(engine: Engine) -> None:
    keys = Keys(engine)
    keys.take("k", "body")
    keys.give_up("k")
    assert keys.take("k", "other body") is None
    keys.settle("k", "a1")
    keys.give_up("k")
    assert keys.take("k", "other body") == "a1"


@pytest.mark.parametrize(("age", "settled"), [(KEPT, True), (LEASE, False)])
def test_a_key_runs_out(engine: Engine, age: timedelta, settled: bool) -> None:
    keys = Keys(engine)
    keys.take("k", "body")
    if settled:
        keys.settle("k", "a1")
    with engine.begin() as c:
        c.execute(sa.update(t.idempotency_keys).values(created=days_ago(0) - age - timedelta(seconds=1)))
    assert keys.take("k", "body") is None
    with pytest.raises(ConflictError):
        keys.take("k", "body")


def test_digests_keep_parts_apart() -> None:
    assert len({digest("a", "b"), digest("ab"), digest("a", None, "b"), digest("a", "", "b"), digest("b", "a")}) == 5
