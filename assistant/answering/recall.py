"""Answers to questions that were asked before of the same knowledge, on the same day, by whomever."""

from __future__ import annotations

import hashlib
import json
from collections import OrderedDict
from collections.abc import Generator
from dataclasses import dataclass
from threading import Lock

from assistant.answering.events import Cited, Event, Said
from assistant.answering.model import ANSWERED, Answer, AnswerStatus
from assistant.answering.turn import Turn

KEPT = ANSWERED | {AnswerStatus.CLARIFY, AnswerStatus.NO_EVIDENCE, AnswerStatus.OUT_OF_SCOPE}


@dataclass(frozen=True, slots=True)
class Recalled:
    """A finished walk: what was said on the way, and the answer."""

    spoken: tuple[Event, ...]
    answer: Answer


class Recall:
    """Remembers the last `capacity` walks by a digest of all that they depend on; 0 remembers none.

    A turn with a history is never remembered, nor what was blocked, failed, or written while a model was down.
    Safe between threads.
    """

    def __init__(self, capacity: int) -> None:
        self._capacity = capacity
        self._held: OrderedDict[str, Recalled] = OrderedDict()
        self._lock = Lock()

    def key(self, turn: Turn, generation: int) -> str | None:
        """What the answer to a fresh turn depends on; None where it depends on more."""
        if not self._capacity or turn.asked.history:
            return None
        on = [turn.collection, generation, turn.today.isoformat(), turn.as_of.isoformat(), turn.asked.area]
        return hashlib.sha256(json.dumps([*on, turn.asked.question]).encode()).hexdigest()

    def get(self, key: str | None) -> Recalled | None:
        """The walk of that key."""
        if key is None:
            return None
        with self._lock:
            if key in self._held:
                self._held.move_to_end(key)
            return self._held.get(key)

    def listen(self, key: str | None, walk: Generator[Event, None, Answer]) -> Generator[Event, None, Answer]:
        """`walk` as it is, remembered once it has ended well."""
        if key is None:
            return (yield from walk)
        spoken: list[Event] = []
        try:
            while True:
                try:
                    event = next(walk)
                except StopIteration as end:
                    answer: Answer = end.value
                    break
                if isinstance(event, Said | Cited):
                    spoken.append(event)
                yield event
        finally:
            walk.close()
        fallback = answer.writing is not None and answer.writing.fallback is not None
        if answer.status in KEPT and not fallback:
            with self._lock:
                self._held[key] = Recalled(tuple(spoken), answer)
                while len(self._held) > self._capacity:
                    self._held.popitem(last=False)
        return answer
