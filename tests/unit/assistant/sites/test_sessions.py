"""Tokens: bound, short-lived, renewed for a working day, worthless once changed."""

from __future__ import annotations

import os
import stat
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from assistant.sites.secret import FILE, pseudonym, signing_key
from assistant.sites.sessions import LIFE, LONGEST, Sessions
from assistant.sites.signing import LONGEST_TOKEN
from vectorstore.errors import KnowledgeError

SITE, ORIGIN = "garden", "https://www.garden.example"


class Clock:
    def __init__(self) -> None:
        self.now = 1_800_000_000.9

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def sessions(clock: Clock) -> Sessions:
    return Sessions(lambda: "secret", clock)


def test_a_token_says_what_was_put_in(sessions: Sessions) -> None:
    token, session = sessions.open(SITE, ORIGIN)
    assert sessions.read(token) == session
    assert (session.site, session.origin, session.expires - session.begun) == (SITE, ORIGIN, LIFE)
    assert len(session.session_id) >= 20
    assert sessions.open(SITE, ORIGIN)[1].session_id != session.session_id


def test_a_token_runs_out(sessions: Sessions, clock: Clock) -> None:
    token, session = sessions.open(SITE, ORIGIN)
    clock.now = session.expires - 0.5
    assert sessions.read(token)
    clock.now = session.expires
    assert sessions.read(token) is None
    assert sessions.of(token) == session


def test_renewing_goes_on_for_eight_hours_and_no_longer(sessions: Sessions, clock: Clock) -> None:
    _, first = sessions.open(SITE, ORIGIN)
    session, renewals = first, 0
    while True:
        clock.now += LIFE - 60
        _, renewed = sessions.open(SITE, ORIGIN, session)
        if renewed.session_id != first.session_id:
            break
        assert renewed.begun == first.begun
        assert renewed.expires <= first.begun + LONGEST
        session, renewals = renewed, renewals + 1
    assert renewals == LONGEST // (LIFE - 60)
    assert renewed.begun == int(clock.now)


@pytest.mark.parametrize(("site", "origin"), [("other", ORIGIN), (SITE, "https://evil.example")])
def test_another_site_or_origin_gets_another_session(sessions: Sessions, site: str, origin: str) -> None:
    _, session = sessions.open(SITE, ORIGIN)
    assert sessions.open(site, origin, session)[1].session_id != session.session_id


def test_a_token_that_was_touched_is_nothing(sessions: Sessions, clock: Clock) -> None:
    token, _ = sessions.open(SITE, ORIGIN)
    touched = [token[:n] + ("A" if token[n] != "A" else "B") + token[n + 1 :] for n in range(len(token))]
    stripped = token.rpartition(".")[0]
    for bad in [
        *touched,
        stripped,
        stripped + ".",
        "",
        "x",
        ".",
        "é",
        token * 9,
        "a" * (LONGEST_TOKEN + 1),
        "null.x",
    ]:
        found = sessions.read(bad)
        assert found is None or sessions.read(token) == found, bad
    assert Sessions(lambda: "other", clock).read(token) is None


def test_a_signed_thing_of_another_shape_is_nothing(sessions: Sessions) -> None:
    for thing in ("text", 1, None, [], ["a"], ["a", "b", "c", "x", "y"], {"0": 1}, [1, 2, 3, 4, None]):
        assert sessions.read(str(sessions._signer.sign(thing))) is None


def test_the_operators_key_is_taken_and_nothing_is_written(tmp_path: Path) -> None:
    assert signing_key("given", tmp_path) == "given"
    assert list(tmp_path.iterdir()) == []


def test_a_key_is_made_once_for_all_processes(tmp_path: Path) -> None:
    folder = tmp_path / "new"
    with ThreadPoolExecutor(8) as pool:
        made = set(pool.map(lambda _: signing_key("", folder), range(32)))
    assert len(made) == 1 and len(made.pop()) == 64
    assert [p.name for p in folder.iterdir()] == [FILE]
    if os.name == "posix":
        assert stat.S_IMODE((folder / FILE).stat().st_mode) == 0o600


def test_a_damaged_key_is_not_used(tmp_path: Path) -> None:
    for content in (b"", b"short", b"\xff" * 64):
        (tmp_path / FILE).write_bytes(content)
        with pytest.raises(KnowledgeError) as caught:
            signing_key("", tmp_path)
        assert "LSIP_SECRET_KEY" in caught.value.remedy


def test_a_pseudonym_is_the_same_for_the_same_key_only() -> None:
    assert pseudonym("k", "192.0.2.1") == pseudonym("k", "192.0.2.1")
    assert len({pseudonym("k", "192.0.2.1"), pseudonym("l", "192.0.2.1"), pseudonym("k", "192.0.2.2")}) == 3
    assert "192" not in pseudonym("k", "192.0.2.1")
