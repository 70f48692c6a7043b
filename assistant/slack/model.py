"""What the Slack app speaks of: where something was said, what arrived, and what became of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class Surface(StrEnum):
    """Where in Slack a question was asked."""

    DM = "dm"
    MENTION = "mention"
    THREAD = "thread"  # a reply in a thread that we answered in, without a mention
    COMMAND = "command"
    SHORTCUT = "shortcut"


@dataclass(frozen=True, slots=True)
class Place:
    """A thread: the workspace, the channel, and the `ts` of the thread's first message."""

    team: str
    channel: str
    root: str


@dataclass(frozen=True, slots=True)
class Arrival:
    """A question as it came in. `event_id` and (`team`, `channel`, `ts`) each name it once and for all.

    A command has no message: its `ts` is made of its trigger, `root` is empty, and it is answered at `response_url`.
    """

    event_id: str
    surface: Surface
    team: str
    enterprise: str  # empty outside an organisation
    channel: str
    ts: str
    root: str
    user: str
    text: str
    response_url: str = ""
    area: str = ""  # of the question itself, where a control chose one

    @property
    def place(self) -> Place:
        return Place(self.team, self.channel, self.root or self.ts)


@dataclass(frozen=True, slots=True)
class Job:
    """An arrival that a worker holds the lease of. Its answer's id and its conversation are known from the first."""

    job_id: str
    arrival: Arrival
    answer_id: str
    conversation_id: str
    received: datetime
    attempts: int  # 1 at the first
    posted: str  # `ts` of our message that carries the answer; empty before there is one


@dataclass(frozen=True, slots=True)
class Thread:
    """A thread that we answered in."""

    place: Place
    conversation_id: str
    asker: str
    answer_id: str  # of the last answer in it


@dataclass(frozen=True, slots=True)
class Preferences:
    """What holds for one person in one channel: the narrowest setting that was made, level by level."""

    area: str | None = None
    area_from: str = ""  # person | channel | workspace; empty without an area
    follow_ups: str = "asker"  # mention | asker | anyone
    admitted: bool = True  # whether this person may ask here
    help: str = ""  # a channel's id, or an address, page or telephone
    person_quota: str = ""
    workspace_quota: str = ""
