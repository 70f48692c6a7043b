"""The lists of the staff pages: what each shows, as rows for a page and for a CSV file."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from assistant.conversations.ledger import NOT_ANSWERED, Asked, Day, Ledger, Run, Wanted
from vectorstore.model import Version
from vectorstore.validity import in_force

BATCH = 500
MOST = 50_000  # rows of one file
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


@dataclass(frozen=True, slots=True)
class QuestionList:
    """A list of questions: its address, its heading, and what is on it."""

    name: str
    title: str
    about: str
    wanted: Wanted


LISTS = {
    found.name: found
    for found in (
        QuestionList("questions", "Questions asked", "Every question that is kept, the newest first.", Wanted()),
        QuestionList(
            "unanswered",
            "Not answered",
            "Questions with no answer, with part of one, or outside what is covered.",
            Wanted(statuses=NOT_ANSWERED),
        ),
        QuestionList("voted-down", "Voted down", "Answers that somebody voted against.", Wanted(vote="down")),
        QuestionList(
            "affected",
            "Affected by changed sources",
            "Answers that cite a text which was superseded, withdrawn or replaced since.",
            Wanted(affected=True),
        ),
    )
}


def narrowed(of: QuestionList, status: str, door: str, site: str, vote: str) -> Wanted:
    """What is on a list, narrowed by what was chosen on its page."""
    wanted = replace(of.wanted, door=door, site=site)
    if status and (not wanted.statuses or status in wanted.statuses):
        wanted = replace(wanted, statuses=(status,))
    return replace(wanted, vote=vote) if vote and not wanted.vote else wanted


@dataclass(frozen=True, slots=True)
class Due:
    """A version in force whose source was not looked at for long."""

    version: Version
    days: int | None  # since the last look; None: never


def due(versions: Iterable[Version], today: date, days: int) -> list[Due]:
    """The versions in force not checked within so many days, those never checked first."""
    found = []
    for v in versions:
        if in_force(v, today) and (v.checked_on is None or v.checked_on < today - timedelta(days=days)):
            found.append(Due(v, (today - v.checked_on).days if v.checked_on else None))
    return sorted(found, key=lambda d: (d.days is not None, -(d.days or 0), d.version.title))


def as_csv(heading: Sequence[str], rows: Iterable[Sequence[object]]) -> Iterator[str]:
    """The lines of a CSV file. No cell is taken for a formula by a spreadsheet."""
    yield "\ufeff" + _line(heading)
    for row in rows:
        yield _line(row)


def _line(cells: Sequence[object]) -> str:
    out = io.StringIO()
    csv.writer(out).writerow(_harmless(c) for c in cells)
    return out.getvalue()


def _harmless(cell: object) -> str:
    text = "" if cell is None else str(cell)
    return f"'{text}" if text.startswith(_FORMULA) else text


QUESTION_HEADING = (
    "asked",
    "question",
    "status",
    "door",
    "site",
    "votes up",
    "votes down",
    "reasons",
    "comments",
    "affected",
    "answer",
)


def question_rows(ledger: Ledger, wanted: Wanted) -> Iterator[Sequence[object]]:
    """The questions of a list, read some at a time."""
    for offset in range(0, MOST, BATCH):
        some = ledger.questions(wanted, BATCH, offset)
        yield from (_question(q) for q in some)
        if len(some) < BATCH:
            return


def _question(q: Asked) -> Sequence[object]:
    votes = [v.vote for v in q.votes]
    reasons = " ".join(sorted({r for v in q.votes for r in v.reasons}))
    comments = " | ".join(v.comment for v in q.votes if v.comment)
    up, down = votes.count("up"), votes.count("down")
    why = f"{q.affected['reason']} since {q.affected['since']}" if q.affected else ""
    asked = q.created.isoformat(timespec="seconds")
    return asked, q.question, q.status, q.door, q.site, up, down, reasons, comments, why, q.answer["text"]


DAY_HEADING = ("day", "status", "questions")


def day_rows(days: Iterable[Day]) -> Iterator[Sequence[object]]:
    """The counts of days by status."""
    return ((d.day, status, count) for d in days for status, count in d.statuses.items())


RUN_HEADING = ("run", "collection", "started", "finished", "state", "counts")


def run_rows(runs: Iterable[Run]) -> Iterator[Sequence[object]]:
    """The runs of ingestion."""
    return ((r.run_id, r.collection, r.started, r.finished, r.state, counts(r)) for r in runs)


def counts(run: Run) -> str:
    """What a run counted, in words."""
    return ", ".join(f"{value} {name}" for name, value in run.counts.items())


DUE_HEADING = ("document", "version", "title", "publisher", "address", "checked on", "days since")


def due_rows(found: Iterable[Due]) -> Iterator[Sequence[object]]:
    """The sources due for a check."""
    for d in found:
        v = d.version
        yield v.document_id, v.version_id, v.title, v.publisher, v.url, v.checked_on, d.days
