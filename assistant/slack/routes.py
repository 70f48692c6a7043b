"""The addresses that Slack calls: /slack/events, and those of an install by OAuth where there is one."""

from __future__ import annotations

from slack_bolt.adapter.starlette.async_handler import (
    AsyncSlackRequestHandler,
    to_async_bolt_request,
    to_starlette_response,
)
from slack_bolt.async_app import AsyncApp
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from vectorstore.errors import SettingsError

STAMP = "x-slack-request-timestamp"
EVENTS, INSTALL, RETURN = "/slack/events", "/slack/install", "/slack/oauth_redirect"


def routes(bolt: AsyncApp, signing_secret: str) -> list[Route]:
    """The routes of `bolt`. Raises SettingsError without a secret: every request would be believed.

    Bolt checks the signature over the raw body and the age of the request before anything is read from it.
    """
    if not signing_secret:
        raise SettingsError(
            "Requests of Slack cannot be told from others'.", "Set LSIP_SLACK_SIGNING_SECRET, or use `lsip slack`."
        )
    handler = AsyncSlackRequestHandler(bolt)

    async def hear(request: Request) -> Response:
        stamp = request.headers.get(STAMP)
        if stamp is not None and not stamp.isdigit():
            return Response(status_code=401)  # no moment at all, which Bolt would trip over
        body = await request.body()
        try:
            asked = to_async_bolt_request(request, body)
        except (ValueError, TypeError, AttributeError):  # Bolt reads the body before it checks the signature
            return Response(status_code=400)
        return to_starlette_response(await bolt.async_dispatch(asked))

    async def install(request: Request) -> Response:
        return await handler.handle(request)

    made = [Route(EVENTS, hear, methods=["POST"], include_in_schema=False)]
    if bolt.oauth_flow is not None:
        made += [Route(p, install, methods=["GET"], include_in_schema=False) for p in (INSTALL, RETURN)]
    return made
