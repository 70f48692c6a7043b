"""What an administrator sees at the end of an install by OAuth: a plain page without codes, tokens and reasons."""

from __future__ import annotations

import html
import logging

from slack_bolt.oauth.async_callback_options import AsyncCallbackOptions, AsyncFailureArgs, AsyncSuccessArgs
from slack_bolt.response import BoltResponse

from prompts import message

log = logging.getLogger(__name__)


def pages(install_path: str) -> AsyncCallbackOptions:
    """The last page of an install, and that of one that came to nothing, which leads back to `install_path`."""

    async def done(args: AsyncSuccessArgs) -> BoltResponse:
        return _page(200, message("slack_installed"), message("slack_installed_next"))

    async def ended(args: AsyncFailureArgs) -> BoltResponse:
        log.warning("an install of the Slack app came to nothing: %s", args.reason)
        status = max(args.suggested_status_code, 400)
        return _page(status, message("slack_not_made"), message("slack_not_made_next"), install_path)

    return AsyncCallbackOptions(success=done, failure=ended)


def _page(status: int, title: str, text: str, again: str = "") -> BoltResponse:
    head, body = html.escape(title), html.escape(text)
    link = f'<p><a href="{html.escape(again)}">{html.escape(message("slack_install_again"))}</a></p>' if again else ""
    return BoltResponse(
        status=status,
        body=f'<!doctype html><html lang="en"><head><meta charset="utf-8"><title>{head}</title></head>'
        f"<body><main><h1>{head}</h1><p>{body}</p>{link}</main></body></html>",
        headers={"content-type": "text/html; charset=utf-8", "cache-control": "no-store"},
    )
