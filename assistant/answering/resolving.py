"""A turn with the words it leaves out, which a network finds in what was said before; and which reading it takes.

Rules word a follow-up well and cannot know which of the words said are meant; the network knows the words better and
words nothing. So each reading is weighed by how likely the words are that it takes along (docs/evaluation.md).
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace

from assistant.answering.follow_ups import PRONOUN, Tie, courtesies_off, linked_off, swap_off, tie
from assistant.answering.pointing import pointed, put_behind
from assistant.answering.slots import Value
from vectorstore.embedding.resolver import LAST, Resolver, Word
from vectorstore.text import content_stems

Names = Callable[[str], Sequence[Value]]

AS_RULED = 3.0  # how much less likely the words of a reading by rule may be, since it is worded as people ask
CERTAIN = 6.0  # no word counts for more than this, for or against
_AUX = r"(?:is|are|was|were|do|does|did|can|could|must|should|will|would|has|have)"
_ASKING = re.compile(
    r"^\W*((?:by |until |since |from |for |in )?"
    r"(?:how (?:many|much|long|often|far)|what|which|who|whose|when|where|why|how)"
    rf"(?: {_AUX})?|{_AUX})\b",
    re.IGNORECASE,
)
_ASKS = re.compile(
    rf"\b(?:what|which|who|whose|when|where|why|how|{_AUX}|(?:is|are|was|were|do|does|did)n['’]t)\b", re.I
)
_CIRCUMSTANCES = frozenset({"place", "time", "edition"})
_SMALL = re.compile(r"[^.?!;]{0,24}")  # may stand between two words of one phrase, if it has no meaning


def resolved(resolver: Resolver, text: str, said: Sequence[str], readings: Sequence[str], names: Names) -> str:
    """The likeliest of `readings` of `text`, the first by rule, or `text` with the words that it needs of `said`.

    `names` finds in a text what is named there and is not taken in part.
    """
    said = said[-LAST:]
    words = [w for w in resolver.needed(text, said) if content_stems(_of(w, said))]
    words = [w for turn, t in enumerate(said) for w in _whole([w for w in words if w.turn == turn], names(t))]
    own = linked_off(courtesies_off(text))
    sureties = _sureties(words, said)
    phrases = _phrases(words, said, set(content_stems(own)))
    made = _worded(own, phrases, said[-1], names) if phrases else courtesies_off(text)
    return max([*readings, made], key=lambda r: _likelihood(r, own, sureties) + AS_RULED * (r == readings[0]))


def _worded(own: str, phrases: Sequence[str], last: str, names: Names) -> str:
    """`own` with the `phrases` that it needs: the one thing among them in the place of a pronoun, the rest behind.

    A turn that asks nothing asks as the `last` question did.
    """
    brought = swap_off(own) or own
    if tie(own) is Tie.SWAP and _ASKS.search(brought) is None:
        form = _ASKING.match(linked_off(courtesies_off(last)))
        return put_behind(f"{form[1].capitalize()} {brought}" if form else brought, "; ".join(phrases))
    things = [
        p for p in phrases if not any(v.slot in _CIRCUMSTANCES and len(v.words) >= len(p) - 4 for v in names(p))
    ]
    if PRONOUN.search(own) is None or len(things) != 1:
        return put_behind(own, "; ".join(phrases))
    made = pointed(own, things[0], things[0], last, [])
    rest = [p for p in phrases if p not in things and p not in made]
    return put_behind(made, "; ".join(rest)) if rest else made


def _whole(words: Sequence[Word], names: Sequence[Value]) -> list[Word]:
    """`words` with those of one name all as surely needed as they are on average."""
    found = {(w.start, w.end): w for w in words}
    for name in names:
        own = [w for w in words if name.start <= w.start and w.end <= name.end]
        if len(own) > 1:
            mean = sum(w.surety for w in own) / len(own)
            found |= {(w.start, w.end): replace(w, surety=mean) for w in own}
    return [found[w.start, w.end] for w in words]


def _of(word: Word, said: Sequence[str]) -> str:
    return said[word.turn][word.start : word.end]


def _sureties(words: Iterable[Word], said: Sequence[str]) -> dict[str, float]:
    """How surely each stem that was said is needed: as surely as where it is most."""
    found: dict[str, float] = {}
    for word in words:
        for stem in content_stems(_of(word, said)):
            found[stem] = max(found.get(stem, -CERTAIN), max(-CERTAIN, min(CERTAIN, word.surety)))
    return found


def _likelihood(reading: str, own: str, sureties: dict[str, float]) -> float:
    """The log-likelihood that just the words which `reading` takes along are needed."""
    taken = set(content_stems(reading))
    return sum(
        -math.log1p(math.exp(-z if s in taken else z)) for s, z in sureties.items() if s not in content_stems(own)
    )


def _phrases(words: Sequence[Word], said: Sequence[str], own: set[str]) -> list[str]:
    """The words needed, each once, last turn first, with those beside each other as one phrase; in the order said."""
    taken, found = set(own), list[tuple[int, int, str]]()
    for turn in reversed(range(len(said))):
        spans: list[tuple[int, int]] = []
        fresh: set[str] = set()
        for word in (w for w in words if w.turn == turn and w.surety > 0):
            stems = set(content_stems(_of(word, said)))
            if stems <= taken:
                continue
            fresh |= stems
            if spans and _joins(said[turn][spans[-1][1] : word.start]):
                spans[-1] = (spans[-1][0], word.end)
            else:
                spans.append((word.start, word.end))
        taken |= fresh
        found += [(turn, start, said[turn][start:end]) for start, end in spans]
    return [phrase for _, _, phrase in sorted(found)]


def _joins(between: str) -> bool:
    return _SMALL.fullmatch(between) is not None and not content_stems(between)
