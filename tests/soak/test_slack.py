"""Two thousand events in random order, faults of Slack, and replicas that are killed: each question answered once.

What is fixed is the seed, printed with the numbers; what the machine does with it differs from run to run.
"""

from __future__ import annotations

import random
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path

import pytest
import sqlalchemy as sa

from tests.fakes.slack import payloads
from tests.fakes.slack.faults import Fault, broken, dropped, ratelimited, refused
from tests.fakes.slack.record import Call
from tests.fakes.slack.replicas import Replicas, prepared, replicas
from tests.fakes.slack.sender import Sender
from tests.fakes.slack.server import SlackServer, slack
from tests.fakes.slack.state import Message
from tests.fakes.slack.world import GATE_QUESTION, GATE_SAID, POND_QUESTION, POND_SAID, until, words

pytestmark = [pytest.mark.soak, pytest.mark.timeout(900)]
EVENTS = 2000
SEED = 20261126
KILL_EVERY = (1.5, 6.0)  # seconds
SENDERS = 6
LEASE = 6.0  # seconds: longer than a busy machine keeps a process that lives from renewing; minutes in earnest
FAULTY = 0.02  # of calls
METHODS = ("chat.startStream", "chat.appendStream", "chat.stopStream", "chat.update", "chat.postMessage")
SAID = {GATE_QUESTION: GATE_SAID, POND_QUESTION: POND_SAID}


@dataclass
class Plan:
    """What is sent, and which of it is a question: by message, whether Slack was told that it came."""

    questions: list[Message] = field(default_factory=list)
    events: list[tuple[Message | None, dict[str, object]]] = field(default_factory=list)
    acked: set[str] = field(default_factory=set)
    kinds: Counter[str] = field(default_factory=Counter)


def planned(server: SlackServer, sender: Sender, dice: random.Random) -> Plan:
    """Direct questions and mentions, some twice or as a pair; edits, bots and talk of others between them."""
    plan = Plan()
    threads: list[Message] = []
    while len(plan.events) < EVENTS:
        number = len(plan.events)
        kind = dice.choices(
            ["direct", "mention", "thread", "double", "pair", "edited", "bot", "talk"], [30, 14, 8, 14, 14, 8, 6, 6]
        )[0]
        text = dice.choice([GATE_QUESTION, POND_QUESTION])
        user = f"U0P{dice.randrange(40):02}"
        plan.kinds[kind] += 1
        if kind in ("direct", "double", "edited", "bot"):
            said = server.says("T0ONE", f"D0P{number}", user, text)
            event = sender.message_event(said, "im")
            if kind == "bot":
                plan.events.append((None, sender.message_event(said, "im", bot_id="B0OTHER")))
                continue
            plan.questions.append(said)
            plan.events += [(said, event)] * (dice.randint(2, 4) if kind == "double" else 1)
            if kind == "edited":
                plan.events.append((None, sender.event(payloads.edited(said, text + " Please.", "im"))))
        elif kind == "talk":
            said = server.says("T0ONE", "C0TALK", user, text)
            plan.events.append((None, sender.message_event(said, "channel")))
        else:
            root = dice.choice(threads).ts if kind == "thread" and threads else ""
            said = server.says("T0ONE", "C0HALL", user, f"<@{sender.bot}> {text}", root)
            if not root:
                threads.append(said)
            plan.questions.append(said)
            plan.events.append((said, sender.mention_event(said)))
            if kind == "pair":
                plan.events.append((said, sender.message_event(said, "channel")))
    return plan


class Trouble:
    """Makes some calls go wrong, by the dice."""

    def __init__(self, seed: int) -> None:
        self._dice = random.Random(seed)
        self._lock = threading.Lock()
        self.met: Counter[str] = Counter()

    def hits(self, share: float, name: str) -> Callable[[Call], bool]:
        def which(_: Call) -> bool:
            with self._lock:
                hit = self._dice.random() < share
                self.met[name] += hit
                return hit

        return which

    def spread(self, server: SlackServer) -> None:
        faults: dict[str, Fault] = {
            "limit": ratelimited(1),
            "broken": broken(500),
            "before": dropped("before"),
            "after": dropped("after"),
        }
        for method in METHODS:
            for name, fault in faults.items():
                server.script(method, fault, times=None, which=self.hits(FAULTY / len(faults), name))
        expired = refused("message_not_in_streaming_state")
        for method in ("chat.appendStream", "chat.stopStream"):
            server.script(method, expired, times=None, which=self.hits(FAULTY / 4, "expired"))


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return prepared(tmp_path_factory.mktemp("soak"))


