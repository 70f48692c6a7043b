"""How like a question is to those that the collection is known to answer: whether it is about its subject at all."""

from __future__ import annotations

from assistant.answering.turn import Turn
from vectorstore.retrieval import Retriever
from vectorstore.vocabulary import spell_out

# Cosines of the likest known question, set on the tuning halves: of 29 questions about something else 72 % lie below
# the first and none above the second; of 324 within the subject none below the first, 95 % above the second.
FOREIGN_BELOW, FAMILIAR_FROM = 0.5, 0.6


def familiarity(turn: Turn, retriever: Retriever) -> float | None:
    """The cosine of the likest known question; None for a collection without known questions."""
    asked = spell_out(turn.interpreted, turn.profile.vocabulary)
    [encoded] = retriever.embed_tokens([asked])
    likest = retriever.likenesses(encoded.vector).best(1, 0.0)
    return likest[0].likeness if likest else None
