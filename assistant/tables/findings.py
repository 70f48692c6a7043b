"""Questions on facts as tables: which rows, how many, how much in all, the most, any or every one, two compared.

A question is answered only if all of its words are read; what is asked beside the tables is left to the others.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from assistant.answering.consult import open_parts
from assistant.answering.parts import Asked, asked
from assistant.answering.polarity import Verdict
from assistant.answering.quoting import quote_of
from assistant.answering.turn import DraftStatement, Finding, Quote, Turn
from assistant.areas.engine import AreasEngine
from assistant.tables import saying
from assistant.tables.asking import Measure, Query, read
from assistant.tables.lexing import lex
from assistant.tables.places import Where, marked
from assistant.tables.rows import Row, rows_of, sorted_rows
from prompts import message
from vectorstore.retrieval import Retriever
from vectorstore.tables import Column, Table


class TableFindings:
    """An engine of the path: what stands in no single sentence, worked out from the facts that do."""

    def __init__(self, areas: AreasEngine, retriever: Retriever) -> None:
        self._areas = areas
        self._retriever = retriever

    def consult(self, turn: Turn) -> Sequence[Finding]:
        """One finding for each question that is read whole; none for any other."""
        if not turn.profile.tables:
            return []
        parts = open_parts(turn)
        if len(parts) > 1:  # "led by a chamber and have a new plan" is one question
            whole = self._of_part(Asked(turn.interpreted, turn.interpreted), turn)
            if whole is not None:
                settles = "|".join([whole.answers, *(f"^{re.escape(p.own)}$" for p in parts)])
                return [replace(whole, answers=settles)]
        found = [self._of_part(part, turn) for part in parts]
        told: dict[str, Finding] = {}
        for finding in found:
            if finding is not None:  # of two on the same rows the later says more of them
                told[repr(finding.data["rows"])] = finding
        return list(told.values())

    def _of_part(self, part: Asked, turn: Turn) -> Finding | None:
        period = turn.understanding.period
        for text in dict.fromkeys((part.own, part.bare)):
            for on, wording in ((turn.as_of, text), (turn.day_meant, _without(text, period.words if period else ""))):
                if wording == text and on != turn.as_of:
                    continue
                placed = marked(wording, self._areas, turn.profile.regions, on)
                for table in turn.profile.tables if placed else ():
                    assert placed is not None
                    found = self._answer(placed[0], placed[1], table, on)
                    if found is not None:
                        return _settling(found, part, turn)
        return None

    def _answer(self, text: str, places: Sequence[Where], table: Table, on: date) -> Finding | None:
        items = lex(text, table)
        query = read(text, items, table) if items else None
        if query is None:
            return None
        rows = rows_of(table, self._areas.atlas, on)
        if not rows or (query.total and query.total != len(rows)) or not _dated(query, rows):
            return None
        if query.measure is Measure.COMPARE:
            return self._compared(query, rows, places, on)
        where = [w for n, w in enumerate(places) if n in query.places]
        if any(w.area and not (query.several or not table.areas) for w in where):
            return None  # an area, or the region of that name: which is meant is not for this engine to say
        if not _limits_rows(query, where):
            return None
        if where:
            held = frozenset[str]().union(*(w.areas for w in where))
            rows = [r for r in rows if r.areas & held]
        if not rows or (len(rows) == 1 and where and query.measure is Measure.LIST):
            return None  # what one row holds is no set: "who leads the plan for ..." is for the engine of its areas
        return self._told(query, rows, _in_words(where), on)

    def _told(self, query: Query, rows: Sequence[Row], where: str, on: date) -> Finding | None:
        """The answer on `rows`, those of the places asked about."""
        if query.measure in (Measure.LIST, Measure.COUNT, Measure.ANY, Measure.EVERY):
            return self._set(query, rows, where, on)
        column = query.column
        assert column is not None
        met = [r for r in rows if r.held and all(r.meets(c) for c in query.conditions)]
        priced = [(n, r) for r in met if (n := r.number(column)) is not None]
        if not priced:
            return None
        unknown = len([r for r in rows if r.number(column) is None or not r.held])
        said = saying.named(query, where, rows)
        if query.measure in (Measure.MOST, Measure.LEAST):
            priced.sort(key=lambda p: p[0], reverse=query.measure is Measure.MOST)
            last = priced[: query.count][-1][0]
            chosen = [r for n, (value, r) in enumerate(priced) if n < query.count or value == last]
            sort = f"tables_{query.measure}{'_money' if column.money else ''}"
            text = message(sort, rows=said, what=column.many)
        else:
            chosen = sorted_rows([r for _, r in priced])
            total = sum(n for n, _ in priced)
            value = total if query.measure is Measure.SUM else total / len(priced)
            count = saying.counted(len(priced))
            text = message(f"tables_{query.measure}", rows=said, sum=saying.amount(value, column), count=count)
        told = self._told_of(query, chosen, column, on)
        return self._finding(query, text, told, column, (), rows, on, unknown) if told else None

    def _set(self, query: Query, rows: Sequence[Row], where: str, on: date) -> Finding | None:
        """The rows that a question asks for, or asks whether there are any."""
        if query.unknown:
            met = [r for r in rows if not r.held]
        else:
            met = [r for r in rows if r.held or any(c.denied and not c.column.open for c in query.conditions)]
            met = [r for r in met if all(r.meets(c) for c in query.conditions)]
        every = query.measure is Measure.EVERY
        against = [r for r in rows if r not in met] if every else []
        if every and (against or len(rows) > saying.LONGEST):  # what is against it is said, or that nothing is
            query, met = _but(query), against
        proved = _proved(query, rows, met)
        shown = query.conditions[-1].column if query.conditions else query.table.column(query.table.shows)
        whole = self._whole(query, where, on)
        beside = sorted_rows(rows) if not met and not whole and len(rows) <= saying.LONGEST else []
        told = self._told_of(query, sorted_rows(met) or beside, shown, on)
        if told is None or not (told or whole):
            return None
        said = saying.named(query, where, rows)
        count = saying.counted(len(met)) if met else message("tables_none")
        if len(told) > saying.LONGEST:
            text = message("tables_named", rows=said, count=count, names="; ".join(t.row.name for t in told))
        else:
            text = message("tables_set", rows=said, count=count)
        verdict = saying.verdict(query, found=bool(against) if every else bool(met), proved=proved)
        unsure = [r for r in rows if r not in met and any(r.unsure(c) for c in query.conditions)]
        nothing = [r for r in rows if not r.held and not query.unknown]
        unknown = len(unsure) + len(nothing)
        return self._finding(
            query, f"{verdict} {saying.capital(text)}".strip(), told, shown, whole, rows, on, unknown
        )

    def _told_of(self, query: Query, rows: Sequence[Row], shown: Column | None, on: date) -> list[saying.Told] | None:
        return saying.told_of(query, rows, shown, lambda f: quote_of(f, self._retriever, on))

    def _whole(self, query: Query, where: str, on: date) -> tuple[Quote, ...]:
        """What is held on all rows, for a question that is not limited to a place."""
        kinds = [c.column.overall or query.table.overall for c in query.conditions] or [query.table.overall]
        facts = [f for kind in kinds if kind for f in self._areas.atlas.of(kind, on=on)[:1]]
        found = [quote_of(f, self._retriever, on) for f in facts]
        return tuple(q for q in found if q is not None) if not where else ()

    def _compared(self, query: Query, rows: Sequence[Row], places: Sequence[Where], on: date) -> Finding | None:
        """Two places by a number of their rows, or by how many rows lie in them."""
        column, sides = query.column, []
        for where in (places[n] for n in query.places):
            areas = {where.area} if where.area and column is not None else where.areas
            inside = [r for r in rows if r.areas & areas and all(r.meets(c) for c in query.conditions)]
            if not inside:
                return None
            sides.append((where, inside))
        if column is not None and any(len(inside) > 1 for _, inside in sides):
            return self._sums(query, column, sides, on) if column.money else None
        (first, ours), (second, theirs) = sides
        if set(map(id, ours)) & set(map(id, theirs)):
            return None  # one row is both of theirs: nothing to compare
        shown = column or query.table.column(query.table.shows)
        told = self._told_of(query, [*ours, *theirs], shown, on)
        if told is None:
            return None
        if column is None:
            numbers: list[float | None] = [float(len(ours)), float(len(theirs))]
            values = [f"{saying.counted(len(side))} {query.table.many}" for side in (ours, theirs)]
            names = [_in_words([first]), _in_words([second])]
        else:
            numbers = [r.number(column) if r.held else None for r in (ours[0], theirs[0])]
            quoted = " ".join(q.text for t in told for q in t.quotes)
            values = [saying.amount(n or 0, column, quoted) for n in numbers]
            names = [ours[0].name, theirs[0].name]
        one, other = numbers
        if one is None or other is None:
            return self._unequal(query, told, on)
        yes = one < other if query.fewer else one > other
        said = message((Verdict.YES if yes else Verdict.NO).value) if query.yes_no else ""
        text = message("tables_compared", one=names[0], first=values[0], other=names[1], second=values[1])
        return self._finding(query, f"{said} {saying.capital(text)}".strip(), told, shown, (), rows, on)

    def _sums(
        self, query: Query, column: Column, sides: Sequence[tuple[Where, list[Row]]], on: date
    ) -> Finding | None:
        """What the rows of each of two places come to, with no word on which is more where some are not held."""
        found = [
            self._told(replace(query, measure=Measure.SUM, column=column), rows, w.label, on) for w, rows in sides
        ]
        kept = [f for f in found if f is not None]
        if len(kept) < len(sides):
            return None
        statements = tuple(replace(f.statements[0], role="sentence", more=f.quotes[1:]) for f in kept)
        notes = tuple(dict.fromkeys(n for f in kept for n in f.notes))
        quotes = tuple(q for f in kept for q in f.quotes)
        rows = [r for f in kept for r in f.data["rows"]]
        return replace(
            kept[0], quotes=quotes, statements=statements, notes=notes, data={**kept[0].data, "rows": rows}
        )

    def _unequal(self, query: Query, told: Sequence[saying.Told], on: date) -> Finding:
        """Both sides of a comparison where a number is held of one only: what is held of each."""
        statements = [saying.item(t, query.column) for t in told]
        column = query.column
        lacking = [t.row.name for t in told if not t.row.held or (column and t.row.number(column) is None)]
        quotes = tuple(q for t in told for q in t.quotes)
        data = _data(query, told, on)
        missing = message("tables_missing", rows=", ".join(lacking))
        text, said = statements[0].text, tuple(statements)
        return Finding("areas", text, quotes, data, on=on, statements=said, leads=True, whole=True, missing=missing)

    @staticmethod
    def _finding(
        query: Query,
        text: str,
        told: Sequence[saying.Told],
        shown: Column | None,
        whole: Sequence[Quote],
        rows: Sequence[Row],
        on: date,
        unknown: int = 0,
    ) -> Finding:
        alone = len(told) > saying.LONGEST or not told
        repeated = " ".join(saying.asked_for(c) for c in query.conditions)
        statements: list[DraftStatement] = [saying.lead(text, told, whole, repeated, alone=alone)]
        if not alone:
            statements += [saying.item(t, shown, briefly=len(told) > saying.AT_LENGTH) for t in told]
        notes = [message("tables_counted", rows=query.table.many, count=str(len(rows)), date=saying.day(on))]
        if unknown:
            notes.append(message("tables_left_out", count=str(unknown)))
        noted = (c.column.note for c in query.conditions if c.kind is None)
        notes += dict.fromkeys(n for n in (*noted, query.table.note) if n)
        quotes = tuple(dict.fromkeys(q for s in statements for q in s.quotes))
        data, said, beside = _data(query, told, on), tuple(statements), tuple(notes)
        return Finding("areas", text, quotes, data, on=on, statements=said, notes=beside, leads=True, whole=True)


def _data(query: Query, told: Sequence[saying.Told], on: date) -> dict[str, Any]:
    rows = [t.row.name for t in told]
    return {
        "kind": "table",
        "table": query.table.id,
        "measure": str(query.measure),
        "as_of": on.isoformat(),
        "rows": rows,
    }


def _limits_rows(query: Query, where: Sequence[Where]) -> bool:
    """Whether a question limited to places alone asks for the rows: those of a region, or how many there are."""
    if query.conditions or query.unknown or query.measure not in (Measure.LIST, Measure.ANY, Measure.EVERY):
        return True
    return bool(where) and (all(w.region for w in where) or bool(query.table.measure))


def _but(query: Query) -> Query:
    """The query for the rows that keep an "every" from being true."""
    [*others, last] = query.conditions
    return replace(query, conditions=(*others, replace(last, denied=not last.denied)))


def _proved(query: Query, rows: Sequence[Row], met: Sequence[Row]) -> bool:
    """Whether the rows prove a yes or no: one that has it does, and one that has it not where all is held."""
    if met and not any(c.denied and c.column.open for c in query.conditions):
        return True
    if not met and any(c.denied for c in query.conditions):
        return True
    return not any(c.column.open for c in query.conditions) and all(r.held for r in rows)


def _dated(query: Query, rows: Sequence[Row]) -> bool:
    """Whether the columns asked about are held at all on the date: of one with no facts nothing can be counted."""
    return all(any(r.cells[c.column.id] for r in rows) for c in query.conditions)


def _in_words(where: Sequence[Where]) -> str:
    names = [w.label for w in where]
    return message("tables_and", first=", ".join(names[:-1]), last=names[-1]) if len(names) > 1 else "".join(names)


def _without(text: str, words: str) -> str:
    """`text` without the past time that it names, and the word before that leads to it."""
    lead = r"(?:\b(?:in|on|as of|at the end of|back in|during|for|by) )?(?:\bthe (?:year|end of) )?"
    return re.sub(rf"{lead}{re.escape(words)}(?!\w)", " ", text, flags=re.IGNORECASE) if words else text


def _settling(finding: Finding, part: Asked, turn: Turn) -> Finding:
    """`finding` as what settles the question that was read, in each of its wordings."""
    alone = [turn.interpreted] if len(asked(turn.interpreted)) == 1 else []
    wordings = dict.fromkeys((part.own, part.bare, part.standalone, *alone))
    return replace(finding, answers="|".join(f"^{re.escape(w)}$" for w in wordings))
