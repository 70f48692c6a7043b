"""What Slack and others send to /slack/events, before anything of it is believed."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from starlette.applications import Starlette
from starlette.testclient import TestClient

from assistant.api.slack_door import slack_routes
from assistant.composition import Application
from assistant.settings import load_settings
from assistant.slack.app import build
from assistant.slack.hearing import Hearing
from assistant.slack.model import Arrival
from tests.fakes.slack.sender import SECRET, Sender, headers
from tests.fakes.slack.server import slack
from tests.fakes.slack_memory import MemoryInbox
from vectorstore.errors import SettingsError


@pytest.fixture
def client(tmp_path: Path) -> Iterator[TestClient]:
    with slack() as server:
        given: dict[str, Any] = {
            "data_dir": tmp_path,
            "slack_bot_token": server.workspace().token,
            "slack_signing_secret": SECRET,
            "slack_api_url": server.url,
        }
        app = Application(load_settings(**given))
        made = build(app, app.slack)
        with TestClient(Starlette(routes=slack_routes(made)), raise_server_exceptions=False) as client:
            yield client
            assert client.portal is not None
            client.portal.call(made.stop)


@pytest.mark.parametrize("raw", ["", "{", "[]", "null", '"x"', "payload=%7B", "payload=[]", "\x00", "payload=1"])
@pytest.mark.parametrize("form", [False, True])
def test_what_is_no_request_of_slack_breaks_nothing(client: TestClient, raw: str, form: bool) -> None:
    answer = client.post("/slack/events", content=raw, headers=headers(raw, form=form))
    assert answer.status_code < 500 and "Traceback" not in answer.text


def test_bytes_that_are_no_text_break_nothing(client: TestClient) -> None:
    assert client.post("/slack/events", content=b"\xff\xfe").status_code == 400


def test_an_unsigned_request_is_refused(client: TestClient) -> None:
    assert client.post("/slack/events", json={"type": "event_callback"}).status_code == 401


def test_a_question_that_cannot_be_kept_is_not_acknowledged(tmp_path: Path) -> None:
    """Slack then sends it again; by that time it can be kept."""
    with slack() as server:
        given: dict[str, Any] = {
            "data_dir": tmp_path,
            "slack_bot_token": server.workspace().token,
            "slack_signing_secret": SECRET,
            "slack_api_url": server.url,
        }
        app = Application(load_settings(**given))
        inbox = Forgetful()
        app.slack.inbox = inbox  # type: ignore[assignment]
        made = build(app, app.slack)
        sender = Sender(server, "")
        raw = json.dumps(sender.message_event(server.says("T0ONE", "D0ASKER", "U0ASKER", "When?"), "im"))
        with TestClient(Starlette(routes=slack_routes(made))) as client:
            inbox.able = False
            assert client.post("/slack/events", content=raw, headers=headers(raw)).status_code == 500
            assert inbox.waiting() == 0
            inbox.able = True
            for _ in range(2):
                assert client.post("/slack/events", content=raw, headers=headers(raw)).status_code == 200
            assert inbox.waiting() == 1
            assert client.portal is not None
            client.portal.call(made.stop)


class Forgetful(MemoryInbox):
    """An inbox whose database does not always answer."""

    able = True

    def take_in(self, arrival: Arrival) -> bool:
        if not self.able:
            raise OSError("the disk is full")
        return super().take_in(arrival)


def test_nothing_is_installed_where_there_is_no_client(client: TestClient) -> None:
    assert client.get("/slack/install").status_code == 404
    assert client.get("/slack/events").status_code == 405


def test_without_a_secret_there_are_no_routes(tmp_path: Path) -> None:
    app = Application(load_settings(data_dir=tmp_path, slack_bot_token="xoxb-1"))
    made = build(app, app.slack)
    with pytest.raises(SettingsError):
        Hearing(made.bolt, "")
    asyncio.run(made.stop())


def test_without_a_token_it_is_said_what_to_set(tmp_path: Path) -> None:
    app = Application(load_settings(data_dir=tmp_path))
    with pytest.raises(SettingsError) as caught:
        build(app, app.slack)
    assert "LSIP_SLACK_BOT_TOKEN" in caught.value.remedy and "LSIP_SLACK_CLIENT_ID" in caught.value.remedy
