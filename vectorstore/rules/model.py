"""Decision tables as data: a check, the facts it asks for, and its rows, each with clause, source and validity."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from enum import StrEnum
from functools import cached_property
from typing import Annotated, Any, Literal, Self

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, model_validator

from vectorstore.model import Evidence


class Outcome(StrEnum):
    """What a check comes to. Unknown never counts as no, and no rule never as the latest one."""

    ELIGIBLE = "eligible"
    PARTLY = "partly"
    NOT_ELIGIBLE = "not_eligible"
    NOT_ENOUGH_INFORMATION = "not_enough_information"
    NO_RULE_IN_FORCE = "no_rule_in_force"


YES, NO = "yes", "no"
Value = str | Decimal | date  # a choice's id or yes/no, a number in the fact's unit, a day


def _yes_no(value: object) -> object:
    """YAML reads a bare yes as true."""
    return {True: YES, False: NO}.get(value, value) if isinstance(value, bool) else value


def _words(value: object) -> object:
    return tuple(_yes_no(v) for v in value) if isinstance(value, list | tuple) else (_yes_no(value),)


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, str_strip_whitespace=True)


class FactValue(_Strict):
    """One value of a choice, the pattern of words by which people say it, and when it is meant if none is said.

    `alone` says that it holds only where no other of the values does: what is said of it beside another is a part.
    """

    id: str = Field(pattern=r"^[a-z0-9][a-z0-9_-]*$")
    label: str
    said: str = ""
    alone: bool = False
    current_from: date | None = None
    current_to: date | None = None

    def is_current(self, on: date) -> bool:
        """Whether it is the value that a question of that day means without saying so, as the running year is."""
        bounds = (self.current_from, self.current_to)
        return any(bounds) and (bounds[0] or on) <= on <= (bounds[1] or on)


class AskedFact(_Strict):
    """A fact that a check asks for. `said*` are patterns that read it out of a question."""

    id: str = Field(pattern=r"^[a-z][a-z0-9_]*$")
    type: Literal["choice", "yes_no", "number", "date", "area"]
    label: str
    question: str
    help: str = ""
    unit: str = ""
    values: tuple[FactValue, ...] = ()
    said: str = ""
    said_yes: str = ""
    said_no: str = ""

    @property
    def choices(self) -> tuple[FactValue, ...]:
        """The values to choose from; yes and no for a yes/no fact; none for a number, a day or an area."""
        if self.type == "yes_no":
            return (
                FactValue(id=YES, label="yes", said=self.said_yes),
                FactValue(id=NO, label="no", said=self.said_no),
            )
        return self.values


class Condition(_Strict):
    """What one fact must be for a row to hold: one of some values, or within bounds."""

    one_of: Annotated[tuple[str, ...], BeforeValidator(_words)] = ()
    more_than: Decimal | None = None
    at_least: Decimal | None = None
    less_than: Decimal | None = None
    at_most: Decimal | None = None
    before: date | None = None
    on_or_before: date | None = None
    after: date | None = None
    on_or_after: date | None = None

    def fits(self, kind: str) -> bool:
        """Whether the condition is one for a fact of this type."""
        if kind in ("number", "date"):
            wanted = Decimal if kind == "number" else date
            return not self.one_of and bool(self.thresholds) and all(isinstance(b, wanted) for b in self.thresholds)
        return kind != "area" and bool(self.one_of) and not self.thresholds

    @cached_property
    def thresholds(self) -> tuple[Decimal | date, ...]:
        """The numbers and days at which the condition changes."""
        bounds = (
            self.more_than, self.at_least, self.less_than, self.at_most,
            self.before, self.on_or_before, self.after, self.on_or_after,
        )  # fmt: skip
        return tuple(b for b in bounds if b is not None)


def _condition(value: object) -> object:
    return value if isinstance(value, dict | Condition) else {"one_of": value}


class Rule(_Strict):
    """One row: if all conditions hold, the outcome, with the sentence that says why."""

    id: str
    when: dict[str, Annotated[Condition, BeforeValidator(_condition)]] = Field(default_factory=dict)
    outcome: Literal[Outcome.ELIGIBLE, Outcome.PARTLY, Outcome.NOT_ELIGIBLE, Outcome.NOT_ENOUGH_INFORMATION]
    text: str = Field(min_length=1)
    clause: str = ""
    sources: tuple[str, ...] = Field(min_length=1)
    valid_from: date | None = None
    valid_to: date | None = None
    evidence: Evidence
    confidence: Literal["high", "medium", "low"] = "high"
    event: str = ""  # id of the dated event that the row leads to

    def in_force(self, on: date) -> bool:
        return (self.valid_from is None or self.valid_from <= on) and (self.valid_to is None or on <= self.valid_to)


class Gap(_Strict):
    """Something about the rules that was looked for and not found."""

    text: str
    sources: tuple[str, ...] = Field(min_length=1)


class Closed(_Strict):
    """That a fund is closed: `since` is the last day on which it was open, or the day by which it was not."""

    since: date
    text: str
    sources: tuple[str, ...] = Field(min_length=1)
    evidence: Evidence = Evidence.PRIMARY


class General(_Strict):
    """A rule that answers some ways to put a check, whoever asks: the sentence of `document` that begins so.

    `asked_as` is the pattern of those ways; `areas`, how many areas a question has to name at least.
    """

    asked_as: str = Field(min_length=1)
    areas: int = Field(default=0, ge=0)
    document: str = Field(pattern=r"^[a-z0-9][a-z0-9-]*$")
    begins: str = Field(min_length=10)


class Check(_Strict):
    """A decision table: one question of eligibility or duty, in every edition that is held."""

    id: str = Field(pattern=r"^[a-z0-9][a-z0-9-]*$")
    title: str
    question: str
    topic: str
    fund: str = ""
    about: str
    outcomes: dict[Outcome, str]
    asked_as: str = ""
    unless: str = ""
    general: tuple[General, ...] = ()
    facts: tuple[AskedFact, ...] = Field(min_length=1)
    rows: tuple[Rule, ...] = Field(min_length=1)
    gaps: tuple[Gap, ...] = ()
    closed: Closed | None = None
    successor: Gap | None = None
    next: str = ""

    @model_validator(mode="after")
    def _fits(self) -> Self:
        known = {f.id: f for f in self.facts}
        if len(known) != len(self.facts):
            raise ValueError("a fact stands twice")
        for row in self.rows:
            for fact, condition in row.when.items():
                if fact not in known:
                    raise ValueError(f"row {row.id} asks for {fact!r}, which is not among the facts")
                allowed = {c.id for c in known[fact].choices}
                if not condition.fits(known[fact].type):
                    raise ValueError(f"row {row.id}: the condition on {fact} is none for a {known[fact].type}")
                strange = set(condition.one_of) - allowed
                if strange:
                    raise ValueError(f"row {row.id}: {fact} has no value {sorted(strange)[0]!r}")
            if row.outcome not in self.outcomes and row.outcome is not Outcome.NOT_ENOUGH_INFORMATION:
                raise ValueError(f"row {row.id}: outcomes does not say {str(row.outcome)!r}")
        return self

    def fact(self, fact_id: str) -> AskedFact | None:
        return next((f for f in self.facts if f.id == fact_id), None)

    @property
    def deciding_facts(self) -> tuple[AskedFact, ...]:
        """The facts that some row asks for, in the order in which a person is asked."""
        used = {f for row in self.rows for f in row.when}
        return tuple(f for f in self.facts if f.id in used)

    def as_data(self) -> dict[str, Any]:
        """The check as JSON data."""
        return self.model_dump(mode="json", exclude_defaults=True)
