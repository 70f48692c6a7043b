"""The first sentence of a finding: what the check comes to, and that a fund is closed before anything else."""

from __future__ import annotations

from assistant.eligibility.engine import Assessment
from assistant.timeline.wording import human
from prompts import message
from vectorstore.rules.logic import Decision
from vectorstore.rules.model import Outcome


def headline(assessment: Assessment) -> str:
    """The outcome in one sentence."""
    check, on = assessment.check, assessment.on
    if assessment.outcome is Outcome.NO_RULE_IN_FORCE:
        if assessment.closed is not None:
            return assessment.closed.text
        first = min((r.valid_from for r in check.rows if r.valid_from), default=None)
        if first is not None and on < first:
            return message("check_not_yet", title=check.title, date=human(on), first=human(first))
        return message("check_no_rule", title=check.title, date=human(on))
    if assessment.outcome is Outcome.NOT_ENOUGH_INFORMATION:
        if assessment.decision.missing:
            labels = "; ".join(f.label for f in assessment.decision.missing)
            return message("check_missing", labels=labels)
        if assessment.decision.reported:
            return message("check_reported")
        return message("check_not_held")
    return check.outcomes[assessment.outcome]


def verdict(assessment: Assessment) -> str:
    """Yes, no or in part; empty for any other outcome."""
    key = {
        Outcome.ELIGIBLE: "check_yes",
        Outcome.PARTLY: "check_in_part",
        Outcome.NOT_ELIGIBLE: "check_no",
    }.get(assessment.outcome)
    return message(key) if key else ""


def then_said(assessment: Assessment) -> tuple[str, str]:
    """What the last rules of a closed fund came to: the words before it, and the outcome."""
    assert assessment.then is not None
    outcome = assessment.then.outcome
    if outcome is Outcome.NOT_ENOUGH_INFORMATION:
        return "", message("check_then_missing" if assessment.then.missing else "check_then_reported")
    return message("check_then"), assessment.check.outcomes[outcome]


def then_notes(assessment: Assessment) -> list[str]:
    """Of which date the last rules of a closed fund are, and what their outcome depends on."""
    if assessment.then is None or assessment.then_on is None:
        return []
    return [message("check_then_note", date=human(assessment.then_on)), *_depends(assessment.then)]


def open_notes(assessment: Assessment) -> list[str]:
    """Why an outcome cannot be said yet."""
    return _depends(assessment.decision) or [headline(assessment)]


def _depends(decision: Decision) -> list[str]:
    if decision.outcome is not Outcome.NOT_ENOUGH_INFORMATION or not decision.missing:
        return []
    return [message("check_depends", labels="; ".join(f.label for f in decision.missing))]
