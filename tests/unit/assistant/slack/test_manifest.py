"""The manifest asks for what the code uses, no more and no less."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest

from assistant.slack import names
from assistant.slack.manifest import EVENTS, FOLLOW_UPS, METHODS, bot_scopes, manifest, tailored
from tests.fakes.slack.methods import NEEDED, READING

ROOM = Path(__file__).resolve().parents[4] / "assistant" / "slack"
CODE = "\n".join(p.read_text(encoding="utf-8") for p in sorted(ROOM.rglob("*.py")))
CALLED = re.compile(r"\.((?:chat|views|assistant_threads|conversations|auth|oauth_v2|apps_connections|users)_\w+)\(")
BY_LIBRARY = {"oauth.v2.access"}  # the install and the exchange of tokens are slack_sdk's
BY_APP_TOKEN = {"apps.connections.open"}  # connections:write of the app-level token


def dotted(name: str) -> str:
    """`chat_postMessage` as Slack names it."""
    for room in ("assistant_threads", "oauth_v2", "apps_connections"):
        name = name.replace(f"{room}_", f"{room.replace('_', '.')}.")
    return name.replace("_", ".")


def test_the_methods_listed_are_those_called() -> None:
    called = {dotted(m) for m in CALLED.findall(CODE)}
    assert called - BY_APP_TOKEN | BY_LIBRARY == set(METHODS)


def test_the_scopes_of_methods_are_those_that_slack_asks_for() -> None:
    for method, scope in METHODS.items():
        needed = (READING["D"],) if method == "conversations.replies" else NEEDED.get(method, ("",))
        assert scope in needed, method


def test_the_manifest_has_the_least_scopes_and_the_events_that_are_heard() -> None:
    made = manifest()
    assert made["oauth_config"]["scopes"] == {"bot": bot_scopes()}
    assert made["settings"]["event_subscriptions"]["bot_events"] == sorted(EVENTS)
    for event in EVENTS:
        assert f'"{event.split(".")[0]}"' in CODE


def test_the_manifest_names_the_command_and_the_shortcut_that_are_heard() -> None:
    features = manifest()["features"]
    assert [c["command"] for c in features["slash_commands"]] == [names.COMMAND]
    assert [(s["callback_id"], s["type"]) for s in features["shortcuts"]] == [(names.ASK_ABOUT, "message")]


def test_the_texts_keep_slacks_bounds() -> None:
    """https://docs.slack.dev/reference/app-manifest"""
    made = manifest()
    shown, features = made["display_information"], made["features"]
    assert len(shown["name"]) <= 35 and len(shown["description"]) <= 140
    assert 174 <= len(shown["long_description"]) <= 4000
    assert len(features["agent_view"]["agent_description"]) <= 300
    assert 1 <= len(features["agent_view"]["suggested_prompts"]) <= 4
    assert all(set(p) == {"title", "message"} for p in features["agent_view"]["suggested_prompts"])
    assert all(len(s["name"]) <= 24 and len(s["description"]) <= 150 for s in features["shortcuts"])
    assert "assistant_view" not in features  # the legacy experience; new apps have agent_view


def test_over_http_every_address_is_that_of_the_service() -> None:
    made = tailored(url="https://lsip.example.org/", oauth=True)
    found = set(re.findall(r'"(https://[^"]+)"', json.dumps(made)))
    assert found == {"https://lsip.example.org/slack/events", "https://lsip.example.org/slack/oauth_redirect"}
    assert made["settings"]["socket_mode_enabled"] is False


def test_socket_mode_needs_no_address() -> None:
    made = tailored(socket=True)
    assert "https://" not in json.dumps(made)
    assert made["settings"]["socket_mode_enabled"] is True and made["settings"]["interactivity"] == {
        "is_enabled": True
    }


def test_tokens_of_the_settings_are_not_to_run_out() -> None:
    assert tailored(socket=True)["settings"]["token_rotation_enabled"] is False
    assert tailored(url="https://x.example", oauth=True)["settings"]["token_rotation_enabled"] is True


@pytest.mark.parametrize("scope", ["channels:history", "groups:history"])
def test_without_follow_ups_no_channel_is_read(scope: str) -> None:
    made: dict[str, Any] = tailored(socket=True, follow_ups=False)
    assert scope not in made["oauth_config"]["scopes"]["bot"]
    assert not set(FOLLOW_UPS) & set(made["settings"]["event_subscriptions"]["bot_events"])
    assert scope in tailored(socket=True)["oauth_config"]["scopes"]["bot"]


def test_the_name_is_the_installations_own() -> None:
    made = tailored(socket=True, name="Skills helper")
    assert made["display_information"]["name"] == made["features"]["bot_user"]["display_name"] == "Skills helper"
