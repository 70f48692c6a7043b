"""What the very thing asked for is, where all that is said speaks of the subject without telling it."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import date

from assistant.answering.consult import settles
from assistant.answering.demands import lacks
from assistant.answering.expectations import misses_count
from assistant.answering.forms import unmet
from assistant.answering.ordinals import number_lacking
from assistant.answering.parts import asked
from assistant.answering.periods import is_of_another_time
from assistant.answering.posts import lacks_holder
from assistant.answering.reach import asks_theirs
from assistant.answering.specifics import years
from assistant.answering.turn import DraftStatement, Period, Turn
from assistant.answering.understand import question_kind
from assistant.answering.upcoming import next_lacking
from prompts import message

_OWN = frozenset(  # which no premise is about
    {"limit", "weighting", "grade", "rank", "nth", "clock", "share", "average", "rate", "frequency"}
)
# A sentence that the cross-encoder is as sure of may give a reason without a word for it.
REASONED = 0.9
_ANOTHER_HELD = re.compile(
    r"\b(?:last|latest|newest|most recent|only|nearest) (?:[\w'’-]+ ){0,3}held\b(?! (?:on|in|at|by|for)\b)",
    re.IGNORECASE,
)
_LATEST = re.compile(r"\b(?:last|latest|newest|recent\w*|held|so far|most up)\b", re.IGNORECASE)
_CAUTION = re.compile(
    r"\bshould (?:not )?be (?:counted|relied|banked) on\b|\b(?:not|n['’]t|cannot be) (?:yet )?confirmed\b",
    re.IGNORECASE,
)


def lacking_in(
    said: Sequence[DraftStatement], turn: Turn, reads: Mapping[str, float], untold: Sequence[str], corrected: bool
) -> list[str]:
    """What the questions of a turn demand and nothing `said` tells, in words; nothing of those known to be `untold`.

    `reads` tells how surely each is answered, by the cross-encoder. A question whose premise was `corrected` has its
    answer in that, unless what it demands is no matter of the premise. A question that an engine read whole lacks
    nothing.
    """
    texts = [s.text for s in said]
    engines = max((f.read or 0.0 for f in turn.findings if not f.gap), default=0.0)
    lacking: list[tuple[str, str]] = []
    for question in _checked(turn, untold):
        lacking += missing_from(question, texts, turn.day_meant, max(reads.get(question, 0.0), engines))
        by_engine = turn.findings and question not in reads  # which found of what is asked, and may not count it
        if by_engine and misses_count(question_kind(question), " ".join(texts), question):
            lacking.append(("count", ""))
    named = [message(f"lacking_{n}", number=number) for n, number in lacking if n in _OWN or not corrected]
    return list(dict.fromkeys(named))


def _checked(turn: Turn, untold: Sequence[str]) -> list[str]:
    """The questions neither known to be `untold` nor settled by a finding for which every word was read."""
    parts, whole = asked(turn.interpreted), [f for f in turn.findings if f.whole]
    if whole and len(parts) == 1:
        return []
    return [p.own for p in parts if p.own not in untold and not any(settles(f, p.own) for f in whole)]


def of_another(said: Sequence[DraftStatement], turn: Turn) -> bool:
    """Whether nothing is known of what was asked: of what a place beyond has, or of its time."""
    if turn.understanding.outside is None:
        return tells_another(turn.interpreted, [s.text for s in said], turn.understanding.period)
    return bool(turn.profile.outside.document) and asks_theirs(turn)


def missing_from(question: str, said: Sequence[str], on: date, surety: float) -> list[tuple[str, str]]:
    """The names of what `question` demands and `said` does not tell, with the number asked for of a list.

    `on` is the date of the answer, before which nothing next lies; `surety` is how surely what is said answers.
    """
    text = " ".join(said)
    lacking = lacks(question, said)
    if lacks_holder(question, text):
        lacking.append("person")
    if next_lacking(question, said, on.year, on.month):
        lacking = [*(name for name in lacking if name != "date"), "next"]
    if surety < REASONED and "reason" in unmet(question, text):
        lacking.append("reason")
    number = number_lacking(question, said)
    return [*((name, "") for name in lacking), *([("nth", str(number))] if number else [])]


def tells_another(question: str, said: Sequence[str], period: Period | None) -> bool:
    """Whether `said` begins by telling that what is held last is of another time than the one asked about, or warns
    that what was asked cannot be counted on: both say that it is not known.
    """
    first = said[0] if said else ""
    if _CAUTION.search(first):
        return True
    if _ANOTHER_HELD.search(first) is None or _LATEST.search(question):
        return False
    return bool(years(question) - years(first)) or (period is not None and is_of_another_time(first, period))
