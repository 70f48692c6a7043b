"""The likeliest sentences read with the question by a cross-encoder, and scored again."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from assistant.answering.candidates import Candidate, in_order
from assistant.answering.features import answers
from vectorstore.embedding.reader import Reader

READ = 8  # sentences that are read
OF_EACH = 3  # of these at least, where some are held against the question as asked and some without its places


def read(
    reader: Reader,
    question: str,
    candidates: Sequence[Candidate],
    weights: Mapping[str, float],
    *,
    thorough: bool = False,
) -> list[Candidate]:
    """`candidates`, best first; the first READ of them, or all, scored again after the cross-encoder read them."""
    first = candidates if thorough else _first(candidates)
    surety = reader.read(question, [c.quote.as_read for c in first])
    done = []
    for c, z in zip(first, surety, strict=True):
        features = replace(c.features, read=answers(float(z)))
        done.append(replace(c, features=features, score=features.score(weights)))
    seen = {id(c) for c in first}
    return in_order([*done, *(c for c in candidates if id(c) not in seen)])


def _first(candidates: Sequence[Candidate]) -> list[Candidate]:
    """The READ best, of either way of being held against the question at least OF_EACH."""
    kept = [c for way in (False, True) for c in [c for c in candidates if c.placeless is way][:OF_EACH]]
    ids = {id(c) for c in kept}
    rest = [c for c in candidates if id(c) not in ids]
    return in_order([*kept, *rest[: READ - len(kept)]])
