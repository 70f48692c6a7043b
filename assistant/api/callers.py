"""Who sends a request: by which door, from which site, and as which person."""

from __future__ import annotations

from dataclasses import dataclass

from fastapi import Request


@dataclass(frozen=True, slots=True)
class Caller:
    """`person` is an opaque id of a session, never an address; None where requests cannot be told apart."""

    door: str
    site: str | None
    person: str | None


READER = Caller("page", None, None)


def caller_of(request: Request) -> Caller:
    """The caller of a request for programs."""
    return Caller("api", None, None)
