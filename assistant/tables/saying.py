"""What a table says to a question: a sentence worked out from the rows, and below it what each row says."""

from __future__ import annotations

import calendar
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from assistant.answering.polarity import Verdict
from assistant.answering.turn import DraftStatement, Quote
from assistant.tables.asking import Condition, Measure, Query, Test
from assistant.tables.rows import Row
from prompts import message
from vectorstore.facts import Fact
from vectorstore.tables import Column
from vectorstore.text import sentence_spans

LONGEST = 14  # rows that are listed with what is said of each; more are named in one sentence
BRIEF = 180  # characters of a text that is told as it stands
AT_LENGTH = 2  # rows whose lists are told in full
_WORDS = "no one two three four five six seven eight nine ten eleven twelve".split()


@dataclass(frozen=True, slots=True)
class Told:
    """A row with the quotations that say of it what was asked."""

    row: Row
    quotes: tuple[Quote, ...]


def counted(number: int) -> str:
    """A number as sentences say it: a small one in words."""
    return _WORDS[number] if 0 < number < len(_WORDS) else str(number)


def amount(value: float, column: Column, quoted: str = "") -> str:
    """A number of a column, with what it counts; a sum as `quoted` writes it, if it stands there."""
    if not column.money:
        return f"{counted(int(value)) if value else 'no'} {column.one if value == 1 else column.many}"
    short = f"£{value / 1e6:g} million"
    return short if short in quoted else f"£{value:,.0f}"


def capital(text: str) -> str:
    """`text` with a capital first letter."""
    return text[:1].upper() + text[1:]


def named(query: Query, where: str, rows: Sequence[Row]) -> str:
    """The rows asked for, in words: what they are called, where they lie and what they have to have.

    A column that all of `rows` have is not named: it was asked to be told, not to choose by.
    """
    said = [query.table.many]
    if where:
        said.append(message("tables_where", place=where))
    said += [_said(c) for c in query.conditions if _chooses(query, c) or not all(r.meets(c) for r in rows)]
    if query.unknown:
        said.append(message("tables_unknown"))
    return " ".join(s for s in said if s)


def _chooses(query: Query, condition: Condition) -> bool:
    """Whether a condition is there to choose by, not only to be told."""
    counting = query.yes_no or query.measure is Measure.COUNT
    return counting or condition.denied or any((condition.kind, condition.test, condition.when))


def _said(condition: Condition) -> str:
    column = condition.column
    if condition.test is not None:
        words = _tested(condition.test, column)
        return message("tables_not", what=words) if condition.denied else words
    if condition.kind is not None:
        return condition.kind.unsaid if condition.denied else condition.kind.said
    said = column.unsaid if condition.denied else column.said
    if condition.when is None:
        return said
    when = "since" if condition.when.how == "from" else condition.when.how
    *month, year = reversed(condition.when.date.split("-"))
    date = " ".join([*(calendar.month_name[int(m)] for m in month), year])
    return message("tables_dated", what=said, when=when, date=date)


def asked_for(condition: Condition) -> str:
    """What of a condition the question itself says: its number or its date, and nothing else."""
    if condition.test is not None:
        return _tested(condition.test, condition.column)
    return condition.when.date if condition.when is not None else ""


def _tested(test: Test, column: Column) -> str:
    how = "over" if test.how == "several" else test.how
    return message(f"tables_{how}", amount=amount(test.number, column))


def verdict(query: Query, *, found: bool, proved: bool) -> str:
    """The yes or no that goes before; none where what is not held may be so all the same."""
    if not query.yes_no or not proved or query.measure not in (Measure.ANY, Measure.EVERY):
        return ""
    yes = found is (query.measure is Measure.ANY)
    return message((Verdict.YES if yes else Verdict.NO).value)


def lead(text: str, told: Sequence[Told], whole: Sequence[Quote], asked: str, *, alone: bool) -> DraftStatement:
    """The sentence worked out from rows, on the quotations of all; behind it stand those of `whole`, or of each row.

    `alone`: no row is told below it. `asked` is what of it the question says.
    """
    tally = tuple(q for t in told for q in t.quotes)
    cited = list(dict.fromkeys([*whole, *(tally if alone or not whole else ())]))
    if not alone and not whole:
        cited = cited[:1]
    return DraftStatement(
        text, cited[0], "sentence" if alone else "lead", more=tuple(cited[1:]), tally=tally, asked=asked
    )


def item(told: Told, column: Column | None, *, briefly: bool = False) -> DraftStatement:
    """One row: its name and what it has in the column asked about, else what its text says first.

    `briefly`: a list is told by its length.
    """
    first, *more = told.quotes
    quoted = " ".join(q.text for q in told.quotes)
    told_by_word = column is not None and column.value and not (column.unlike or column.is_held)
    word = told.row.words(column) if column is not None and told_by_word else ""
    long = len(first.text) > BRIEF
    if column is not None and column.many and not column.money and not word and briefly and long:
        word = amount(told.row.number(column) or 0, column)
    plain = word and all(w in quoted for w in word.split("; ")) if column is not None and not column.many else word
    if plain and word != told.row.name:
        text = message("tables_item", row=told.row.name, value=word)
    else:
        said = [q.text[slice(*sentence_spans(q.text)[0])] for q in told.quotes]
        all_said = " ".join(said).rstrip(".")
        text = said[0] if len(said) == 1 else message("tables_item", row=told.row.name, value=all_said)
    return DraftStatement(text, first, "item", more=tuple(more))


def fact_for(query: Query, row: Row, shown: Column | None) -> tuple[Fact, ...]:
    """The facts that say of a row what is asked of it: of its columns, else what is usually told of the row."""
    usual = query.table.column(query.table.shows)
    for column in (shown, *(c.column for c in query.conditions), usual):
        facts = row.told(column) if column is not None else ()
        if facts:
            return facts
    return tuple(f for f in row.facts if f.text)


def day(on: date) -> str:
    """A date in words."""
    return on.strftime("%-d %B %Y")


Quoting = Callable[[Fact], Quote | None]


def told_of(query: Query, rows: Sequence[Row], shown: Column | None, quoting: Quoting) -> list[Told] | None:
    """Each row with its quotations; None where one is said by no text in force."""
    made: list[Told] = []
    for row in rows:
        quotes = [quoting(f) for f in fact_for(query, row, shown)]
        if not quotes or any(q is None for q in quotes):
            return None
        made.append(Told(row, tuple(q for q in quotes if q is not None)))
    return made
