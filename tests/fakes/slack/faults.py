"""What a call of the fake Slack may be made to meet instead of a plain answer."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from tests.fakes.slack.record import Call

Drop = str  # "before" or "after" the effect; empty = the connection holds


@dataclass(frozen=True)
class Fault:
    """One thing that goes wrong. Of several fields all hold: a slow answer may then be an error."""

    error: str = ""
    status: int = 200
    retry_after: int | None = None
    drop: Drop = ""
    seconds: float = 0.0
    extra: dict[str, Any] = field(default_factory=dict)


def refused(error: str, **extra: Any) -> Fault:
    """`ok: false` with this error, as invalid_blocks or message_not_in_streaming_state."""
    return Fault(error=error, extra=extra)


def ratelimited(seconds: int = 1) -> Fault:
    """429 with Retry-After. https://docs.slack.dev/apis/web-api/rate-limits"""
    return Fault(error="ratelimited", status=429, retry_after=seconds)


def broken(status: int = 500) -> Fault:
    """A server that fails: a status and no JSON."""
    return Fault(status=status)


def dropped(when: Drop) -> Fault:
    """The connection ends without an answer, `before` the effect or `after` it."""
    assert when in ("before", "after")
    return Fault(drop=when)


def slow(seconds: float) -> Fault:
    """An answer that takes its time, and is then as any other."""
    return Fault(seconds=seconds)


class Held:
    """Calls that wait, before or after their effect, until they are let go or cut off."""

    def __init__(self, *, after: bool = False) -> None:
        self.after = after
        self.entered = threading.Semaphore(0)
        self.is_cut = False
        self._free = threading.Event()

    def came(self, seconds: float = 30) -> None:
        """Wait for one more call to come."""
        assert self.entered.acquire(timeout=seconds), "no call came"

    def let_go(self) -> None:
        self._free.set()

    def cut_off(self) -> None:
        """Whoever called is gone: what waits before its effect never has one."""
        self.is_cut = True
        self._free.set()

    async def wait(self) -> None:
        self.entered.release()
        while not self._free.is_set():
            await asyncio.sleep(0.005)


Which = Callable[[Call], bool]


@dataclass
class _Rule:
    method: str
    does: Fault | Held
    times: int | None
    which: Which


class Script:
    """What calls meet, in the order in which it was written. Each rule is for one method, or "*" for every one."""

    def __init__(self) -> None:
        self._rules: list[_Rule] = []
        self._lock = threading.Lock()

    def add(self, method: str, does: Fault | Held, times: int | None, which: Which) -> None:
        with self._lock:
            self._rules.append(_Rule(method, does, times, which))

    def clear(self) -> None:
        with self._lock:
            self._rules.clear()

    def meets(self, call: Call) -> Fault | Held | None:
        """The first rule that fits, used up by one."""
        with self._lock:
            for rule in self._rules:
                if rule.times == 0 or rule.method not in ("*", call.method) or not rule.which(call):
                    continue
                if rule.times is not None:
                    rule.times -= 1
                return rule.does
        return None
