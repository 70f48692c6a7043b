"""Which of the events that a question names it is about."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date

from assistant.answering.turn import Period
from assistant.timeline.events import DEADLINE, EXPECTED, Event, State
from vectorstore.text import content_stems

_WHEN_OPENED = re.compile(
    r"\bwhen\b(?!.*\bclos)[^?]{0,80}\b(?:open(?:s|ed)?|launch(?:es|ed)?|start(?:s|ed)?|beg[aiu]ns?)\b", re.IGNORECASE
)
_OPENING = re.compile(r"^(?:Opening|Launch|Start|Beginning) of\b")
_THE_NEXT = re.compile(
    r"\b(?:the|our|your|its|their|\w+['’]s) next ((?:(?!(?:is|are|was|were|be|due|takes?|happens?|starts?|begins?"
    r"|opens?|closes?|comes?|for|in|of|on|to|at|with|from|held|going|published|expected)\b)[\w'’-]+ ?){1,6})",
    re.IGNORECASE,
)
_IN_WORDS = {
    word: number
    for number, words in enumerate(("one first", "two second", "three third", "four fourth", "five fifth"), 1)
    for word in words.split()
}
_COUNTED = r"(?:rounds?|stages?|phases?|cycles?|waves?|tranches?)"
_NUMBERED = re.compile(
    rf"\b{_COUNTED} (?P<after>\d+|one|two|three|four|five)\b"
    rf"|\b(?P<before>first|second|third|fourth|fifth)[ -]{_COUNTED}\b",
    re.IGNORECASE,
)
_SEVERAL = re.compile(r"\b(?:between|both|or|either)\b", re.IGNORECASE)
_OF_HAPPENING = frozenset(content_stems("happen take place yet already still year month actually by before"))
_OF_COMING = frozenset(
    content_stems("new start begin begun come coming came appear arrive ready")
)  # of what is expected
MOST_NAMED = 3  # events that one question is answered for; more are a list
NEARLY = 0.7  # share of the best likeness from which another event is meant too


def chosen(events: Sequence[Event], on: date) -> list[Event]:
    """The events to speak of: one for each end, deadlines first; of many, those nearest to the date."""
    by_end: dict[tuple[date, str], Event] = {}
    for event in sorted(events, key=lambda e: (e.kind != DEADLINE, not e.is_window)):
        by_end.setdefault((event.end, event.fund), event)
    nearest = sorted(by_end.values(), key=lambda e: abs((e.end - on).days))
    return sorted(nearest[:MOST_NAMED], key=lambda e: e.end) if len(nearest) <= MOST_NAMED else nearest[:1]


def likest(events: Sequence[Event], text: str) -> list[Event]:
    """Of several events that a text names, those of whose title and name it says the most."""
    best = max((share_said(e, text) for e in events), default=0.0)
    return [e for e in events if share_said(e, text) >= NEARLY * best]


def share_said(event: Event, text: str) -> float:
    """How much of an event's title, or of its name, stands in a text: the share of the words."""
    said = set(content_stems(text))
    names = (set(content_stems(event.title)), set(content_stems(event.noun)))
    return max(len(words & said) / max(1, len(words)) for words in names)


def says_all(text: str, event: Event, then: Period) -> bool:
    """Whether an event says all that a question whether it happened at a time asks: else another thing is asked."""
    said = {*content_stems(f"{event.title} {event.noun} {event.fact.text} {then.words}"), *_OF_HAPPENING}
    return set(content_stems(text)) <= (said | _OF_COMING if event.kind == EXPECTED else said)


def of_the_next(events: Sequence[Event], text: str) -> list[Event]:
    """Of `events` those that are the thing which a text asks for the next of ("the next employer forum")."""
    found = _THE_NEXT.search(text)
    thing = content_stems(found[1])[-1:] if found else ()
    if not thing:
        return list(events)
    return [e for e in events if set(thing) <= set(content_stems(f"{e.title} {e.noun} {e.fact.text}"))]


def openings(events: Sequence[Event], text: str) -> list[Event]:
    """Of `events` those with which something began, where a text asks when it did ("when did bids open?")."""
    return [e for e in events if _OPENING.match(e.title)] if _WHEN_OPENED.search(text) else []


def of_that_number(events: Sequence[Event], text: str) -> list[Event]:
    """Of `events` those that are not numbered otherwise than what a text names ("round 3", "the second stage")."""
    asked = _numbers(text)
    if not asked or _SEVERAL.search(text):
        return list(events)
    own = ((e, _numbers(f"{e.title} {e.noun}")) for e in events)
    return [e for e, numbers in own if not numbers or numbers & asked]


def _numbers(text: str) -> set[int]:
    """The numbers that stages, rounds and their like have in `text`."""
    found = {m["after"] or m["before"] for m in _NUMBERED.finditer(text)}
    return {int(n) if n.isdigit() else _IN_WORDS[n.lower()] for n in found}


def goes_on(event: Event, on: date) -> bool:
    """Whether a period has begun and lasts for long: it is no next thing to happen."""
    brief = event.kind in (DEADLINE, EXPECTED) and not event.is_period
    return event.state(on) is State.OPEN and event.first < on and not brief
