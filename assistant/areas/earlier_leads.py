"""What is said of an area whose body is another than somebody thinks: who led it before, and what changed since."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

from assistant.answering.quoting import quote_of
from assistant.answering.statements import statements_of_quote
from assistant.answering.turn import DraftStatement
from assistant.areas.atlas import Atlas, erb_names
from vectorstore.places.names import key
from vectorstore.retrieval import Retriever


def led_before(
    atlas: Atlas, retriever: Retriever, area: str, names: Collection[str], councils: Collection[str], on: date
) -> list[DraftStatement]:
    """That a body of `names` (their keys) led the area before, and how the area came about; nothing where it did not.

    An area made of several had several: of those, one that held one of `councils` is meant, if any is given.
    """
    held = {atlas.councils[c].area_2022 for c in councils if c in atlas.councils}
    facts = [f for f in atlas.of("erb_before", area, on) if {key(n) for n in erb_names(f)} & set(names)]
    facts = [f for f in facts if not held or f.data["area"] in held]
    if not facts:
        return []
    quotes = [quote_of(f, retriever, on) for f in (*facts, *atlas.of("change", area, on))]
    return [s for q in quotes if q is not None for s in statements_of_quote(q)]
