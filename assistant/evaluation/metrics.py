"""What an evaluation measures: per question, and over a set."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from statistics import median
from typing import Any

from assistant.answering.model import ANSWERED, Answer, BulletList, Paragraph
from assistant.evaluation.golden import GoldenQuestion, Verdict, forbidden, groups_met, judge

CUTOFFS = (1, 3, 5, 10)


@dataclass(frozen=True, slots=True)
class Outcome:
    """One question and what became of it."""

    id: str
    question: str
    kind: str
    half: str
    answerable: bool
    verdict: Verdict
    status: str
    confidence: float
    lead_answers: bool
    recall: dict[int, bool]
    citations: int
    exact: int
    stale: int
    kinds: tuple[str, ...]
    milliseconds: float
    plain: str
    missing: tuple[str, ...] = ()
    asserted: tuple[str, ...] = ()


def observe(question: GoldenQuestion, answer: Answer, exact: Sequence[bool], retrieved: Sequence[str]) -> Outcome:
    """The outcome of one question. `exact`: whether the stored text holds each citation; `retrieved`: top texts."""
    met = groups_met(question, answer.plain)
    recall = {k: all(groups_met(question, "\n".join(retrieved[:k]))) for k in CUTOFFS} if question.must else {}
    return Outcome(
        id=question.id,
        question=question.question,
        kind=question.kind,
        half=question.half,
        answerable=question.answerable,
        verdict=judge(question, answer),
        status=str(answer.status),
        confidence=answer.confidence,
        lead_answers=bool(question.must) and any(groups_met(question, _lead(answer))),
        recall=recall,
        citations=len(answer.citations),
        exact=sum(exact),
        stale=sum(not c.in_force for c in answer.citations),
        kinds=tuple(sorted({c.kind for c in answer.citations})),
        milliseconds=answer.timings.get("total", 0.0),
        plain=answer.plain,
        missing=tuple("|".join(g) for g, ok in zip(question.must, met, strict=True) if not ok),
        asserted=tuple(forbidden(question, answer.plain)),
    )


def _lead(answer: Answer) -> str:
    """The first sentence, or the whole list where a list comes first."""
    for block in answer.blocks:
        if isinstance(block, Paragraph):
            return block.statements[0].text
        if isinstance(block, BulletList):
            return "\n".join([*([block.lead.text] if block.lead else []), *(i.text for i in block.items)])
    return ""


@dataclass(slots=True)
class Summary:
    """The figures of one set or part of it. Shares are 0..1; None where there is nothing to divide by."""

    questions: int
    verdicts: dict[str, int]
    right: float | None
    right_answerable: float | None
    lead_answers: float | None
    recall: dict[int, float]
    citations: int
    exact: float | None
    stale_served: int
    premises_accepted: int
    refused_in_scope: float | None  # refused though the set accepts no refusal
    abstained: float | None
    abstention_precision: float | None
    answers_by_kind: dict[str, float]
    median_ms: float
    p95_ms: float
    by_kind: dict[str, str] = field(default_factory=dict)

    def as_json(self) -> dict[str, Any]:
        return asdict(self)


def summarise(outcomes: Sequence[Outcome]) -> Summary:
    """The figures over `outcomes`."""
    answerable = [o for o in outcomes if o.answerable]
    unanswerable = [o for o in outcomes if not o.answerable]
    answered_statuses = {str(s) for s in ANSWERED}
    refused = [o for o in outcomes if o.status not in answered_statuses | {"clarify"}]
    with_recall = [o for o in answerable if o.recall]
    citations = sum(o.citations for o in outcomes)
    times = sorted(o.milliseconds for o in outcomes) or [0.0]
    kinds = {}
    for kind in sorted({o.kind for o in outcomes}):
        part = Counter(o.verdict for o in outcomes if o.kind == kind)
        kinds[kind] = f"{part['right']} right, {part['partly']} partly, {part['wrong']} wrong"
    return Summary(
        questions=len(outcomes),
        verdicts=dict(Counter(o.verdict for o in outcomes)),
        right=_share([o.verdict == "right" for o in outcomes]),
        right_answerable=_share([o.verdict == "right" for o in answerable]),
        lead_answers=_share([o.lead_answers for o in answerable if o.status in answered_statuses]),
        recall={k: _share([o.recall[k] for o in with_recall]) or 0.0 for k in CUTOFFS},
        citations=citations,
        exact=sum(o.exact for o in outcomes) / citations if citations else None,
        stale_served=sum(o.stale > 0 or bool(o.asserted) for o in outcomes),
        premises_accepted=sum(o.kind == "stale_premise" and bool(o.asserted) for o in outcomes),
        refused_in_scope=_share([o in refused and o.verdict != "right" for o in answerable]),
        abstained=_share([o.status not in answered_statuses for o in unanswerable]),
        abstention_precision=_share([not o.answerable for o in refused]),
        answers_by_kind={
            kind: _share([o.verdict == "right" for o in answerable if kind in o.kinds]) or 0.0
            for kind in sorted({k for o in outcomes for k in o.kinds})
        },
        median_ms=median(times),
        p95_ms=times[min(len(times) - 1, int(0.95 * len(times)))],
        by_kind=kinds,
    )


def _share(flags: Sequence[bool]) -> float | None:
    return sum(flags) / len(flags) if flags else None
