"""Limits: the narrowest first, exact within a window, nobody locked out by a Redis that is gone."""

from __future__ import annotations

import asyncio
import os
import uuid
from collections.abc import Sequence

import pytest
import redis

from assistant.sites.model import Site
from assistant.sites.quotas import Quotas, Verdict
from assistant.sites.rules import Quota, Rules
from assistant.sites.sessions import Session
from assistant.sites.visitors import address_name, other_quotas, question_quotas

REDIS = os.environ.get("TEST_REDIS_URL", "redis://127.0.0.1:6379/0")
RULES = Rules("15/day", "60/day", "600/day", "1000/day", "2000/day")
SESSION = Session("s1", "garden", "https://g.example", 0, 1)


def taken(quotas: Quotas, *rounds: Sequence[Quota]) -> list[Verdict]:
    async def run() -> list[Verdict]:
        try:
            return [await quotas.take(r) for r in rounds]
        finally:
            await quotas.close()

    return asyncio.run(run())


def day(name: str, subject: str, most: int) -> Quota:
    return Quota(name, subject, f"{most}/day")


def test_so_many_and_no_more() -> None:
    verdicts = taken(Quotas(), *[[day("session", "s", 3)]] * 5)
    assert [v.admitted for v in verdicts] == [True, True, True, False, False]
    assert [v.remaining for v in verdicts] == [2, 1, 0, 0, 0]
    assert {v.policy for v in verdicts} == {"3;w=86400"}
    assert all(1 <= v.reset <= 86_400 for v in verdicts)


def test_subjects_and_names_are_counted_apart() -> None:
    one, other, name = day("session", "a", 1), day("session", "b", 1), day("site", "a", 1)
    assert [v.admitted for v in taken(Quotas(), [one], [other], [name], [one])] == [True, True, True, False]


def test_what_the_narrow_limit_refuses_does_not_use_up_the_wide_one() -> None:
    narrow, wide = day("session", "s", 1), day("site", "g", 3)
    verdicts = taken(Quotas(), *[[narrow, wide]] * 10, [day("session", "t", 1), wide])
    assert [v.admitted for v in verdicts] == [True] + [False] * 9 + [True]
    assert verdicts[-1].remaining == 0  # of the new session; two of the three of the site are gone


def test_the_shorter_window_of_a_rule_is_asked_first() -> None:
    quota = Quota("session", "s", "100/day;2/hour")
    verdicts = taken(Quotas(), *[[quota]] * 4)
    assert [v.policy for v in verdicts] == ["2;w=3600"] * 4
    assert [v.admitted for v in verdicts] == [True, True, False, False]


def test_no_rule_no_limit() -> None:
    assert taken(Quotas(), *[[Quota("session", "s", "")]] * 50) == [Verdict(True)] * 50
    assert taken(Quotas(), []) == [Verdict(True)]


def test_many_at_once_do_not_pass_together() -> None:
    quotas = Quotas()

    async def rush() -> list[Verdict]:
        return await asyncio.gather(*(quotas.take([day("site", "g", 20)]) for _ in range(100)))

    assert sum(v.admitted for v in asyncio.run(rush())) == 20


def test_without_redis_each_process_counts_for_itself(caplog: pytest.LogCaptureFixture) -> None:
    quotas = Quotas("redis://127.0.0.1:1/0")
    assert [v.admitted for v in taken(quotas, *[[day("session", "s", 2)]] * 3)] == [True, True, False]
    assert len([r for r in caplog.records if "Redis" in r.message]) == 1


@pytest.mark.service
def test_two_processes_count_together_in_redis() -> None:
    try:
        redis.Redis.from_url(REDIS).ping()
    except redis.RedisError:
        pytest.skip("no Redis answers at TEST_REDIS_URL")
    subject = uuid.uuid4().hex
    one = taken(Quotas(REDIS), *[[day("session", subject, 3)]] * 2)
    other = taken(Quotas(REDIS), *[[day("session", subject, 3)]] * 2)
    assert [v.admitted for v in one + other] == [True, True, True, False]


def test_a_question_counts_for_its_session_address_and_site() -> None:
    site = Site("garden", "G", (), limits={"session": "3/day", "site": "9/day"})
    assert question_quotas(RULES, site, SESSION, None, "adr") == [
        Quota("session", "s1", "3/day"),
        Quota("address", "adr", "60/day"),
        Quota("site", "garden", "9/day"),
    ]
    assert question_quotas(RULES, None, None, "k1", "adr") == [Quota("key", "k1", "1000/day")]
    assert question_quotas(RULES, None, None, None, None) == []


def test_reading_counts_for_its_address_only() -> None:
    assert other_quotas(RULES, None, "adr", opening=False) == [Quota("reads", "adr", "2000/day")]
    assert other_quotas(RULES, None, "adr", opening=True) == [Quota("opening", "adr", "60/day")]
    assert other_quotas(RULES, "k1", "adr", opening=False) == other_quotas(RULES, None, None, opening=True) == []


@pytest.mark.parametrize("own", ["127.0.0.1", "127.9.9.9", "::1", "::ffff:127.0.0.1"])
def test_the_machine_itself_is_not_counted(own: str) -> None:
    assert address_name(own, "k") is None


def test_addresses_are_counted_by_household_and_not_kept() -> None:
    assert address_name("2001:db8:1:2:3::1", "k") == address_name("2001:db8:1:2:ffff::9", "k")
    assert address_name("2001:db8:1:3::1", "k") != address_name("2001:db8:1:2::1", "k")
    assert address_name("::ffff:192.0.2.1", "k") == address_name("192.0.2.1", "k") != address_name("192.0.2.2", "k")
    assert address_name("fe80::1%eth0", "k") == address_name("fe80::1", "k")
    assert address_name("testclient", "k")
    assert "192.0.2" not in str(address_name("192.0.2.1", "k"))
