"""The rows of a table on a date: what the facts say of each, and which of them a question asks for."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from assistant.areas.atlas import Atlas, erb_names
from assistant.tables.asking import Condition
from vectorstore.facts import Fact
from vectorstore.places.names import key
from vectorstore.tables import Column, Table


@dataclass(frozen=True, slots=True)
class Row:
    """One row: its name, the areas it belongs to, and its facts by the id of their column."""

    name: str
    areas: frozenset[str]
    facts: tuple[Fact, ...]
    cells: dict[str, tuple[Fact, ...]]
    held: bool

    def number(self, column: Column) -> float | None:
        """The amount in a column, or how much its list holds; None where that is not held."""
        facts = self.cells[column.id]
        values = [f.data.get(column.value) for f in facts] if column.value else [facts]
        values = [v for v in values if v is not None]
        if not values:
            return None
        return sum(_number(v) for v in values)

    def words(self, column: Column) -> str:
        """The words in a column; what the fact says where it names no value, and nothing where that is a number."""
        facts = self.cells[column.id]
        if not column.value:
            return facts[0].text if facts else ""
        values = [v for f in facts if isinstance(v := f.data.get(column.value), str)]
        return "; ".join(dict.fromkeys(values))

    def dates(self, column: Column) -> list[str]:
        """The dates in a column."""
        return [str(v) for f in self.cells[column.id] if (v := f.data.get(column.dated))]

    def has(self, column: Column) -> bool:
        """Whether something is held in a column."""
        if not self.held or not self.cells[column.id] or self.cells[column.id][0].data.get("gap"):
            return False
        if column.many:
            return self.number(column) is not None
        if column.unlike:
            return bool(self._unlike(column))
        words = self.words(column)
        return bool(words) and re.search(column.is_held, words) is not None

    def _unlike(self, column: Column) -> list[Fact]:
        """The facts of a column that name a body which the other column does not name."""
        known = {key(n) for f in self.cells[column.unlike] for n in erb_names(f)}
        return [f for f in self.cells[column.id] if known and not known & {key(n) for n in erb_names(f)}]

    def told(self, column: Column) -> tuple[Fact, ...]:
        """The facts that say what the row has in a column, or that nothing is held there."""
        if column.unlike and self.has(column):
            return (*self._unlike(column), *self.cells[column.unlike])
        return tuple(f for f in self.cells[column.id] if f.text)

    def meets(self, condition: Condition) -> bool:
        """Whether the row is one of those that a condition asks for."""
        column = condition.column
        if condition.test is not None:
            number = self.number(column) if self.held else None
            return number is not None and condition.test.holds(number) is not condition.denied
        if condition.kind is not None:
            of_kind = self.has(column) and re.search(condition.kind.match, self.words(column)) is not None
            return of_kind is not condition.denied
        if condition.when is not None:
            return self.has(column) and any(condition.when.holds(day) for day in self.dates(column))
        return self.has(column) is not condition.denied

    def unsure(self, condition: Condition) -> bool:
        """Whether what is held is not exact enough to say that the row meets a condition on a date."""
        when = condition.when
        return when is not None and any(when.holds(day) is None for day in self.dates(condition.column))


def rows_of(table: Table, atlas: Atlas, on: date) -> list[Row]:
    """All rows of a table on a date, in the order of their facts; those of one name are one row."""
    named: dict[str, list[Fact]] = {}
    for fact in atlas.of(table.fact, on=on):
        name = str(fact.data.get(table.name) or "") if table.name else fact.subject
        if name and (not table.held or table.held in fact.data):
            named.setdefault(name, []).append(fact)
    return [_row(table, name, facts, atlas, on) for name, facts in named.items()]


def _row(table: Table, name: str, facts: Sequence[Fact], atlas: Atlas, on: date) -> Row:
    facts = _each_once(facts)
    subjects = {f.subject for f in facts} if not table.name or not table.areas else {name}
    cells: dict[str, tuple[Fact, ...]] = {}
    for column in table.columns:
        if column.fact == table.fact:
            cells[column.id] = tuple(facts)
        else:
            cells[column.id] = tuple(f for s in subjects for f in atlas.of(column.fact, s, on))
    held = not table.held or any(f.data.get(table.held) for f in facts)
    return Row(name, frozenset(_areas(table, facts, atlas)), tuple(facts), cells, held)


def _each_once(facts: Sequence[Fact]) -> list[Fact]:
    """Facts that several pages tell of one thing, each once: the shortest, which adds nothing of its page."""
    shortest: dict[str, Fact] = {}
    for fact in sorted(facts, key=lambda f: len(f.text)):
        shortest.setdefault(_identity(fact), fact)
    return list(shortest.values())


def _identity(fact: Fact) -> str:
    data: dict[str, Any] = fact.data
    return repr(sorted((k, repr(v)) for k, v in data.items()))


def _areas(table: Table, facts: Sequence[Fact], atlas: Atlas) -> set[str]:
    """The areas that a row belongs to, and those that came after them."""
    named = {a for f in facts for a in _listed(f.data.get(table.areas, f.subject) if table.areas else f.subject)}
    return named | {after for area in named for after in atlas.successors(area)}


def _number(value: Any) -> float:
    """An amount; how many a list holds; a word counts as one."""
    if isinstance(value, int | float):
        return float(value)
    return 1.0 if isinstance(value, str) else float(len(value))


def _listed(value: Any) -> list[str]:
    return [str(v) for v in value] if isinstance(value, list | tuple) else [str(value)]


def sorted_rows(rows: Sequence[Row]) -> list[Row]:
    """Rows by their names."""
    return sorted(rows, key=lambda r: key(r.name))
