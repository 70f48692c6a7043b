"""Which versions a search may look at: decided by the catalogue before either leg ranks anything."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property


@dataclass(frozen=True)
class Scope:
    """`only` lists the versions that may be seen, `without` those that may not; neither when all may be seen."""

    only: tuple[str, ...] | None = None
    without: tuple[str, ...] | None = None

    @cached_property
    def _listed(self) -> frozenset[str]:
        return frozenset(self.only if self.only is not None else self.without or ())

    def holds(self, version_id: str) -> bool:
        """Whether the version may be seen."""
        return (version_id in self._listed) == (self.only is not None)
