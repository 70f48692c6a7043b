"""What the steps hand to each other: a turn that grows, or a stop with a status and its canned text."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Any, Protocol

from assistant.answering.model import AnswerStatus, Choice, Question, Related
from assistant.answering.origin import new_id
from assistant.answering.writing import Writing
from assistant.areas.locating import NOWHERE, Location
from vectorstore.model import Hit
from vectorstore.profile import AreaName, CollectionProfile


class Kind(StrEnum):
    """What kind of fact a question asks for."""

    YES_NO = "yes_no"
    WHEN = "when"
    WHO = "who"
    HOW_MANY = "how_many"
    HOW_MUCH = "how_much"
    WHERE = "where"
    LIST = "list"
    DEFINITION = "definition"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Period:
    """A past stretch of time that the question names, with the words that name it."""

    start: date
    end: date
    words: str


@dataclass(frozen=True, slots=True)
class Understanding:
    """What the question asks for, and of when and where."""

    kind: Kind = Kind.OTHER
    period: Period | None = None
    area: AreaName | None = None
    areas_named: tuple[AreaName, ...] = ()
    outside: str | None = None
    asks_own_area: bool = False
    located: Location = NOWHERE
    scope: tuple[
        str, ...
    ] = ()  # ids of the areas whose texts may speak of those asked about: theirs and their lineage

    @property
    def areas(self) -> tuple[str, ...]:
        """Ids of the areas whose texts a search may see besides national ones; empty when all may be seen."""
        named = self.areas_named or ((self.area,) if self.area else ())
        return self.scope or tuple(a.id for a in named)


@dataclass(frozen=True, slots=True)
class Quote:
    """An exact stretch of a passage: `version_text[start:end] == text`."""

    hit: Hit
    start: int
    end: int
    text: str

    @property
    def as_read(self) -> str:
        """As the cross-encoder reads it: behind what stands above it and what introduces its list."""
        passage = self.hit.passage
        return passage.as_read(self.hit.version.title, self.start - passage.start, self.end - passage.start)


@dataclass(frozen=True, slots=True)
class Finding:
    """What an exact engine found, in a sentence, with the quotations it rests on."""

    engine: str
    text: str
    quotes: tuple[Quote, ...]
    data: dict[str, Any] = field(default_factory=dict, hash=False)
    answers: str = ""  # pattern of the questions it settles
    gap: bool = False  # it says that something is not held
    on: date | None = None  # the date it is about; None: the date asked as of
    missing: str = ""  # what was asked of it and is not held, or not yet known
    told: bool = False  # its notes say themselves what is missing
    statements: tuple[DraftStatement, ...] = ()  # how it is said; empty: each sentence of its quotations
    notes: tuple[str, ...] = ()  # what is said beside it, without a citation
    gives: str = ""  # pattern of what it says besides, so that a later question for that is answered too
    broad: bool = False  # it is given for many questions, so it settles only those that it leaves little of unsaid
    leads: bool = False  # it settles the question, wrong premises too
    resort: bool = False  # it tells what an answer turns on: said only where no sentence answers
    asks: Ask | None = None  # what has to be known first
    doubted: bool = False  # it does not seem to answer: sentences that do go before it
    whole: bool = False  # every word of the question was read for it, so that nothing doubts it
    read: float | None = None  # how surely it answers (`features.answers`), by the cross-encoder; None: not read
    beside: bool = False  # it plainly does not: said only where it leaves little of the question unsaid


@dataclass(frozen=True, slots=True)
class Ask:
    """A question back to the person, with the question to ask again for each choice."""

    text: str
    choices: tuple[Choice, ...] = ()
    turning: Turning | None = None  # where a rule may be said first


@dataclass(frozen=True, slots=True)
class Turning:
    """What a rule turns on for the one who asks, so that sentences which state the rule may be said before it.

    `about` are words of the check itself: a question that holds no others asks for its outcome, which no sentence
    is. `told` is the pattern of what was read as a fact; `own` and `others` are those of the kind that the person
    says to be, and of other kinds.
    """

    notes: tuple[str, ...]
    missing: str
    about: str
    told: str = ""
    own: str = ""
    others: str = ""


@dataclass(frozen=True, slots=True)
class DraftStatement:
    """A sentence to say and the quotations it rests on. `item` marks a list item, `lead` its introduction.

    `worded`: the sentence is in words of its own, a model's, and held to all checks of wording. `on` is a past date
    whose text the sentence quotes, as a change of editions does; None: the date of the answer. `tally` are the
    quotations that it counts or whose figures it reckons with: the count, the sum, the average, the difference and
    the ratio may stand in it, and the figures of `asked`, the words of the question that say what is counted.
    `terms` are the figures reckoned with, one of each of the tally (`Figure.value`); empty: the first sum of each.
    """

    text: str
    quote: Quote
    role: str = "sentence"  # sentence | lead | item
    on: date | None = None
    more: tuple[Quote, ...] = ()
    worded: bool = False
    tally: tuple[Quote, ...] = ()
    asked: str = ""
    terms: tuple[str, ...] = ()

    @property
    def quotes(self) -> tuple[Quote, ...]:
        """All quotations that the sentence rests on."""
        return (self.quote, *self.more)


@dataclass(frozen=True, slots=True)
class Draft:
    """An answer before numbering: statements in order, notes, what is missing."""

    statements: tuple[DraftStatement, ...]
    composer: str
    as_of: date
    notes: tuple[str, ...] = ()
    missing: str | None = None


@dataclass(frozen=True, slots=True)
class Turn:
    """One question on its way to an answer."""

    asked: Question
    text: str
    today: date
    as_of: date
    collection: str
    profile: CollectionProfile
    interpreted: str = ""
    understanding: Understanding = Understanding()
    findings: tuple[Finding, ...] = ()
    hits: tuple[Hit, ...] = ()
    hits_by_question: dict[str, tuple[Hit, ...]] = field(default_factory=dict)  # each question asked, with its own
    history_hits: tuple[Hit, ...] = ()  # in force on the period the question names
    draft: Draft | None = None
    confidence: float = 0.0
    writing: Writing | None = None  # a chat model's part; None where none was asked
    answer_id: str = field(default_factory=new_id, compare=False)

    @property
    def day_meant(self) -> date:
        """The date the question is about: the end of a past time that it names, else the date asked as of."""
        period = self.understanding.period
        return period.end if period is not None and period.end < self.as_of else self.as_of


@dataclass(frozen=True, slots=True)
class Stop:
    """The path ends here: a status with a text from prompts/messages.yaml, and never a citation."""

    status: AnswerStatus
    text: str
    turn: Turn
    next_steps: tuple[str, ...] = ()
    choices: tuple[Choice, ...] = ()
    related: tuple[Related, ...] = ()


class Step(Protocol):
    """One step of the path: takes the turn and returns it, or stops."""

    def __call__(self, turn: Turn, /) -> Turn | Stop: ...
