"""What Slack sends, as its pages show it.

https://docs.slack.dev/reference/events and https://docs.slack.dev/reference/interaction-payloads
"""

from __future__ import annotations

from typing import Any

from tests.fakes.slack.state import Message, Workspace

Payload = dict[str, Any]


def envelope(event: Payload, space: Workspace, event_id: str, *, authorized_by: str = "") -> Payload:
    """An event in what the Events API puts around it."""
    return {
        "token": "verification-token",
        "team_id": space.team,
        "enterprise_id": space.enterprise or None,
        "context_team_id": authorized_by or space.team,
        "api_app_id": space.app_id,
        "event": event,
        "type": "event_callback",
        "event_id": event_id,
        "event_time": int(float(event["event_ts"])),
        "authorizations": [
            {
                "enterprise_id": space.enterprise or None,
                "team_id": space.team,
                "user_id": space.bot_user,
                "is_bot": True,
                "is_enterprise_install": False,
            }
        ],
        "is_ext_shared_channel": False,
    }


def message(said: Message, channel_type: str) -> Payload:
    """https://docs.slack.dev/reference/events/message"""
    event = {
        "type": "message",
        "channel": said.channel,
        "channel_type": channel_type,
        "user": said.user,
        "text": said.text,
        "ts": said.ts,
        "event_ts": said.ts,
        "team": said.team,
        "client_msg_id": f"00000000-0000-0000-0000-{said.ts.replace('.', '')[-12:]}",
    }
    return {**event, **({"thread_ts": said.thread_ts} if said.thread_ts else {})}


def mention(said: Message) -> Payload:
    """https://docs.slack.dev/reference/events/app_mention"""
    event = message(said, "channel")
    del event["channel_type"]
    return {**event, "type": "app_mention"}


def edited(said: Message, text: str, channel_type: str) -> Payload:
    """https://docs.slack.dev/reference/events/message/message_changed"""
    return {
        "type": "message",
        "subtype": "message_changed",
        "hidden": True,
        "channel": said.channel,
        "channel_type": channel_type,
        "ts": said.ts[:-1] + ("1" if said.ts[-1] != "1" else "2"),
        "message": {**said.payload(), "text": text, "edited": {"user": said.user, "ts": said.ts}},
        "previous_message": said.payload(),
    }


def who(space: Workspace, user: str) -> Payload:
    """What every interaction begins with."""
    return {
        "team": {"id": space.team, "domain": space.team.lower()},
        "enterprise": {"id": space.enterprise, "name": "Organisation"} if space.enterprise else None,
        "user": {"id": user, "username": user.lower(), "name": user.lower(), "team_id": space.team},
        "api_app_id": space.app_id,
        "token": "verification-token",
        "is_enterprise_install": False,
    }


def command(
    space: Workspace, name: str, text: str, user: str, channel: str, trigger_id: str, response_url: str
) -> Payload:
    """https://docs.slack.dev/interactivity/implementing-slash-commands"""
    given = {
        "token": "verification-token",
        "team_id": space.team,
        "team_domain": space.team.lower(),
        "channel_id": channel,
        "channel_name": channel.lower(),
        "user_id": user,
        "user_name": user.lower(),
        "command": name,
        "text": text,
        "api_app_id": space.app_id,
        "is_enterprise_install": "false",
        "response_url": response_url,
        "trigger_id": trigger_id,
    }
    return given | ({"enterprise_id": space.enterprise} if space.enterprise else {})


def pressed(
    someone: Payload,
    channel: str,
    shown: Payload,
    action: Payload,
    trigger_id: str,
    response_url: str,
    *,
    ephemeral: bool = False,
) -> Payload:
    """https://docs.slack.dev/reference/interaction-payloads/block_actions-payload"""
    container = {
        "type": "message",
        "message_ts": shown["ts"],
        "channel_id": channel,
        "is_ephemeral": ephemeral,
        **({"thread_ts": shown["thread_ts"]} if shown.get("thread_ts") else {}),
    }
    return {
        **someone,
        "type": "block_actions",
        "container": container,
        "trigger_id": trigger_id,
        "channel": {"id": channel, "name": "directmessage" if channel.startswith("D") else channel.lower()},
        **({} if ephemeral else {"message": shown}),
        "state": {"values": {}},
        "response_url": response_url,
        "actions": [{**action, "action_ts": shown["ts"]}],
    }


