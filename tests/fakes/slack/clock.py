"""The time on the fake Slack's wall: real time, and as much more as a test says has passed."""

from __future__ import annotations

import time


class Clock:
    """`advance` moves it on, so that a stream of five minutes or a response_url of half an hour runs out at once."""

    def __init__(self) -> None:
        self._ahead = 0.0

    def now(self) -> float:
        return time.time() + self._ahead

    def advance(self, seconds: float) -> None:
        self._ahead += seconds
