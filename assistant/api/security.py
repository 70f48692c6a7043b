"""What every response carries, and how large a request may be. Plain ASGI, so that nothing is buffered."""

from __future__ import annotations

from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from assistant.api import problems

MAX_BODY = 4 * 1024 * 1024  # bytes; fifty turns of history at their longest fit

HEADERS = {
    "Content-Security-Policy": (
        "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'; "
        "base-uri 'none'; frame-ancestors 'none'"
    ),
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
}


class SecurityHeaders:
    """Adds the headers to every response, static files and errors too; one that a route has set stays."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return

        async def guarded(event: Message) -> None:
            if event["type"] == "http.response.start":
                headers = MutableHeaders(scope=event)
                for name, value in HEADERS.items():
                    headers.setdefault(name, value)
            await send(event)

        await self._app(scope, receive, guarded)


class BodyLimit:
    """Refuses a request body longer than MAX_BODY, or than the gate allows, before or while it is read."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        most = scope.get("state", {}).get("max_body", MAX_BODY)
        stated = Headers(scope=scope).get("content-length", "")
        if stated.isdigit() and int(stated) > most:
            await problems.of_status(413).response()(scope, receive, send)
            return
        seen = 0

        async def counted() -> Message:
            nonlocal seen
            event = await receive()
            seen += len(event.get("body", b""))
            if seen > most:
                raise BodyTooLargeError
            return event

        try:
            await self._app(scope, counted, send)
        except BodyTooLargeError:
            await problems.of_status(413).response()(scope, receive, send)


class BodyTooLargeError(Exception):
    """A body without a stated length went past the limit."""
