"""What the Slack app keeps, in memory: for tests of those who use it."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from threading import Lock

from assistant.slack.model import Arrival, Job


class MemoryInbox:
    """An inbox of one process. `lose` takes a job from whoever holds it, as a lease that runs out does."""

    def __init__(self) -> None:
        self._jobs: dict[str, Job] = {}
        self._holders: dict[str, str] = {}
        self._names: set[str] = set()
        self._lock = Lock()
        self.outcomes: dict[str, str] = {}
        self.renewals = 0

    def take_in(self, arrival: Arrival) -> bool:
        names = {f"event {arrival.event_id}", f"message {arrival.team} {arrival.channel} {arrival.ts}"}
        with self._lock:
            if names & self._names:
                return False
            self._names |= names
            job_id = f"j{len(self._names)}"
            self._jobs[job_id] = Job(job_id, arrival, f"a-{job_id}", f"c-{job_id}", datetime.now(UTC), 0, "")
            return True

    def waiting(self) -> int:
        return len(self._jobs)

    def next(self, worker: str) -> Job | None:
        with self._lock:
            for job_id, job in self._jobs.items():
                if job_id not in self._holders:
                    self._holders[job_id] = worker
                    self._jobs[job_id] = replace(job, attempts=job.attempts + 1)
                    return self._jobs[job_id]
        return None

    def lose(self, job_id: str) -> None:
        self._holders.pop(job_id)

    def holder(self, job_id: str) -> str:
        return self._holders.get(job_id, "")

    def renew(self, job: Job, worker: str) -> bool:
        self.renewals += 1
        return self.holder(job.job_id) == worker

    def posted(self, job: Job, worker: str, ts: str) -> Job:
        self._jobs[job.job_id] = replace(job, posted=ts)
        return self._jobs[job.job_id]

    def finish(self, job: Job, worker: str, outcome: str) -> None:
        with self._lock:
            if self._holders.get(job.job_id) != worker:
                return
            self.outcomes[job.job_id] = outcome
            self._jobs.pop(job.job_id, None)
            self._holders.pop(job.job_id, None)

    def release(self, worker: str) -> None:
        with self._lock:
            self._holders = {j: w for j, w in self._holders.items() if w != worker}
