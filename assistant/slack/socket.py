"""Socket Mode: the app without a public address, over a connection that it opens to Slack."""

from __future__ import annotations

import asyncio
import logging
import signal
from collections.abc import Callable
from contextlib import suppress

from slack_bolt.adapter.socket_mode.aiohttp import AsyncSocketModeHandler

from assistant.slack.app import SlackApp
from assistant.slack.calling import TROUBLE, reason
from vectorstore.errors import SettingsError

log = logging.getLogger(__name__)
CONNECTING = 30.0  # seconds in which the first connection must stand


async def run(app: SlackApp, app_token: str, connected: Callable[[], None] = lambda: None) -> None:
    """Serve until SIGINT or SIGTERM, then stop in order: nothing new, running answers end, the rest is given back.

    Raises SettingsError where Slack does not know the token, and does not open the connection.
    """
    if not app_token:
        raise SettingsError("The Slack app has no app-level token.", "Set LSIP_SLACK_APP_TOKEN (xapp-...).")
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for name in (signal.SIGINT, signal.SIGTERM):
        with suppress(NotImplementedError, RuntimeError, ValueError):  # only the main thread of a process has them
            loop.add_signal_handler(name, stop.set)
    await serve(app, app_token, stop, connected)


async def serve(app: SlackApp, app_token: str, stop: asyncio.Event, connected: Callable[[], None]) -> None:
    """Serve until `stop` is set."""
    client = app.clients.plain()
    try:
        await client.apps_connections_open(app_token=app_token)
    except TROUBLE as error:
        raise SettingsError(
            f"Slack refuses the connection ({reason(error) or 'no answer'}).",
            "Check LSIP_SLACK_APP_TOKEN, that Socket Mode is on in the app's settings, and LSIP_SLACK_API_URL.",
        ) from error
    handler = AsyncSocketModeHandler(app.bolt, app_token, web_client=client)
    await app.start()
    try:
        await asyncio.wait_for(handler.client.connect(), CONNECTING)  # type: ignore[no-untyped-call]
        connected()
        await stop.wait()
    finally:
        await handler.client.close()  # type: ignore[no-untyped-call]
        await app.stop()
