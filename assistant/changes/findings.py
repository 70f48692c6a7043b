"""What changed between two editions, as an answer: each change with the words before and after, each side cited."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date, timedelta

from assistant.answering.consult import open_parts
from assistant.answering.polarity import asks_yes_or_no
from assistant.answering.resting import resting
from assistant.answering.turn import DraftStatement, Finding, Quote, Turn
from assistant.changes.clauses import Clause
from assistant.changes.compare import Change, Kind
from assistant.changes.report import ChangesDesk
from assistant.timeline.wording import human
from prompts import message
from vectorstore.errors import NotFoundError
from vectorstore.model import Hit, Version
from vectorstore.text import content_stems

ENGINE = "changes"
MOST_CHANGES = 8
_ASKS = re.compile(
    r"\b(?:what|which|how|anything|show|list|tell)\b.{0,60}\b(?:chang\w+|differ\w*|amend\w*|reword\w*"
    r"|new in|added|removed)\b"
    r"|\b(?:differences?|changes?|compare|comparison)\b.{0,60}\b(?:between|in|to|of|from|with)\b",
    re.IGNORECASE,
)
_YEAR = re.compile(r"\b(20[0-4]\d)\b")
_CHANGING = frozenset(content_stems("change amend update revise differ document version edition actually since"))
_ORDER = (Kind.REWORDED, Kind.ADDED, Kind.REMOVED)


class ChangesFindings:
    """An engine of the path: the changes of the documents that the collection's profile names by a pattern."""

    def __init__(self, desk: ChangesDesk) -> None:
        self._desk = desk

    def consult(self, turn: Turn) -> Sequence[Finding]:
        """One finding for each question that asks what changed in a document held in several editions."""
        found = []
        for part in open_parts(turn):
            if not turn.profile.changes or not _ASKS.search(part.bare):
                continue
            wanted = next((c for c in turn.profile.changes if re.search(c.pattern, part.bare, re.I)), None)
            finding = self._of(wanted.document, part.bare, turn) if wanted else None
            if finding is not None:
                found.append(replace(finding, answers=re.escape(part.own)))
        return found

    def _of(self, document: str, text: str, turn: Turn) -> Finding | None:
        try:
            dates = self._dates(document, text, turn)
            if dates is None:
                return None
            before, after, changes = self._desk.changes(document, *dates)
        except NotFoundError:
            return None
        if not changes or not after:
            return None
        shown = sorted(changes, key=lambda c: _ORDER.index(c.kind))[:MOST_CHANGES]
        items = [s for change in shown for s in _statements(change, dates)]
        counted = {kind: sum(c.kind is kind for c in changes) for kind in Kind}
        whether = message("yes_no_yes") if _asks_whether(text, (*before, *after), turn) else ""
        lead = f"{whether} {message('changes_lead')}".strip()
        first = next((s for s in items if s.on == dates[1]), items[0])
        statements = (replace(resting(first.quote, lead, role="lead"), on=first.on), *items)
        compared = message(
            "changes_note",
            before=_names(before),
            start=human(dates[0]),
            after=_names(after),
            end=human(dates[1]),
            **{kind.value: str(number) for kind, number in counted.items()},
        )
        briefs = any(v.kind == "brief" for v in (*before, *after))
        notes = [compared, *([message("changes_of_briefs")] if briefs else [])]
        if len(changes) > len(shown):
            notes.append(message("changes_more", shown=str(len(shown)), all=str(len(changes))))
        data = {
            "kind": "changes",
            "document": document,
            "from": dates[0].isoformat(),
            "to": dates[1].isoformat(),
            "counts": {kind.value: number for kind, number in counted.items()},
        }
        quotes = tuple(dict.fromkeys(s.quote for s in statements))
        return Finding(
            ENGINE, lead, quotes, data, ".", on=turn.as_of, statements=statements, notes=tuple(notes), leads=True
        )

    def _dates(self, document: str, text: str, turn: Turn) -> tuple[date, date] | None:
        """The two dates to compare: of the years that the question names, else those around the newest change."""
        years = sorted({int(y) for y in _YEAR.findall(text)})
        ends = [min(date(y, 12, 31), turn.as_of) for y in years if date(y, 1, 1) <= turn.as_of]
        if years and not ends:  # only years to come are named
            return None
        if len(ends) >= 2 and ends[0] < ends[-1]:
            return ends[0], ends[-1]
        starts = [v.valid_from for v in self._desk.editions(document) if v.valid_from and v.valid_from <= turn.as_of]
        if len(ends) == 1:
            inside = [s for s in starts if s.year == years[0]]
            if re.search(r"\bsince\b|\bfrom\b", text, re.IGNORECASE) or not inside:
                return (ends[0], turn.as_of) if ends[0] < turn.as_of else None
            return min(inside) - timedelta(days=1), max(inside)
        later = [s for s in sorted(starts) if s > min(starts)]
        return (later[-1] - timedelta(days=1), turn.as_of) if later else None


def _asks_whether(text: str, compared: Sequence[Version], turn: Turn) -> bool:
    """Whether nothing is asked but if the document changed: neither what in it, nor for whom."""
    period = turn.understanding.period
    named = " ".join([*(f"{v.title} {v.label}" for v in compared), period.words if period else ""])
    return asks_yes_or_no(text) and set(content_stems(text)) <= {*_CHANGING, *content_stems(named)}


def _statements(change: Change, dates: tuple[date, date]) -> Iterator[DraftStatement]:
    """The words of a change, each side with the date on which it stood."""
    if change.before is not None:
        key = "changes_before" if change.after is not None else "changes_removed"
        yield _said(key, change.before, dates[0])
    if change.after is not None:
        key = "changes_after" if change.before is not None else "changes_added"
        yield _said(key, change.after, dates[1])


def _said(key: str, clause: Clause, on: date) -> DraftStatement:
    hit = Hit(clause.passage, clause.version, 0.0, None, None, None)
    quote = Quote(hit, clause.start, clause.end, clause.text)
    said = resting(quote, clause.text.lstrip("-* "), before=message(key), role="item")
    return replace(said, on=on)


def _names(versions: Sequence[Version]) -> str:
    return "; ".join(dict.fromkeys(f"{v.title} ({v.label})" for v in versions))
