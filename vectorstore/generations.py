"""A value made of what is held, kept as long as the generation it was made of."""

from __future__ import annotations

from collections.abc import Callable
from threading import Lock
from typing import Generic, TypeVar

from vectorstore.snapshot import Snapshot

T = TypeVar("T")


class PerGeneration(Generic[T]):
    """Makes the value when it is first asked for, and anew when the collection has moved on. Safe between threads."""

    def __init__(self, snapshot: Callable[[], Snapshot], make: Callable[[Snapshot], T]) -> None:
        self._snapshot = snapshot
        self._make = make
        self._lock = Lock()
        self._held: tuple[int, T] | None = None

    def __call__(self) -> T:
        snapshot = self._snapshot()
        with self._lock:
            if self._held is None or self._held[0] != snapshot.generation:
                self._held = (snapshot.generation, self._make(snapshot))
            return self._held[1]
