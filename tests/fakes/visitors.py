"""Sites, doors and keys in memory, and a clock that is set: who may ask a small service, and how often."""

from __future__ import annotations

from datetime import UTC, datetime
from functools import cached_property

from assistant.sites.keys import PREFIX, digest
from assistant.sites.model import DOORS, ApiKey, Site
from assistant.sites.quotas import Quotas
from assistant.sites.rules import Rules
from assistant.sites.sessions import Sessions
from assistant.sites.switchboard import Switchboard
from assistant.sites.visitors import Visitors

ORIGIN = "https://www.garden.example"
SECRET = "a key for tests only, long enough"
KEY = f"{PREFIX}{'k' * 43}"
NO_LIMITS = Rules("", "", "", "", "")


def garden() -> Site:
    return Site("garden", "The Garden Society", (ORIGIN, "https://garden.example"), area="A02", contact="The warden")


class World:
    """What the switchboard reads, open to change by a test before the first request."""

    def __init__(self) -> None:
        self.listed = [garden()]
        self.open = dict.fromkeys(DOORS, True)
        self.known = {digest(KEY): ApiKey("k1", "A server", datetime(2026, 11, 1, tzinfo=UTC))}
        self.rules = NO_LIMITS
        self.open_api = True
        self.now = 1_800_000_000.0
        self.readings = 0

    def sites(self) -> list[Site]:
        self.readings += 1
        return list(self.listed)

    def doors(self) -> dict[str, bool]:
        return dict(self.open)

    def live(self) -> dict[str, ApiKey]:
        return dict(self.known)

    @cached_property
    def visitors(self) -> Visitors:
        return Visitors(
            switchboard=Switchboard(lambda: self, lambda: self),
            sessions=Sessions(lambda: SECRET, lambda: self.now),
            quotas=Quotas(),
            rules=self.rules,
            secret=lambda: SECRET,
            open_api=self.open_api,
        )
