"""What browsers are told of other origins: the exact origin of an enabled site, never a wildcard, no credentials."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import Response

from assistant.sites.switchboard import Board

METHODS = "GET, POST, PUT, DELETE, OPTIONS"
REQUEST_HEADERS = "Authorization, Content-Type, Accept, Idempotency-Key, Prefer"
EXPOSED = (
    "Retry-After, RateLimit-Limit, RateLimit-Remaining, RateLimit-Reset, RateLimit-Policy, X-Request-Id, "
    "Idempotency-Replayed"
)
MAX_AGE = 600  # seconds


def headers(request: Request, board: Board) -> dict[str, str]:
    """The headers of any answer for programs; caches are told that the origin matters, whoever asks."""
    origin = request.headers.get("origin")
    if origin not in board.origins:
        return {"Vary": "Origin"}
    return {"Vary": "Origin", "Access-Control-Allow-Origin": origin, "Access-Control-Expose-Headers": EXPOSED}


def is_preflight(request: Request) -> bool:
    """Whether a browser asks if its page may send a request."""
    return request.method == "OPTIONS" and "access-control-request-method" in request.headers


def preflight(request: Request, board: Board) -> Response:
    """Yes to the origins of enabled sites, and a bare no to all others."""
    if request.headers.get("origin") not in board.origins:
        return Response(status_code=403)
    allowed = {
        "Access-Control-Allow-Methods": METHODS,
        "Access-Control-Allow-Headers": REQUEST_HEADERS,
        "Access-Control-Max-Age": str(MAX_AGE),
    }
    return Response(status_code=204, headers=allowed)
