"""What completes a sentence that only counts its members: the list that names them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from assistant.answering.listing import NUMBERS, lists_of
from assistant.answering.selection import Limits, whole_list
from assistant.answering.turn import DraftStatement, Kind
from vectorstore.model import Hit
from vectorstore.text import sentence_spans, stems

COUNTING = 2  # statements of an answer that may count
_COUNTED = re.compile(rf"\b({'|'.join(NUMBERS)}) ((?:[\w-]+ ){{0,2}}?[a-z]{{3,}}s)\b", re.IGNORECASE)


def counted_list(
    said: Sequence[DraftStatement], passages: Sequence[Hit], limits: Limits
) -> tuple[int, list[DraftStatement]]:
    """The list of what one of the first statements counts without naming it ("on one of five grounds"), and behind
    how many statements it belongs; nothing where a list is said already, or `passages` hold none of that number.
    """
    if any(s.role == "item" for s in said):
        return 0, []
    for place, statement in enumerate(said[:COUNTING], start=1):
        for number, thing in _counts(statement.text):
            for hit in passages:
                for span in lists_of(hit.passage.text):
                    counted = span.items == NUMBERS[number] and number in span.lead.lower().split()
                    if counted and thing <= set(stems(span.lead)):
                        start = hit.passage.start + sentence_spans(hit.passage.text)[span.first][0]
                        return place, whole_list(hit, start, Kind.LIST, limits)
    return 0, []


def _counts(text: str) -> Iterator[tuple[str, set[str]]]:
    """Each number of `text` with the stem of what it counts; not where the members follow it there."""
    for m in _COUNTED.finditer(text):
        if ":" not in text[m.end() :]:
            yield m[1].lower(), {stems(m[2])[-1]}
