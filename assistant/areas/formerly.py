"""Who led an area before the body that leads it: the last day on which it was another."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, timedelta

from assistant.areas.atlas import Atlas, erb_names
from vectorstore.places.names import key

_FORMERLY = re.compile(
    r"\bused to (?:be |lead|run|look|represent|cover|head|own)"
    r"|\b(?:formerly|previously|originally|beforehand|predecessors?)\b"
    r"|\b(?:former|previous|earlier|old|original|last) (?:erb|body|chamber|lead\w*|employer rep\w+|organisation)\b"
    r"|\bwho\b.{0,30}\b(?:led|ran|headed|looked after|was)\b.{0,40}\bbefore (?!\d|the\b|it\b)(?=\w)"
    r"|\bbefore(?=\W*$| (?:that|them|it|then|this)\b)|\bwas (?:it|that) before\b",
    re.IGNORECASE,
)
_TODAY = re.compile(r"\b(?:still|now|today|currently|any ?more|nowadays|these days|at the moment)\b", re.IGNORECASE)
MOST_CHANGES = 6


def asks_formerly(text: str) -> bool:
    """Whether a question asks who came before, without saying when, and not whether that is so today."""
    return _FORMERLY.search(text) is not None and _TODAY.search(text) is None


def day_before(atlas: Atlas, areas_on: Callable[[date], tuple[str, ...]], on: date) -> date | None:
    """The last day before `on` on which none of the bodies of that day led; None where no other is held.

    `areas_on` gives the areas that the question is about on a date, which may have been others then.
    """
    today, day = _bodies(atlas, areas_on(on), on), on
    for _ in range(MOST_CHANGES):
        begun = [f.valid_from for a in areas_on(day) for f in atlas.of("erb", a, day) if f.valid_from]
        if not begun or max(begun) <= atlas.first_day:
            return None
        day = max(begun) - timedelta(days=1)
        if not today & _bodies(atlas, areas_on(day), day):
            return day
    return None


def _bodies(atlas: Atlas, areas: tuple[str, ...], on: date) -> set[str]:
    """The keys of all names of the bodies that lead areas on a date."""
    return {key(n) for a in areas for f in atlas.of("erb", a, on) for n in erb_names(f) if n}
