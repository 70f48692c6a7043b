"""From the items of a question to what it asks of a table: conditions, and a list, count, sum, end or comparison."""

from __future__ import annotations

import operator
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum
from itertools import pairwise

from assistant.tables.lexing import Item
from vectorstore.tables import Column, Table, ValueKind

_TESTS: dict[str, Callable[[float, float], bool]] = {
    "over": operator.gt,
    "several": operator.gt,
    "at_least": operator.ge,
    "under": operator.lt,
    "at_most": operator.le,
    "exactly": operator.eq,
}
_YES_NO = re.compile(r"\W*(?:(?:so|and|but|hi|hello|please)\W+)*(?:is|are|was|were|do|does|did|has|have|had)\b", re.I)
_DEFINES = re.compile(r"\W*what(?:['’]s|s| is| are| was| were)\b", re.IGNORECASE)


class Measure(StrEnum):
    """What is asked of the rows."""

    LIST = "list"
    COUNT = "count"
    SUM = "sum"
    MEAN = "mean"
    MOST = "most"
    LEAST = "least"
    ANY = "any"
    EVERY = "every"
    COMPARE = "compare"


@dataclass(frozen=True, slots=True)
class Test:
    """A comparison with a number."""

    how: str
    number: float

    def holds(self, value: float) -> bool:
        return _TESTS[self.how](value, self.number)


@dataclass(frozen=True, slots=True)
class When:
    """A stretch of time, and on which side of it a date lies."""

    how: str  # in | during | after | since | from | before
    date: str  # a year or a month

    def holds(self, day: str) -> bool | None:
        """Whether `day`, a year, month or day, lies there; None where it is not held exactly enough."""
        if self.how in ("in", "during"):
            return True if day.startswith(self.date) else (None if self.date.startswith(day) else False)
        if self.date.startswith(day) and day != self.date:
            return None
        if self.how == "before":
            return day < self.date
        return (day > self.date and not (self.how == "after" and day.startswith(self.date))) or (
            self.how in ("since", "from") and day.startswith(self.date)
        )


@dataclass(frozen=True, slots=True)
class Condition:
    """What a row has to have, or must not have: a column, a kind of value in it, a number, or a date."""

    column: Column
    kind: ValueKind | None = None
    denied: bool = False
    test: Test | None = None
    when: When | None = None


@dataclass(frozen=True, slots=True)
class Query:
    """A question as it is put to a table."""

    table: Table
    measure: Measure
    conditions: tuple[Condition, ...] = ()
    column: Column | None = None  # what is added up or compared
    places: tuple[int, ...] = ()
    several: bool = False  # rows are asked about in the plural, so a place that is a row and a region is a region
    yes_no: bool = False
    fewer: bool = False
    count: int = 1  # how many from an end
    unknown: bool = False  # asks for rows of which nothing is held
    total: int = 0  # how many rows the question says that there are


@dataclass(slots=True)
class _Reading:
    """What was read so far."""

    conditions: list[Condition] = field(default_factory=list)
    denied: bool = False
    test: Test | None = None
    money: bool = False
    total: int = 0


def read(text: str, items: Sequence[Item], table: Table) -> Query | None:
    """What `text`, whose items are given, asks of `table`; None if that is not plain."""
    sorts = [i.sort for i in items]
    if "duty" in sorts:  # what has to be is not what is
        return None
    if table.about and not re.search(table.about, text, re.IGNORECASE):
        return None
    reading = _conditions(items, table)
    if reading is None or any(a.sort == "place" and b.joined for a, b in pairwise(items)):
        return None  # a place with such a word behind it is the name of a body
    rows = [i for i in items if i.sort == "rows"]
    several = any(i.words.endswith("s") for i in rows) or "every" in sorts
    yes_no = _YES_NO.match(text) is not None
    query = Query(
        table,
        Measure.LIST,
        tuple(reading.conditions),
        places=tuple(i.place for i in items if i.sort == "place"),
        several=several,
        yes_no=yes_no,
        unknown="unknown" in sorts,
        total=reading.total,
    )
    return _measured(query, items, sorts, rows=bool(rows), defines=_DEFINES.match(text) is not None)


def _measured(
    query: Query, items: Sequence[Item], sorts: Sequence[str], *, rows: bool, defines: bool
) -> Query | None:
    """`query` with what it asks of the rows; None where the items do not go together."""
    more = "more" in sorts or "less" in sorts
    end = next((i for i in items if i.sort in ("most", "least")), None)
    if more or (end is not None and not rows and "or" in sorts):
        return _compared(query, sorts, end) if len(query.places) == 2 and (more != (end is not None)) else None
    if "than" in sorts or ("or" in sorts and end is None):
        return None
    numbers = [c.column for c in query.conditions if c.column.many and c.test is None and not c.denied]
    measured = numbers[0] if numbers else query.table.column(query.table.measure)
    others = tuple(c for c in query.conditions if c.column is not measured or c.test)
    if end is not None:
        usual = measured is query.table.column(query.table.measure)  # "who got most" asks of what is measured there
        if measured is None or query.yes_no or not (rows or (usual and query.places)):
            return None
        return replace(query, measure=Measure(end.sort), column=measured, conditions=others, count=int(end.number))
    totals = "count" not in sorts and ("sum" in sorts or "much" in sorts)
    if "mean" in sorts or (measured is not None and measured.money and totals):
        measure = Measure.MEAN if "mean" in sorts else Measure.SUM
        if measured is None or not measured.money or not (rows or query.places):
            return None  # "how much was it in all" may ask of something else than the rows
        if measure is Measure.SUM and not (query.several or "sum" in sorts):
            return None
        return replace(query, measure=measure, column=measured, conditions=others)
    if not rows or "much" in sorts:
        plural = any(i.column is not None and re.search(r"(?<=[a-z])s\b", i.words) for i in items)
        return _for_rows(query, sorts, numbers, plural=plural)
    if "count" in sorts:
        return replace(query, measure=Measure.COUNT) if query.several or query.conditions else None
    if query.yes_no:
        choosing = bool(query.conditions) and all(c.column.said or c.kind or c.test for c in query.conditions)
        every = any(a.sort == "every" and b.sort == "rows" for a, b in pairwise(items))
        if not (choosing or query.unknown) or not _of_rows(items) or (every is not ("every" in sorts)):
            return None
        return replace(query, measure=Measure.EVERY if every else Measure.ANY)
    asked = "list" in sorts or "compare" in sorts or (bool(sorts) and sorts[0] in ("rows", "every"))
    chosen = any(c.kind or c.test or c.denied for c in query.conditions)  # "which one area has no ..."
    plural = query.several or chosen or "who" in {i.words for i in items}
    return query if asked and plural and not defines else None


