"""The figures of a set or of a part of it; docs/evaluating.md defines each."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass, field
from typing import Any

from assistant.evaluation.abstention import (
    Calibration,
    Point,
    Refusals,
    area_under_risk,
    auroc,
    calibration,
    refusals,
    risk_coverage,
)
from assistant.evaluation.intervals import Share, share
from assistant.evaluation.latency import Latency, by_step, latency
from assistant.evaluation.outcome import Outcome
from assistant.evaluation.ranking import CUTOFFS

PREMISE = "stale_premise"  # the kind of questions that start from something no longer or never true


@dataclass(frozen=True, slots=True)
class Part:
    """The verdicts on the questions of one kind or person."""

    questions: int
    right: int
    partly: int
    wrong: int
    share: Share


@dataclass(slots=True)
class Summary:
    """The figures of one set or part of it. Shares are 0..1; None where there is nothing to divide by.

    `shares` holds every share by name with its 95 % interval; those that stand beside it are the same numbers.
    """

    questions: int
    verdicts: dict[str, int]
    right: float | None
    right_answerable: float | None
    lead_answers: float | None
    recall: dict[int, float]
    mrr: float | None
    ndcg: float | None
    citations: int
    exact: float | None
    stale_served: int
    premises_accepted: int
    refused_in_scope: float | None  # refused though the set accepts no refusal
    abstained: float | None  # not to be answered, and neither answered nor answered partly
    abstention_precision: float | None
    answers_by_kind: dict[str, float]
    median_ms: float
    p95_ms: float
    shares: dict[str, Share]
    refusals: Refusals
    auroc: float | None
    risk_coverage: list[Point]
    aurc: float | None
    answerable_calibration: Calibration
    right_calibration: Calibration
    steps: dict[str, Latency]
    by_kind: dict[str, str] = field(default_factory=dict)
    kinds: dict[str, Part] = field(default_factory=dict)
    persons: dict[str, Part] = field(default_factory=dict)

    def as_json(self) -> dict[str, Any]:
        return asdict(self)


def summarise(outcomes: Sequence[Outcome]) -> Summary:
    """The figures over `outcomes`."""
    shares = _shares(outcomes)
    unanswerable = [o for o in outcomes if not o.answerable]
    refused = [o for o in outcomes if o.refused]
    decided = [o for o in outcomes if o.asked.to_answer or o.asked.to_refuse]
    answered = [o for o in outcomes if o.answered]
    curve = risk_coverage([(o.confidence, o.right) for o in answered], len(outcomes))
    total = latency([o.milliseconds for o in outcomes])
    kinds = _parts(outcomes, lambda o: o.kind)
    return Summary(
        questions=len(outcomes),
        verdicts=dict(Counter(o.verdict for o in outcomes)),
        right=shares["right"].value,
        right_answerable=shares["right_answerable"].value,
        lead_answers=shares["lead_answers"].value,
        recall={k: shares[f"recall@{k}"].value or 0.0 for k in CUTOFFS},
        mrr=shares["mrr@10"].value,
        ndcg=shares["ndcg@10"].value,
        citations=sum(o.citations for o in outcomes),
        exact=shares["citations_exact"].value,
        stale_served=sum(o.stale > 0 or bool(o.asserted) for o in outcomes),
        premises_accepted=sum(o.kind == PREMISE and bool(o.asserted) for o in outcomes),
        refused_in_scope=shares["refused_in_scope"].value,
        abstained=_mean([not o.answered for o in unanswerable]),
        abstention_precision=_mean([not o.answerable for o in refused]),
        answers_by_kind={
            kind: _mean([o.right for o in outcomes if o.answerable and kind in o.kinds]) or 0.0
            for kind in sorted({k for o in outcomes for k in o.kinds})
        },
        median_ms=total.median,
        p95_ms=total.p95,
        shares=shares,
        refusals=refusals([o.asked.to_refuse for o in decided], [o.refused for o in decided]),
        auroc=auroc([o.confidence for o in decided], [o.asked.to_answer for o in decided]),
        risk_coverage=curve,
        aurc=area_under_risk(curve),
        answerable_calibration=calibration([o.confidence for o in decided], [o.asked.to_answer for o in decided]),
        right_calibration=calibration([o.confidence for o in answered], [o.right for o in answered]),
        steps=by_step([o.timings for o in outcomes]),
        by_kind={k: f"{p.right} right, {p.partly} partly, {p.wrong} wrong" for k, p in kinds.items()},
        kinds=kinds,
        persons=_parts(outcomes, lambda o: o.asked.person),
    )


def _shares(outcomes: Sequence[Outcome]) -> dict[str, Share]:
    """Every share with its interval, by name."""
    answerable = [o for o in outcomes if o.answerable]
    answered = [o for o in outcomes if o.answered]
    ranked = [o for o in answerable if o.recall]
    checked = [o for o in answered if o.supporting is not None]
    named = {
        "right": share([o.right for o in outcomes]),
        "right_answerable": share([o.right for o in answerable]),
        "lead_answers": share([o.lead_answers for o in answerable if o.answered]),
        "yes_no_lead": share([bool(o.lead_fits) for o in outcomes if o.lead_fits is not None]),
        "follow_up_right": share([o.right for o in outcomes if o.asked.turns]),
        "follow_up_understood": share([bool(o.interpreted_fits) for o in outcomes if o.interpreted_fits is not None]),
        "mrr@10": share([o.reciprocal_rank or 0.0 for o in ranked]),
        "ndcg@10": share([o.ndcg or 0.0 for o in ranked]),
        "citations_exact": share([o.exact for o in outcomes], [o.citations for o in outcomes]),
        "citation_precision": share([o.supporting or 0 for o in checked], [o.citations for o in checked]),
        "citation_recall": share([o.cited_groups or 0.0 for o in checked]),
        "refused_in_scope": share([o.refused and not o.right for o in answerable]),
        "stale_served": share([o.stale > 0 or bool(o.asserted) for o in outcomes]),
        "false_premise_accepted": share([bool(o.asserted) for o in outcomes if o.kind == PREMISE]),
    }
    named |= {f"recall@{k}": share([o.recall[k] for o in ranked]) for k in CUTOFFS}
    return named


def _parts(outcomes: Sequence[Outcome], of: Callable[[Outcome], str]) -> dict[str, Part]:
    parts = {}
    for name in sorted({of(o) for o in outcomes}):
        inside = [o for o in outcomes if of(o) == name]
        count = Counter(o.verdict for o in inside)
        shared = share([o.right for o in inside])
        parts[name] = Part(len(inside), count["right"], count["partly"], count["wrong"], shared)
    return parts


def _mean(flags: Sequence[bool]) -> float | None:
    return sum(flags) / len(flags) if flags else None
