"""Clients of Slack's Web API: which server, how long to wait, and what to try again."""

from __future__ import annotations

import asyncio
import logging
from urllib.parse import urlsplit

from aiohttp import ClientSession, ClientTimeout, TCPConnector
from slack_sdk.http_retry.async_handler import AsyncRetryHandler
from slack_sdk.http_retry.request import HttpRequest
from slack_sdk.http_retry.response import HttpResponse
from slack_sdk.http_retry.state import RetryState
from slack_sdk.web.async_client import AsyncWebClient
from slack_sdk.webhook.async_client import AsyncWebhookClient

TIMEOUT = 20  # seconds for one call
KEPT_ALIVE = 4  # seconds that an idle connection is kept: less than servers keep theirs
LONGEST_WAIT = 60  # seconds that Slack may ask to wait before a call is given up: a lease outlasts it


class PatientRetryHandler(AsyncRetryHandler):
    """Waits as long as Slack asks after a 429, within bounds (docs.slack.dev/apis/web-api/rate-limits).

    The handler of slack_sdk waits without a bound; a job whose lease ran out meanwhile would be answered twice.
    """

    def __init__(self, retries: int = 3, longest: int = LONGEST_WAIT) -> None:
        super().__init__(max_retry_count=retries)
        self._longest = longest

    async def _can_retry_async(
        self,
        *,
        state: RetryState,
        request: HttpRequest,
        response: HttpResponse | None = None,
        error: Exception | None = None,
    ) -> bool:
        return response is not None and response.status_code == 429 and _wait(response) <= self._longest

    async def prepare_for_next_attempt_async(
        self,
        *,
        state: RetryState,
        request: HttpRequest,
        response: HttpResponse | None = None,
        error: Exception | None = None,
    ) -> None:
        state.next_attempt_requested = True
        await asyncio.sleep(_wait(response) if response else 1)
        state.increment_current_attempt()


def _wait(response: HttpResponse) -> int:
    for name, value in response.headers.items():
        if name.lower() == "retry-after":
            given = value if isinstance(value, str) else value[0]
            return int(given) if given.isdigit() else 1
    return 1


class Clients:
    """Clients of one process over one pool of connections, opened at the first call."""

    def __init__(self, url: str) -> None:
        self.url = url
        self._session: ClientSession | None = None

    def of(self, token: str | None) -> AsyncWebClient:
        """A client for one token. What may have had its effect is not sent again by itself."""
        return AsyncWebClient(
            token=token,
            base_url=self.url,
            timeout=TIMEOUT,
            session=self._opened(),
            logger=_quiet(),
            retry_handlers=[PatientRetryHandler()],
        )

    def plain(self) -> AsyncWebClient:
        """A client without a token and without the pool, which can be made before there is a loop."""
        return AsyncWebClient(
            base_url=self.url, timeout=TIMEOUT, logger=_quiet(), retry_handlers=[PatientRetryHandler()]
        )

    def reply(self, response_url: str) -> AsyncWebhookClient:
        """A client of the address at which an interaction may be answered."""
        return AsyncWebhookClient(
            response_url,
            timeout=TIMEOUT,
            session=self._opened(),
            logger=_quiet(),
            retry_handlers=[PatientRetryHandler()],
        )

    def _opened(self) -> ClientSession:
        if self._session is None or self._session.closed:
            self._session = ClientSession(
                timeout=ClientTimeout(total=TIMEOUT), connector=TCPConnector(keepalive_timeout=KEPT_ALIVE)
            )
        return self._session

    async def close(self) -> None:
        """Give the connections back."""
        session, self._session = self._session, None
        if session is not None:
            await session.close()


def may_be_answered(response_url: str, api_url: str) -> bool:
    """Whether an address may be posted to: Slack's own, or that of the server that stands for Slack.

    The address comes with a signed request; a private_metadata that somebody edited must not turn it elsewhere.
    """
    given, ours = urlsplit(response_url), urlsplit(api_url)
    if given.netloc == ours.netloc and given.scheme == ours.scheme:
        return True
    host = given.hostname or ""
    return given.scheme == "https" and (host == "slack.com" or host.endswith((".slack.com", ".slack-gov.com")))


def _quiet() -> logging.Logger:
    """The SDK logs bodies at DEBUG: those hold what people wrote, and never reach a log."""
    logger = logging.getLogger("assistant.slack.sdk")
    logger.setLevel(max(logging.WARNING, logging.getLogger().getEffectiveLevel()))
    return logger
