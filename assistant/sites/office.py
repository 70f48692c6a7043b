"""Sites, keys and visitors of one process, put together from its settings when they are first needed."""

from __future__ import annotations

import time
from collections.abc import Callable
from functools import cached_property
from pathlib import Path
from typing import Protocol

from pydantic import SecretStr
from sqlalchemy import Engine

from assistant.sites.audit import os_user
from assistant.sites.keys import KeyStore
from assistant.sites.quotas import Quotas
from assistant.sites.rules import Rules
from assistant.sites.secret import signing_key
from assistant.sites.sessions import Sessions
from assistant.sites.store import SiteStore
from assistant.sites.switchboard import Switchboard
from assistant.sites.visitors import Visitors


class OfficeSettings(Protocol):
    """The settings that sites need."""

    data_dir: Path
    secret_key: SecretStr
    redis_url: str
    open_api: bool
    session_quota: str
    address_quota: str
    site_quota: str
    key_quota: str
    read_quota: str


class Office:
    """`engine` opens the catalogue's database; nothing is opened before a command or a request needs it."""

    def __init__(self, settings: OfficeSettings, engine: Callable[[], Engine]) -> None:
        self._settings = settings
        self._engine = engine

    @cached_property
    def sites(self) -> SiteStore:
        return SiteStore(self._engine(), os_user)

    @cached_property
    def keys(self) -> KeyStore:
        return KeyStore(self._engine(), os_user)

    @cached_property
    def secret(self) -> str:
        """What signs sessions and cookies."""
        return signing_key(self._settings.secret_key.get_secret_value(), self._settings.data_dir)

    @cached_property
    def visitors(self) -> Visitors:
        """Who may ask, and how often."""
        s = self._settings
        return Visitors(
            switchboard=Switchboard(lambda: self.sites, lambda: self.keys),
            sessions=Sessions(lambda: self.secret, time.time),
            quotas=Quotas(s.redis_url),
            rules=Rules(s.session_quota, s.address_quota, s.site_quota, s.key_quota, s.read_quota),
            secret=lambda: self.secret,
            open_api=s.open_api,
        )