def _for_rows(query: Query, sorts: Sequence[str], numbers: Sequence[Column], *, plural: bool) -> Query | None:
    """ "Which plans are out?" asks which rows have one, where a column's noun may stand for them."""
    one = query.conditions[0] if len(query.conditions) == 1 else None
    if one is None or numbers or query.yes_no or not one.column.for_rows or "much" in sorts:
        return None
    if "count" in sorts:
        return replace(query, measure=Measure.COUNT)
    return query if "list" in sorts and plural else None


def _of_rows(items: Sequence[Item]) -> bool:
    """Whether a yes/no question is one about rows at large, not about one that it names."""
    return any(i.sort in ("any", "every", "there") for i in items) or any(
        i.sort == "rows" and i.words.endswith("s") for i in items
    )


def _compared(query: Query, sorts: Sequence[str], end: Item | None) -> Query | None:
    """Two places compared by a number, or by how many rows lie in them."""
    numbers = [c.column for c in query.conditions if c.column.many and c.test is None]
    column = numbers[0] if numbers else query.table.column(query.table.measure)
    others = tuple(c for c in query.conditions if c.column is not column)
    if (others and column is None) or any(c.test or c.denied for c in query.conditions):
        return None
    if column is None and "rows" not in sorts:
        return None
    fewer = "less" in sorts or (end is not None and end.sort == "least")
    return replace(query, measure=Measure.COMPARE, column=column, conditions=others, fewer=fewer)


def _conditions(items: Sequence[Item], table: Table) -> _Reading | None:
    """The conditions that the items put on rows; None where a "not" or a number belongs to nothing."""
    reading, dates = _Reading(), list[Item]()
    for item in items:
        if item.sort == "no":
            if reading.denied:
                return None
            reading.denied = True
        elif item.sort == "rows":
            if reading.denied:
                return None  # "no areas have ..." is another question
            if reading.test is not None and reading.test.how == "exactly":
                reading.total, reading.test = int(reading.test.number), None  # "of the 39 areas"
        elif item.sort in _TESTS:
            if reading.test is not None:
                return None
            reading.test, reading.money = Test(item.sort, item.number), item.money
        elif item.sort == "column" and item.column is not None:
            if not _add(reading, item):
                return None
        elif item.sort == "date":
            dates.append(item)
    if dates and not _dated(reading, dates):
        return None
    if reading.test is not None and not _attach_last(reading, table):
        return None
    if reading.denied or any(c.denied and not (c.kind or c.test or c.column.unsaid) for c in reading.conditions):
        return None
    return reading


def _add(reading: _Reading, item: Item) -> bool:
    """Take a column in: one with what was said of it before it."""
    column = item.column
    assert column is not None
    same = next((c for c in reading.conditions if c.column is column), None)
    if same is not None and same.kind is not None and item.kind is not None and same.kind != item.kind:
        return False
    made = same or Condition(column)
    made = replace(made, kind=item.kind or made.kind, denied=made.denied or reading.denied)
    reading.denied = False
    if reading.test is not None and column.many and _fits(reading, column):
        made, reading.test = replace(made, test=reading.test), None
    if same is not None:
        reading.conditions.remove(same)
    reading.conditions.append(made)
    return True


def _attach_last(reading: _Reading, table: Table) -> bool:
    """A number that no column followed belongs to the one before it, or to that which the table measures."""
    before = [c for c in reading.conditions if c.column.many and c.test is None and _fits(reading, c.column)]
    measured = table.column(table.measure)
    if before:
        reading.conditions[reading.conditions.index(before[-1])] = replace(before[-1], test=reading.test)
        return True
    if measured is None or not _fits(reading, measured):
        return False
    reading.conditions.append(Condition(measured, test=reading.test))
    return True


def _dated(reading: _Reading, dates: Sequence[Item]) -> bool:
    """A date belongs to the one column that has dates; to none where that is denied."""
    known = [c for c in reading.conditions if c.column.dated]
    if len(known) != 1 or len(dates) != 1 or known[0].denied:
        return False
    [date] = dates
    reading.conditions[reading.conditions.index(known[0])] = replace(known[0], when=When(date.when, date.date))
    return True


def _fits(reading: _Reading, column: Column) -> bool:
    """Whether the number at hand is money where the column is, and is none where it is not."""
    return reading.money == column.money
