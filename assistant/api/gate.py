"""The gate before every route: which door, who comes, is it open, how often may they. Plain ASGI: no body is read."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from starlette.datastructures import MutableHeaders
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from assistant.api import cors, problems
from assistant.api.callers import Caller
from assistant.api.problems import Problem
from assistant.sites.keys import PREFIX
from assistant.sites.model import Site
from assistant.sites.quotas import Verdict
from assistant.sites.sessions import Session
from assistant.sites.switchboard import Board
from assistant.sites.visitors import Visitors, address_name, admitted, other_quotas, question_quotas
from prompts import message
from vectorstore.errors import ClosedError, LimitedError, LsipError, NotAdmittedError, UnknownCallerError

SESSIONS = "/v1/widget/sessions"
QUESTIONS = "/v1/questions"
WIDGET_BODY = 16 * 1024  # bytes
_FREE = ("/static/", "/widget/", "/healthz/", "/readyz/", "/metrics/", "/openapi.json/", "/staff/", "/slack/")
_SAFE = ("GET", "HEAD")


class Gate:
    """Lets callers in, with `Caller` and the headers of their limits on the request, or answers with a problem."""

    def __init__(self, app: ASGIApp, visitors: Visitors, respond: Callable[[Request, Problem], Response]) -> None:
        self._app = app
        self._visitors = visitors
        self._respond = respond

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or (scope["path"] + "/").startswith(_FREE):
            await self._app(scope, receive, send)
            return
        request = Request(scope)
        extra: dict[str, str] = {}
        request.state.extra_headers = extra

        async def with_headers(event: Message) -> None:
            if event["type"] == "http.response.start":
                headers = MutableHeaders(scope=event)
                headers.update({k: v for k, v in extra.items() if k != "Vary"})
                if "Vary" in extra:
                    headers.add_vary_header(extra["Vary"])
            await send(event)

        try:
            done = await self._let_in(request, extra)
        except LsipError as error:
            done = self._respond(request, problems.of_error(error))
        if done is not None:
            await done(scope, receive, with_headers)
        else:
            await self._app(scope, receive, with_headers)

    async def _let_in(self, request: Request, extra: dict[str, str]) -> Response | None:
        """None if the request may go on; the answer to a browser that asks whether it may ask."""
        board = await self._visitors.switchboard.board()
        programs = request.url.path.startswith("/v1/")
        if programs:
            extra.update(cors.headers(request, board))
            if cors.is_preflight(request):
                return cors.preflight(request, board)
        site, session, key = self._known(request, board) if programs else (None, None, None)
        opening = request.url.path == SESSIONS
        door = "widget" if opening or session is not None else "api" if programs else "pages"
        if not board.doors[door]:
            raise ClosedError(message("door_closed"), message("door_closed_remedy"))
        if session or opening:
            request.state.max_body = WIDGET_BODY
        request.state.caller = Caller(
            "page" if door == "pages" else door,
            site.site_id if site else None,
            session.session_id if session else None,
            key,
        )
        verdict = await self._count(request, site, session, key, opening=opening)
        extra.update(_limit_headers(verdict))
        if not verdict.admitted:
            raise LimitedError(
                message("limited"), message("limited_remedy", wait=_wait(verdict.reset)), verdict.reset
            )
        return None

    def _known(self, request: Request, board: Board) -> tuple[Site | None, Session | None, str | None]:
        """The site and session, or the key, that a request for programs shows. Raises what refuses it."""
        if request.url.path == SESSIONS:
            return None, None, None  # the route itself looks at the origin, and at a token to be renewed
        given = bearer(request)
        if given.startswith(PREFIX):
            key = board.key(given)
            if key is None:
                raise UnknownCallerError("That key is not known.", "Ask the operator of this service for a key.")
            return None, None, key.key_id
        if given:
            session = self._visitors.sessions.read(given)
            if session is None:
                raise UnknownCallerError(message("session_over"), message("session_over_remedy"))
            came_from = request.headers.get("origin")
            site = admitted(board, session.site, session.origin, own_origin(request))
            # browsers leave the origin out only where the page is the service's own
            same = came_from == session.origin or (came_from is None and request.method in _SAFE)
            if site is None or not same:
                raise not_admitted()
            return site, session, None
        if not self._visitors.open_api:
            raise UnknownCallerError(
                "This service answers programs only with a key.", "Send it as `Authorization: Bearer lsk_...`."
            )
        return None, None, None

    async def _count(
        self, request: Request, site: Site | None, session: Session | None, key: str | None, *, opening: bool
    ) -> Verdict:
        v = self._visitors
        address = address_name(request.client.host, v.secret()) if request.client else None
        if _asks(request):
            return await v.quotas.take(question_quotas(v.rules, site, session, key, address))
        return await v.quotas.take(other_quotas(v.rules, key, address, opening=opening))


def bearer(request: Request) -> str:
    """The bearer token of a request; empty for none."""
    scheme, _, value = request.headers.get("authorization", "").partition(" ")
    return value.strip() if scheme.lower() == "bearer" else ""


def own_origin(request: Request) -> str:
    """The origin that this service was reached at, by what the caller says of it."""
    return f"{request.url.scheme}://{request.headers.get('host', '')}".lower()


def not_admitted() -> NotAdmittedError:
    """One text for an unknown site, one switched off and a foreign origin: nobody learns which sites there are."""
    return NotAdmittedError(message("site_refused"), message("site_refused_remedy"))


def _asks(request: Request) -> bool:
    if request.url.path == QUESTIONS:
        return request.method == "POST"
    return request.url.path == "/" and bool(request.query_params.get("q", "").strip())


def _limit_headers(verdict: Verdict) -> dict[str, str]:
    if not verdict.limit:
        return {}
    return {
        "RateLimit-Limit": str(verdict.limit),
        "RateLimit-Remaining": str(verdict.remaining),
        "RateLimit-Reset": str(verdict.reset),
        "RateLimit-Policy": verdict.policy,
    }


def _wait(seconds: int) -> str:
    """A time to wait, in the largest unit that says it fairly."""
    for size, unit in ((3600, "hour"), (60, "minute"), (1, "second")):
        if seconds >= size:
            count = -(-seconds // size)
            return f"{count} {unit}" + ("s" if count > 1 else "")
    return "1 second"


def headers_of(request: Request) -> dict[str, Any]:
    """What the gate adds, for a response that is made outside it."""
    return dict(getattr(request.state, "extra_headers", {}))
