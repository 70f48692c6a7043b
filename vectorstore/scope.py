"""Which versions a search may look at: decided by the catalogue before either leg ranks anything."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Scope:
    """`only` lists the versions that may be seen, `without` those that may not; neither when all may be seen."""

    only: tuple[str, ...] | None = None
    without: tuple[str, ...] | None = None
