"""Sessions of the widget: short-lived signed tokens, bound to a site and an origin. Nothing of them is stored."""

from __future__ import annotations

import secrets
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from assistant.sites.signing import Signer

LIFE = 15 * 60  # seconds that a token holds
LONGEST = 8 * 60 * 60  # seconds that renewing can stretch a session to
_SALT = "widget-session"


@dataclass(frozen=True, slots=True)
class Session:
    """Who a token speaks for. `session_id` is random and says nothing of a person."""

    session_id: str
    site: str
    origin: str
    begun: int
    expires: int


class Sessions:
    """Opens, renews and reads sessions. `secret` is asked for when the first token is made or read."""

    def __init__(self, secret: Callable[[], str], clock: Callable[[], float]) -> None:
        self._secret = secret
        self._clock = clock

    @cached_property
    def _signer(self) -> Signer:
        return Signer(self._secret(), _SALT)

    def open(self, site: str, origin: str, renewed: Session | None = None) -> tuple[str, Session]:
        """A token and its session. A session of the same site and origin goes on while its eight hours last."""
        now = int(self._clock())
        session_id, begun = secrets.token_urlsafe(16), now
        if renewed and (renewed.site, renewed.origin) == (site, origin) and now < renewed.begun + LONGEST:
            session_id, begun = renewed.session_id, renewed.begun
        session = Session(session_id, site, origin, begun, min(now + LIFE, begun + LONGEST))
        return self._signer.sign([session_id, site, origin, begun, session.expires]), session

    def read(self, token: str) -> Session | None:
        """The session of a token; None if the token is not ours or has run out."""
        session = self.of(token)
        return session if session and self._clock() < session.expires else None

    def of(self, token: str) -> Session | None:
        """The session of a token that may have run out: it is good for renewing, and for nothing else."""
        held: Any = self._signer.read(token)
        try:
            return Session(str(held[0]), str(held[1]), str(held[2]), int(held[3]), int(held[4]))
        except (ValueError, TypeError, IndexError, KeyError):
            return None
