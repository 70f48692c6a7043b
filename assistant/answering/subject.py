"""Whether a question is of the collection's subject, and the areas it means said out loud."""

from __future__ import annotations

import re
from collections.abc import Iterable

from assistant.answering.turn import Turn


def in_subject(turn: Turn) -> bool:
    """Whether the question uses a word that begins like one of the collection's subject, or is scoped to an area."""
    if turn.asked.area:
        return True
    held = turn.profile.scope_terms
    if turn.understanding.areas_named:
        held = (*held, *turn.profile.place_terms)
    return has_term(turn.interpreted, held)


def has_term(text: str, terms: Iterable[str]) -> bool:
    """Whether a word of `text` begins like one of `terms`."""
    some = "|".join(re.escape(t.strip()) for t in terms)
    return bool(some) and bool(re.search(rf"\b(?:{some})", text, re.IGNORECASE))


def with_areas(question: str, turn: Turn) -> str:
    """`question` with the names of the areas it means, where it names them only by a place in them."""
    unsaid = [a.name for a in turn.understanding.areas_named if a.name.lower() not in question.lower()]
    return f"{question} ({', '.join(unsaid)})" if unsaid else question
