"""The eligibility engine: decision tables of a collection, decided on a date, with the texts that state each row."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from vectorstore.catalogue import Catalogue
from vectorstore.errors import UsageError
from vectorstore.facts import Fact
from vectorstore.generations import PerGeneration
from vectorstore.model import Evidence
from vectorstore.rules.logic import Decision, Facts, decide, matches, settles_most
from vectorstore.rules.model import AskedFact, Check, Outcome, Rule
from vectorstore.snapshot import Snapshot


@dataclass(frozen=True, slots=True)
class Assessment:
    """What a check comes to on a date. `then` is what the last rules gave, where a fund is closed by the date."""

    check: Check
    facts: Facts
    on: date
    decision: Decision
    closed: Fact | None = None
    then: Decision | None = None
    then_on: date | None = None

    @property
    def outcome(self) -> Outcome:
        return self.decision.outcome


def open_rows(assessment: Assessment) -> list[Rule]:
    """The rows that may still decide, those of primary sources first: what the rules turn on."""
    on = assessment.then_on or assessment.on
    rows = [r for r in assessment.check.rows if r.in_force(on) and matches(r, assessment.facts) is None]
    return sorted(rows, key=lambda r: r.evidence is not Evidence.PRIMARY)


@dataclass(frozen=True, slots=True)
class RuleBook:
    """All checks of one generation, with the sentences that state them."""

    checks: Mapping[str, Check]
    rules: Mapping[str, Fact]  # by row
    gaps: Mapping[str, tuple[Fact, ...]]  # by check
    closed: Mapping[str, Fact]
    successors: Mapping[str, Fact]


class EligibilityEngine:
    """Decides checks; a collection without decision tables has none."""

    def __init__(self, catalogue: Catalogue, snapshot: Callable[[], Snapshot]) -> None:
        self._catalogue = catalogue
        self._book = PerGeneration(snapshot, self._read)

    def _read(self, snapshot: Snapshot) -> RuleBook:
        kinds = ("check", "rule", "check_gap", "check_closed", "check_successor")
        facts = self._catalogue.facts(snapshot.collection, kinds)

        def of(kind: str) -> list[Fact]:
            return [f for f in facts if f.kind == kind]

        checks = {f.subject: Check.model_validate(f.data) for f in of("check")}
        return RuleBook(
            checks,
            {f.subject: f for f in of("rule")},
            {c: tuple(g for g in of("check_gap") if g.subject == c) for c in checks},
            {f.subject: f for f in of("check_closed")},
            {f.subject: f for f in of("check_successor")},
        )

    @property
    def book(self) -> RuleBook:
        return self._book()

    def check(self, check_id: str) -> Check:
        """The check of that id. Raises UsageError."""
        checks = self.book.checks
        if check_id not in checks:
            known = ", ".join(checks) or "none"
            raise UsageError(f"There is no check {check_id!r}.", f"Give one of: {known}.")
        return checks[check_id]

    def assess(self, check: Check, facts: Facts, on: date) -> Assessment:
        """What the rules in force on a date say; for a fund that is closed by then, what its last rules said too."""
        decision = decide(check, facts, on)
        if decision.outcome is not Outcome.NO_RULE_IN_FORCE:
            return Assessment(check, facts, on, decision)
        closed = self.book.closed.get(check.id)
        if closed is None or not closed.holds(on):
            return Assessment(check, facts, on, decision)
        last = max((r.valid_to for r in check.rows if r.valid_to and r.valid_to < on), default=None)
        then = decide(check, facts, last) if last else None
        return Assessment(check, facts, on, decision, closed, then, last)

    @staticmethod
    def next_fact(assessment: Assessment) -> AskedFact | None:
        """The missing fact that settles most, as of the day whose rules count."""
        return settles_most(assessment.check, assessment.facts, assessment.then_on or assessment.on)

    @staticmethod
    def day_in_force(check: Check, start: date, end: date) -> date:
        """The last day of a span on which some rule is in force; its end if there is none."""
        days = [end, *(r.valid_to for r in check.rows if r.valid_to and start <= r.valid_to <= end)]
        days += [r.valid_from - timedelta(days=1) for r in check.rows if r.valid_from and start < r.valid_from <= end]
        return max((d for d in days if any(r.in_force(d) for r in check.rows)), default=end)
