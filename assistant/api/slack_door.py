"""The addresses of the Slack app: whatever stands behind them looks after its own door, signatures and limits."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Protocol

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from assistant.answering.model import AnswerStatus

EVENTS = "/slack/events"


class Reply(Protocol):
    """An answer over HTTP."""

    @property
    def status(self) -> int: ...
    @property
    def body(self) -> str: ...
    @property
    def headers(self) -> tuple[tuple[str, str], ...]: ...


class Hearing(Protocol):
    """Answers requests."""

    @property
    def pages(self) -> tuple[str, ...]: ...
    async def post(self, body: bytes, headers: Mapping[str, str]) -> Reply: ...
    async def page(self, path: str, query: str, headers: Mapping[str, str]) -> Reply: ...


class SlackDoor(Protocol):
    """The Slack app, as far as the service runs it."""

    def hearing(self) -> Hearing: ...
    def observe(self, answered: Callable[[str, AnswerStatus, float], None]) -> None: ...
    async def start(self) -> None: ...
    async def stop(self) -> None: ...


def slack_routes(slack: SlackDoor) -> list[Route]:
    """POST /slack/events and the pages of an install. Raises SettingsError where requests could not be told apart."""
    hearing = slack.hearing()

    async def post(request: Request) -> Response:
        return _response(await hearing.post(await request.body(), request.headers))

    async def page(request: Request) -> Response:
        return _response(await hearing.page(request.url.path, request.url.query, request.headers))

    return [
        Route(EVENTS, post, methods=["POST"], include_in_schema=False),
        *(Route(path, page, methods=["GET"], include_in_schema=False) for path in hearing.pages),
    ]


def _response(reply: Reply) -> Response:
    response = Response(reply.body, reply.status)
    for name, value in reply.headers:
        if name.lower() == "content-type":
            response.headers[name] = value
        else:
            response.headers.append(name, value)
    return response