def pressed_in_view(someone: Payload, view: Payload, action: Payload, trigger_id: str) -> Payload:
    return {
        **someone,
        "type": "block_actions",
        "container": {"type": "view", "view_id": view["id"]},
        "trigger_id": trigger_id,
        "view": {**view, "state": {"values": {}}},
        "actions": [{**action, "action_ts": "1700000000.000001"}],
    }


def submitted(someone: Payload, view: Payload, values: Payload, trigger_id: str) -> Payload:
    """https://docs.slack.dev/reference/interaction-payloads/view-interactions-payload"""
    return {
        **someone,
        "type": "view_submission",
        "trigger_id": trigger_id,
        "view": {"private_metadata": "", **view, "state": {"values": values}},
        "response_urls": [],
    }


def message_shortcut(
    someone: Payload, callback_id: str, channel: str, shown: Payload, trigger_id: str, response_url: str
) -> Payload:
    """https://docs.slack.dev/reference/interaction-payloads/shortcuts-interaction-payload"""
    return {
        **someone,
        "type": "message_action",
        "callback_id": callback_id,
        "trigger_id": trigger_id,
        "channel": {"id": channel, "name": channel.lower()},
        "message": shown,
        "message_ts": shown["ts"],
        "response_url": response_url,
        "action_ts": shown["ts"],
    }


def elements(blocks: list[Payload]) -> list[Payload]:
    """Every control in blocks, with the id of its block."""
    found = []
    for number, block in enumerate(blocks):
        parts = [*(block.get("elements") or []), block.get("accessory"), block.get("element")]
        name = block.get("block_id") or f"b{number}"
        found += [{**p, "block_id": name} for p in parts if isinstance(p, dict) and p.get("action_id")]
    return found


def action_of(blocks: list[Payload], action_id: str, value: str | None) -> Payload:
    """What pressing a control sends. A control that is not there fails the test."""
    there = elements(blocks)
    found = [e for e in there if e["action_id"] == action_id]
    assert found, f"no {action_id} among {[e['action_id'] for e in there]}"
    element = found[0]
    action = {"type": element["type"], "action_id": action_id, "block_id": element["block_id"]}
    if element["type"] == "feedback_buttons":
        buttons = [element["positive_button"], element["negative_button"]]
        chosen = [b for b in buttons if value is not None and b["value"].startswith(value)]
        assert chosen, f"{value!r} begins none of {[b['value'] for b in buttons]}"
        return {**action, "text": chosen[0]["text"], "value": chosen[0]["value"]}
    if element["type"] == "button":
        return {**action, "text": element["text"], "value": element.get("value", "")}
    if element["type"] in ("static_select", "radio_buttons", "overflow"):
        return {**action, "selected_option": _option(element, value)}
    return {**action, "value": value}


def filled(blocks: list[Payload], values: Payload) -> Payload:
    """The state of a modal in which these values were given, by block id; the others as they were set out."""
    state: Payload = {}
    for block in blocks:
        element = block.get("element")
        if block.get("type") != "input" or element is None:
            continue
        name, kind = block["block_id"], element["type"]
        value = values.get(name)
        if kind == "plain_text_input":
            given: Payload = {"type": kind, "value": value if value is not None else element.get("initial_value")}
        elif kind == "checkboxes":
            given = {"type": kind, "selected_options": [_option(element, v) for v in value or []]}
        else:
            chosen = _option(element, value) if value is not None else element.get("initial_option")
            given = {"type": kind, "selected_option": chosen}
            if kind == "datepicker":
                given = {"type": kind, "selected_date": value}
            elif kind == "number_input":
                given = {"type": kind, "value": value}
        state[name] = {element["action_id"]: given}
    unknown = set(values) - set(state)
    assert not unknown, f"no inputs {sorted(unknown)} among {sorted(state)}"
    return state


def _option(element: Payload, value: Any) -> Payload:
    options: list[Payload] = element.get("options") or [
        o for g in element.get("option_groups") or [] for o in g["options"]
    ]
    found = [o for o in options if o["value"] == value]
    assert found, f"no option {value!r} among {[o['value'] for o in options]}"
    return found[0]
