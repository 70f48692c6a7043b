"""The proof that a decision table is sound: every combination of its facts, on every edition of its rows."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import product
from math import prod

from vectorstore.model import Evidence
from vectorstore.rules.logic import matches, representatives
from vectorstore.rules.model import Check, Rule, Value

MOST_COMBINATIONS = 200_000  # of one edition; a table beyond that is to be split


@dataclass(frozen=True, slots=True)
class Proof:
    """What enumerating a table found. Sound: all rows reached, nothing contradicted, nothing left uncovered."""

    check: str
    rows: int
    editions: int
    combinations: int
    reached: frozenset[str]
    contradictions: tuple[str, ...]
    uncovered: tuple[str, ...]
    boundaries: int  # thresholds and days of validity tried one below, equal and one above

    def problems(self, check: Check) -> Iterator[str]:
        """Each fault in a few words."""
        yield from self.contradictions
        yield from self.uncovered
        yield from (f"row {r.id} can never hold" for r in check.rows if r.id not in self.reached)


def editions(check: Check) -> list[tuple[date, list[Rule]]]:
    """The first day of each stretch of time with the same rows in force, and those rows; none without any."""
    cuts = {r.valid_from or date.min for r in check.rows}
    cuts |= {r.valid_to + timedelta(days=1) for r in check.rows if r.valid_to}
    held = [(day, [r for r in check.rows if r.in_force(day)]) for day in sorted(cuts)]
    return [(day, rules) for day, rules in held if rules]


def prove(check: Check) -> Proof:
    """Enumerate `check`. Combinations grow as the product of the facts' values: at most MOST_COMBINATIONS."""
    reached: set[str] = set()
    contradictions: dict[str, None] = {}
    uncovered: dict[str, None] = {}
    tried = 0
    held = editions(check)
    for day, rules in held:
        for facts in _combinations(check, rules):
            tried += 1
            true = [r for r in rules if matches(r, facts)]
            reached.update(r.id for r in true)
            if not true and len(uncovered) < 5:
                uncovered[f"no row says what follows on {day} from {_said(facts)}"] = None
            for group in _groups(check, true):
                if len({r.outcome for r in group}) > 1 and len(contradictions) < 5:
                    rows = ", ".join(f"{r.id} ({r.outcome})" for r in group)
                    contradictions[f"rows contradict on {day}: {rows} for {_said(facts)}"] = None
    return Proof(
        check.id,
        len(check.rows),
        len(held),
        tried,
        frozenset(reached),
        tuple(contradictions),
        tuple(uncovered),
        len(_boundaries(check)),
    )


def _groups(check: Check, true: Sequence[Rule]) -> list[list[Rule]]:
    """Rows that must agree: all of them; in a fund's table those of primary sources, and apart from them the rest."""
    if not check.fund:
        return [list(true)]
    primary = [r for r in true if r.evidence is Evidence.PRIMARY]
    return [primary, [r for r in true if r.evidence is not Evidence.PRIMARY]]


def _combinations(check: Check, rules: list[Rule]) -> Iterator[dict[str, Value | None]]:
    used = {f for r in rules for f in r.when}
    asked = [f for f in check.facts if f.id in used]
    values = [representatives(f, rules) for f in asked]
    if prod(len(v) for v in values) > MOST_COMBINATIONS:
        raise ValueError(f"{check.id} has too many combinations to prove; split it into several checks")
    for combination in product(*values):
        yield dict(zip((f.id for f in asked), combination, strict=True))


def _boundaries(check: Check) -> set[object]:
    days = {d for r in check.rows for d in (r.valid_from, r.valid_to) if d}
    return days | {(f, b) for r in check.rows for f, c in r.when.items() for b in c.thresholds}


def _said(facts: dict[str, Value | None]) -> str:
    return ", ".join(f"{k} = {v}" for k, v in facts.items()) or "no facts"
