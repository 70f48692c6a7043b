"""Stand-ins for the catalogue and the snapshot, as far as the areas engine looks at them."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from vectorstore.facts import Fact
from vectorstore.profile import CollectionProfile


@dataclass
class FactsOnly:
    """A catalogue that holds facts and nothing else."""

    held: Sequence[Fact]

    def facts(self, collection: str, kinds: Collection[str] = ()) -> Sequence[Fact]:
        return [f for f in self.held if not kinds or f.kind in kinds]


@dataclass
class Seen:
    """What of a snapshot the engine reads."""

    collection: str
    generation: int
    profile: CollectionProfile
    manifest: dict[str, object]
