"""What a question about a place beyond the collection asks: if its subject reaches there, or what they have there.

"For this land only" answers the first: a firm abroad that asks what it may do here is not told no. It leaves the
second open.
"""

from __future__ import annotations

import re

from assistant.answering.parts import asked
from assistant.answering.turn import Kind, Turn
from assistant.answering.understand import question_kind
from vectorstore.text import content_stems, stems

_REACHES = frozenset(
    content_stems(
        "cover apply have get reach extend exist there include available open part inside use work run valid same"
        " only area region country plan fund scheme"
    )
)
_LANGUAGE = re.compile(r"\b(?:in|into) \w+(?:sh|ic)\b(?! \w)", re.IGNORECASE)  # "in Welsh?"

_LIKE = re.compile(
    r"\b(?:versions?|equivalents?|instead|counterparts?|similar|alternatives?|comparable)\b", re.IGNORECASE
)


def asks_reach(turn: Turn) -> bool:
    """Whether the question holds no word but those of the subject, the place and its reach."""
    profile, question = turn.profile, turn.interpreted
    if _LANGUAGE.search(question):
        return False
    places = (name for nation, names in profile.outside.places.items() for name in (nation, *names))
    terms = _terms(turn)
    known = {s for words in (*places, *terms, *profile.scope_terms) for s in content_stems(words)}
    return set(content_stems(question)) <= known | _REACHES


def asks_theirs(turn: Turn) -> bool:
    """Whether the question asks what there is in the place beyond: of no thing of ours, or only of the like of it."""
    asks = asked(turn.interpreted)
    if asks_reach(turn) or any(question_kind(part.own) is Kind.YES_NO for part in asks):
        return False
    said = f" {' '.join(stems(turn.interpreted))} "
    ours = any(f" {' '.join(stems(term))} " in said for term in _terms(turn))
    return not ours or _LIKE.search(turn.interpreted) is not None


def _terms(turn: Turn) -> list[str]:
    """The terms of art of the collection, in every form."""
    vocabulary = turn.profile.vocabulary
    return [w for term, others in vocabulary.items() for w in (term, *others) if term[:2].isupper()]
