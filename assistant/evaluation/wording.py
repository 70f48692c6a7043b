"""How figures are named and written, for the terminal and the page alike."""

from __future__ import annotations

from dataclasses import dataclass

from assistant.evaluation.intervals import Share
from assistant.evaluation.ranking import CUTOFFS
from assistant.evaluation.summary import Summary

# name of a share -> what it says, what it is a share of
SHARES = {
    "right": ("Right", "questions"),
    "right_answerable": ("Right, of answerable questions", "questions"),
    "lead_answers": ("First sentence meets a criterion", "answers"),
    "yes_no_lead": ("First word as expected (yes, no, depends)", "questions"),
    "follow_up_right": ("Follow-ups right", "questions"),
    "follow_up_understood": ("Question understood as expected", "questions"),
    **{f"recall@{k}": (f"Recall@{k}", "questions") for k in CUTOFFS},
    "mrr@10": ("MRR@10", "questions"),
    "ndcg@10": ("nDCG@10", "questions"),
    "citations_exact": ("Citations exact", "citations"),
    "citation_precision": ("Citation precision", "citations"),
    "citation_recall": ("Citation recall", "answers"),
    "refused_in_scope": ("Answerable but refused", "questions"),
    "stale_served": ("Stale or ruled-out text served", "questions"),
    "false_premise_accepted": ("False premise accepted", "questions"),
}


@dataclass(frozen=True, slots=True)
class Row:
    """One figure as text."""

    name: str
    value: str
    interval: str
    of: str


def percent(value: float | None) -> str:
    return "-" if value is None else f"{100 * value:.1f} %"


def interval(share: Share, *, signed: bool = False) -> str:
    """The interval in per cent, or nothing where there is none: equal values drawn again show no spread."""
    if share.low is None or share.high is None or share.low == share.high:
        return ""
    sign = "+" if signed else ""
    return f"{100 * share.low:{sign}.1f} to {100 * share.high:{sign}.1f}"


def rows(summary: Summary) -> list[Row]:
    """All figures that the set has something to say on, shares first."""
    found = [
        Row(label, percent(share.value), interval(share), f"{share.of:.0f} {unit}")
        for name, (label, unit) in SHARES.items()
        if (share := summary.shares[name]).value is not None
    ]
    r = summary.refusals
    if r.to_refuse or r.refused:
        found.append(Row("Refusals: precision", percent(r.precision), "", f"{r.refused} refused"))
        found.append(Row("Refusals: recall", percent(r.recall), "", f"{r.to_refuse} to refuse"))
        found.append(Row("Refusals: F1", percent(r.f1), "", ""))
    numbers = {
        "AUROC of the confidence, answerable or not": summary.auroc,
        "Area under risk and coverage (lower is better)": summary.aurc,
        "Calibration error (ECE), answerable": summary.answerable_calibration.ece,
        "Calibration error (ECE), right": summary.right_calibration.ece,
    }
    found += [Row(name, f"{value:.3f}", "", "") for name, value in numbers.items() if value is not None]
    found.append(Row("Latency, median", f"{summary.median_ms:.0f} ms", "", f"{summary.questions} questions"))
    found.append(Row("Latency, 95th percentile", f"{summary.p95_ms:.0f} ms", "", f"{summary.questions} questions"))
    return found
