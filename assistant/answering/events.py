"""What happens while a question is answered, for doors that show it as it comes. `Done` alone is authoritative."""

from __future__ import annotations

from dataclasses import dataclass

from assistant.answering.model import Answer, Citation, Statement


@dataclass(frozen=True, slots=True)
class Accepted:
    """The question is being answered, in this conversation; its answer will have this id."""

    conversation_id: str
    answer_id: str


@dataclass(frozen=True, slots=True)
class Stepped:
    """A step of the path begins."""

    step: str


@dataclass(frozen=True, slots=True)
class Said:
    """A statement that passed the verifier, with the numbers of its citations."""

    statement: Statement


@dataclass(frozen=True, slots=True)
class Cited:
    """A citation that the next statement needs; one with a number known before takes that one's place."""

    citation: Citation


@dataclass(frozen=True, slots=True)
class Done:
    """The whole answer. It replaces all that was shown before it."""

    answer: Answer


@dataclass(frozen=True, slots=True)
class Failed:
    """No answer could be made; the answer with the status `failed` says so."""

    answer: Answer


@dataclass(frozen=True, slots=True)
class Working:
    """Nothing to show yet: the work goes on, and whoever listens may leave."""


Event = Accepted | Stepped | Working | Said | Cited | Done | Failed
