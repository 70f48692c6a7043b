"""Other ways to say the terms of a text, by the vocabulary of its collection: acronyms and their words."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache

from vectorstore.text import stems

SHORTEST_STEMMED = 4  # characters a term needs to be known by its stem: short ones are like too many words
REMEMBERED_TEXTS = 2048  # the same sentences are read again and again
_SEPARATORS = re.compile(r"[^\w£%.-]+")

Terms = tuple[tuple[str, tuple[str, ...]], ...]


def expansions(text: str, vocabulary: Mapping[str, tuple[str, ...]]) -> list[tuple[str, str]]:
    """Pairs of a term that `text` uses and another way to say it, both ways round (acronym and words)."""
    return list(_expansions(text, tuple(vocabulary.items())))


@lru_cache(maxsize=REMEMBERED_TEXTS)
def _expansions(text: str, terms: Terms) -> tuple[tuple[str, str], ...]:
    words = _SEPARATORS.sub(" ", text.lower()).split()
    lowered, stemmed = f" {' '.join(words)} ", f" {' '.join(stems(text))} "
    found: list[tuple[str, str]] = []
    for term, others in terms:
        group = (term, *others)
        present = [g for g in group if _stands(g, lowered, stemmed)]
        found.extend((p, g) for p in present for g in group if g not in present)
    return tuple(dict.fromkeys(found))


def _stands(term: str, lowered: str, stemmed: str) -> bool:
    """Whether a text holds a term: a short one as it is or with an s, others in any form of its words."""
    if f" {term.lower()} " in lowered or f" {term.lower()}s " in lowered:
        return True
    return len(term) > SHORTEST_STEMMED and not term[:2].isupper() and f" {' '.join(stems(term))} " in stemmed


def spell_out(text: str, vocabulary: Mapping[str, tuple[str, ...]]) -> str:
    """`text` with the acronyms of `vocabulary` in words: encoders know words better than they know acronyms."""
    return _spelled_out(text, tuple(vocabulary.items()))


@lru_cache(maxsize=REMEMBERED_TEXTS)
def _spelled_out(text: str, terms: Terms) -> str:
    for term, others in terms:
        if others and term[:2].isupper() and term.lower() in text.lower():
            text = re.sub(rf"(?<![\w(]){re.escape(term)}(?!\w)", others[0], text, flags=re.IGNORECASE)
    return text
