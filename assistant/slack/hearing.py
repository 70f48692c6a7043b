"""What comes over HTTP: events and interactions of Slack, and the pages of an install by OAuth where there is one."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from slack_bolt.async_app import AsyncApp, AsyncBoltRequest
from slack_bolt.response import BoltResponse

from vectorstore.errors import SettingsError

INSTALL, RETURN = "/slack/install", "/slack/oauth_redirect"
STAMP = "x-slack-request-timestamp"


@dataclass(frozen=True, slots=True)
class Reply:
    """An answer over HTTP; a header may stand in it more than once."""

    status: int
    body: str = ""
    headers: tuple[tuple[str, str], ...] = ()


class Hearing:
    """Hands requests to Bolt, which checks signature (over the raw body) and age before it believes anything."""

    def __init__(self, bolt: AsyncApp, signing_secret: str) -> None:
        """Raises SettingsError without a secret: every request would be believed."""
        if not signing_secret:
            raise SettingsError(
                "Requests of Slack cannot be told from others'.",
                "Set LSIP_SLACK_SIGNING_SECRET, or use `lsip slack`.",
            )
        self._bolt = bolt

    @property
    def pages(self) -> tuple[str, ...]:
        """The paths of pages for administrators."""
        return (INSTALL, RETURN) if self._bolt.oauth_flow is not None else ()

    async def post(self, body: bytes, headers: Mapping[str, str]) -> Reply:
        """Answer a request of Slack, or one that says it is."""
        stamp = headers.get(STAMP)
        if stamp is not None and not stamp.isdigit():
            return Reply(401)  # no moment at all, which Bolt would trip over
        try:
            asked = AsyncBoltRequest(body=body.decode("utf-8"), headers=dict(headers))
        except (ValueError, TypeError, AttributeError):  # Bolt reads the body before it checks the signature
            return Reply(400)
        return _reply(await self._bolt.async_dispatch(asked))

    async def page(self, path: str, query: str, headers: Mapping[str, str]) -> Reply:
        """One of `pages`."""
        flow = self._bolt.oauth_flow
        if flow is None or path not in self.pages:
            return Reply(404)
        asked = AsyncBoltRequest(body="", query=query, headers=dict(headers))
        return _reply(await (flow.handle_installation(asked) if path == INSTALL else flow.handle_callback(asked)))


def _reply(response: BoltResponse) -> Reply:
    headers = tuple((name, value) for name, values in response.headers.items() for value in values)
    return Reply(response.status, response.body, headers)
