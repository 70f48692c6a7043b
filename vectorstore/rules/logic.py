"""Three-valued evaluation of a decision table: a row holds, does not hold, or cannot be told yet.

Kleene's strong logic: a conjunction is false if one part is, true if all are, and otherwise unknown.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from vectorstore.model import Evidence
from vectorstore.rules.model import AskedFact, Check, Condition, Outcome, Rule, Value

PENNY = Decimal("0.01")
Facts = Mapping[str, Value | None]  # what is known of the asker; None: asked, and not known


@dataclass(frozen=True, slots=True)
class Decision:
    """The outcome, the rows that decide it, and what would have to be known to say more.

    `reported` are rows that hold but rest on less than a primary source, in a table where only primary ones decide.
    """

    outcome: Outcome
    deciding: tuple[Rule, ...] = ()
    reported: tuple[Rule, ...] = ()
    missing: tuple[AskedFact, ...] = ()


def holds(condition: Condition, value: Value | None) -> bool | None:
    """Whether a fact meets a condition; None if it is not known."""
    if value is None:
        return None
    if isinstance(value, str):
        return value in condition.one_of
    if isinstance(value, Decimal):
        c = condition
        return (
            (c.more_than is None or value > c.more_than)
            and (c.at_least is None or value >= c.at_least)
            and (c.less_than is None or value < c.less_than)
            and (c.at_most is None or value <= c.at_most)
        )
    return (
        (condition.before is None or value < condition.before)
        and (condition.on_or_before is None or value <= condition.on_or_before)
        and (condition.after is None or value > condition.after)
        and (condition.on_or_after is None or value >= condition.on_or_after)
    )


def matches(rule: Rule, facts: Facts) -> bool | None:
    """Whether all conditions of a row are met."""
    unknown = False
    for fact, condition in rule.when.items():
        met = holds(condition, facts.get(fact))
        if met is False:
            return False
        unknown = unknown or met is None
    return None if unknown else True


def decide(check: Check, facts: Facts, on: date) -> Decision:
    """What the rows in force on a date say of the facts.

    In a fund's table only primary rows decide; others are reported practice, whatever they say.
    """
    rules = [r for r in check.rows if r.in_force(on)]
    if not rules:
        return Decision(Outcome.NO_RULE_IN_FORCE)
    told = [(r, matches(r, facts)) for r in rules]
    true = [r for r, met in told if met]
    unsettled = [r for r, met in told if met is None]
    deciding, reported = true, []
    if check.fund:
        deciding = [r for r in true if r.evidence is Evidence.PRIMARY]
        reported = [r for r in true if r.evidence is not Evidence.PRIMARY]
    if deciding:
        return Decision(deciding[0].outcome, tuple(deciding), tuple(reported))
    wanted = {f for r in _telling(unsettled) for f in r.when if facts.get(f) is None}
    missing = tuple(f for f in check.facts if f.id in wanted)
    return Decision(Outcome.NOT_ENOUGH_INFORMATION, (), tuple(reported), missing)


def _telling(rules: list[Rule]) -> list[Rule]:
    """`rules` without those that ask for more than another row of the same outcome: they can decide nothing alone."""
    return [r for r in rules if not any(_wider(other, r) for other in rules)]


def _wider(one: Rule, other: Rule) -> bool:
    """Whether `one` holds wherever `other` does, and comes to the same."""
    if one is other or one.outcome is not other.outcome or len(one.when) >= len(other.when):
        return False
    return all(other.when.get(fact) == condition for fact, condition in one.when.items())


def settles_most(check: Check, facts: Facts, on: date) -> AskedFact | None:
    """The missing fact to ask for next: the one whose answers leave the fewest rows open, by their mean.

    Facts already answered with "don't know" are not asked again. None if nothing is left to ask.
    """
    open_facts = [f for f in decide(check, facts, on).missing if f.id not in facts]
    if len(open_facts) < 2:
        return open_facts[0] if open_facts else None
    rules = [r for r in check.rows if r.in_force(on)]
    return min(open_facts, key=lambda f: _left_open(f, rules, facts))


def _left_open(fact: AskedFact, rules: list[Rule], facts: Facts) -> float:
    """How many rows stay undecided on average over the answers to `fact`; none where a row holds."""
    answers = representatives(fact, rules)
    left = 0
    for answer in answers:
        met = [matches(r, {**facts, fact.id: answer}) for r in rules]
        left += 0 if True in met else sum(m is None for m in met)
    return left / len(answers)


def representatives(fact: AskedFact, rules: list[Rule]) -> list[Value]:
    """Values of a fact that stand for all: every choice; each threshold, one step below and one above.

    The steps are one unit and a hundredth of it (a pound, a penny), and one day.
    """
    if fact.choices:
        return [c.id for c in fact.choices]
    bounds = sorted({b for r in rules if fact.id in r.when for b in r.when[fact.id].thresholds})
    points: dict[Value, None] = {}
    for bound in bounds:
        around: tuple[Value, ...] = (
            (date.fromordinal(bound.toordinal() - 1), bound, date.fromordinal(bound.toordinal() + 1))
            if isinstance(bound, date)
            else (bound - 1, bound - PENNY, bound, bound + PENNY, bound + 1)
        )
        points.update(dict.fromkeys(around))
    return list(points) or ["anything"]
