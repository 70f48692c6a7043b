"""What the listeners and workers of the Slack app need kept, as protocols. All of it blocks: called off the loop."""

from __future__ import annotations

from typing import Protocol

from assistant.slack.model import Arrival, Job, Place, Preferences, Thread


class Inbox(Protocol):
    """Questions that arrived, each once, until they are answered; shared by all processes of one database."""

    def take_in(self, arrival: Arrival) -> bool:
        """Keep an arrival for good, before Slack is told that it came. False if it is known by either name."""

    def waiting(self) -> int:
        """How many are not finished."""

    def next(self, worker: str) -> Job | None:
        """Lease the oldest that is free and not behind another of its conversation. A lease that ran out is free."""

    def renew(self, job: Job, worker: str) -> bool:
        """Hold on to a job; False if another worker has it by now, and this one must stop."""

    def posted(self, job: Job, worker: str, ts: str) -> Job:
        """Record the message that carries the answer, so that whoever retakes the job finishes that one."""

    def finish(self, job: Job, worker: str, outcome: str) -> None:
        """It is answered (or need not be): its text and addresses are erased, its names are kept for a day."""

    def release(self, worker: str) -> None:
        """Give back what a worker that stops still holds."""


class Threads(Protocol):
    """Threads that we answered in, and which answer a message of ours carries."""

    def note(self, place: Place, thread: Thread, message_ts: str) -> None:
        """An answer was given in a thread, in the message `message_ts`."""

    def of(self, place: Place) -> Thread | None: ...


class PreferenceBook(Protocol):
    """Settings of workspaces, channels and people."""

    def of(self, team: str, channel: str, user: str) -> Preferences: ...

    def set_area(self, area: str | None, team: str, *, channel: str = "", user: str = "") -> None:
        """The default area of a person, a channel, or (both empty) the workspace; None takes it back."""


class Forgetting(Protocol):
    """Deletes what is kept of somebody."""

    def person(self, team: str, user: str) -> int:
        """Delete a person's questions, answers, votes and settings; how many answers it were."""

    def workspace(self, team: str, enterprise: str = "") -> int:
        """Delete a workspace: its installation, settings, threads, and the questions that came from it."""
