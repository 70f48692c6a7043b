"""The likeliest sentences read with the question by a cross-encoder, and scored again."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

from assistant.answering.candidates import Candidate, in_order
from assistant.answering.features import answers
from vectorstore.embedding.reader import Reader

READ = 8  # sentences that are read
PREFERRED = 2  # of these at most, which are read though others score better
OF_EACH = 3  # of these at least, where some are held against the question as asked and some without its places
GAPS = 3  # recorded gaps that are read too, however far behind: only the cross-encoder knows one that is asked for


def read(
    reader: Reader,
    question: str,
    candidates: Sequence[Candidate],
    weights: Mapping[str, float],
    prefer: Callable[[Candidate], bool] = lambda c: False,
    *,
    thorough: bool = False,
) -> list[Candidate]:
    """`candidates`, best first; the first READ of them, and GAPS, scored again after the cross-encoder read them.

    `prefer` tells those that are read in any case: the introduction of a list has few words of a question. All are
    read where the reading is to be `thorough`.
    """
    preferred = [c for c in candidates if prefer(c)][:PREFERRED]
    first = candidates if thorough else _first(candidates, preferred)
    surety = reader.read(question, [c.quote.as_read for c in first])
    done = []
    for c, z in zip(first, surety, strict=True):
        features = replace(c.features, read=answers(float(z)))
        done.append(replace(c, features=features, score=features.score(weights)))
    seen = {id(c) for c in first}
    return in_order([*done, *(c for c in candidates if id(c) not in seen)])


def _first(candidates: Sequence[Candidate], preferred: Sequence[Candidate]) -> list[Candidate]:
    """The READ best with those preferred, of either way of being held against the question at least OF_EACH, and
    GAPS more.
    """
    kept = [c for way in (False, True) for c in [c for c in candidates if c.placeless is way][:OF_EACH]]
    ids = {id(c) for c in kept}
    kept.extend(c for c in preferred if id(c) not in ids)
    ids = {id(c) for c in kept}
    rest = [c for c in candidates if id(c) not in ids]
    kept += rest[: READ - len(kept)]
    ids = {id(c) for c in kept}
    gaps = [c for c in candidates if c.hit.passage.gap and id(c) not in ids]
    return in_order([*kept, *gaps[:GAPS]])
