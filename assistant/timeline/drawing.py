"""The picture of a timeline: where each event, year and the day asked about stand, in pixels; templates draw it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from assistant.timeline.schemas import EventReport

Scale = Callable[[date], float]
WIDTH = 900
LABELS = 300  # for the names on the left
KINDS = 110  # for the kinds on the left, where events have no rows of their own
ROW = 26
LANE = 20
MARGIN = 14
TOP = 34
LEAST = 10  # width of a mark that stands for one day
EACH_OWN_ROW = 26  # events up to which each has a row and a name of its own; beyond, one lane for each kind
LONGEST = 44  # characters of a name on the left


@dataclass(frozen=True, slots=True)
class Mark:
    """One event: a point for a day, a bar for a time. `exact` marks are known to the day."""

    event: str
    x: float
    y: float
    width: float
    state: str
    kind: str
    exact: bool
    title: str


@dataclass(frozen=True, slots=True)
class Label:
    """A name on the left, or a year on top."""

    x: float
    y: float
    text: str


@dataclass(frozen=True, slots=True)
class Drawing:
    """All of it, with the size of the picture."""

    width: int
    height: int
    marks: tuple[Mark, ...]
    labels: tuple[Label, ...]
    years: tuple[Label, ...]
    today: float | None


def draw(events: Sequence[EventReport], on: date) -> Drawing | None:
    """The picture of some events; None if there are none."""
    if not events:
        return None
    first = date(min((e.start or e.end) for e in events).year, 1, 1)
    last = date(max(max(e.end for e in events).year, on.year if on >= first else 0) + 1, 1, 1)
    left = LABELS if len(events) <= EACH_OWN_ROW else KINDS
    scale = (WIDTH - left - 2 * MARGIN) / (last - first).days

    def x(day: date) -> float:
        return round(left + MARGIN + (day - first).days * scale, 1)

    if len(events) <= EACH_OWN_ROW:
        rows = [(e, TOP + n * ROW + ROW / 2) for n, e in enumerate(events)]
        labels = [Label(LABELS - 8, y, _short(e.title)) for e, y in rows]
        height = float(TOP + len(rows) * ROW + MARGIN)
    else:
        rows, labels, height = _lanes(events, x)
    marks = [_mark(e, y, x) for e, y in rows]
    step = -(-(last.year - first.year) // 12)
    years = [Label(x(date(y, 1, 1)), 14, str(y)) for y in range(first.year, last.year, step)]
    return Drawing(
        WIDTH, int(height), tuple(marks), tuple(labels), tuple(years), x(on) if first <= on <= last else None
    )


def _mark(event: EventReport, y: float, x: Scale) -> Mark:
    left, right = x(event.start or event.end), x(event.end)
    exact = event.precision == "day"
    point = (exact and event.start == event.end) or event.precision == "by"
    width = LEAST if point else max(LEAST, right - left)
    left = left - LEAST / 2 if point else left
    return Mark(
        event.id, round(left, 1), y, round(width, 1), event.state, event.kind, exact, f"{event.title}: {event.when}"
    )


def _lanes(events: Sequence[EventReport], x: Scale) -> tuple[list[tuple[EventReport, float]], list[Label], float]:
    """One lane for each kind, as deep as its events lie over each other."""
    by_kind: dict[str, list[EventReport]] = defaultdict(list)
    for event in events:
        by_kind[event.kind].append(event)
    rows: list[tuple[EventReport, float]] = []
    labels: list[Label] = []
    y = float(TOP)
    for kind, held in sorted(by_kind.items()):
        ends: list[float] = []  # where each line of the lane is free again
        for event in held:
            mark = _mark(event, 0, x)
            line = next((n for n, end in enumerate(ends) if end + 3 <= mark.x), len(ends))
            ends[line:] = [mark.x + mark.width, *ends[line + 1 :]]
            rows.append((event, y + line * LANE + LANE / 2))
        labels.append(Label(KINDS - 8, y + LANE / 2, kind.capitalize()))
        y += len(ends) * LANE + 12
    return rows, labels, y + MARGIN


def _short(title: str) -> str:
    return title if len(title) <= LONGEST else f"{title[: LONGEST - 1].rstrip()}…"
