"""Who may see the staff pages: whoever has the key, by a signed cookie that reaches no other address."""

from __future__ import annotations

import time
from collections import deque
from secrets import compare_digest

from fastapi import Request, Response
from starlette.exceptions import HTTPException

from assistant.api.services import Services
from assistant.sites.secret import pseudonym
from assistant.sites.signing import Signer

COOKIE = "lsip_staff"
LASTS = 8 * 60 * 60  # seconds
PATH = "/staff"
TRIES = 10  # wrong keys a minute
_MINUTE = 60.0


class NotSignedInError(HTTPException):
    """The page needs the key first."""

    def __init__(self) -> None:
        super().__init__(401)


class StaffSession:
    """Checks keys and cookies. With no key set there are no staff pages."""

    def __init__(self, services: Services) -> None:
        self._services = services
        self._wrong: deque[float] = deque(maxlen=TRIES)

    def require(self, request: Request) -> None:
        """Raise 404 where there are no staff pages, NotSignedInError without a cookie that is valid."""
        ends = self._signer().read(request.cookies.get(COOKIE, ""))
        if not isinstance(ends, int) or time.time() >= ends:
            raise NotSignedInError

    def blocked(self) -> bool:
        """Whether too many wrong keys came within a minute."""
        return len(self._wrong) == TRIES and time.monotonic() - self._wrong[0] < _MINUTE

    def opens(self, key: str) -> bool:
        """Whether `key` is the key; a wrong one counts."""
        right = compare_digest(key.encode(), self._key().encode())
        if not right:
            self._wrong.append(time.monotonic())
        return right

    def let_in(self, request: Request, response: Response) -> None:
        """Give the cookie."""
        response.set_cookie(
            COOKIE,
            self._signer().sign(int(time.time()) + LASTS),
            max_age=LASTS,
            path=PATH,
            secure=request.url.scheme == "https",
            httponly=True,
            samesite="strict",
        )

    @staticmethod
    def let_out(response: Response) -> None:
        """Take the cookie back."""
        response.delete_cookie(COOKIE, path=PATH, httponly=True, samesite="strict")

    def _key(self) -> str:
        key = self._services.settings.staff_key.get_secret_value()
        if not key:
            raise HTTPException(404)
        return key

    def _signer(self) -> Signer:
        """Another staff key signs everyone out, and so does another secret of the service."""
        return Signer(pseudonym(self._services.visitors.secret(), self._key()), "lsip.staff")
