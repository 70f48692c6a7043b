"""Which words said before a turn of a conversation the turn leaves out, by a network that reads all of them together.

Each word is judged by itself, as a query is resolved by Voskarides et al. 2020, "Query Resolution for Conversational
Search with Limited Supervision": what comes of it holds only words that the person used.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Protocol

import numpy as np

from vectorstore.embedding.onnx_embedder import session
from vectorstore.text import TOKEN_PATTERN

LAST = 5  # turns before a turn that are read with it, as it was trained
REMEMBERED = 500  # readings kept: each turn of a conversation is read again with every later one
MAX_TOKENS = 192  # of a turn and what was said before it, as it was trained; what was said first is cut
ADAPTER = Path(__file__).with_name("resolver.safetensors")
GRAPH, TOKENIZER = "resolver-7bit.onnx", "resolver-tokenizer.json"
BETWEEN = " [SEP] "
_WORD = re.compile(TOKEN_PATTERN)


@dataclass(frozen=True, slots=True)
class Word:
    """A word at `[start:end]` of one of the turns said before, and how surely it is needed: above 0 rather so."""

    turn: int
    start: int
    end: int
    surety: float


class Resolver(Protocol):
    """Reads a turn with what was said before it."""

    def needed(self, turn: str, said: Sequence[str]) -> list[Word]:
        """Every word of `said`, oldest turn first, in order, but those cut off at the beginning."""
        ...


def before(said: Sequence[str]) -> tuple[str, list[tuple[int, int, int]]]:
    """What was `said` as one text, last turn first, and its words: their turn, and where they stand in that text."""
    places: list[tuple[int, int, int]] = []
    texts: list[str] = []
    at = 0
    for turn, text in reversed(list(enumerate(said))):
        places.extend((turn, at + m.start(), at + m.end()) for m in _WORD.finditer(text))
        texts.append(text)
        at += len(text) + len(BETWEEN)
    return BETWEEN.join(texts), places


class OnnxResolver:
    """The resolver exported to `folder` (see `resolver_network.export_resolver`). Safe between threads."""

    def __init__(self, folder: Path) -> None:
        from tokenizers import Tokenizer

        self._session = session(folder / GRAPH)
        self._tokenizer = Tokenizer.from_file(str(folder / TOKENIZER))
        self._tokenizer.enable_truncation(MAX_TOKENS, strategy="only_second")
        self._remembered = lru_cache(maxsize=REMEMBERED)(self._read)

    def needed(self, turn: str, said: Sequence[str]) -> list[Word]:
        return list(self._remembered(turn, tuple(said)))

    def _read(self, turn: str, said: tuple[str, ...]) -> tuple[Word, ...]:
        text, places = before(said)
        encoded = self._tokenizer.encode(turn, text)
        fed = {
            "input_ids": np.array([encoded.ids], dtype=np.int64),
            "attention_mask": np.array([encoded.attention_mask], dtype=np.int64),
            "token_type_ids": np.array([encoded.type_ids], dtype=np.int64),
        }
        numbers = self._session.run(["needed"], fed)[0][0]
        tokens = [
            (a, b, float(z))
            for (a, b), part, z in zip(encoded.offsets, encoded.sequence_ids, numbers, strict=True)
            if part == 1 and b > a
        ]
        return tuple(sorted(_words(said, places, tokens), key=lambda w: (w.turn, w.start)))


def _words(
    said: Sequence[str], places: Sequence[tuple[int, int, int]], tokens: Sequence[tuple[int, int, float]]
) -> Iterator[Word]:
    starts = {}
    at = 0
    for turn, text in reversed(list(enumerate(said))):
        starts[turn] = at
        at += len(text) + len(BETWEEN)
    for turn, start, end in places:
        own = [z for a, b, z in tokens if a < end and b > start]
        if own:
            yield Word(turn, start - starts[turn], end - starts[turn], max(own))
