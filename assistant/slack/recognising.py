"""Which requests of Slack are questions, and whose. Nothing is looked up and nothing is said here."""

from __future__ import annotations

import html
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from assistant.slack import names
from assistant.slack.drawing.modals import values
from assistant.slack.model import Arrival, Surface
from assistant.slack.private import Returning

SUBCOMMANDS = ("area", "timeline", "check", "help")
_MENTION = re.compile(r"<@([UW][A-Z0-9]+)(?:\|[^>]*)?>")
_OTHERS = re.compile(r"<@([UW][A-Z0-9]+)(?:\|[^>]*)?>|<!(?:subteam\^[^>]*|here|channel|everyone)[^>]*>")
_LINK = re.compile(r"<([^<>|]+)\|([^<>]+)>")
_BARE = re.compile(r"<((?:https?|mailto|tel):[^<>|]+)>")


@dataclass(frozen=True, slots=True)
class Sender:
    """Where a request comes from, as Bolt worked it out."""

    team: str
    enterprise: str
    bot_user: str
    user: str


@dataclass(frozen=True, slots=True)
class Candidate:
    """What may be a question. `reply`: it stands in a thread without a mention, so that it depends on the thread."""

    arrival: Arrival
    reply: bool = False


def candidate(body: Mapping[str, Any], sender: Sender) -> Candidate | None:
    """The question that a request holds, or None."""
    event = body.get("event")
    if isinstance(event, Mapping):
        return _of_event(body, event, sender)
    if body.get("command") == names.COMMAND:
        return _of_command(body, sender)
    if body.get("type") == "view_submission":
        return _of_modal(body, sender)
    if body.get("type") == "block_actions":
        return _of_button(body, sender)
    return None


def is_message(body: Mapping[str, Any]) -> bool:
    """Whether it is an event of something said, all of which end with the questions among them."""
    event = body.get("event")
    return isinstance(event, Mapping) and event.get("type") in ("message", "app_mention")


def subcommand(text: str) -> tuple[str, str]:
    """The word that a command begins with and the rest, if it is one of ours; else empty and the whole text."""
    first, _, rest = text.strip().partition(" ")
    if first.lower() in SUBCOMMANDS and (first.lower() in ("area", "timeline", "check") or not rest.strip()):
        return first.lower(), rest.strip()
    return "", text.strip()


def words(text: str, bot_user: str = "") -> str:
    """What a person typed: without the mention of us, links and names as they read, Slack's three entities undone."""
    text = text.replace(f"<@{bot_user}>", " ") if bot_user else text
    text = _LINK.sub(r"\2", text)
    text = _BARE.sub(lambda m: m[1].removeprefix("mailto:").removeprefix("tel:"), text)
    return " ".join(html.unescape(text).split())


def _of_event(body: Mapping[str, Any], event: Mapping[str, Any], sender: Sender) -> Candidate | None:
    kind = event.get("type")
    if kind not in ("message", "app_mention") or _not_a_person(event, sender) or _a_stranger(body, event, sender):
        return None
    text, channel, ts = str(event.get("text") or ""), str(event.get("channel") or ""), str(event.get("ts") or "")
    root = str(event.get("thread_ts") or "")
    mentioned = {m[1] for m in _MENTION.finditer(text)}
    direct = event.get("channel_type") == "im"
    reply = False
    if kind == "app_mention":
        surface = Surface.MENTION
    elif direct:
        surface = Surface.DM
    elif sender.bot_user in mentioned or not root or root == ts:
        return None  # a mention comes as an event of its own; what begins no thread of ours is none of our business
    elif any(m[1] != sender.bot_user for m in _OTHERS.finditer(text)):
        return None  # people talk to each other
    else:
        surface, reply = Surface.THREAD, True
    if not channel or not ts:
        return None
    arrival = Arrival(
        event_id=str(body.get("event_id") or f"{channel}:{ts}"),
        surface=surface,
        team=sender.team,
        enterprise=sender.enterprise,
        channel=channel,
        ts=ts,
        root=root,
        user=sender.user or str(event["user"]),
        text=words(text, sender.bot_user),
    )
    if not arrival.text and surface is not Surface.MENTION:
        return None
    return Candidate(arrival, reply)


def _not_a_person(event: Mapping[str, Any], sender: Sender) -> bool:
    """Bots, ourselves, and everything that is not a message as somebody first wrote it."""
    user = event.get("user")
    if not user or user in (sender.bot_user, "USLACKBOT"):
        return True
    return any(event.get(k) for k in ("subtype", "bot_id", "bot_profile", "edited", "hidden"))


def _a_stranger(body: Mapping[str, Any], event: Mapping[str, Any], sender: Sender) -> bool:
    """Somebody of another organisation, in a channel that is shared by Slack Connect."""
    home = event.get("user_team") or (event.get("team") if body.get("is_ext_shared_channel") else None)
    return bool(home) and home not in (sender.team, sender.enterprise)


def _of_command(body: Mapping[str, Any], sender: Sender) -> Candidate | None:
    word, text = subcommand(str(body.get("text") or ""))
    if word or not text:
        return None
    trigger = str(body.get("trigger_id") or "")
    return Candidate(
        Arrival(
            event_id=f"command:{trigger}",
            surface=Surface.COMMAND,
            team=sender.team,
            enterprise=sender.enterprise,
            channel=str(body.get("channel_id") or ""),
            ts=trigger,
            root="",
            user=sender.user,
            text=words(text, sender.bot_user),
            response_url=str(body.get("response_url") or ""),
        )
    )


def _of_modal(body: Mapping[str, Any], sender: Sender) -> Candidate | None:
    view = body.get("view") or {}
    if view.get("callback_id") != names.ASK_MODAL:
        return None
    text, back = values(view).get(names.QUESTION_INPUT, ""), Returning.read(str(view.get("private_metadata") or ""))
    if not text.strip():
        return None
    return Candidate(
        Arrival(
            event_id=f"view:{view.get('id')}",
            surface=Surface.SHORTCUT,
            team=sender.team,
            enterprise=sender.enterprise,
            channel=back.channel,
            ts=str(view.get("id")),
            root="",
            user=sender.user,
            text=words(text),
            response_url=back.response_url,
        )
    )


def _of_button(body: Mapping[str, Any], sender: Sender) -> Candidate | None:
    """A question on a button: asked once by each person, in the thread of the message, or where only they see it."""
    action = (body.get("actions") or [{}])[0]
    action_id = str(action.get("action_id") or "")
    if not action_id.startswith((names.CHOICE, names.SUGGESTION)):
        return None
    message, view = body.get("message") or {}, body.get("view") or {}
    container = body.get("container") or {}
    channel = str((body.get("channel") or {}).get("id") or container.get("channel_id") or "")
    seen_at = str(container.get("message_ts") or message.get("ts") or view.get("hash") or "")
    alone = bool(container.get("is_ephemeral")) or not message
    name = f"{seen_at}:{action_id}:{sender.user}"
    return Candidate(
        Arrival(
            event_id=f"button:{channel}:{name}",
            surface=Surface.SHORTCUT if alone else Surface.THREAD,
            team=sender.team,
            enterprise=sender.enterprise,
            channel=channel,
            ts=name,
            root="" if alone else str(message.get("thread_ts") or message.get("ts") or ""),
            user=sender.user,
            text=" ".join(str(action.get("value") or "").split()),
            response_url=str(body.get("response_url") or "") if alone else "",
        )
    )
