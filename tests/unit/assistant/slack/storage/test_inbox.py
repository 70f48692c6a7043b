"""The inbox of one process: once in, in order, leased, finished, given up."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
import sqlalchemy as sa
from sqlalchemy import Engine

from assistant.slack.model import Arrival, Job, Surface
from assistant.slack.storage.inbox import MOST_ATTEMPTS, SqlInbox
from tests.fakes.slack_kept import Clock, arrival, reply, secret
from vectorstore import schema as t

on_sqlite = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
on_postgresql = pytest.mark.parametrize(
    "database_url", [pytest.param("postgresql", marks=pytest.mark.service)], indirect=True
)


@pytest.fixture
def inbox(engine: Engine, clock: Clock) -> SqlInbox:
    return SqlInbox(engine, secret, clock=clock)


def take(inbox: SqlInbox, worker: str = "w") -> Job:
    job = inbox.next(worker)
    assert job is not None
    return job


def row(engine: Engine, job: Job) -> sa.Row[tuple[object, ...]]:
    with engine.connect() as c:
        return c.execute(sa.select(t.slack_inbox).where(t.slack_inbox.c.job_id == job.job_id)).one()


def test_what_comes_out_is_what_went_in(inbox: SqlInbox, clock: Clock) -> None:
    a = arrival(
        surface=Surface.COMMAND,
        enterprise="E1",
        response_url="https://hooks.example/x",
        area="A09",
        text="é \0 \U0001f600",
    )
    assert inbox.take_in(a)
    job = take(inbox)
    assert (job.arrival, job.received, job.attempts, job.posted) == (a, clock.now, 1, "")
    assert isinstance(job.arrival.surface, Surface)
    assert len(job.answer_id) == 32 and job.conversation_id.startswith("slack-")


def test_a_second_of_either_name_is_known(inbox: SqlInbox) -> None:
    a = arrival()
    assert inbox.take_in(a)
    assert not inbox.take_in(a)
    assert not inbox.take_in(replace(a, event_id="EvOther", surface=Surface.THREAD))
    assert not inbox.take_in(replace(a, ts="1800000000.000001"))
    assert inbox.waiting() == 1
    job = take(inbox)
    assert not inbox.take_in(a)
    inbox.finish(job, "w", "answered")
    assert not inbox.take_in(a)
    assert (inbox.waiting(), inbox.next("w")) == (0, None)


@pytest.mark.parametrize("given", [{"team": "T2"}, {"channel": "C2"}, {"ts": "1800000000.000002"}])
def test_the_same_moment_elsewhere_is_another_message(inbox: SqlInbox, given: dict[str, str]) -> None:
    a = arrival()
    assert inbox.take_in(a) and inbox.take_in(replace(a, event_id="EvOther", **given))  # type: ignore[arg-type]


def test_a_name_is_known_for_a_day(inbox: SqlInbox, clock: Clock) -> None:
    a = arrival()
    inbox.take_in(a)
    inbox.finish(take(inbox), "w", "answered")
    clock.tick(hours=23.9)
    assert inbox.sweep(clock.now - timedelta(days=30)) == 0 and not inbox.take_in(a)
    clock.tick(hours=0.2)
    assert inbox.sweep(clock.now - timedelta(days=30)) == 1 and inbox.take_in(a)


def test_what_nobody_answers_goes_with_the_old_text(inbox: SqlInbox, clock: Clock) -> None:
    inbox.take_in(arrival())
    clock.tick(days=31)
    assert inbox.sweep(clock.now - timedelta(days=32)) == 0
    assert inbox.sweep(clock.now - timedelta(days=30)) == 1
    assert inbox.waiting() == 0


def test_the_oldest_comes_first(inbox: SqlInbox) -> None:
    arrivals = [arrival() for _ in range(5)]
    for a in arrivals:
        inbox.take_in(a)
    assert [take(inbox, f"w{n}").arrival for n in range(5)] == arrivals
    assert inbox.next("w9") is None
    assert inbox.waiting() == 5


def test_a_conversation_is_answered_in_order_and_holds_up_no_other(inbox: SqlInbox) -> None:
    first = arrival()
    second, third, other = reply(first), reply(first, user="U2"), arrival()
    for a in (first, second, third, other):
        inbox.take_in(a)
    job = take(inbox, "w1")
    assert job.arrival == first and take(inbox, "w2").arrival == other
    assert inbox.next("w3") is None
    inbox.finish(job, "w1", "answered")
    job = take(inbox, "w3")
    assert job.arrival == second and inbox.next("w1") is None
    inbox.finish(job, "w3", "answered")
    assert take(inbox, "w1").arrival == third


def show_late(inbox: SqlInbox, engine: Engine) -> tuple[Arrival, Job]:
    """Two of a conversation; the transaction of the first ends only when the second is leased by w1."""
    first = arrival()
    for a in (first, reply(first)):
        inbox.take_in(a)
    hidden = t.slack_inbox.c.seq == sa.select(sa.func.min(t.slack_inbox.c.seq)).scalar_subquery()
    with engine.begin() as c:
        kept = c.execute(sa.select(t.slack_inbox).where(hidden)).mappings().one()
        c.execute(sa.delete(t.slack_inbox).where(t.slack_inbox.c.seq == kept["seq"]))
    later = take(inbox, "w1")
    with engine.begin() as c:
        c.execute(sa.insert(t.slack_inbox).values(**kept))
    return first, later


def test_an_earlier_row_that_shows_up_later_waits_for_the_lease(inbox: SqlInbox, engine: Engine) -> None:
    first, later = show_late(inbox, engine)
    assert inbox.next("w2") is None
    other = arrival()
    inbox.take_in(other)
    assert take(inbox, "w2").arrival == other
    inbox.finish(later, "w1", "answered")
    assert take(inbox, "w3").arrival == first


def test_an_earlier_row_that_shows_up_later_does_not_bar_a_lease_that_ran_out(
    inbox: SqlInbox, engine: Engine, clock: Clock
) -> None:
    first, later = show_late(inbox, engine)
    clock.tick(minutes=3)
    again = take(inbox, "w2")
    assert again.job_id == later.job_id and inbox.next("w3") is None
    inbox.finish(again, "w2", "answered")
    assert take(inbox, "w3").arrival == first


@on_postgresql
def test_a_row_that_another_transaction_holds_is_not_overtaken(inbox: SqlInbox, engine: Engine) -> None:
    first, other = arrival(), arrival()
    for a in (first, reply(first), other):
        inbox.take_in(a)
    with engine.begin() as c:
        locked = sa.select(t.slack_inbox.c.seq).order_by(t.slack_inbox.c.seq).limit(1).with_for_update()
        c.execute(locked).one()
        assert take(inbox, "w1").arrival == other
        assert inbox.next("w2") is None
    assert take(inbox, "w2").arrival == first


def test_the_database_admits_one_lease_in_a_conversation(inbox: SqlInbox, engine: Engine) -> None:
    first = arrival()
    for a in (first, reply(first)):
        inbox.take_in(a)
    job = take(inbox)
    with pytest.raises(sa.exc.IntegrityError), engine.begin() as c:
        c.execute(sa.update(t.slack_inbox).values(holding=job.conversation_id))


def test_a_lease_runs_out_unless_it_is_renewed(inbox: SqlInbox, clock: Clock) -> None:
    inbox.take_in(arrival())
    job = take(inbox, "w1")
    clock.tick(seconds=119)
    assert inbox.next("w2") is None and inbox.renew(job, "w1")
    clock.tick(seconds=119)
    assert inbox.next("w2") is None
    clock.tick(seconds=2)
    again = take(inbox, "w2")
    assert (again.job_id, again.answer_id, again.attempts) == (job.job_id, job.answer_id, 2)
    assert not inbox.renew(job, "w1") and inbox.renew(again, "w2")


def test_a_lease_that_ran_out_is_renewed_while_nobody_wants_it(inbox: SqlInbox, clock: Clock) -> None:
    inbox.take_in(arrival())
    job = take(inbox, "w1")
    clock.tick(minutes=5)
    assert inbox.renew(job, "w1") and inbox.next("w2") is None


def test_who_lost_a_job_changes_nothing(inbox: SqlInbox, clock: Clock, engine: Engine) -> None:
    inbox.take_in(arrival())
    lost = take(inbox, "w1")
    clock.tick(minutes=3)
    held = take(inbox, "w2")
    assert inbox.posted(lost, "w1", "1.1").posted == ""
    assert inbox.posted(held, "w2", "2.2").posted == "2.2"
    assert inbox.posted(lost, "w1", "1.1").posted == "2.2"
    inbox.finish(lost, "w1", "answered")
    assert inbox.waiting() == 1 and inbox.renew(held, "w2")
    inbox.finish(held, "w2", "answered")
    assert not inbox.renew(held, "w2") and row(engine, held).posted == "2.2"


def test_the_same_worker_that_lost_a_job_does_not_hold_it_by_its_name(inbox: SqlInbox, clock: Clock) -> None:
    inbox.take_in(arrival())
    before = take(inbox, "w")
    clock.tick(minutes=3)
    after = take(inbox, "w")
    assert not inbox.renew(before, "w") and inbox.renew(after, "w")


def test_whoever_retakes_a_job_knows_its_message_and_may_name_another(inbox: SqlInbox, clock: Clock) -> None:
    inbox.take_in(arrival())
    assert inbox.posted(take(inbox, "w1"), "w1", "1.1").posted == "1.1"
    clock.tick(minutes=3)
    again = take(inbox, "w2")
    assert again.posted == "1.1"
    assert inbox.posted(again, "w2", "2.2").posted == "2.2"


def test_a_worker_that_stops_gives_back_all_that_it_holds(inbox: SqlInbox) -> None:
    arrivals = [arrival() for _ in range(3)]
    for a in arrivals:
        inbox.take_in(a)
    jobs = [take(inbox, "w1"), take(inbox, "w2"), take(inbox, "w1")]
    inbox.finish(jobs[0], "w1", "answered")
    inbox.release("w1")
    again = take(inbox, "w3")
    assert (again.arrival, again.attempts) == (arrivals[2], 2)
    assert not inbox.renew(jobs[2], "w1") and inbox.renew(jobs[1], "w2")
    assert inbox.next("w4") is None


def test_a_job_that_five_failed_at_comes_once_more_and_then_never(
    inbox: SqlInbox, clock: Clock, engine: Engine
) -> None:
    first = arrival()
    inbox.take_in(first)
    inbox.take_in(reply(first))
    seen: list[Job] = []
    while (job := take(inbox, f"w{len(seen)}")).arrival == first:
        seen.append(job)
        clock.tick(minutes=3)
    assert [j.attempts for j in seen] == list(range(1, MOST_ATTEMPTS + 1))
    kept = row(engine, seen[0])
    assert (kept.outcome, kept.sealed, kept.person, kept.worker, kept.holding) == ("given_up", "", "", None, None)
    assert not inbox.take_in(first)


def test_a_finished_job_says_nothing_any_more(inbox: SqlInbox, engine: Engine, tmp_path: Path) -> None:
    inbox.take_in(arrival(text="Where is the zebra?", user="UZEBRA"))
    job = take(inbox)
    before = row(engine, job)
    inbox.finish(job, "w", "answered")
    kept = row(engine, job)
    assert before.sealed and before.person
    assert (kept.sealed, kept.person, kept.outcome, kept.worker) == ("", "", "answered", None)
    assert kept.event_name == before.event_name


@on_sqlite
def test_the_files_hold_no_word_and_no_id_of_a_person(inbox: SqlInbox, engine: Engine, tmp_path: Path) -> None:
    url = "https://hooks.example/zebra-hook"
    for n in range(60):
        inbox.take_in(
            arrival(text="Where is the zebra?", user="UZEBRA", channel="CZEBRA", response_url=url, area=f"{n}")
        )
    sealed = []
    while job := inbox.next("w"):
        sealed.append(str(row(engine, job).sealed).encode())
        held = b"".join(p.read_bytes() for p in tmp_path.iterdir() if p.is_file())
        assert b"zebra" not in held.lower()
        inbox.finish(job, "w", "answered")
    with engine.connect() as c:
        c.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)").all()
    held = b"".join(p.read_bytes() for p in tmp_path.iterdir() if p.is_file())
    assert len(sealed) == 60 and not [s for s in sealed if s[:60] in held or s[-60:] in held]


def test_a_question_sealed_with_another_secret_is_dropped_and_holds_up_nobody(engine: Engine, clock: Clock) -> None:
    first = arrival()
    SqlInbox(engine, lambda: "the secret of before", clock=clock).take_in(first)
    inbox = SqlInbox(engine, secret, clock=clock)
    inbox.take_in(arrival())
    assert take(inbox).arrival != first
    with engine.connect() as c:
        outcomes = c.execute(sa.select(t.slack_inbox.c.outcome).order_by(t.slack_inbox.c.seq)).scalars().all()
    assert outcomes == ["unreadable", ""]


@on_sqlite
def test_the_pragmas_of_a_connection_are_put_back(inbox: SqlInbox, engine: Engine) -> None:
    inbox.take_in(arrival())
    with engine.connect() as c:
        found = [c.exec_driver_sql(f"PRAGMA {name}").scalar() for name in ("synchronous", "secure_delete")]
    assert found == [1, 0]


def test_without_a_clock_the_database_says_what_time_it_is(engine: Engine) -> None:
    inbox = SqlInbox(engine, secret, lease=timedelta(0))
    inbox.take_in(arrival())
    jobs = [take(inbox, "w1"), take(inbox, "w2")]
    assert [j.attempts for j in jobs] == [1, 2]
    assert jobs[0].received.utcoffset() == timedelta(0)
