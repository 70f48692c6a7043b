"""What the decision tables say to a question: the outcome first, then the rows that decide it, each quoted."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import date

from assistant.answering.consult import open_parts, wordings
from assistant.answering.model import Choice
from assistant.answering.parts import Asked
from assistant.answering.quoting import quote_of
from assistant.answering.resting import resting
from assistant.answering.turn import Ask, DraftStatement, Finding, Quote, Turn
from assistant.areas.atlas import Atlas
from assistant.eligibility.engine import Assessment, EligibilityEngine, open_rows
from assistant.eligibility.general import general_of, general_rule
from assistant.eligibility.interview import find_check
from assistant.eligibility.reading import Known, read_facts, shown, stated
from assistant.eligibility.report import AREA
from assistant.eligibility.turning import turning
from assistant.eligibility.wording import headline, open_notes, then_notes, then_said, verdict
from assistant.timeline.events import Event
from assistant.timeline.wording import distances, stands
from prompts import message
from vectorstore.facts import Fact
from vectorstore.model import Evidence
from vectorstore.retrieval import Retriever
from vectorstore.rules.logic import decide
from vectorstore.rules.model import NO, YES, AskedFact, Check, General, Outcome, Rule

ENGINE = "eligibility"
IN_ENGLAND = "in_england"
MOST_REASONS = 4
MOST_GAPS = 2
ENOUGH_TO_TELL = 2  # facts stated from which the rows still open are told, and the next fact asked for beside them
MOST_TOLD = 3  # answers whose outcomes are told with the question
_FIRST_PERSON = re.compile(r"\b(?:we|we're|we’re|ours?|us|i|i'm|i’m|my|me)\b", re.IGNORECASE)
_A_YEAR = re.compile(
    r"\b20\d\d\b|\b\d\d[-/–]\d\d\b|\b(?:next|last|coming|previous|following|future) year", re.IGNORECASE
)
_OF_OTHERS = re.compile(  # asks in the end whether somebody else does something: "..., can they refuse?"
    r"[,;:–-]\s*(?:and\s+)?(?:can|could|may|might|must|should|will|would|do|does|did|is|are|have|has)"
    r" (?:they|he|she)\b[^,;]*\?\s*$",
    re.IGNORECASE,
)


class EligibilityFindings:
    """An engine of the path: what a check comes to for the facts that the question states."""

    def __init__(
        self,
        eligibility: EligibilityEngine,
        retriever: Retriever,
        atlas: Callable[[], Atlas],
        event: Callable[[str], Event | None] = lambda event_id: None,
        spell: Callable[[str], str] = lambda text: text,
    ) -> None:
        self._spell = spell
        self._engine = eligibility
        self._retriever = retriever
        self._atlas = atlas
        self._event = event

    def consult(self, turn: Turn) -> Sequence[Finding]:
        """One finding for each question that a check answers."""
        checks = self._engine.book.checks
        if not checks or turn.understanding.outside:
            return ()
        found: dict[str, Finding] = {}
        named = [(part, self._named(part, turn)) for part in open_parts(turn)]
        for part, check in named:
            text = turn.interpreted  # what asks of no check belongs to every part
            for other, its in named:
                text = text.replace(other.own, " ") if its is not None and other is not part else text
            person = text  # and who asks must stand in its own words or in the background
            for other, _ in named:
                person = person.replace(other.own, " ") if other is not part else person
            finding = (
                self._of(check, self._spell(text), turn, person, self._general(check, part, turn)) if check else None
            )
            if check is None or finding is None:
                continue
            answers = re.escape(part.own) if finding.leads or finding.resort else ""
            if check.id in found:  # a second question that points back to the first: "..., and what is the date?"
                first = found[check.id]
                found[check.id] = replace(first, answers=f"{first.answers}|{answers}")
            else:
                found[check.id] = replace(finding, answers=answers)
        return list(found.values())

    def _named(self, part: Asked, turn: Turn) -> Check | None:
        texts, checks = wordings(part, turn, self._spell), self._engine.book.checks
        named = next((c for text in texts if (c := find_check(checks, text))), None)
        return named or next((c for c in checks.values() if self._general(c, part, turn)), None)

    def _general(self, check: Check, part: Asked, turn: Turn) -> General | None:
        texts = wordings(part, turn, self._spell)
        return next((g for text in texts if (g := general_of(check, text, turn))), None)

    def _of(self, check: Check, text: str, turn: Turn, person: str, general: General | None) -> Finding | None:
        facts = read_facts(check, text)
        told = len(facts)
        area = turn.understanding.area
        if area is not None and check.fact(AREA) is not None:
            facts[AREA] = area.id
        if check.fact(IN_ENGLAND) is not None and area is not None:
            if facts.get(IN_ENGLAND) == NO and check.question not in text:
                del facts[IN_ENGLAND]  # a place in England is named too, and which of them counts is not known
            else:
                facts.setdefault(IN_ENGLAND, YES)  # areas are in England only
        on = self._day(check, turn)
        taken = {} if check.question in text or _A_YEAR.search(text) else _taken(check, facts, on)
        assessment = self._engine.assess(check, facts | taken, on)
        own = _FIRST_PERSON.search(person) is not None or check.question in text
        if assessment.outcome is Outcome.NO_RULE_IN_FORCE:
            if not own and not check.fund:
                return None
            found = self._none_in_force(assessment)
            undecided = assessment.then is not None and assessment.then.outcome is Outcome.NOT_ENOUGH_INFORMATION
            return self._for(own or not undecided, found)
        if assessment.outcome is Outcome.NOT_ENOUGH_INFORMATION:
            asked = self._engine.next_fact(assessment)
            rule = general_rule(general, turn, self._retriever) if general else None
            if rule is not None:
                return self._ruled(assessment, rule, asked if own else None)
            if own and asked is not None and not check.fund and told < ENOUGH_TO_TELL:
                return self._ask(assessment, asked)
            return self._for(own, self._undecided(assessment, asked))
        finding = self.decided(assessment, answered=_OF_OTHERS.search(text) is None)
        return replace(finding, notes=(*finding.notes, *_taken_notes(check, taken))) if finding else None

    @staticmethod
    def _for(own: bool, finding: Finding | None) -> Finding | None:
        """What a check turns on: led with for one who asks of themselves, else a last resort.

        "Can a college lead a bid?" is a question on the rules, which sentences answer without the facts of one case.
        """
        return finding if own or finding is None else replace(finding, leads=False, resort=True)

    def _day(self, check: Check, turn: Turn) -> date:
        """The day whose rules count: within a past time that the question names, the last with a rule in force."""
        period = turn.understanding.period
        if period is None or (period.end >= turn.as_of and period.start >= turn.as_of):
            return turn.as_of
        return self._engine.day_in_force(check, period.start, min(period.end, turn.as_of))

    def decided(self, assessment: Assessment, *, answered: bool = False) -> Finding | None:
        """What decides, behind yes or no where that is what was asked (`answered`)."""
        rows = list(self._rows(assessment.decision.deciding, assessment.on))
        if not rows:
            return None
        first = resting(rows[0].quote, headline(assessment), before=verdict(assessment) if answered else "")
        if first.text.endswith(rows[0].text):  # the outcome has figures of its own: the row is said in its place
            rows = rows[1:]
        events = self._events(assessment)
        dated = [resting(q, stands(e, assessment.on)) for e, q in events]
        finding = self._finding(assessment, [first, *rows, *dated])
        return replace(finding, notes=tuple(distances([e for e, _ in events], assessment.on)))

    def _events(self, assessment: Assessment) -> list[tuple[Event, Quote]]:
        """The deadlines that the deciding rows lead to, each with the text that dates it."""
        made = []
        for event_id in dict.fromkeys(r.event for r in assessment.decision.deciding if r.event):
            event = self._event(event_id)
            quote = quote_of(event.fact, self._retriever, assessment.on) if event else None
            if event is not None and quote is not None:
                made.append((event, quote))
        return made

    def _undecided(self, assessment: Assessment, asked: AskedFact | None) -> Finding | None:
        """Reported practice, a row that says that the rule is not held, or what it turns on; then what to tell next.

        A fund's table is told rather than asked for fact by fact: of most, no primary source says who was eligible.
        Of the rest, so is one of which most is known.
        """
        decision, on = assessment.decision, assessment.on
        deciding = list(self._rows(decision.deciding, on))
        reported = self._reported(decision.reported, on)
        turning = [] if deciding or reported else self._turning(assessment)
        told = deciding or reported or turning
        if not told:
            return None
        first = resting(told[0].quote, message("check_open"))
        finding = self._finding(assessment, [first, *told[:MOST_REASONS]])
        gaps = [g.text for g in self._engine.book.gaps.get(assessment.check.id, ()) if g.holds(on)]
        notes = [*open_notes(assessment), *([f"{asked.question} {asked.help}".strip()] if asked else [])]
        notes += gaps[:MOST_GAPS]
        return replace(finding, missing=assessment.check.title, told=asked is not None, notes=tuple(notes))

    def _ruled(self, assessment: Assessment, rule: DraftStatement, asked: AskedFact | None) -> Finding:
        """The rule that answers whoever asks; one who asks of themselves is told what it turns on for them."""
        finding = self._finding(assessment, [rule])
        if asked is None:
            return finding
        open_facts = turning(assessment, asked)
        return replace(finding, missing=open_facts.missing, told=True, notes=open_facts.notes)

    def _ask(self, assessment: Assessment, fact: AskedFact) -> Finding:
        check, facts = assessment.check, assessment.facts
        choices = [Choice(label=c.label, question=stated(check, {**facts, fact.id: c.id})) for c in fact.choices]
        unknown = Choice(label=message("check_dont_know"), question=stated(check, {**facts, fact.id: None}))
        said = message("check_ask", depends=headline(assessment), question=fact.question, help=fact.help)
        text = " ".join(f"{said} {self._leads_to(assessment, fact)}".split())
        finding = self._finding(assessment, [])
        return replace(
            finding, text=text, asks=Ask(text, (*choices, unknown) if choices else (), turning(assessment, fact))
        )

    @staticmethod
    def _leads_to(assessment: Assessment, fact: AskedFact) -> str:
        """What each answer would settle, where each settles it."""
        check, made = assessment.check, []
        for choice in fact.choices:
            outcome = decide(check, {**assessment.facts, fact.id: choice.id}, assessment.on).outcome
            if outcome not in check.outcomes:
                return ""
            made.append(message("check_leads_to", answer=choice.label, said=check.outcomes[outcome]))
        return " ".join(made) if len(made) <= MOST_TOLD and len(set(made)) > 1 else ""

    def _none_in_force(self, assessment: Assessment) -> Finding | None:
        """That a fund is closed, what its rules came to, what of them was not seen, and whom to ask."""
        if assessment.closed is None:
            return self._before(assessment)
        on, book = assessment.on, self._engine.book
        statements = list(self._facts([assessment.closed], on))
        if not statements:
            return None
        if assessment.then is not None:
            decision = assessment.then
            rows = [*self._rows(decision.deciding, on), *self._reported(decision.reported, on)]
            turning = rows or self._turning(assessment)
            before, outcome = then_said(assessment)
            first = resting((turning or statements)[0].quote, outcome, before=before)
            statements += [first, *(t for t in turning[:MOST_REASONS] if not first.text.endswith(t.text))]
        area = assessment.facts.get(AREA)
        if isinstance(area, str):
            statements += list(self._facts(self._leads(assessment, area), on))
        successor = book.successors.get(assessment.check.id)
        statements += list(self._facts([successor] if successor else [], on))
        gaps = [g.text for g in book.gaps.get(assessment.check.id, ()) if g.holds(on)]
        finding = self._finding(assessment, statements)
        return replace(finding, notes=(*then_notes(assessment), *gaps[:MOST_GAPS]))

    def _before(self, assessment: Assessment) -> Finding:
        """Before the first rule: no text of ours may speak then, so the words are left to what retrieval finds."""
        return replace(self._finding(assessment, ()), notes=(headline(assessment),), answers="", leads=False)

    def _leads(self, assessment: Assessment, area: str) -> list[Fact]:
        fund = assessment.check.fund.partition("-")[0]
        awards = self._atlas().of("award", area, assessment.on)
        return [f for f in awards if str(f.data["fund"]).lower() == fund and not f.data.get("gap")][:1]

    def _turning(self, assessment: Assessment) -> list[DraftStatement]:
        """The rows that may still decide; of a fund, those of less than primary sources as reported practice."""
        rows, on = open_rows(assessment), assessment.on
        weak = [r for r in rows if assessment.check.fund and r.evidence is not Evidence.PRIMARY]
        return [*self._rows([r for r in rows if r not in weak], on), *self._reported(weak, on)]

    def _reported(self, rules: Sequence[Rule], on: date) -> list[DraftStatement]:
        before = message("check_reported_practice")
        return [resting(s.quote, s.text, before=before) for s in self._rows(rules, on)]

    def _rows(self, rules: Sequence[Rule], on: date) -> Iterator[DraftStatement]:
        facts = [self._engine.book.rules[r.id] for r in rules if r.id in self._engine.book.rules]
        return self._facts(facts[:MOST_REASONS], on)

    def _facts(self, facts: Sequence[Fact], on: date) -> Iterator[DraftStatement]:
        for fact in facts:
            quote = quote_of(fact, self._retriever, on)
            if quote is not None:
                yield DraftStatement(quote.text, quote)

    def _finding(self, assessment: Assessment, statements: Sequence[DraftStatement]) -> Finding:
        counted = assessment.then or assessment.decision
        data = {
            "kind": "check",
            "check": assessment.check.id,
            "outcome": str(assessment.outcome),
            "as_of": assessment.on.isoformat(),
            "facts": {k: "unknown" if v is None else str(v) for k, v in assessment.facts.items()},
            "rows": [r.id for r in (*counted.deciding, *counted.reported)],
            "missing": [f.id for f in counted.missing],
        }
        quotes = tuple(dict.fromkeys(s.quote for s in statements))
        text = " ".join(s.text for s in statements)
        return Finding(ENGINE, text, quotes, data, ".", on=assessment.on, statements=tuple(statements), leads=True)


def _taken(check: Check, facts: Known, on: date) -> Known:
    """What a question of that day means of the facts that it does not state, as the running year."""
    current = {f.id: next((c.id for c in f.choices if c.is_current(on)), None) for f in check.facts}
    return {fact: value for fact, value in current.items() if value is not None and fact not in facts}


def _taken_notes(check: Check, taken: Known) -> list[str]:
    """What was taken for granted, said out loud."""
    return [message("check_taken", label=f.label, value=shown(f, taken[f.id])) for f in check.facts if f.id in taken]
