"""A check's result as commands, HTTP and pages show it: outcome, deciding rows with quotations, what is missing."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import date

from assistant.answering.assemble import citation
from assistant.answering.model import Citation, Erb
from assistant.answering.quoting import quote_of
from assistant.areas.atlas import Atlas
from assistant.eligibility.engine import Assessment, EligibilityEngine, open_rows
from assistant.eligibility.reading import UNKNOWN, Known, parse_value
from assistant.eligibility.schemas import (
    CheckReport,
    ChecksReport,
    CheckSummary,
    Contact,
    Deadline,
    FactReport,
    LastRules,
    Reason,
    Said,
)
from assistant.eligibility.wording import headline
from assistant.timeline.events import Event
from assistant.timeline.wording import sentence, when
from vectorstore.errors import UsageError
from vectorstore.facts import Fact
from vectorstore.retrieval import Retriever
from vectorstore.rules.logic import Decision
from vectorstore.rules.model import Check, Rule, Value

AREA = "area"


class CheckDesk:
    """Runs checks and words what is found."""

    def __init__(
        self,
        engine: EligibilityEngine,
        retriever: Retriever,
        atlas: Callable[[], Atlas],
        locate: Callable[[str, date], str | None],
        event: Callable[[str], Event | None] = lambda event_id: None,
    ) -> None:
        self._event = event
        self._engine = engine
        self._retriever = retriever
        self._atlas = atlas
        self._locate = locate

    def checks(self, on: date) -> ChecksReport:
        """The checks that can be run."""
        made = []
        for check in self._engine.book.checks.values():
            closed = self._engine.book.closed.get(check.id)
            made.append(
                CheckSummary(
                    id=check.id,
                    title=check.title,
                    question=check.question,
                    about=check.about,
                    topic=check.topic,
                    fund=check.fund,
                    closed_since=check.closed.since if check.closed and closed and closed.holds(on) else None,
                    facts=tuple(FactReport.of(f) for f in check.facts),
                )
            )
        return ChecksReport(as_of=on, checks=tuple(made))

    def read(self, check: Check, given: Mapping[str, str]) -> Known:
        """The facts that a caller gives by their ids. Raises UsageError for a fact or value that is none."""
        facts: Known = {}
        for name, text in given.items():
            fact = check.fact(name)
            if fact is None:
                known = ", ".join(f.id for f in check.facts)
                raise UsageError(f"{check.id} does not ask for {name!r}.", f"Its facts are: {known}.")
            facts[name] = parse_value(fact, text)
        return facts

    def report(self, check_id: str, given: Mapping[str, str], on: date) -> CheckReport:
        """The finding for facts given by their ids. Raises UsageError for an unknown check, fact, value or area."""
        check = self._engine.check(check_id)
        return self.report_on(self._engine.assess(check, self.read(check, given), on))

    def report_on(self, assessment: Assessment) -> CheckReport:
        """An assessment with the texts that its rows rest on."""
        check, on, decision = assessment.check, assessment.on, assessment.decision
        citations: list[Citation] = []

        def cite(fact: Fact | None) -> Said | None:
            quote = quote_of(fact, self._retriever, on) if fact is not None else None
            if quote is None or fact is None:
                return None
            citations.append(citation(quote, (quote.start, quote.end), len(citations) + 1, on))
            return Said(text=fact.text, citation=len(citations))

        closed = cite(assessment.closed)
        counted = assessment.then or decision

        def rows(rules: Iterable[Rule]) -> tuple[Reason, ...]:
            made = []
            for rule in rules:
                said = cite(self._engine.book.rules.get(rule.id))
                if said is not None:
                    made.append(_reason(rule, said, decisive=rule in decision.deciding))
            return tuple(made)

        reasons = rows((*counted.deciding, *counted.reported))
        turning = rows(open_rows(assessment)) if not counted.deciding else ()
        gaps = self._engine.book.gaps.get(check.id, ())
        deadlines = []
        for event_id in dict.fromkeys(r.event for r in decision.deciding if r.event):
            event = self._event(event_id)
            dated = cite(event.fact) if event else None
            if event is not None and dated is not None:
                deadlines.append(_deadline(event, on, dated.citation))
        first = self._engine.next_fact(assessment)
        missing = sorted(counted.missing, key=lambda f: f != first)
        return CheckReport(
            check=check.id,
            title=check.title,
            question=check.question,
            as_of=on,
            facts={n: _plain(v) for n, v in assessment.facts.items()},
            outcome=decision.outcome,
            said=headline(assessment),
            closed_since=check.closed.since if closed and check.closed else None,
            closed=closed,
            missing=tuple(FactReport.of(f) for f in missing),
            reasons=reasons,
            turns_on=turning,
            deadlines=tuple(deadlines),
            under_last_rules=self._last(assessment, counted),
            not_held=tuple(g.text for g in gaps if g.holds(on)),
            successor=cite(self._engine.book.successors.get(check.id)) if closed else None,
            area=self._contact(assessment, cite),
            next=check.next,
            citations=tuple(citations),
        )

    @staticmethod
    def _last(assessment: Assessment, counted: Decision) -> LastRules | None:
        if assessment.then is None or assessment.then_on is None:
            return None
        said = assessment.check.outcomes.get(counted.outcome, "")
        return LastRules(as_of=assessment.then_on, outcome=counted.outcome, said=said)

    def _contact(self, assessment: Assessment, cite: Callable[[Fact | None], Said | None]) -> Contact | None:
        named = assessment.facts.get(AREA)
        if not isinstance(named, str):
            return None
        atlas, on = self._atlas(), assessment.on
        wanted = named.strip().upper()
        area = wanted if atlas.of("area", wanted) else self._locate(named, on)
        if area is None:
            raise UsageError(
                f"There is no one area for {named!r}.", "Give an area's id (such as A06), its name or a place."
            )
        erb = atlas.erb(area, on)
        fund = assessment.check.fund.partition("-")[0]
        awards = [f for f in atlas.of("award", area, on) if str(f.data.get("fund", "")).lower() == fund]
        award = next((f for f in awards if not f.data.get("gap")), None)
        held = erb is not None and erb.data["name"]
        return Contact(
            id=area,
            name=atlas.name(area, on),
            erb=Erb(name=erb.data["name"], url=erb.data["url"] or None) if erb and held else None,
            award=cite(award) if fund else None,
        )


def _reason(rule: Rule, said: Said, *, decisive: bool) -> Reason:
    return Reason(
        row=rule.id,
        text=said.text,
        decisive=decisive,
        evidence=rule.evidence,
        clause=rule.clause,
        confidence=rule.confidence,
        citation=said.citation,
    )


def _deadline(event: Event, on: date, number: int) -> Deadline:
    return Deadline(
        event=event.id,
        title=event.title,
        when=when(event),
        state=event.state(on).value,
        days=event.days(on),
        said=sentence(event, on),
        citation=number,
    )


def _plain(value: Value | None) -> str:
    return UNKNOWN if value is None else str(value)
