"""The app's manifest: what is registered here, what that needs, and the file that an administrator gives to Slack."""

from __future__ import annotations

import json
from collections.abc import Iterable
from importlib.resources import files
from typing import Any

# The scope that each event needs (docs.slack.dev/reference/events).
EVENTS = {
    "app_mention": "app_mentions:read",
    "message.im": "im:history",
    "message.channels": "channels:history",
    "message.groups": "groups:history",
    "app_home_opened": "",
    "app_uninstalled": "",
    "tokens_revoked": "",
}
# The scope that each method needs (docs.slack.dev/reference/methods).
METHODS = {
    "assistant.threads.setStatus": "chat:write",
    "assistant.threads.setSuggestedPrompts": "assistant:write",
    "auth.test": "",
    "chat.appendStream": "chat:write",
    "chat.delete": "chat:write",
    "chat.postEphemeral": "chat:write",
    "chat.postMessage": "chat:write",
    "chat.startStream": "chat:write",
    "chat.stopStream": "chat:write",
    "chat.update": "chat:write",
    "conversations.replies": "im:history",  # in channels those of the follow-ups
    "oauth.v2.access": "",
    "views.open": "",
    "views.publish": "",
}
FOLLOW_UPS = ("message.channels", "message.groups")  # only where threads are followed without a mention
COMMAND_SCOPE = "commands"  # of the slash command and the shortcut


def manifest() -> dict[str, Any]:
    """The manifest as it stands in the file: all follow-ups, over HTTP at a sample address."""
    loaded: dict[str, Any] = json.loads(
        files("assistant.slack").joinpath("manifest.json").read_text(encoding="utf-8")
    )
    return loaded


def bot_scopes(*, follow_ups: bool = True) -> list[str]:
    """The least scopes: those that events, methods and the command need."""
    events = [scope for name, scope in EVENTS.items() if follow_ups or name not in FOLLOW_UPS]
    return sorted({*_named(events), *_named(METHODS.values()), COMMAND_SCOPE})


def _named(scopes: Iterable[str]) -> set[str]:
    return {s for s in scopes if s}


def tailored(
    *, url: str = "", socket: bool = False, follow_ups: bool = True, oauth: bool = False, name: str = ""
) -> dict[str, Any]:
    """The manifest for one installation: over HTTP at `url` or in Socket Mode, with or without the rest."""
    made = manifest()
    settings, features = made["settings"], made["features"]
    base = url.rstrip("/")
    if name:
        made["display_information"]["name"] = features["bot_user"]["display_name"] = name
    made["oauth_config"]["scopes"]["bot"] = bot_scopes(follow_ups=follow_ups)
    events = settings["event_subscriptions"]
    events["bot_events"] = [e for e in events["bot_events"] if follow_ups or e not in FOLLOW_UPS]
    settings["socket_mode_enabled"] = socket
    for place in (events, settings["interactivity"]):
        place["request_url"] = f"{base}/slack/events"
        if socket:
            del place["request_url"]
    for command in features["slash_commands"]:
        command["url"] = f"{base}/slack/events"
        if socket:
            del command["url"]
    made["oauth_config"]["redirect_urls"] = [f"{base}/slack/oauth_redirect"]
    if not oauth:
        del made["oauth_config"]["redirect_urls"]
        settings["token_rotation_enabled"] = False  # tokens of the settings cannot be changed by the app
    return made
