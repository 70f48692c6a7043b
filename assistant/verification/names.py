"""Proper names and acronyms of a sentence: each must stand in what it quotes, whole."""

from __future__ import annotations

import re
from collections.abc import Mapping

from assistant.verification.figures import MONTHS
from vectorstore.text import STOPWORDS, content_stems, stems
from vectorstore.vocabulary import expansions

_WORD = r"[A-Z][\w'&-]*|[a-z]+[A-Z]\w*"
_RUN = re.compile(rf"(?:{_WORD})(?: (?:{_WORD}))*")
_FIRST = frozenset(
    """a an the this that these those it its they their there here he she we you your our his her in on at by for from
    of to with under after before since until during as if when where while once although though because and but or
    so no not each every all any both either neither some many most several few only one also however therefore
    within without between among across about yes""".split()
)


def names(sentence: str) -> list[str]:
    """Runs of capitalised words, acronyms too. A first word that any sentence may begin with is none."""
    found: list[str] = []
    for match in _RUN.finditer(sentence):
        words = match[0].split(" ")
        if match.start() == 0 or sentence[: match.start()].rstrip()[-1:] in {".", "!", "?", ":"}:
            words = words[1:] if words[0].lower() in _FIRST else words
        words = [re.sub(r"'s?$", "", w) for w in words]
        if words and not (len(words) == 1 and words[0].lower() in MONTHS and words[0] not in {"May", "March"}):
            found.append(" ".join(words))
    return found


def opens_any(name: str) -> bool:
    """Whether `name` is only a word that any sentence may begin with."""
    return name.lower() in _FIRST


def stands(name: str, known: str, vocabulary: Mapping[str, tuple[str, ...]], *, first: bool = False) -> bool:
    """Whether `known` has the name: as it is, or as another way to say it that the vocabulary gives.

    `first`: the name begins the sentence, so that its first word may be an ordinary one in a capital letter.
    """
    held = f" {' '.join(stems(known))} "
    if _has(name, held):
        return True
    if any(_has(name, f" {' '.join(stems(other))} ") for _, other in expansions(known, vocabulary)):
        return True
    if any(_has(other, held) for term, other in expansions(name, vocabulary) if stems(term) == stems(name)):
        return True
    if not first:
        return False
    head, _, rest = name.partition(" ")
    ordinary = head.lower() in STOPWORDS or set(content_stems(head)) <= set(stems(known))
    return ordinary and (not rest or _has(rest, held))


def _has(name: str, held: str) -> bool:
    """Whether the words of `name` stand in `held`, one after the other."""
    return f" {' '.join(stems(name))} " in held
