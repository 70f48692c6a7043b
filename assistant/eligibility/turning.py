"""What a check turns on for the one who asks, told beside the sentences that state its rule."""

from __future__ import annotations

from collections.abc import Iterable

from assistant.answering.turn import Turning
from assistant.eligibility.engine import Assessment
from assistant.eligibility.wording import open_notes
from vectorstore.rules.model import AskedFact


def turning(assessment: Assessment, fact: AskedFact) -> Turning:
    """The facts still open with the question for the next, and whom a sentence is not about that speaks of others."""
    check, facts = assessment.check, assessment.facts
    known = [(f, c) for f in check.facts if isinstance(facts.get(f.id), str) for c in f.choices]
    told = [c.said for f, c in known if c.id == facts[f.id]]
    own = [c.said for f, c in known if f.type == "choice" and c.id == facts[f.id]]
    others = [c.said for f, c in known if f.type == "choice" and c.id != facts[f.id]]
    labels = (f"{f.label} {f.question} {' '.join(c.label for c in f.choices)}" for f in check.facts)
    return Turning(
        notes=(*open_notes(assessment), f"{fact.question} {fact.help}".strip()),
        missing=check.title,
        about=" ".join((check.title, check.question, check.about, *check.outcomes.values(), *labels)),
        told=any_of(told),
        own=any_of(own),
        others=any_of(others),
    )


def any_of(patterns: Iterable[str]) -> str:
    """One pattern for whatever any of several finds; empty where there is none."""
    return "|".join(f"(?:{p})" for p in patterns if p)
