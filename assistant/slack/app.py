"""The Slack app, put together: Bolt, its listeners, and the workers that answer."""

from __future__ import annotations

import logging
from collections.abc import Callable
from typing import Any

from slack_bolt.async_app import AsyncApp
from slack_bolt.oauth.async_oauth_settings import AsyncOAuthSettings

from assistant.answering.model import AnswerStatus
from assistant.slack import listeners
from assistant.slack.aside import Aside
from assistant.slack.attendant import Attendant
from assistant.slack.authorizing import Authority, Authorize, ManyWorkspaces, OneWorkspace
from assistant.slack.clients import Clients
from assistant.slack.dispatching import Dispatch
from assistant.slack.hearing import INSTALL, RETURN, Hearing
from assistant.slack.installing import pages
from assistant.slack.library import Shelf
from assistant.slack.manifest import bot_scopes
from assistant.slack.room import Room
from assistant.slack.services import Cabinet, Services
from assistant.slack.status import REFRESH
from assistant.slack.words import Words
from assistant.slack.workers import POLL, RENEW, Workers
from prompts import message
from vectorstore.errors import SettingsError

log = logging.getLogger(__name__)
KEPT_BY = 4  # threads for what is kept, apart from those that answer


class SlackApp:
    """`bolt` takes requests; `start` and `stop` are called on the loop that it runs on."""

    def __init__(
        self,
        bolt: AsyncApp,
        workers: Workers,
        attendant: Attendant,
        clients: Clients,
        threads: tuple[Aside, ...],
        *,
        grace: float,
        signing_secret: str,
    ) -> None:
        self.bolt = bolt
        self.clients = clients
        self._workers = workers
        self._attendant = attendant
        self._threads = threads
        self._grace = grace
        self._signing_secret = signing_secret

    async def start(self) -> None:
        """Begin to answer what is in the inbox."""
        self._workers.start()

    def hearing(self) -> Hearing:
        """What answers Slack and installers over HTTP. Raises SettingsError without a signing secret."""
        return Hearing(self.bolt, self._signing_secret)

    def observe(self, answered: Callable[[str, AnswerStatus, float], None]) -> None:
        """Let each answer be counted: its door, its status, the seconds that it took."""
        self._attendant.observe = answered

    async def stop(self) -> None:
        """Let running answers end within the grace of the settings, give the rest back, and close."""
        await self._workers.stop(self._grace)
        await self.clients.close()
        for threads in self._threads:
            threads.close()


def build(
    services: Services,
    cabinet: Cabinet,
    *,
    url: str = "",
    poll: float = POLL,
    renew: float = RENEW,
    refresh: float = REFRESH,
) -> SlackApp:
    """The app over `services`, with Slack's API at `url` (empty: that of the settings).

    `poll`, `renew` and `refresh` are the seconds between looks at the inbox, renewals of leases, and of the status.
    Raises SettingsError where it is not said which workspace, or how workspaces install the app.
    """
    s = services.settings
    clients = Clients(url or s.slack_api_url)
    authority = _authority(services, cabinet, clients)
    keeping, answering = Aside(KEPT_BY, "slack-kept"), Aside(s.slack_workers, "slack-answer")
    held: list[Workers] = []
    room = Room(
        services=services,
        cabinet=cabinet,
        words=Words(services),
        shelf=Shelf(services),
        clients=clients,
        authority=authority,
        aside=keeping,
        secret=services.visitors.secret,
        wake=lambda: held[0].wake(),
    )
    attendant = Attendant(room, Dispatch(authority, clients, refresh), answering)
    workers = Workers(
        lambda: cabinet.inbox,
        keeping,
        attendant.answer,
        attendant.refuse,
        at_once=s.slack_workers,
        queue=s.slack_queue,
        poll=poll,
        renew=renew,
    )
    held.append(workers)
    bolt = _bolt(services, cabinet, authority, clients)
    listeners.register(bolt, room)
    return SlackApp(
        bolt,
        workers,
        attendant,
        clients,
        (keeping, answering),
        grace=s.shutdown_grace,
        signing_secret=s.slack_signing_secret.get_secret_value(),
    )


def _authority(services: Services, cabinet: Cabinet, clients: Clients) -> Authority:
    s = services.settings
    if s.slack_client_id:
        if not s.slack_client_secret.get_secret_value():
            raise SettingsError(
                "The Slack app has a client id and no client secret.", "Set LSIP_SLACK_CLIENT_SECRET."
            )
        return ManyWorkspaces(
            cabinet.installations, clients, s.slack_client_id, s.slack_client_secret.get_secret_value()
        )
    token = s.slack_bot_token.get_secret_value()
    if not token:
        raise SettingsError(
            "The Slack app has no token.",
            "Set LSIP_SLACK_BOT_TOKEN, or LSIP_SLACK_CLIENT_ID and LSIP_SLACK_CLIENT_SECRET for installs by OAuth.",
        )
    return OneWorkspace(token, clients)


def _bolt(services: Services, cabinet: Cabinet, authority: Authority, clients: Clients) -> AsyncApp:
    """Bolt with every check of its own on, and nothing read from the environment."""
    s = services.settings
    oauth: dict[str, Any] = {}
    if s.slack_client_id:
        public = services.settings.public_url.rstrip("/")
        oauth["installation_store"] = cabinet.installations
        oauth["oauth_settings"] = AsyncOAuthSettings(
            client_id=s.slack_client_id,
            client_secret=s.slack_client_secret.get_secret_value(),
            scopes=bot_scopes(),
            user_scopes=[],
            redirect_uri=f"{public}{RETURN}" if public else None,
            install_path=INSTALL,
            install_page_rendering_enabled=False,
            redirect_uri_path=RETURN,
            callback_options=pages(INSTALL),
            installation_store=cabinet.installations,
            installation_store_bot_only=True,
            state_store=cabinet.states,
            logger=_logger(),
        )
    return AsyncApp(
        name="lsip",
        logger=_logger(),
        signing_secret=s.slack_signing_secret.get_secret_value(),
        client=clients.plain(),
        authorize=Authorize(authority),  # type: ignore[arg-type]  # Bolt takes its own class too
        user_facing_authorize_error_message=message("slack_not_installed"),
        attaching_conversation_kwargs_enabled=False,
        attaching_function_token_enabled=False,
        **oauth,
    )


def _logger() -> logging.Logger:
    """Bolt logs bodies at DEBUG: those hold what people wrote, and never reach a log."""
    logger = logging.getLogger("assistant.slack.bolt")
    logger.setLevel(max(logging.WARNING, logging.getLogger().getEffectiveLevel()))
    return logger
