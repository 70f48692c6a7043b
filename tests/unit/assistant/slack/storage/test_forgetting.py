"""What is kept of a member, a workspace or an organisation goes; what is of others stays."""

from __future__ import annotations

from datetime import UTC, datetime
from itertools import count
from pathlib import Path

import pytest
import sqlalchemy as sa
from slack_sdk.oauth.installation_store import Installation
from sqlalchemy import Engine

from assistant.settings import Settings
from assistant.slack.model import Arrival, Place, Thread
from assistant.slack.people import conversation_id, person_id
from assistant.slack.storage.cabinet import Cabinet
from tests.fakes.slack_kept import SECRET, arrival, secret
from vectorstore import schema as t

_NUMBERS = count(1)
_NOW = datetime(2026, 11, 23, tzinfo=UTC)


@pytest.fixture
def cabinet(engine: Engine) -> Cabinet:
    return Cabinet(lambda: engine, secret, Settings())


def asked(cabinet: Cabinet, engine: Engine, a: Arrival, text: str = "Where is the zebra?") -> str:
    """An arrival that was answered in its thread: its answer's id."""
    cabinet.inbox.take_in(a)
    job = cabinet.inbox.next("w")
    assert job is not None and job.arrival == a
    person = person_id(SECRET, a.team, a.user)
    store(engine, job.answer_id, job.conversation_id, person, text)
    thread = Thread(a.place, job.conversation_id, person, job.answer_id)
    cabinet.threads.note(a.place, thread, f"9.{next(_NUMBERS)}")
    cabinet.inbox.finish(job, "w", "answered")
    return job.answer_id


def store(engine: Engine, answer_id: str, conversation: str, person: str, text: str = "Zebra") -> None:
    """An answer and its asker's vote."""
    with engine.begin() as c:
        known = sa.select(t.conversations).where(t.conversations.c.conversation_id == conversation)
        if c.execute(known).first() is None:
            opened = {"conversation_id": conversation, "collection": "k", "created": _NOW, "person": person}
            c.execute(sa.insert(t.conversations).values(opened))
        row = {"answer_id": answer_id, "conversation_id": conversation, "created": _NOW, "question": text}
        made = {"status": "answered", "answer": {"plain": text}, "receipt": {}, "door": "slack", "person": person}
        c.execute(sa.insert(t.answers).values(**row, **made))
        vote = {"answer_id": answer_id, "voter": person, "vote": "up", "reasons": [], "comment": text}
        c.execute(sa.insert(t.feedback).values(**vote, created=_NOW))


def held(engine: Engine, table: sa.Table) -> list[dict[str, object]]:
    with engine.connect() as c:
        return [dict(row._mapping) for row in c.execute(sa.select(table))]


def answers(engine: Engine) -> set[object]:
    return {row["answer_id"] for row in held(engine, t.answers)}


def test_a_member_is_forgotten_and_nobody_else(cabinet: Cabinet, engine: Engine) -> None:
    mine, other = arrival(user="U1"), arrival(user="U2")
    for a in (mine, arrival(user="U1")):
        asked(cabinet, engine, a)
    kept = {asked(cabinet, engine, other), asked(cabinet, engine, arrival(user="U1", team="T2"))}
    for user in ("U1", "U2"):
        cabinet.preferences.set_area("A01", "T1", user=user)
    cabinet.inbox.take_in(arrival(user="U1", text="a zebra to come"))
    assert cabinet.forgetting.person("T1", "U1") == 2
    assert answers(engine) == kept and {row["answer_id"] for row in held(engine, t.feedback)} == kept
    assert cabinet.threads.of(mine.place) is None and cabinet.threads.of(other.place) is not None
    assert {row["answer_id"] for row in held(engine, t.slack_messages)} == kept
    assert len(held(engine, t.conversations)) == 2
    assert cabinet.preferences.of("T1", "C1", "U1").area is None
    assert cabinet.preferences.of("T1", "C1", "U2").area == "A01"
    assert cabinet.inbox.next("w") is None and not any(row["sealed"] for row in held(engine, t.slack_inbox))
    assert sum(int(str(row["count"])) for row in held(engine, t.tallies)) == 2
    assert cabinet.forgetting.person("T1", "U1") == 0
    assert held(engine, t.audit) == []


def test_a_question_of_a_forgotten_member_is_known_and_its_worker_stops(cabinet: Cabinet) -> None:
    a = arrival(user="U1")
    cabinet.inbox.take_in(a)
    job = cabinet.inbox.next("w")
    assert job is not None
    cabinet.forgetting.person("T1", "U1")
    assert not cabinet.inbox.renew(job, "w") and not cabinet.inbox.take_in(a)


@pytest.mark.parametrize("whole", [False, True])
def test_an_answer_that_was_being_made_goes_when_its_worker_ends(
    cabinet: Cabinet, engine: Engine, whole: bool
) -> None:
    a = arrival(user="U1")
    cabinet.inbox.take_in(a)
    job = cabinet.inbox.next("w")
    assert job is not None
    cabinet.forgetting.workspace("T1") if whole else cabinet.forgetting.person("T1", "U1")
    kept = asked(cabinet, engine, arrival(user="U2"))
    store(engine, job.answer_id, job.conversation_id, person_id(SECRET, "T1", "U1"))
    cabinet.threads.note(a.place, Thread(a.place, job.conversation_id, "U1", job.answer_id), "9.9")
    cabinet.inbox.finish(job, "w", "answered")
    assert answers(engine) == {kept} and cabinet.threads.of(a.place) is None
    assert cabinet.threads.answer_in("T1", "C1", "9.9") is None
    assert job.conversation_id not in {row["conversation_id"] for row in held(engine, t.conversations)}


