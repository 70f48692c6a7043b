"""Periods counted from a day: ten working days after a notice."""

from __future__ import annotations

from datetime import date

from assistant.answering.turn import DraftStatement, Finding, Quote
from assistant.timeline.engine import Term
from assistant.timeline.wording import human
from assistant.timeline.working_days import after_working_days, bank_holidays
from prompts import message

ENGINE = "timeline"


def count_term(term: Term, start: date, quote: Quote) -> Finding:
    """The last day of a term that begins after `start`."""
    if term.working:
        end = after_working_days(start, term.count)
        left_out = bank_holidays(start, end)
    else:
        end, left_out = date.fromordinal(start.toordinal() + term.count), []
    key = "timeline_term_working" if term.working else "timeline_term_days"
    noun = term.noun[:1].upper() + term.noun[1:]
    text = message(key, noun=noun, count=str(term.count), start=human(start), end=human(end))
    notes = [text, *([message("timeline_term_holidays", days=", ".join(map(human, left_out)))] if left_out else [])]
    data = {"kind": "term", "term": term.id, "start": start.isoformat(), "end": end.isoformat()}
    statements = (DraftStatement(quote.text, quote),)
    return Finding(ENGINE, text, (quote,), data, ".", statements=statements, notes=tuple(notes), leads=True)
