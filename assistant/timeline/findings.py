"""What the timeline says to a question: computed sentences, each resting on the text that dates the event."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date

from assistant.answering.consult import is_about, open_parts, wordings
from assistant.answering.model import Choice
from assistant.answering.periods import named_days, with_years
from assistant.answering.quoting import quote_of
from assistant.answering.resting import resting
from assistant.answering.specifics import asks_exact_day
from assistant.answering.turn import Ask, DraftStatement, Finding, Period, Turn
from assistant.timeline.asking import (
    Intent,
    asks_by_then,
    asks_if_it_stands,
    asks_since,
    asks_what_is_due,
    may_be_several,
    read_intent,
)
from assistant.timeline.choosing import (
    chosen,
    goes_on,
    likest,
    of_that_number,
    of_the_next,
    openings,
    says_all,
    share_said,
)
from assistant.timeline.engine import TimelineEngine
from assistant.timeline.events import DEADLINE, EXPECTED, Event, Precision, State
from assistant.timeline.terms import count_term
from assistant.timeline.verdicts import happened, happened_by, happened_in, verdict_over
from assistant.timeline.wording import (
    capital,
    counted,
    distances,
    human,
    length,
    length_in_days,
    stands,
    when,
)
from prompts import message
from vectorstore.retrieval import Retriever
from vectorstore.text import content_stems, sentence_spans

ENGINE = "timeline"
MOST_LISTED = 8
STILL_AWAITED = 366  # days for which something expected and not confirmed is still worth telling
_THEN = re.compile(r"\b(?:was|were|had|did|could|would|as of|as at|back (?:in|on))\b", re.IGNORECASE)
Say = Callable[[Event], str]
WELL_NAMED = 0.4  # share of the words of a happening that a question must say to be asking when it was
_ROUGH = frozenset({Precision.MONTH, Precision.QUARTER, Precision.SEASON, Precision.YEAR})
MOST_CHOICES = 6
_BARE = set(
    content_stems("deadline passed closed gone over date time still open due left days closing missed expired late")
)
_STATES = frozenset({Intent.STILL_TIME, Intent.PASSED})
_CLOSING = re.compile(r"\b(?:clos\w+|deadline|application|bids?|window)\b", re.IGNORECASE)
_WAITING = _STATES | {Intent.DAYS_LEFT, Intent.WHEN}


class TimelineFindings:
    """An engine of the path: whether a date is past, what is open and what comes next, as of any date."""

    def __init__(
        self, timeline: TimelineEngine, retriever: Retriever, spell: Callable[[str], str] = lambda text: text
    ) -> None:
        self._timeline = timeline
        self._retriever = retriever
        self._spell = spell

    def consult(self, turn: Turn) -> Sequence[Finding]:
        """One finding for each question that asks of dates the events say something of."""
        if not self._timeline.almanac.events or turn.understanding.outside:
            return ()
        found: list[Finding] = []
        for part in open_parts(turn):
            texts = [with_years(text, turn.as_of) for text in wordings(part, turn, self._spell)]
            made = (self._gap(text, turn) or self._term(text, turn) or self._of(text, turn) for text in texts)
            finding = next((f for f in made if f is not None), None)
            finding = finding or self._which(texts[-1], turn) or self._not_yet(texts, turn)
            if finding is not None and not (finding.gap or finding.asks or is_about(part, finding, turn)):
                continue
            if finding is not None and finding.text not in {f.text for f in found}:
                found.append(replace(finding, answers=_answers(part.own, finding)))
        return found

    def _gap(self, text: str, turn: Turn) -> Finding | None:
        """That a date is not held, for a question that asks for it: it is looked for no further."""
        gap = self._timeline.gap_named(text, turn.as_of) if read_intent(text) else None
        if gap is None:
            return None
        data = {"kind": "not_held", "gap": gap.subject, "as_of": turn.as_of.isoformat()}
        return Finding(ENGINE, gap.text, (), data, gap=True, leads=True, notes=(gap.text,))

    def _of(self, text: str, turn: Turn) -> Finding | None:
        intent = read_intent(text)
        if intent is None:
            return None
        on = _day_meant(text, turn) if intent in _STATES else turn.as_of
        then = turn.understanding.period if on < turn.as_of else None
        named = self._named(text, turn, on)
        if intent is Intent.DEADLINES:
            return self._deadlines(text, turn, on)
        if intent is Intent.NEXT:
            return self._next(text, turn, on)
        if intent is Intent.LENGTH:
            windows = likest([e for e in named if e.is_window], text)
            return self._length(windows[:1], on) or self._when(text, turn, named, on)
        if intent is Intent.WHEN:
            return self._when(text, turn, of_the_next(named, text), on)
        if intent is Intent.HAPPENED and turn.understanding.period is not None:
            return self._by_then(text, turn, turn.understanding.period)
        if intent is Intent.HAPPENED:
            return self._said(
                [e for e in chosen(likest(named, text), on) if e.kind == EXPECTED or _comes(e, on)],
                on,
                intent,
                lambda e: happened(e, on),
            )
        if intent is Intent.BETWEEN:
            return self._between(named, on)
        dated = likest([e for e in named if e.kind in (DEADLINE, EXPECTED) or e.is_window], text)
        if intent is Intent.STILL_TIME:  # there is time for what closes, not for what is expected to come about
            dated = [e for e in dated if e.kind != EXPECTED or e.is_window]
        if asks_if_it_stands(text):  # a day by which it was due says nothing of that
            dated = [e for e in dated if e.kind != DEADLINE]
        else:
            dated = dated or self._of_fund(text, turn, on)
        if intent is Intent.DAYS_LEFT:
            dated = [e for e in dated if not e.is_period]
            dated = dated or likest([e for e in named if e.state(on) is State.UPCOMING], text)
            if asks_since(text):
                dated = [e for e in dated or named if e.end < on] or dated
            return self._said(chosen(dated, on), on, intent)
        return self._said(chosen(dated, on), on, intent, lambda e: verdict_over(e, on, text, then))

    def _by_then(self, text: str, turn: Turn, then: Period) -> Finding | None:
        """Whether what the question names had happened by a past time, or in it.

        By what is known of it now; of what was expected, by what was known then.
        """
        named = [e for e in self._named(text, turn, turn.as_of) if e.kind != DEADLINE and not e.is_period]
        if turn.understanding.areas_named:  # a national happening says nothing of one area
            named = [e for e in named if e.areas]
        told = [e for e in likest(named, text) if says_all(text, e, then)]
        if len(told) != 1:
            return None
        [event] = told
        on = then.end if event.kind == EXPECTED and event.fact.holds(then.end) else turn.as_of
        quote = quote_of(event.fact, self._retriever, on)
        if quote is None:
            return None
        said = happened_by(event, then) if asks_by_then(text) else happened_in(event, then)
        if may_be_several(text) and said != message("yes_no_yes"):
            return None
        return _finding([resting(quote, quote.text, before=said)], Intent.HAPPENED, told, on)

    def _named(self, text: str, turn: Turn, on: date) -> list[Event]:
        """The events that the question names, of the areas it is about and national."""
        areas = set(turn.understanding.areas)
        named = of_that_number(self._timeline.named(text, on), text)
        return [e for e in named if not e.areas or not areas or set(e.areas) & areas]

    def _said(
        self, events: Sequence[Event], on: date, intent: Intent, begin: Say = lambda event: ""
    ) -> Finding | None:
        """Where each event stands, behind yes or no, and what else its text says."""
        told, statements = [], []
        for event in events:
            quote = quote_of(event.fact, self._retriever, on)
            if quote is None:
                continue
            first = resting(quote, stands(event, on), before=begin(event))
            told.append(event)
            statements.append(first)
            if len(sentence_spans(quote.text)) > 1 and quote.text not in first.text:  # it says more than the date
                statements.append(DraftStatement(quote.text, quote))
        return _finding(statements, intent, events, on, distances(told, on)) if statements else None

    def _quoted(self, events: Sequence[Event], on: date, intent: Intent) -> Finding | None:
        """What the text of each event says, then where it stands unless the text says as much."""
        told, statements = [], []
        for event in events:
            quote = quote_of(event.fact, self._retriever, on)
            if quote is None:
                continue
            exact = event.kind == DEADLINE and event.precision is Precision.DAY
            if not exact or len(sentence_spans(quote.text)) > 1:
                statements.append(DraftStatement(quote.text, quote))
            if event.kind in (DEADLINE, EXPECTED):
                told.append(event)
                state = resting(quote, stands(event, on))
                if quote.text != state.text or not statements:
                    statements.append(state)
        return _finding(statements, intent, events, on, distances(told, on)) if statements else None

    def _length(self, windows: Sequence[Event], on: date) -> Finding | None:
        """From when to when a window ran, and how many days that is."""
        for event in windows:
            quote = quote_of(event.fact, self._retriever, on)
            if quote is not None:
                said = [resting(quote, length(event))]
                return _finding(said, Intent.LENGTH, [event], on, [length_in_days(event)])
        return None

    def _when(self, text: str, turn: Turn, named: Sequence[Event], on: date) -> Finding | None:
        """When something is due, or ends: to the day if that is asked, and what of it is not held."""
        told = [
            e for e in named if e.kind == EXPECTED or e.is_window or (e.kind == DEADLINE and asks_what_is_due(text))
        ]
        if turn.understanding.areas_named:  # a national happening says nothing of one area
            named = [e for e in named if e.areas or e in told]
        told = openings(named, text) or told or [e for e in likest(named, text) if share_said(e, text) >= WELL_NAMED]
        missing = ""
        if asks_exact_day(turn.interpreted):
            told = [e for e in told if e.precision is Precision.DAY]
            if not told:
                told = [e for e in named if e.precision in _ROUGH and (e.kind != EXPECTED or e.is_period)]
                missing = message("timeline_exact_day")
        found = self._quoted(chosen(likest(told, text), on), on, Intent.WHEN)
        return replace(found, leads=False, missing=missing) if found else None

    def _between(self, named: Sequence[Event], on: date) -> Finding | None:
        """The days from one event that is known to the day to another."""
        exact = sorted((e for e in named if e.precision is Precision.DAY and not e.is_window), key=lambda e: e.end)
        if len(exact) < 2 or exact[0].end == exact[-1].end:
            return None
        first, last = exact[0], exact[-1]
        quotes = [quote_of(e.fact, self._retriever, on) for e in (first, last)]
        if quotes[0] is None or quotes[1] is None:
            return None
        text = message(
            "timeline_between",
            first=first.noun,
            start=human(first.end),
            last=last.noun,
            end=human(last.end),
            days=counted((last.end - first.end).days),
        )
        statements = [DraftStatement(q.text, q) for q in quotes if q is not None]
        return _finding(statements, Intent.BETWEEN, [first, last], on, [text])

    def _of_fund(self, text: str, turn: Turn, on: date) -> list[Event]:
        """The closing nearest to the date of a fund that the question names: of bids, not of spending."""
        funds = [f for f in self._timeline.funds if _names(text, f, turn.profile.vocabulary)]
        held = [
            e
            for f in funds
            for e in self._timeline.events(on, fund=f)
            if e.kind == DEADLINE and _CLOSING.search(e.title)
        ]
        return sorted(held, key=lambda e: abs((e.end - on).days))[:1]

    def _not_yet(self, texts: Sequence[str], turn: Turn) -> Finding | None:
        """For an event that became known only after the date: that nothing of it is held for then, and from when."""
        on = turn.as_of
        for text in texts:
            if read_intent(text) is None or self._timeline.named(text, on):
                continue
            later = self._timeline.named_later(text, on)
            if later:
                event = min(later, key=lambda e: e.fact.valid_from or date.max)
                assert event.fact.valid_from is not None
                said = message(
                    "timeline_not_yet",
                    noun=capital(event.noun),
                    as_of=human(on),
                    known=human(event.fact.valid_from),
                    when=when(event),
                )
                return replace(_finding((), Intent.WHEN, [event], on), text=said, notes=(said,), leads=False)
        return None

    def _which(self, text: str, turn: Turn) -> Finding | None:
        """A question back for one that names no matter: the deadlines nearest to the date, to choose from."""
        on = turn.as_of
        if read_intent(text) not in _WAITING or not set(content_stems(text)) <= _BARE:
            return None
        known = self._timeline.events(on, areas=turn.understanding.areas or ("none",), kind=DEADLINE)
        nearest = sorted(known, key=lambda e: abs((e.end - on).days))[:MOST_CHOICES]
        if not nearest:
            return None
        stem = text.rstrip(" ?.!")
        choices = tuple(Choice(label=e.title, question=f"{stem}: {e.noun}?") for e in nearest)
        asks = Ask(message("timeline_which"), choices)
        return replace(_finding((), Intent.PASSED, (), on), text=asks.text, asks=asks)

    def _next(self, text: str, turn: Turn, on: date) -> Finding | None:
        """What lies ahead, nearest first, then what was expected and is not confirmed."""
        funds = any(_names(text, f, turn.profile.vocabulary) for f in self._timeline.funds)
        if funds and turn.understanding.area is None and self._timeline.named(text, on):
            return None
        areas = turn.understanding.areas
        known = self._timeline.events(on, areas=areas or ("none",))
        ahead = [e for e in known if e.state(on) in (State.UPCOMING, State.OPEN) and not goes_on(e, on)]
        waiting = [e for e in known if e.state(on) is State.UNCONFIRMED and (on - e.end).days <= STILL_AWAITED]
        statements = self._list(ahead[:MOST_LISTED], on, message("timeline_next"))
        recent = sorted(waiting, key=lambda e: e.end, reverse=True)[: MOST_LISTED // 2]
        statements += self._list(recent, on, message("timeline_waiting"))
        return _finding(statements, Intent.NEXT, [*ahead[:MOST_LISTED], *recent], on) if statements else None

    def _deadlines(self, text: str, turn: Turn, on: date) -> Finding | None:
        """The deadlines of what the question names, or all."""
        areas = turn.understanding.areas or ("none",)
        known = self._timeline.events(on, areas=areas, kind=DEADLINE)
        named = {(e.topic, e.fund) for e in self._timeline.named(text, on)}
        events = [e for e in known if not named or (e.topic, e.fund) in named][-MOST_LISTED:]
        lead = message("timeline_deadlines")
        told = [e for e in events if quote_of(e.fact, self._retriever, on)]
        statements = self._list(told, on, lead, lambda e: stands(e, on))
        return _finding(statements, Intent.DEADLINES, events, on, distances(told, on)) if told else None

    def _list(self, events: Iterable[Event], on: date, lead: str, say: Say | None = None) -> list[DraftStatement]:
        items = []
        for event in events:
            quote = quote_of(event.fact, self._retriever, on)
            if quote is not None:
                items.append(resting(quote, say(event) if say else quote.text, role="item"))
        return [resting(items[0].quote, lead, role="lead"), *items] if items else []

    def _term(self, text: str, turn: Turn) -> Finding | None:
        """The end of a period that is counted from a day which the question gives."""
        for term in self._timeline.terms_named(text, turn.as_of):
            quote = quote_of(term.fact, self._retriever, turn.as_of)
            if quote is None or not _COUNTS.search(text):
                continue
            days = named_days(text)
            if not days:  # the period can be told, and its end cannot
                return Finding(
                    ENGINE, term.title, (quote,), {"kind": "term", "term": term.id}, ".", leads=True,
                    statements=(DraftStatement(quote.text, quote),),
                    notes=(message("timeline_term_needs_day", from_what=term.from_what),),
                    missing=message("timeline_term_missing", from_what=term.from_what),
                )  # fmt: skip
            return count_term(term, days[-1], quote)  # of several, the last corrects those before
        return None


_COUNTS = re.compile(
    r"\b(?:when|deadline|last day|by when|until|how (?:long|many)|run out|ends?|expire|working days?"
    r"|days?|time|date|reply|respond|bound)\b",
    re.I,
)


def _comes(event: Event, on: date) -> bool:
    """Whether something other than a deadline is known to lie ahead."""
    return event.kind != DEADLINE and event.state(on) is State.UPCOMING


def _answers(question: str, finding: Finding) -> str:
    """The pattern of the question that a finding settles; a finding that says nothing settles none."""
    return re.escape(question) if finding.statements or finding.asks or finding.gap else ""


def _names(text: str, fund: str, vocabulary: Mapping[str, Sequence[str]]) -> bool:
    """Whether a text names a fund, by its acronym or as the vocabulary writes it out."""
    acronym = fund.partition("-")[0]
    names = "|".join(re.escape(n) for n in (acronym, *vocabulary.get(acronym.upper(), ())))
    return re.search(rf"\b(?:{names})\b", text, re.IGNORECASE) is not None


def _day_meant(text: str, turn: Turn) -> date:
    """The day that "was it open in ...?" is about: the last of a past time; else the date asked as of."""
    period = turn.understanding.period
    if period is not None and period.end < turn.as_of and _THEN.search(text):
        return period.end
    return turn.as_of


def _finding(
    statements: Sequence[DraftStatement],
    intent: Intent,
    events: Iterable[Event],
    on: date,
    notes: Sequence[str] = (),
) -> Finding:
    data = {
        "kind": intent.value,
        "as_of": on.isoformat(),
        "events": [{"id": e.id, "state": e.state(on).value, "days": e.days(on)} for e in events],
    }
    text = " ".join(s.text for s in statements)
    quotes = tuple(dict.fromkeys(s.quote for s in statements))
    said = tuple(statements)
    return Finding(ENGINE, text, quotes, data, ".", on=on, statements=said, leads=True, notes=tuple(notes))
