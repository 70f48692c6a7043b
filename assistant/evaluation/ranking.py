"""Measures of a ranking: recall at k, reciprocal rank and discounted gain, by gold passages or by criteria."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from assistant.evaluation.golden import Gold, GoldenQuestion
from assistant.evaluation.judging import groups_met

CUTOFFS = (1, 3, 5, 10)
DEPTH = max(CUTOFFS)


@dataclass(frozen=True, slots=True)
class Found:
    """A passage that retrieval found."""

    document: str
    title: str
    section: str
    text: str


@dataclass(frozen=True, slots=True)
class Ranked:
    """How a ranking was. `gains`: for each passage the number of needs it meets that none before it met."""

    recall: dict[int, float]
    reciprocal_rank: float
    ndcg: float
    gains: tuple[int, ...]


def rank(question: GoldenQuestion, found: Sequence[Found]) -> Ranked | None:
    """The measures of `found`, best first; None for a question with neither gold passages nor groups of `must`.

    With gold passages each is one need: recall@k is the share of them in the top k, and nDCG@10 is that of Järvelin
    and Kekäläinen 2002 with gain 1. Else the groups of `must` are the needs: recall@k is 1 if the top k meet them
    all together, else 0, and nDCG@10 is alpha-nDCG with alpha = 1 (Clarke et al. 2008: met again gains nothing),
    whose ideal is one passage that meets them all. A need counts once, where it is first met.
    """
    needs = _needs(question, found[:DEPTH])
    if needs is None:
        return None
    met: set[int] = set()
    gains = []
    for passage in needs:
        gains.append(len(passage - met))
        met |= passage
    number = len(question.gold) or len(question.must)
    recall = {k: _recall(gains[:k], number, bool(question.gold)) for k in CUTOFFS}
    first = next((n for n, gain in enumerate(gains, start=1) if gain), None)
    ideal = [1] * min(number, DEPTH) if question.gold else [number]
    return Ranked(recall, 1 / first if first else 0.0, _dcg(gains) / _dcg(ideal), tuple(gains))


def _recall(gains: Sequence[int], number: int, by_gold: bool) -> float:
    share = sum(gains) / number
    return share if by_gold else float(share == 1)


def _needs(question: GoldenQuestion, found: Sequence[Found]) -> list[set[int]] | None:
    """For each passage the numbers of the needs it meets."""
    if question.gold:
        return [{n for n, gold in enumerate(question.gold) if stands_in(gold, f.document, f.text)} for f in found]
    if question.must:
        return [{n for n, ok in enumerate(groups_met(question.must, f.text)) if ok} for f in found]
    return None


def _dcg(gains: Sequence[int]) -> float:
    from sklearn.metrics import dcg_score  # takes most of a second, and only an evaluation needs it

    padded = [*gains, 0, 0]  # it refuses a single document
    return float(dcg_score([padded], [list(range(len(padded), 0, -1))], k=DEPTH))


def stands_in(gold: Gold, document: str, text: str) -> bool:
    """Whether `text` of `document` holds the gold passage, or is a part of it; spaces and case do not count."""
    if gold.document != document:
        return False
    wanted, given = _plain(gold.quote), _plain(text)
    return wanted in given or (bool(given) and given in wanted)


def _plain(text: str) -> str:
    return " ".join(text.split()).casefold()