def test_the_words_of_others_in_a_thread_stay_and_belong_to_nobody(cabinet: Cabinet, engine: Engine) -> None:
    first = arrival(user="U1")
    asked(cabinet, engine, first)
    theirs = asked(cabinet, engine, arrival(user="U2", root=first.ts))
    vote = {
        "answer_id": theirs,
        "voter": person_id(SECRET, "T1", "U1"),
        "vote": "down",
        "reasons": [],
        "comment": "x",
    }
    with engine.begin() as c:
        c.execute(sa.insert(t.feedback).values(**vote, created=_NOW))
    cabinet.forgetting.person("T1", "U1")
    assert answers(engine) == {theirs}
    assert [row["voter"] for row in held(engine, t.feedback)] == [person_id(SECRET, "T1", "U2")]
    (conversation,) = held(engine, t.conversations)
    assert conversation["conversation_id"] == conversation_id(SECRET, first)
    assert conversation["person"] == "forgotten"


def install(cabinet: Cabinet, team: str | None, enterprise: str | None = None) -> None:
    made = Installation(
        team_id=team,
        enterprise_id=enterprise,
        is_enterprise_install=team is None,
        bot_token="xoxb-1",
        bot_id="B1",
        bot_user_id="UB1",
        user_id="U1",
    )
    cabinet.installations._save(made, made.to_bot())


def test_a_workspace_is_forgotten_and_no_other(cabinet: Cabinet, engine: Engine) -> None:
    for team in ("T1", "T2"):
        install(cabinet, team)
        cabinet.preferences.set_area("A01", team)
        cabinet.preferences.set_area("A02", team, user="U1")
    asked(cabinet, engine, arrival(user="U1"))
    asked(cabinet, engine, arrival(user="U2"))
    other = asked(cabinet, engine, arrival(team="T2"))
    guest = {"answer_id": other, "voter": person_id(SECRET, "T1", "U1"), "vote": "up", "reasons": [], "comment": ""}
    with engine.begin() as c:
        c.execute(sa.insert(t.feedback).values(**guest, created=_NOW))  # from a channel that both share
    cabinet.inbox.take_in(arrival())
    assert cabinet.forgetting.workspace("T1") == 2
    assert answers(engine) == {other}
    for table in (t.slack_inbox, t.slack_threads, t.slack_messages, t.slack_preferences, t.slack_teams):
        assert {row["team"] for row in held(engine, table)} == {"T2"}, table.name
    for table in (t.slack_bots, t.slack_installs):
        assert {row["owner"] for row in held(engine, table)} == {"T2"}, table.name
    assert len(held(engine, t.conversations)) == len(held(engine, t.feedback)) == 1
    (row,) = held(engine, t.audit)
    assert (row["who"], row["subject"], row["action"]) == ("slack", "slack:T1", "forget")
    assert cabinet.forgetting.workspace("T1") == 0


def test_an_organisation_is_forgotten_with_all_its_workspaces(cabinet: Cabinet, engine: Engine) -> None:
    install(cabinet, None, "E1")
    install(cabinet, "T9")
    for team in ("T1", "T2"):
        asked(cabinet, engine, arrival(team=team, enterprise="E1"))
    other = asked(cabinet, engine, arrival(team="T9"))
    assert cabinet.forgetting.workspace("", "E1") == 2
    assert answers(engine) == {other}
    assert [row["owner"] for row in held(engine, t.slack_bots)] == ["T9"]
    assert [row["team"] for row in held(engine, t.slack_teams)] == ["T9"]


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_no_word_of_a_forgotten_member_is_left_in_the_files(cabinet: Cabinet, engine: Engine, tmp_path: Path) -> None:
    def in_files() -> bool:
        return any(b"zebra" in p.read_bytes() for p in tmp_path.iterdir() if p.is_file())

    for _ in range(5):
        asked(cabinet, engine, arrival(user="U1"))
    assert in_files()
    cabinet.forgetting.person("T1", "U1")
    assert not in_files()


def test_a_purge_sweeps_what_slack_keeps(cabinet: Cabinet, engine: Engine) -> None:
    cabinet.inbox.take_in(arrival())
    cabinet.threads.note(Place("T1", "C1", "1.1"), Thread(Place("T1", "C1", "1.1"), "c", "U1", "a1"), "1.2")
    cabinet.sweep(datetime(2020, 1, 1, tzinfo=UTC))
    assert held(engine, t.slack_inbox) and held(engine, t.slack_threads) and held(engine, t.slack_messages)
    cabinet.sweep(datetime(2999, 1, 1, tzinfo=UTC))
    for table in (t.slack_inbox, t.slack_threads, t.slack_messages):
        assert held(engine, table) == []
