"""The addresses that Slack calls: /slack/events, and those of an install by OAuth where there is one."""

from __future__ import annotations

from slack_bolt.adapter.starlette.async_handler import AsyncSlackRequestHandler
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from assistant.slack.app import SlackApp
from vectorstore.errors import SettingsError

EVENTS, INSTALL, RETURN = "/slack/events", "/slack/install", "/slack/oauth_redirect"


def routes(app: SlackApp, signing_secret: str) -> list[Route]:
    """The routes of `app`. Raises SettingsError without a secret: every request would be believed.

    Bolt checks the signature over the raw body and the age of the request before anything is read from it.
    """
    if not signing_secret:
        raise SettingsError(
            "Requests of Slack cannot be told from others'.", "Set LSIP_SLACK_SIGNING_SECRET, or use `lsip slack`."
        )
    handler = AsyncSlackRequestHandler(app.bolt)

    async def handle(request: Request) -> Response:
        return await handler.handle(request)

    made = [Route(EVENTS, handle, methods=["POST"], include_in_schema=False)]
    if app.bolt.oauth_flow is not None:
        made += [Route(p, handle, methods=["GET"], include_in_schema=False) for p in (INSTALL, RETURN)]
    return made