@pytest.fixture
def told(capsys: pytest.CaptureFixture[str]) -> Callable[[str], None]:
    def tell(text: str) -> None:
        with capsys.disabled():
            print(text, flush=True)

    return tell


def reaper(house: Replicas, over: threading.Event, dice: random.Random, kills: list[float]) -> None:
    """Kills one of the replicas every few seconds, and begins another."""
    begun = time.monotonic()
    while not over.wait(dice.uniform(*KILL_EVERY)):
        house.kill(dice.choice(house.running))
        kills.append(time.monotonic() - begun)
        house.begin()


def unfinished(data: Path) -> Iterator[int]:
    engine = sa.create_engine(f"sqlite:///{data / 'lsip.sqlite3'}")
    with engine.connect() as c:
        while True:
            yield int(c.execute(sa.text("SELECT count(*) FROM slack_inbox WHERE finished IS NULL")).scalar_one())
            c.rollback()


def test_every_question_is_answered_once_whatever_dies(data: Path, told: Callable[[str], None]) -> None:
    dice = random.Random(SEED)
    quotas = {"slack_person_quota": "100000/minute", "slack_workspace_quota": "100000/minute", "slack_queue": 10_000}
    with slack() as server, replicas(data, server, lease=LEASE, **quotas) as house:
        sender = Sender(server, house.events)
        plan = planned(server, sender, dice)
        shuffled = sorted(range(len(plan.events)), key=lambda n: n + dice.uniform(0, 60))
        trouble = Trouble(SEED)
        trouble.spread(server)
        for _ in range(2):
            house.begin()
        house.ready()
        over = threading.Event()
        kills: list[float] = []
        killer = threading.Thread(target=reaper, args=(house, over, dice, kills))
        begun = time.monotonic()
        killer.start()

        def send(number: int) -> None:
            said, event = plan.events[number]
            results = sender.deliver(event, waits=(0.2, 1.0, 3.0))
            if said is not None and any(r.acked for r in results):
                plan.acked.add(said.ts)

        try:
            with ThreadPoolExecutor(SENDERS) as hands:
                list(hands.map(send, shuffled))
            sent = time.monotonic() - begun
        finally:
            over.set()
            killer.join()
        left = unfinished(data)
        until(lambda: next(left) == 0, 300)
        seconds = time.monotonic() - begun
        attempts = Counter(d.status for d in sender.deliveries)
        told(
            f"seed {SEED}: {len(plan.events)} events {dict(plan.kinds)} in {sent:.0f} s, all finished after "
            f"{seconds:.0f} s; {len(kills)} kills; deliveries by status {dict(attempts)}; Slack's faults "
            f"{dict(trouble.met)}; {len(plan.questions)} questions, {len(plan.acked)} acknowledged"
        )
        judge(server, plan)


def judge(server: SlackServer, plan: Plan) -> None:
    """Every question that Slack was told of has its answer, once; nothing else has any."""
    now = server.clock.now()
    ours = [m for m in server.state.messages if m.ours and not m.deleted]
    jobs = Counter((m.metadata or {}).get("event_payload", {}).get("job", "") for m in ours)
    assert [m for m in ours if m.streaming(now)] == [], "a message was left in the middle of its stream"
    assert not [job for job, times in jobs.items() if times > 1], jobs.most_common(5)
    by_thread: dict[tuple[str, str], list[Message]] = {}
    for message in ours:
        by_thread.setdefault((message.channel, message.thread_ts), []).append(message)
    asked: dict[tuple[str, str], list[Message]] = {}
    for said in plan.questions:
        asked.setdefault((said.channel, said.thread_ts or said.ts), []).append(said)
    assert not set(by_thread) - set(asked), "an answer where nobody asked"
    wrong = []
    for place, questions in asked.items():
        there = by_thread.get(place, [])
        surely = sum(q.ts in plan.acked for q in questions)
        wanted = Counter(next(SAID[q] for q in SAID if q in said.text) for said in questions)
        given = Counter(s for m in there for s in SAID.values() if s in words(m))
        if not surely <= len(there) <= len(questions) or given - wanted or sum(given.values()) != len(there):
            wrong.append((place, len(questions), surely, [words(m)[:120] for m in there]))
    assert not wrong, f"{len(wrong)} threads: {wrong[:5]}"
