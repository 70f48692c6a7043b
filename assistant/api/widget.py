"""The widget's file, for pages of any origin, and a sample host page to see it in."""

from __future__ import annotations

from fastapi import APIRouter, Request, Response

from assistant.api.gate import own_origin
from assistant.api.services import Services
from assistant.api.templating import Templates
from assistant.sites.model import DEMO
from assistant.sites.visitors import admitted
from assistant.widget_file import (
    embed_lines,
    host_policy,
    widget_bytes,
    widget_integrity,
    widget_path,
    widget_version,
)
from vectorstore.errors import NotFoundError

YEAR = 365 * 24 * 3600
HOUR = 3600

# What the docs tell a host to permit, with the page's own style sheet and picture; scripts may make no markup.
DEMO_POLICY = (
    "default-src 'none'; script-src 'self'; connect-src 'self'; style-src 'self'; img-src 'self'; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'; "
    "require-trusted-types-for 'script'; trusted-types 'none'"
)


def widget_router(services: Services, templates: Templates) -> APIRouter:
    """Routes of the widget; none is part of the OpenAPI document."""
    router = APIRouter(include_in_schema=False)
    browse = {"methods": ["GET", "HEAD"]}

    @router.api_route("/widget/{version}/lsip.js", **browse)  # type: ignore[arg-type]
    def file(request: Request, version: str) -> Response:
        exact = widget_version()
        if version not in {exact, exact.partition(".")[0]}:
            raise NotFoundError(f"The widget has no version {version!r}.", f"The version served is {exact}.")
        tag = f'"{widget_integrity()}"'
        headers = {
            "Access-Control-Allow-Origin": "*",
            "Cross-Origin-Resource-Policy": "cross-origin",
            "Cache-Control": f"public, max-age={YEAR}, immutable" if version == exact else f"public, max-age={HOUR}",
            "ETag": tag,
        }
        if request.headers.get("if-none-match") == tag:
            return Response(status_code=304, headers=headers)
        return Response(widget_bytes(), media_type="text/javascript; charset=utf-8", headers=headers)

    @router.api_route("/demo", **browse)  # type: ignore[arg-type]
    async def demo(request: Request, mode: str = "", site: str = "") -> Response:
        server, own = str(request.base_url), own_origin(request)
        board = await services.visitors.switchboard.board()
        named = site or (DEMO if admitted(board, DEMO, own, own) else "")
        return templates.page(
            "demo.html",
            headers={"Content-Security-Policy": DEMO_POLICY},
            launcher=mode == "launcher",
            site=named,
            script=widget_path(),
            integrity=widget_integrity(),
            lines=embed_lines(server, site or "your-site"),
            policy=host_policy(server),
        )

    return router
