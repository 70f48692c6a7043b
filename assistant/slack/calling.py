"""Calls of Slack that may fail: which failures are final, and which calls may simply be made again."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable, Coroutine
from contextlib import suppress
from typing import Any, TypeVar

from aiohttp import ClientError
from slack_sdk.errors import SlackApiError, SlackClientError

from assistant.slack.drawing.look import Drawn

log = logging.getLogger(__name__)
T = TypeVar("T")
LONGEST_TEXT = 3900  # characters; Slack refuses texts of more than about 4,000
PAUSES = (0.5, 2.0, 5.0)  # seconds before each further try
UNCERTAIN = (ClientError, TimeoutError, ConnectionError)  # the call may have had its effect
TROUBLE = (SlackClientError, *UNCERTAIN)

# Slack will say the same however often it is asked (docs.slack.dev/reference/methods, errors of chat.*).
_FINAL = frozenset(
    """account_inactive app_uninstalled cannot_reply_to_message channel_not_found invalid_auth is_archived
    is_inactive messages_tab_disabled no_permission not_authed not_in_channel org_login_required
    restricted_action restricted_action_non_threadable_channel restricted_action_read_only_channel
    restricted_action_thread_locked team_access_not_granted team_not_found thread_not_found token_expired
    token_revoked user_is_bot user_not_found user_not_in_channel message_not_found missing_scope""".split()
)
_SHAPE = frozenset("invalid_blocks invalid_blocks_format msg_blocks_too_long msg_too_long".split())
_PASSING = frozenset(
    "fatal_error internal_error rate_limited ratelimited request_timeout service_unavailable".split()
)


class LostJobError(Exception):
    """Another worker has the job by now; what this one posted is taken back."""


def reason(error: BaseException) -> str:
    """The name that Slack gives to a failure; empty where Slack said nothing."""
    if not isinstance(error, SlackApiError):
        return ""
    try:
        return str(error.response.get("error") or "")
    except (AttributeError, ValueError):
        return ""


def is_final(error: BaseException) -> bool:
    """Whether another try cannot succeed."""
    return reason(error) in _FINAL


def is_passing(error: BaseException) -> bool:
    """Whether it is Slack's or the network's trouble, not the call's."""
    if isinstance(error, UNCERTAIN):
        return True
    if not isinstance(error, SlackApiError):
        return False
    status = getattr(error.response, "status_code", getattr(error.response, "status", 0)) or 0
    return reason(error) in _PASSING or status == 429 or status >= 500


async def uncut(work: Coroutine[Any, Any, T]) -> T:
    """What `work` gives; it goes to its end even where whoever waits for it is told to stop."""
    task = asyncio.create_task(work)
    try:
        return await asyncio.shield(task)
    except asyncio.CancelledError:
        with suppress(Exception):
            await task
        raise


async def again(call: Callable[[], Awaitable[T]]) -> T:
    """The result of a call that does no more when made twice, tried again while the trouble is passing."""
    for pause in PAUSES:
        try:
            return await call()
        except TROUBLE as error:
            if not is_passing(error):
                raise
        await asyncio.sleep(pause)
    return await call()


async def whole_or_plain(send: Callable[[str, list[dict[str, Any]]], Awaitable[T]], drawn: Drawn) -> T:
    """Send text and blocks; where Slack takes no such blocks, the text alone: never nothing."""
    try:
        return await send(drawn.text, drawn.blocks)
    except SlackApiError as error:
        if reason(error) not in _SHAPE:
            raise
        log.error("Slack refused the blocks of a message: %s", reason(error))
    return await send(drawn.text[:LONGEST_TEXT], [])
