"""What an uninstall deletes: one workspace, or the organisation that had it installed for all of its own."""

from __future__ import annotations

import asyncio
import json
from dataclasses import dataclass, field
from types import SimpleNamespace
from typing import Any, cast

import pytest
from slack_bolt.request.async_request import AsyncBoltRequest
from slack_bolt.response import BoltResponse

from assistant.slack.aside import Aside
from assistant.slack.listeners.lifecycle import Lifecycle
from assistant.slack.room import Room


@dataclass
class Forgetting:
    """Notes what was to be forgotten."""

    asked: list[tuple[str, str]] = field(default_factory=list)

    def workspace(self, team: str, enterprise: str = "") -> int:
        self.asked.append((team, enterprise))
        return 0


def forgotten(event: dict[str, Any], *, enterprise: str = "", whole: bool = False) -> list[tuple[str, str]]:
    """What an event of workspace T1 has forgotten."""
    body = {
        "type": "event_callback",
        "team_id": "T1",
        "enterprise_id": enterprise or None,
        "event": event,
        "authorizations": [
            {"team_id": None if whole else "T1", "enterprise_id": enterprise or None, "is_enterprise_install": whole}
        ],
    }
    forgetting, aside = Forgetting(), Aside(1, "test")
    room = cast(Room, SimpleNamespace(cabinet=SimpleNamespace(forgetting=forgetting), aside=aside))

    async def passed_on() -> BoltResponse:
        return BoltResponse(status=418)

    async def run() -> None:
        request = AsyncBoltRequest(body=json.dumps(body), mode="socket_mode")
        await Lifecycle(room).async_process(req=request, resp=BoltResponse(status=200), next=passed_on)

    asyncio.run(run())
    aside.close()
    return forgetting.asked


@pytest.mark.parametrize("event", [{"type": "app_uninstalled"}, {"type": "tokens_revoked", "tokens": {"bot": ["U"]}}])
def test_the_end_of_a_workspace_is_its_own(event: dict[str, Any]) -> None:
    assert forgotten(event) == [("T1", "")]
    assert forgotten(event, enterprise="E1") == [("T1", "E1")]


def test_the_end_of_an_organisations_install_is_that_of_all_its_workspaces() -> None:
    assert forgotten({"type": "app_uninstalled"}, enterprise="E1", whole=True) == [("", "E1")]


def test_a_persons_revoked_token_ends_nothing() -> None:
    assert forgotten({"type": "tokens_revoked", "tokens": {"oauth": ["U"], "bot": []}}) == []
    assert forgotten({"type": "message"}) == []
