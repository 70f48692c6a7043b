"""The inbox under several processes and under kill -9: each question is taken in once and answered once, in order."""

from __future__ import annotations

import contextlib
import json
import os
import random
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import asdict, dataclass, replace
from pathlib import Path

import pytest
import sqlalchemy as sa
from sqlalchemy import Engine

from assistant.slack.model import Arrival
from assistant.slack.storage.inbox import SqlInbox
from tests.fakes.slack_kept import arrival, postgres, reply, secret
from vectorstore import schema as t
from vectorstore.catalogue import migrate, open_engine

ROOT = Path(__file__).resolve().parents[2]


@dataclass
class World:
    """A database, an outbox that stands for Slack, and the process that forks workers."""

    url: str
    engine: Engine
    folder: Path
    process: subprocess.Popen[str]

    @property
    def outbox(self) -> Path:
        return self.folder / "outbox"

    @property
    def inbox(self) -> SqlInbox:
        return SqlInbox(self.engine, secret)

    def start(self, *words: object) -> int:
        """A child's process id."""
        assert self.process.stdin is not None and self.process.stdout is not None
        print(*words, file=self.process.stdin, flush=True)
        return int(self.process.stdout.readline())

    def end(self) -> list[int]:
        """Wait for all children: their statuses."""
        assert self.process.stdin is not None and self.process.stdout is not None
        print("end", file=self.process.stdin, flush=True)
        return [int(status) for status in self.process.stdout.readline().split()]

    def rows(self) -> list[sa.Row[tuple[object, ...]]]:
        with self.engine.connect() as c:
            return list(c.execute(sa.select(t.slack_inbox).order_by(t.slack_inbox.c.seq)))

    def messages(self) -> list[tuple[str, str]]:
        """What a reader sees in Slack: the job and the answer of each message."""
        return sorted((p.name.partition(".")[0], p.read_text()) for p in self.outbox.glob("*.*"))

    def log(self) -> list[list[str]]:
        return [line.split() for line in (self.folder / "log").read_text().splitlines()]


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.service)])
def world(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[World]:
    (tmp_path / "outbox").mkdir()
    with contextlib.ExitStack() as stack:
        lite = request.param == "sqlite"
        url = f"sqlite:///{tmp_path / 'lsip.sqlite3'}" if lite else stack.enter_context(postgres())
        engine = open_engine(url)
        stack.callback(engine.dispose)
        migrate(engine)
        engine.dispose()
        process = stack.enter_context(
            subprocess.Popen(
                [sys.executable, "-m", "tests.fakes.slack_worker", url, str(tmp_path / "outbox")],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                cwd=ROOT,
                text=True,
            )
        )
        assert process.stdout is not None and process.stdout.readline() == "ready\n"
        yield World(url, engine, tmp_path, process)


def conversations(count: int, length: int) -> list[Arrival]:
    """Threads of some questions each, as they come in mixed."""
    firsts = [arrival(text=f"Question {n}") for n in range(count)]
    return [first if n == 0 else reply(first, text=f"Then {n}?") for n in range(length) for first in firsts]


def test_processes_that_race_take_each_question_in_once(world: World) -> None:
    """Four replicas hear of each question, under the event of the mention or that of the message."""
    given = conversations(20, 5)
    for n in range(4):
        heard = given if n % 2 == 0 else [replace(a, event_id=f"{a.event_id}-message") for a in given]
        random.Random(n).shuffle(heard := list(heard))
        (world.folder / f"{n}.json").write_text(json.dumps([asdict(a) for a in heard]))
    for n in range(4):
        world.start("take", f"p{n}", world.folder / f"{n}.json")
    assert world.end() == [0] * 4
    taken = Counter(ts for p in world.outbox.glob("*.taken") for ts in json.loads(p.read_text()))
    assert taken == Counter(a.ts for a in given)
    assert world.inbox.waiting() == len(given)


def test_workers_of_several_processes_answer_once_in_order_and_one_at_a_time(world: World) -> None:
    given = conversations(12, 5)
    for a in given:
        world.inbox.take_in(a)
    for n in range(4):
        world.start("work", f"w{n}", 600)
    assert world.end() == [0] * 4
    order: dict[str, list[str]] = {}
    open_now: dict[str, str] = {}
    workers = set()
    for what, conversation, ts, worker in world.log():
        workers.add(worker)
        if what == "begin":
            assert conversation not in open_now
            open_now[conversation] = worker
            order.setdefault(conversation, []).append(ts)
        else:
            assert open_now.pop(conversation) == worker
    assert not open_now and sorted(ts for line in order.values() for ts in line) == sorted(a.ts for a in given)
    assert all(line == sorted(line) and len(line) == 5 for line in order.values())
    assert world.messages() == sorted((str(r.job_id), str(r.answer_id)) for r in world.rows())
    assert {r.attempts for r in world.rows()} == {1} and len(workers) > 1


def test_workers_that_are_killed_lose_nothing_and_say_nothing_twice(world: World) -> None:
    given = conversations(25, 6)
    for a in given:
        world.inbox.take_in(a)
    dice = random.Random(7)
    alive = [world.start("work", f"w{n}", 1) for n in range(3)]
    killed = 0
    for n in range(3, 18):
        time.sleep(dice.uniform(0.01, 0.12))  # a moment of one's choosing
        victim = alive.pop(dice.randrange(len(alive)))
        with contextlib.suppress(ProcessLookupError):
            os.kill(victim, signal.SIGKILL)
        alive.append(world.start("work", f"w{n}", 1))
    statuses = world.end()
    killed = sum(status == signal.SIGKILL for status in statuses)
    assert set(statuses) <= {0, signal.SIGKILL} and killed
    rows = world.rows()
    assert [(r.outcome, r.sealed) for r in rows] == [("answered", "")] * len(given)
    assert world.messages() == sorted((str(r.job_id), str(r.answer_id)) for r in rows)
    for conversation in {r.conversation_id for r in rows}:
        moments = [r.finished for r in rows if r.conversation_id == conversation]
        assert moments == sorted(moments, key=str)  # in order of arrival
    print(f"{killed} workers killed, {sum(int(str(r.attempts)) - 1 for r in rows)} jobs retaken")
    if world.engine.dialect.name == "sqlite":
        with world.engine.connect() as c:
            assert c.exec_driver_sql("PRAGMA integrity_check").scalar() == "ok"
