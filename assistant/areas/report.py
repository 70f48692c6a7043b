"""What one look-up gives: the areas of a place on a date, with who leads them, and the texts that say so."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Literal

from pydantic import BaseModel, ConfigDict

from assistant.answering.assemble import citation
from assistant.answering.model import Citation, Erb
from assistant.answering.quoting import quote_of
from assistant.areas.engine import AreasEngine
from assistant.areas.locating import Found
from assistant.areas.meanings import plain
from assistant.areas.notes import place_notes
from prompts import message
from vectorstore.facts import Fact
from vectorstore.retrieval import Retriever

SAID = ("erb", "councils", "authority", "change", "plan")  # kinds of fact that a report cites, in order


class _Model(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Related(_Model):
    """An area before or after another."""

    id: str
    name: str


class AreaReport(_Model):
    """One LSIP area on the date. `changed` and `plan` are sentences of ours that the citations carry."""

    id: str
    name: str
    erb: Erb | None
    councils: tuple[str, ...]
    strategic_authority: str | None
    valid_from: date | None
    valid_to: date | None
    predecessors: tuple[Related, ...]
    successors: tuple[Related, ...]
    changed: str | None
    citations: tuple[int, ...]  # numbers of the citations that speak of this area


class Choice(_Model):
    """One of the places that an ambiguous name may mean, and the area it leads to."""

    label: str
    area: str | None


class AreasReport(_Model):
    """The answer to one look-up, as commands, HTTP and pages show it."""

    query: str
    as_of: date
    status: Literal["found", "ambiguous", "not_england", "unknown"]
    areas: tuple[AreaReport, ...] = ()
    choices: tuple[Choice, ...] = ()
    land: str | None = None
    notes: tuple[str, ...] = ()
    citations: tuple[Citation, ...] = ()


class AreaDesk:
    """Looks places up and words what is found."""

    def __init__(self, engine: AreasEngine, retriever: Retriever) -> None:
        self._engine = engine
        self._retriever = retriever

    def report(self, query: str, on: date) -> AreasReport:
        """The report on a postcode, council, town, county, authority, area or body. Empty: every area."""
        if not query.strip():
            return self._found(query, on, self._all(on), ())
        located = self._engine.look_up(query, on)
        if located.status is Found.FOUND:
            return self._found(query, on, located.areas, place_notes(located, self._names(located.areas, on)))
        if located.status is Found.AMBIGUOUS:
            choices = tuple(Choice(label=o.label, area=o.area or None) for o in located.options)
            said = (message("clarify_place", place=located.asked),)
            return AreasReport(query=query, as_of=on, status="ambiguous", choices=choices, notes=said)
        if located.status is Found.NOT_ENGLAND:
            land, outside = located.lands[0], self._engine.gazetteer.outside
            said = (f"{outside.said.format(land=land)} {outside.elsewhere.get(land, '')}".strip(),)
            return AreasReport(query=query, as_of=on, status="not_england", land=land, notes=said)
        early = on < self._engine.atlas.first_day and bool(located.places)
        key = "before_areas" if early else "unknown_place"
        first = self._engine.atlas.first_day.strftime("%-d %B %Y") if early else ""
        return AreasReport(query=query, as_of=on, status="unknown", notes=(message(key, place=query, date=first),))

    def _all(self, on: date) -> tuple[str, ...]:
        return tuple(dict.fromkeys(f.subject for f in self._engine.atlas.of("area", on=on)))

    def _names(self, areas: Iterable[str], on: date) -> dict[str, str]:
        return {a: self._engine.atlas.name(a, on) for a in areas}

    def _found(self, query: str, on: date, areas: Sequence[str], said: Sequence[str]) -> AreasReport:
        citations: list[Citation] = []
        reports = [self._area(area, on, citations) for area in areas]
        return AreasReport(
            query=query, as_of=on, status="found", areas=tuple(reports), notes=tuple(said), citations=tuple(citations)
        )

    def _area(self, area: str, on: date, citations: list[Citation]) -> AreaReport:
        atlas = self._engine.atlas
        row, erb = atlas.row(area, on), atlas.erb(area, on)
        numbers: list[int] = []
        said: dict[str, Fact] = {}
        for kind in SAID:
            for fact in atlas.of(kind, area, on):
                quote = None if fact.data.get("gap") else quote_of(fact, self._retriever, on)
                if quote is not None:
                    said.setdefault(kind, fact)
                    numbers.append(len(citations) + 1)
                    citations.append(citation(quote, (quote.start, quote.end), numbers[-1], on))
        authority = said.get("authority")
        return AreaReport(
            id=area,
            name=atlas.name(area, on),
            erb=Erb(name=erb.data["name"], url=erb.data["url"] or None) if erb and erb.data["name"] else None,
            councils=tuple(plain(c.name) for c in atlas.councils_of(area, on)),
            strategic_authority=authority.data["name"] if authority else None,
            valid_from=row.valid_from if row else None,
            valid_to=row.valid_to if row else None,
            predecessors=self._related(atlas.predecessors.get(area, ()), on),
            successors=self._related(atlas.successors(area), on),
            changed=said["change"].text if "change" in said else None,
            citations=tuple(numbers),
        )

    def _related(self, areas: Iterable[str], on: date) -> tuple[Related, ...]:
        return tuple(Related(id=a, name=self._engine.atlas.name(a, on)) for a in areas)
