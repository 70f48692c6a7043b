"""How much of a chat model may be used in a day, counted in the catalogue's database for all processes together."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import date

import sqlalchemy as sa
from sqlalchemy import Engine
from sqlalchemy.exc import IntegrityError

from vectorstore import schema as t


@dataclass(frozen=True, slots=True)
class Allowance:
    """Calls and tokens a day; 0 = no limit."""

    requests: int
    tokens: int


class DailyMeter:
    """Counts calls and tokens by day. The day is that of `today`, which is London's, never one set for tests.

    Tokens are reserved before a call, at the most it may take, and settled after it: many calls at once cannot
    together pass the limit, and a call that broke off without telling its usage keeps what it reserved.
    """

    def __init__(self, engine: Engine, allowance: Allowance, today: Callable[[], date]) -> None:
        self._engine = engine
        self._allowance = allowance
        self._today = today

    def reserve(self, tokens: int) -> date | None:
        """The day on which one call of at most `tokens` was booked; None if that would pass a limit of the day."""
        day, u = self._today(), t.model_usage.c
        within = [u.day == day]
        if self._allowance.requests:
            within.append(u.requests < self._allowance.requests)
        if self._allowance.tokens:
            within.append(u.tokens + tokens <= self._allowance.tokens)
        with suppress(IntegrityError), self._engine.begin() as c:
            if c.execute(sa.select(u.day).where(u.day == day)).first() is None:
                c.execute(sa.insert(t.model_usage).values(day=day, requests=0, tokens=0))
        with self._engine.begin() as c:
            booked = c.execute(
                sa.update(t.model_usage).where(*within).values(requests=u.requests + 1, tokens=u.tokens + tokens)
            )
        return day if booked.rowcount else None

    def settle(self, day: date, reserved: int, used: int) -> None:
        """Replace what was reserved for a call with what it used."""
        u = t.model_usage.c
        with self._engine.begin() as c:
            c.execute(sa.update(t.model_usage).where(u.day == day).values(tokens=u.tokens + used - reserved))

    def used(self) -> tuple[int, int]:
        """Calls and tokens of today."""
        u = t.model_usage.c
        with self._engine.connect() as c:
            row = c.execute(sa.select(u.requests, u.tokens).where(u.day == self._today())).first()
        return (row.requests, row.tokens) if row else (0, 0)
