"""A chat model within bounds: so many calls at once, so many calls and tokens a day."""

from __future__ import annotations

import logging
from collections.abc import Generator, Mapping, Sequence
from datetime import date
from threading import BoundedSemaphore
from typing import Any, Protocol

from assistant.llm.protocol import ChatMessage, ChatModel, ModelFailure, Piece, Reason, Usage

log = logging.getLogger(__name__)
CHARACTERS_PER_TOKEN = 3  # fewer than English has, so that a reservation is rather too large than too small


class Meter(Protocol):
    """Books calls; see DailyMeter."""

    def reserve(self, tokens: int) -> date | None: ...
    def settle(self, day: date, reserved: int, used: int) -> None: ...


class RationedModel(ChatModel):
    """`model`, refused at once beyond its bounds: a reader is better served by extraction now than by a queue."""

    def __init__(self, model: ChatModel, meter: Meter, *, at_once: int, max_tokens: int) -> None:
        self._model = model
        self._meter = meter
        self._slots = BoundedSemaphore(at_once)
        self._max_tokens = max_tokens

    @property
    def name(self) -> str:
        return self._model.name

    def stream(
        self, messages: Sequence[ChatMessage], schema: Mapping[str, Any] | None = None, *, spent: float = 0.0
    ) -> Generator[Piece, None, None]:
        """See ChatModel."""
        if not self._slots.acquire(blocking=False):
            raise ModelFailure(Reason.AT_CAPACITY)
        try:
            yield from self._booked(messages, schema, spent)
        finally:
            self._slots.release()

    def _booked(
        self, messages: Sequence[ChatMessage], schema: Mapping[str, Any] | None, spent: float
    ) -> Generator[Piece, None, None]:
        most = sum(len(m.text) for m in messages) // CHARACTERS_PER_TOKEN + self._max_tokens
        try:
            day = self._meter.reserve(most)
        except Exception:
            log.exception("the use of the chat model cannot be counted, so it is not used")
            raise ModelFailure(Reason.DAILY_LIMIT) from None
        if day is None:
            raise ModelFailure(Reason.DAILY_LIMIT)
        used: Usage | None = None
        try:
            for piece in self._model.stream(messages, schema, spent=spent):
                used = piece.usage or used
                yield piece
        finally:
            if used is not None:
                try:
                    self._meter.settle(day, most, used.total)
                except Exception:
                    log.exception("the use of the chat model could not be settled; its reservation stands")
