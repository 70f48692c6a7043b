"""Misspelt words of art put right, for engines that look for words: "accountabilty" is accountability."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection
from functools import lru_cache

from rapidfuzz import fuzz, process

SHORTEST = 6  # letters from which a word is long enough to be recognised when misspelt
CLOSE = 87.0  # of 100, by rapidfuzz's ratio
_WORD = re.compile(rf"[A-Za-z]{{{SHORTEST},}}")


class Speller:
    """Corrects words that nobody uses to the nearest of a lexicon; all others stay as they are."""

    def __init__(self, is_word: Callable[[str], bool], lexicon: Callable[[], Collection[str]]) -> None:
        self._is_word = is_word
        self._lexicon = lexicon
        self._nearest = lru_cache(maxsize=4_096)(self._near)

    def __call__(self, text: str) -> str:
        return _WORD.sub(lambda m: self._nearest(m[0]), text)

    def _near(self, word: str) -> str:
        if self._is_word(word):
            return word
        best = process.extractOne(word.lower(), self._lexicon(), scorer=fuzz.ratio, score_cutoff=CLOSE)
        return str(best[0]) if best else word


def words_of(*texts: str) -> set[str]:
    """The words of some texts that are long enough to be recognised."""
    return {w.lower() for text in texts for w in _WORD.findall(text)}
