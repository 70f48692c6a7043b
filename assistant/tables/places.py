"""The places in a question on a table: regions by their names, and all others by where they lie."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from assistant.areas.engine import AreasEngine
from assistant.areas.locating import Found
from assistant.areas.meanings import ERB, LAND
from assistant.tables.lexing import PLACE
from prompts import message


@dataclass(frozen=True, slots=True)
class Where:
    """One place that a question names, with the areas it reaches into. `area` is one that is called the same."""

    label: str
    areas: frozenset[str]
    region: bool = False
    area: str = ""


def marked(
    text: str, engine: AreasEngine, groups: Mapping[str, Sequence[str]], on: date
) -> tuple[str, tuple[Where, ...]] | None:
    """`text` with a mark for each place, and the places; None where one is near, left out, or not to be placed."""
    spans = _regions(text, engine, groups, on)
    for mention in engine.mentions(text):
        if any(a < mention.end and mention.start < b for a, b, _ in spans):
            continue
        if mention.near or mention.excluded or any(m.kind in (ERB, LAND) for m in mention.meanings):
            return None
        located = engine.locate(mention.words, on)
        if located.status is not Found.FOUND:
            return None
        label = mention.words if len(located.areas) > 1 else engine.atlas.name(located.areas[0], on)
        spans.append((mention.start, mention.end, Where(label, frozenset(located.areas))))
    spans.sort(key=lambda s: s[0])
    for start, end, _ in reversed(spans):
        text = f"{text[:start]} {PLACE} {text[end:]}"
    return text, tuple(where for _, _, where in spans)


def _regions(
    text: str, engine: AreasEngine, groups: Mapping[str, Sequence[str]], on: date
) -> list[tuple[int, int, Where]]:
    """The regions that `text` names, each with the areas listed under it."""
    areas = engine.atlas.of("area", on=on)
    listed: dict[str, set[str]] = {}
    for fact in areas:
        listed.setdefault(str(fact.data.get("region") or ""), set()).add(fact.subject)
    listed.pop("", None)
    called = {str(f.data["name"]): f.subject for f in areas}
    known: dict[str, tuple[str, tuple[str, ...]]] = {re.escape(name): (name, (name,)) for name in listed}
    known |= {pattern: ("", tuple(names)) for pattern, names in groups.items()}
    spans: list[tuple[int, int, Where]] = []
    for pattern in sorted(known, key=len, reverse=True):
        label, names = known[pattern]
        held = frozenset(a for name in names for a in listed.get(name, ()))
        for found in re.finditer(rf"(?<![\w-])(?:the )?({pattern})( regions?)?(?![\w-])", text, re.IGNORECASE):
            if held and not any(a < found.end() and found.start() < b for a, b, _ in spans):
                area = "" if found[2] else called.get(label, "")
                said = message("tables_region", region=label) if label else f"the {found[1].lower()}"
                spans.append((found.start(), found.end(), Where(said, held, region=True, area=area)))
    return spans
