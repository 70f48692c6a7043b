"""The areas of England on any date: their names, councils, bodies and lineage, read from the catalogue's facts."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from vectorstore.facts import Fact
from vectorstore.places.names import key
from vectorstore.profile import AreaName


@dataclass(frozen=True, slots=True)
class Council:
    """A council district with its area before and since the areas were redrawn."""

    code: str
    code_2025: str
    name: str
    other_names: tuple[str, ...]
    area: str
    area_2022: str
    redrawn: date

    def area_on(self, on: date) -> str:
        return self.area if on >= self.redrawn else self.area_2022


class Atlas:
    """What the facts of a collection say of its areas. Immutable; shared between threads."""

    def __init__(self, facts: Sequence[Fact]) -> None:
        self.facts = tuple(facts)
        self._by_kind: dict[str, list[Fact]] = {}
        for fact in facts:
            self._by_kind.setdefault(fact.kind, []).append(fact)
        self.councils = {
            f.subject: Council(
                f.subject,
                f.data["code_2025"],
                f.data["name"],
                tuple(f.data["other_names"]),
                f.data["area"],
                f.data["area_2022"],
                date.fromisoformat(f.data["redrawn"]),
            )
            for f in self.of("council")
        }

    def of(self, kind: str, subject: str | None = None, on: date | None = None) -> list[Fact]:
        """Facts of a kind, of one subject if given, that hold on a date if given."""
        found: Iterable[Fact] = self._by_kind.get(kind, ())
        return [f for f in found if (subject is None or f.subject == subject) and (on is None or f.holds(on))]

    @cached_property
    def first_day(self) -> date:
        """The day from which there are areas."""
        return min((f.valid_from for f in self.of("area") if f.valid_from), default=date.min)

    @cached_property
    def codes(self) -> dict[str, str]:
        """Each council's code by that code and by its newer one."""
        return {c: council.code for council in self.councils.values() for c in (council.code, council.code_2025)}

    @cached_property
    def predecessors(self) -> dict[str, tuple[str, ...]]:
        return {f.subject: tuple(f.data["predecessors"]) for f in self.of("area")}

    def successors(self, area: str) -> tuple[str, ...]:
        return tuple(a for a, before in self.predecessors.items() if area in before)

    def exists(self, area: str, on: date) -> bool:
        return bool(self.of("area", area, on))

    def row(self, area: str, on: date) -> Fact | None:
        """The area's name and bounds on a date; its nearest other name where it did not exist then."""
        return next(iter(self.of("area", area, on)), next(iter(self.of("area", area)), None))

    def name(self, area: str, on: date) -> str:
        row = self.row(area, on)
        return str(row.data["name"]) if row else area

    def erb(self, area: str, on: date) -> Fact | None:
        """Who leads the area on a date; a fact without a name where nobody did, or it is not held."""
        return next(iter(self.of("erb", area, on)), None)

    def area_name(self, area: str, on: date) -> AreaName:
        """The area as answers show it."""
        erb = self.erb(area, on)
        data = erb.data if erb else {}
        return AreaName(
            id=area, name=self.name(area, on), erb=data.get("name") or "no body that is held", url=data.get("url", "")
        )

    def councils_of(self, area: str, on: date) -> list[Council]:
        """The councils of an area on a date; of one that did not exist then, its own."""
        found = [c for c in self.councils.values() if c.area_on(on) == area]
        found = found or [c for c in self.councils.values() if area in (c.area, c.area_2022)]
        return sorted(found, key=lambda c: c.name)

    def areas_of(self, codes: Iterable[str], on: date) -> tuple[str, ...]:
        """The areas in which the councils lie on a date, in order of their ids; none before there were areas."""
        if on < self.first_day:
            return ()
        return tuple(sorted({self.councils[c].area_on(on) for c in codes if c in self.councils}))

    def on_date(self, area: str, on: date) -> tuple[str, ...]:
        """The area itself if it exists on the date, else those that its councils belong to then."""
        if self.exists(area, on):
            return (area,)
        return self.areas_of((c.code for c in self.councils_of(area, on)), on)

    def led_by(self, name: str, on: date) -> tuple[str, ...]:
        """The areas that a body leads on a date, by any of its names."""
        wanted = key(name)
        return tuple(f.subject for f in self.of("erb", on=on) if wanted in {key(n) for n in erb_names(f)})

    def scope(self, areas: Iterable[str], codes: Iterable[str] = ()) -> tuple[str, ...]:
        """The ids whose texts speak of `areas`: those before and after them too, the latter only of the councils."""
        held = set(codes)
        wanted: dict[str, None] = {}
        for area in areas:
            wanted[area] = None
            wanted.update(dict.fromkeys(self.predecessors.get(area, ())))
            for after in self.successors(area):
                if not held or any(self.councils[c].area == after for c in held if c in self.councils):
                    wanted[after] = None
        return tuple(wanted)


_TAILS = (" Group", " and Industry", " & Industry", " of Commerce", " Limited")


def erb_names(fact: Fact) -> set[str]:
    """The names by which people know a body: in full, without its legal tail, and as the data adds."""
    return body_names(str(fact.data.get("name", "")), fact.data.get("other_names", ()))


def body_names(name: str, others: Iterable[str] = ()) -> set[str]:
    """The ways to write the name of a body: in full, without its legal tail, in the singular and the plural."""
    if not name:
        return set()
    names = {name, *others}
    bare = name.partition(" (")[0]
    names.add(bare)
    for tail in _TAILS:
        if bare.endswith(tail):
            bare = bare.removesuffix(tail)
            names.add(bare)
    singular = {n.replace("Chambers", "Chamber") for n in names}
    return names | singular | {n.replace("Chamber", "Chambers") for n in singular if n.endswith("Chamber")}
