"""A small map of England: one square for each 8 km that hold postcodes, as paths that a page can draw."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from assistant.areas.atlas import Atlas
from vectorstore.places.towns import Cell


@dataclass(frozen=True, slots=True)
class Shape:
    """One area of the map: its outline as SVG path data in squares, y downwards, and whether it is marked."""

    area: str
    name: str
    path: str
    marked: bool


@dataclass(frozen=True, slots=True)
class AreaMap:
    """The shapes of a date, with the size of the picture in squares."""

    shapes: tuple[Shape, ...]
    width: int
    height: int


def draw(cells: Sequence[Cell], atlas: Atlas, marked: Iterable[str], on: date) -> AreaMap:
    """The map of the areas on a date; each is one path of the runs of its squares."""
    codes = atlas.codes
    held = [(c.column, c.row, codes[c.district]) for c in cells if c.district in codes]
    if not held or on < atlas.first_day:
        return AreaMap((), 0, 0)
    left, top = min(c for c, _, _ in held), max(r for _, r, _ in held)
    squares: dict[str, dict[int, list[int]]] = defaultdict(lambda: defaultdict(list))
    for column, row, code in held:
        squares[atlas.councils[code].area_on(on)][top - row].append(column - left)
    chosen = set(marked)
    shapes = [
        Shape(area, atlas.name(area, on), "".join(_runs(rows)), area in chosen)
        for area, rows in sorted(squares.items())
    ]
    shapes.sort(key=lambda s: s.marked)
    return AreaMap(tuple(shapes), max(c for c, _, _ in held) - left + 1, top - min(r for _, r, _ in held) + 1)


def _runs(rows: dict[int, list[int]]) -> Iterator[str]:
    """Path data for each run of neighbouring squares of a row."""
    for y, columns in sorted(rows.items()):
        columns.sort()
        start = previous = columns[0]
        for x in [*columns[1:], columns[-1] + 2]:
            if x != previous + 1:
                yield f"M{start} {y}h{previous - start + 1}v1H{start}z"
                start = x
            previous = x
