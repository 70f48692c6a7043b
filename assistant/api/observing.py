"""What is noted of every request: an id that the response, problems and the log share, its time and its status."""

from __future__ import annotations

import logging
import re
import time

from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from assistant.answering.origin import new_id
from assistant.api import problems
from assistant.api.metrics import Metrics
from assistant.logs import event, request_id

REQUEST_ID = "X-Request-Id"
log = logging.getLogger(__name__)
_ID = re.compile(r"[A-Za-z0-9._-]{8,64}")
_METHODS = frozenset({"GET", "HEAD", "POST", "PUT", "DELETE", "OPTIONS", "PATCH"})

_NUL = {"loc": ("address",), "msg": "holds a NUL character"}


def _unreadable(scope: Scope) -> bool:
    """Whether an address holds a NUL, which no id of ours does and PostgreSQL refuses."""
    return "\0" in scope["path"] or (scope["path"].startswith("/v1/") and b"%00" in scope["query_string"])


class Observing:
    """Takes a request's id from its header, or makes one. Outermost, so that refusals are seen too."""

    def __init__(self, app: ASGIApp, metrics: Metrics) -> None:
        self._app = app
        self._metrics = metrics

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        given = Headers(scope=scope).get(REQUEST_ID, "")
        request_id.set(given if _ID.fullmatch(given) else new_id())
        status, began = 500, time.perf_counter()

        async def noted(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
                MutableHeaders(scope=message)[REQUEST_ID] = request_id.get()
            await send(message)

        self._metrics.open_requests.inc()
        try:
            if _unreadable(scope):
                await problems.of_invalid([_NUL]).response()(scope, receive, noted)
            else:
                await self._app(scope, receive, noted)
        finally:
            self._metrics.open_requests.dec()
            self._note(scope, status, time.perf_counter() - began)

    def _note(self, scope: Scope, status: int, seconds: float) -> None:
        method = scope["method"] if scope["method"] in _METHODS else "OTHER"
        route = getattr(scope.get("route"), "path", None) or "none"
        self._metrics.requested(method, route, status, seconds)
        event(log, "request", method=method, route=route, status=status, ms=round(seconds * 1000))
