"""Whether a question asks if an edition of a text was in force, and what its days say to it.

The question is read word by word: who or what else it names, of whom it asks or under which condition is not settled
by dates, so it is left to others.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from functools import lru_cache
from typing import Any

from assistant.answering.polarity import asks_yes_or_no
from assistant.answering.turn import Period
from vectorstore.catalogue import Catalogue
from vectorstore.facts import Fact
from vectorstore.generations import PerGeneration
from vectorstore.snapshot import Snapshot


class Asked(StrEnum):
    """What is asked of an edition."""

    IN_FORCE = "in_force"
    OVER = "over"
    BEGUN = "begun"


_LEAD = (
    r"\W*(?:(?:so|and|but|hi|hello|hiya|ok|okay|please|um|well|then|also|just checking|quick question|can you tell me"
    r"|do you know|if|whether)\W+)*"
)
_AUX = r"(?:is|are|was|were|has|have|had|do|does|did)"
_ADVERBS = (
    r"(?:(?:still|yet|now|already|actually|really|currently|officially|formally|legally|been|being|all|then|just) )*"
)
_THE_ONE = (
    r"(?:the )?(?:current|latest|newest|most recent|right|correct|valid)"
    r"(?: one| ones| version| edition| guidance| text| act| law)?"
    r"|(?:the )?(?:ones?|guidance|version|edition|text) (?:that is |that was )?(?:in force|in use|that appl\w+|to use"
    r"|to follow)|what appl(?:y|ies|ied)"
)
_IN = (
    rf"in force|in use|in effect|{_THE_ONE}|used|live|effective|operative|applicable|up[- ]to[- ]date"
    r"|appl(?:y|ies|ied|ying)|stands?|stood|standing|holds?|held good|counts?"
)
_OUT = (
    rf"superseded|replaced|out[- ]of[- ]date|outdated|obsolete|lapsed|expired|no longer (?:{_IN})"
    r"|withdrawn|scrapped|revoked|repealed"
)
_STATE = re.compile(r"\b(?:out[- ]of[- ]date|outdated|obsolete|no longer)\b", re.IGNORECASE)
_BY_THEN = re.compile(r"\b(?:had|has|have|already|by|before|until|as of|as at)\b", re.IGNORECASE)
_ABROGATED = frozenset({"withdrawn", "scrapped", "revoked", "repealed"})
_BEGUN = r"come in(?:to (?:force|effect|use))?|taken? effect|start(?:ed)?(?: to apply)?|begun|kick(?:ed)? in"
_PREDICATES = ((Asked.BEGUN, _BEGUN), (Asked.OVER, _OUT), (Asked.IN_FORCE, _IN))
_OF_WHOM = r"(?P<whom> (?:to|for|on) (?:us|me|everyone|everybody|anyone|all(?: of us)?))?"
_NOW = r"today|now|nowadays|right now|at the moment|at present|any ?more|any longer|yet|already|currently|these days"
_WHEN = r"(?:in|on|by|at|as of|as at|during|back in|for|over|from)"
_TAG = r"(?:\W+(?:right|correct|yes|true|is (?:that|it|this) (?:right|correct|true|so)|isn['’]t it|please|thanks))?"
_PAST = frozenset({"was", "were", "had", "did"})
_SPEAKS_OF_THE_PAST = re.compile(r"\b(?:was|were|had|did|said|required|told|expected)\b", re.IGNORECASE)
_UNDER = r"(?:under|in|by|per|according to|following) (?:the |our |that )?"
_SAYS = (
    r" (?:\w+ ){0,2}(?:say|said|tell|told|require[ds]?|ask(?:ed)?|expect(?:ed)?|allow(?:ed)?|set out|cover(?:ed)?"
    r"|mean|meant|include[ds]?|mention(?:ed)?|want(?:ed)?|call(?:ed)? for|define[ds]?|give|gave)\b"
)


@lru_cache(maxsize=512)
def _pattern(text: str) -> re.Pattern[str]:
    """`text` compiled once, in either case: such long ones cost more to compile than to match."""
    return re.compile(text, re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Request:
    """What a question asks of an edition, whether of the past, and of somebody in particular.

    `happening`: whether it asks what came about in a time, and not what was so then. `abrogated` is the word for an
    act that ended it, as "withdrawn" is; "" where it may have ended by any.
    """

    asked: Asked
    past: bool
    of_somebody: bool
    happening: bool
    abrogated: str


@dataclass(frozen=True, slots=True)
class Edition:
    """An edition and the days from which to which it applied: each between two days, the same where it is held."""

    fact: Fact
    named: str
    begun: tuple[date, date]
    last: tuple[date, date] | None

    @classmethod
    def of(cls, fact: Fact) -> Edition:
        data: dict[str, Any] = fact.data
        begun, last = ([date.fromisoformat(day) for day in data[key]] for key in ("begun", "last"))
        return cls(fact, data["asked_as"], (begun[0], begun[1]), (last[0], last[1]) if last else None)

    def request(self, question: str, period: Period | None) -> Request | None:
        """What `question` asks of this edition, in `period` if it names one; None if it asks more, or else."""
        question = " ".join(question.split())
        if not _pattern(self.named).search(question):
            return None
        time = rf"(?:{_WHEN} )?(?:the )?{re.escape(period.words)}" if period else _NOW
        subject = rf"(?:the |our |your |an? |this |that )?(?:{self.named}),?"
        for asked, predicate in _PREDICATES:
            wanted = (
                rf"{_LEAD}(?:(?:{time}),? )?(?:(?P<aux>{_AUX}) )?{subject} (?:(?P<verb>{_AUX}) )?{_ADVERBS}"
                rf"(?P<predicate>{predicate}){_OF_WHOM}(?: then| still| already)?"
                rf"(?:,? (?:{time}))?(?:,? (?:{_NOW}))?{_TAG}[\s?.!]*"
            )
            found = _pattern(wanted).fullmatch(question)
            if found is not None and (found["aux"] or asks_yes_or_no(question)):
                verb = (found["aux"] or found["verb"] or "").lower()
                said = found["predicate"].lower()
                abrogated = said if said in _ABROGATED else ""
                past = verb in _PAST or said in ("applied", "stood")
                happening = period is not None and asked is not Asked.IN_FORCE and past and not _STATE.search(said)
                happening = happening and not _BY_THEN.search(question)
                return Request(asked, past, found["whom"] is not None, happening, abrogated)
        return None

    def life(self) -> Period | None:
        """From its first day to its last on which it surely applied; None where it has not ended."""
        return None if self.last is None else Period(self.begun[0], self.last[0], self.fact.data["title"])

    def is_quoted(self, question: str) -> bool:
        """Whether `question` asks in the past tense what this edition said."""
        said = rf"\b{_UNDER}(?:{self.named})(?!\w)|(?<!\w)(?:{self.named}){_SAYS}"
        return bool(_SPEAKS_OF_THE_PAST.search(question) and re.search(said, question, re.IGNORECASE))

    def settles(self, request: Request, start: date, end: date) -> bool | None:
        """Yes or no for every day from `start` to `end`; None where the days, or what is asked of them, differ."""
        if request.happening:
            return self._came_about(request.asked, start, end)
        if request.asked is Asked.BEGUN:
            return True if self.begun[1] <= start else (False if end < self.begun[0] else None)
        over = self.last is not None and self.last[1] < start
        lasts = self.last is None or end <= self.last[0]
        if request.asked is Asked.OVER:
            return True if over else (False if lasts and self.begun[1] <= start else None)
        if over or end < self.begun[0]:
            return False
        return True if lasts and self.begun[1] <= start else None

    def _came_about(self, asked: Asked, start: date, end: date) -> bool | None:
        """Whether it began, or ended, on a day from `start` to `end`."""
        if asked is Asked.BEGUN:
            first, by = self.begun
        elif self.last is None:
            return False
        else:
            first, by = (day + timedelta(days=1) for day in self.last)
        if by < start or end < first:
            return False
        return True if start <= first and by <= end else None


class Editions:
    """The editions of one collection; one without facts has none."""

    def __init__(self, catalogue: Catalogue, snapshot: Callable[[], Snapshot]) -> None:
        self._catalogue = catalogue
        self._held = PerGeneration(snapshot, self._read)

    def _read(self, snapshot: Snapshot) -> tuple[Edition, ...]:
        return tuple(Edition.of(f) for f in self._catalogue.facts(snapshot.collection, ("edition",)))

    def known(self, on: date) -> list[Edition]:
        """The editions as they are known on a date."""
        return [e for e in self._held() if e.fact.holds(on)]

    def time_of(self, question: str, on: date) -> Period | None:
        """The time of the one edition, over by now, of which `question` asks what it said."""
        quoted = [e for e in self.known(on) if e.is_quoted(question)]
        return quoted[0].life() if len(quoted) == 1 else None
