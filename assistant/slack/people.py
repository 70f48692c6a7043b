"""The names under which people and conversations of Slack are kept: opaque, and of one workspace by their beginning.

An id of Slack cannot be turned back from them without the secret; whoever has the secret can find all that is kept of
a person, or delete all that came from a workspace, by the name alone.
"""

from __future__ import annotations

from assistant.sites.secret import pseudonym
from assistant.slack.model import Arrival, Surface

_OF_A_MESSAGE = frozenset({Surface.DM, Surface.MENTION, Surface.THREAD})


def workspace_prefix(secret: str, team: str) -> str:
    """What the ids of all people and conversations of a workspace begin with."""
    return f"slack-{pseudonym(secret, _joined('team', team))[:16]}-"


def person_id(secret: str, team: str, user: str) -> str:
    """A member's opaque id: the `person` of an Origin, the voter of a Vote, the subject of a Quota."""
    return workspace_prefix(secret, team) + pseudonym(secret, _joined("person", team, user))


def conversation_id(secret: str, arrival: Arrival) -> str:
    """The conversation that an arrival belongs to: its thread's; outside a thread the person's own in the channel."""
    a = arrival
    in_thread = bool(a.root) or a.surface in _OF_A_MESSAGE
    where = _joined("thread", a.team, a.channel, a.root or a.ts) if in_thread else ""
    return workspace_prefix(secret, a.team) + pseudonym(secret, where or _joined("talk", a.team, a.channel, a.user))


def arrival_names(secret: str, arrival: Arrival) -> tuple[str, str]:
    """The two names that each hold an arrival once: of its event, and of its message."""
    a = arrival
    event = _joined("event", a.event_id)
    return pseudonym(secret, event), pseudonym(secret, _joined("message", a.team, a.channel, a.ts))


def _joined(*parts: str) -> str:
    """One text of all parts, told apart from any other way to cut them."""
    return "\0".join(f"{len(p)}:{p}" for p in parts)
