"""Whether a question about a place beyond the collection asks if its subject reaches there, and nothing more.

Only then does "for this land only" answer it: a firm abroad that asks what it may do here is not told no.
"""

from __future__ import annotations

import re

from assistant.answering.turn import Turn
from vectorstore.text import content_stems

_REACHES = frozenset(
    content_stems(
        "cover apply have get reach extend exist there include available open part inside use work run valid same"
        " only area region country plan fund scheme"
    )
)
_LANGUAGE = re.compile(r"\b(?:in|into) \w+(?:sh|ic)\b(?! \w)", re.IGNORECASE)  # "in Welsh?"


def asks_reach(turn: Turn) -> bool:
    """Whether the question holds no word but those of the subject, the place and its reach."""
    profile, question = turn.profile, turn.interpreted
    if _LANGUAGE.search(question):
        return False
    places = (name for nation, names in profile.outside.places.items() for name in (nation, *names))
    terms = (w for term, others in profile.vocabulary.items() for w in (term, *others) if term[:2].isupper())
    known = {s for words in (*places, *terms, *profile.scope_terms) for s in content_stems(words)}
    return set(content_stems(question)) <= known | _REACHES
