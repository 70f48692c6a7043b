"""What the resolver learns from: conversations with what each of their turns means, word by word."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from vectorstore.text import content_stems

CONVERSATIONS = Path(__file__).with_name("conversations.jsonl")
HELD_OUT = 0.1  # share of the conversations that are kept from training, by a hash of how they begin


@dataclass(frozen=True, slots=True)
class TurnMeant:
    """A turn of a conversation, what was said before it, and the question that it stands for."""

    said: tuple[str, ...]
    turn: str
    meant: str

    @property
    def left_out(self) -> frozenset[str]:
        """The stems of what is meant that the turn does not say itself."""
        return frozenset(content_stems(self.meant)) - frozenset(content_stems(self.turn))

    @property
    def held_out(self) -> bool:
        return hashlib.sha256(self.said[0].encode()).digest()[0] < HELD_OUT * 256 if self.said else False


def turns_meant(path: Path = CONVERSATIONS) -> list[TurnMeant]:
    """Every later turn of the conversations, with all turns before it."""
    with path.open(encoding="utf-8") as stream:
        rows = [json.loads(line) for line in stream]
    return [t for row in rows for t in _turns(row["turns"], row["meant"])]


def _turns(turns: Sequence[str], meant: Sequence[str]) -> list[TurnMeant]:
    return [TurnMeant(tuple(turns[:n]), turns[n], meant[n]) for n in range(1, len(turns))]
