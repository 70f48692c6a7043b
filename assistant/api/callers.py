"""Who asks: through which door, from which site, in which session or with which key. Never an address."""

from __future__ import annotations

from dataclasses import dataclass

from starlette.requests import Request


@dataclass(frozen=True, slots=True)
class Caller:
    """`door` is api, widget, page, slack or cli; `person` an opaque id of a session; `key` the id of a key."""

    door: str
    site: str | None = None
    person: str | None = None
    key: str | None = None


def caller_of(request: Request) -> Caller:
    """The caller that the gate let in; a dependency of routes."""
    caller = getattr(request.state, "caller", None)
    return caller if isinstance(caller, Caller) else Caller("api")
