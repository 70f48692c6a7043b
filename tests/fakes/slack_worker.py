"""Processes that take in and answer questions from Slack, forked from one that has imported everything.

`python -m tests.fakes.slack_worker URL OUTBOX`; each line of input starts a child; its process id is answered:

- `take NAME FILE`: takes in the arrivals of a JSON file; writes to OUTBOX/NAME.taken which of them were new.
- `work NAME SECONDS`: answers with leases of so many seconds until nothing is left, or it is killed.

`end` waits for all children. A message in Slack is a file OUTBOX/JOB.UUID, empty until its answer is known.
"""

from __future__ import annotations

import json
import os
import sys
import time
import traceback
import uuid
from datetime import timedelta
from pathlib import Path

from assistant.slack.model import Arrival, Job, Surface
from assistant.slack.storage.inbox import SqlInbox
from tests.fakes.slack_kept import secret
from vectorstore.catalogue import open_engine


def take(url: str, outbox: Path, name: str, file: str) -> None:
    inbox = SqlInbox(open_engine(url), secret)
    given = [Arrival(**{**a, "surface": Surface(a["surface"])}) for a in json.loads(Path(file).read_text())]
    new = [a.ts for a in given if inbox.take_in(a)]
    (outbox / f"{name}.taken").write_text(json.dumps(new))


def work(url: str, outbox: Path, name: str, seconds: str) -> None:
    inbox = SqlInbox(open_engine(url), secret, lease=timedelta(seconds=float(seconds)))
    while inbox.waiting():
        job = inbox.next(name)
        if job is None:
            time.sleep(0.01)  # until a lease runs out or another finishes
            continue
        note(outbox, "begin", job, name)
        deliver(inbox, job, name, outbox)


def deliver(inbox: SqlInbox, job: Job, name: str, outbox: Path) -> None:
    """Find or post the message, tell the inbox, fill it; as a worker of the Slack app does."""
    ts = job.posted or next((p.name for p in outbox.glob(f"{job.job_id}.*")), "")
    made = not ts
    if made:
        ts = f"{job.job_id}.{uuid.uuid4().hex[:24]}"
        (outbox / ts).touch(exist_ok=False)
    if ts != job.posted and inbox.posted(job, name, ts).posted != ts:
        if made:
            (outbox / ts).unlink()
        return
    (outbox / ts).write_text(job.answer_id)
    if inbox.renew(job, name):
        note(outbox, "end", job, name)
        inbox.finish(job, name, "answered")


def note(outbox: Path, what: str, job: Job, name: str) -> None:
    """One line that is written whole, in the order in which things happened."""
    line = f"{what} {job.conversation_id} {job.arrival.ts} {name}\n".encode()
    log = os.open(outbox.parent / "log", os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
    os.write(log, line)
    os.close(log)


def main() -> None:
    url, outbox = sys.argv[1], Path(sys.argv[2])
    print("ready", flush=True)
    for line in sys.stdin:
        command, *arguments = line.split()
        if command == "end":
            break
        child = os.fork()
        if child == 0:
            code = 70
            try:
                {"take": take, "work": work}[command](url, outbox, *arguments)
                code = 0
            except Exception:
                traceback.print_exc()
            finally:
                os._exit(code)
        print(child, flush=True)
    statuses = []
    try:
        while True:
            statuses.append(os.wait()[1])
    except ChildProcessError:
        print(*statuses, flush=True)


if __name__ == "__main__":
    main()
