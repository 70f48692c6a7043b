"""A question without the places it names: what a national text may answer when the place only says who asks."""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.answering.area_names import area_mentions
from assistant.answering.subject import has_term
from assistant.answering.turn import Turn
from vectorstore.text import content_stems

FEWEST = 2  # words with a meaning that have to be left
_LEADING = (
    r"(?:\b(?:(?:based|located|working|living|here)\s+)?"
    r"(?:in|near|around|from|of|at|for|across|within|outside|over)\s+(?:the\s+)?)?"
)


def placeless(question: str, turn: Turn) -> str:
    """`question` without the places that the turn names, which may stand before it; empty if there is none, or
    nothing of the subject left.
    """
    if not turn.understanding.areas_named:
        return ""
    places = [p.words for p in turn.understanding.located.places] or area_mentions(question, turn.profile)
    rest = without(question, places)
    if len(content_stems(rest)) < FEWEST:
        return ""
    terms = (*turn.profile.scope_terms, *turn.profile.place_terms)
    return rest if not terms or has_term(rest, terms) else ""


def without(text: str, places: Sequence[str]) -> str:
    """`text` without the words of `places` and the "in" or "from" before them."""
    for words in sorted(places, key=len, reverse=True):
        text = re.sub(rf"{_LEADING}(?<!\w){re.escape(words)}(?:['’]s)?(?!\w)", " ", text, flags=re.IGNORECASE)
    return re.sub(r"\s+(?=[,.;:?!)]|$)", "", " ".join(text.split())).strip()
