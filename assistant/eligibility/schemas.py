"""What a check gives, as commands, HTTP and pages show it."""

from __future__ import annotations

from datetime import date

from pydantic import BaseModel, ConfigDict, Field

from assistant.answering.model import Citation, Erb
from vectorstore.rules.model import AskedFact, Outcome


class _Model(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Option(_Model):
    """One value that a fact may have."""

    value: str
    label: str


class FactReport(_Model):
    """A fact that a check asks for."""

    fact: str
    label: str
    question: str
    help: str
    type: str = Field(examples=["choice", "yes_no", "number", "date", "area"])
    unit: str
    values: tuple[Option, ...]

    @classmethod
    def of(cls, fact: AskedFact) -> FactReport:
        options = tuple(Option(value=c.id, label=c.label) for c in fact.choices)
        return cls(
            fact=fact.id,
            label=fact.label,
            question=fact.question,
            help=fact.help,
            type=fact.type,
            unit=fact.unit,
            values=options,
        )


class Reason(_Model):
    """A row that holds. `decisive` rows make the outcome; others are reported practice, or rules of a closed fund."""

    row: str
    text: str
    decisive: bool
    evidence: str
    clause: str
    confidence: str
    citation: int


class Said(_Model):
    """A sentence with the citation it rests on."""

    text: str
    citation: int


class Deadline(_Model):
    """A dated event that a deciding row leads to, and where it stands."""

    event: str
    title: str
    when: str
    state: str = Field(examples=["past", "open", "upcoming", "unconfirmed"])
    days: int | None
    said: str
    citation: int


class LastRules(_Model):
    """What the rules of a closed fund came to on the last day on which they were in force."""

    as_of: date
    outcome: Outcome
    said: str


class Contact(_Model):
    """Whom to ask in an area: its body on the date, and who led the fund's award there, if that is held."""

    id: str
    name: str
    erb: Erb | None
    award: Said | None


class CheckSummary(_Model):
    """A check that can be run."""

    id: str
    title: str
    question: str
    about: str
    topic: str
    fund: str
    closed_since: date | None
    facts: tuple[FactReport, ...]


class ChecksReport(_Model):
    """All checks of a collection."""

    as_of: date
    checks: tuple[CheckSummary, ...]


class CheckReport(_Model):
    """The finding of one check for some facts on a date."""

    check: str
    title: str
    question: str
    as_of: date
    facts: dict[str, str]
    outcome: Outcome
    said: str
    closed_since: date | None
    closed: Said | None
    missing: tuple[FactReport, ...]
    reasons: tuple[Reason, ...]
    turns_on: tuple[Reason, ...]  # rows that may still decide, once the missing facts are known
    deadlines: tuple[Deadline, ...]
    under_last_rules: LastRules | None
    not_held: tuple[str, ...]
    successor: Said | None
    area: Contact | None
    next: str
    citations: tuple[Citation, ...]
