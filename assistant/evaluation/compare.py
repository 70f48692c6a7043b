"""Two runs on the same questions, question by question."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from statistics import median
from typing import Any

from assistant.evaluation.intervals import Share, difference, mcnemar
from assistant.evaluation.outcome import Outcome
from vectorstore.errors import UsageError

RANKS = {"wrong": 0, "partly": 1, "right": 2}


@dataclass(frozen=True, slots=True)
class Pair:
    """One question whose verdict is not the same in both runs."""

    id: str
    question: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Comparison:
    """What changed from the first run to the second. `p` is that of the exact McNemar test on right or not right.

    `won` and `lost` are the questions whose verdict rose and fell; `became_right` and `became_not_right` those that
    the test counts. `latency_ratio` is the median over questions of second / first.
    """

    questions: int
    won: tuple[Pair, ...]
    lost: tuple[Pair, ...]
    became_right: int
    became_not_right: int
    p: float
    right: Share
    measures: dict[str, Share]
    latency_ratio: float | None
    differences: tuple[str, ...] = ()

    def as_json(self) -> dict[str, Any]:
        return asdict(self)


def compare(before: Sequence[Outcome], after: Sequence[Outcome], differences: Sequence[str] = ()) -> Comparison:
    """Pair two runs. Raises UsageError if they did not ask the same questions with the same criteria."""
    first, second = {o.id: o for o in before}, {o.id: o for o in after}
    _check(first, second)
    pairs = [(first[i], second[i]) for i in first]
    moved = [Pair(a.id, a.question, a.verdict, b.verdict) for a, b in pairs if a.verdict != b.verdict]
    gained, gone = sum(b.right > a.right for a, b in pairs), sum(a.right > b.right for a, b in pairs)
    ratios = [b.milliseconds / a.milliseconds for a, b in pairs if a.milliseconds > 0]
    return Comparison(
        questions=len(pairs),
        won=tuple(p for p in moved if RANKS[p.after] > RANKS[p.before]),
        lost=tuple(p for p in moved if RANKS[p.after] < RANKS[p.before]),
        became_right=gained,
        became_not_right=gone,
        p=mcnemar(gained, gone),
        right=difference([float(a.right) for a, _ in pairs], [float(b.right) for _, b in pairs]),
        measures={name: _measured(pairs, read) for name, read in MEASURES.items()},
        latency_ratio=median(ratios) if ratios else None,
        differences=tuple(differences),
    )


def _recall(k: int) -> Callable[[Outcome], float | None]:
    return lambda o: o.recall.get(k) if o.answerable else None


MEASURES: dict[str, Callable[[Outcome], float | None]] = {
    "recall@5": _recall(5),
    "recall@10": _recall(10),
    "mrr@10": lambda o: o.reciprocal_rank if o.answerable else None,
    "ndcg@10": lambda o: o.ndcg if o.answerable else None,
    "citation_recall": lambda o: o.cited_groups if o.answerable else None,
    "answered": lambda o: float(o.answered),
}


def _measured(pairs: Sequence[tuple[Outcome, Outcome]], read: Callable[[Outcome], float | None]) -> Share:
    both = [(x, y) for a, b in pairs if (x := read(a)) is not None and (y := read(b)) is not None]
    return difference([x for x, _ in both], [y for _, y in both])


def _check(first: dict[str, Outcome], second: dict[str, Outcome]) -> None:
    here, there = sorted(first.keys() - second.keys()), sorted(second.keys() - first.keys())
    if here or there:
        raise UsageError(
            f"The runs did not ask the same questions: {len(here)} only in the first, {len(there)} only in the "
            f"second, such as {(here or there)[0]!r}.",
            "Finish both runs on one set: the same command with the same --out goes on where it stopped.",
        )
    changed = [i for i in first if first[i].asked.digest != second[i].asked.digest]
    if changed:
        raise UsageError(
            f"{len(changed)} questions or their criteria were changed between the runs, such as {changed[0]!r}.",
            "Run the first one again on the set as it is now.",
        )
    if not first:
        raise UsageError("The runs hold no outcomes.", "Finish both runs first.")
