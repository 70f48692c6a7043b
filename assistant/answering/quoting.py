"""From a fact to the stretch of a text in force that says it."""

from __future__ import annotations

from datetime import date

from assistant.answering.turn import Quote
from vectorstore.facts import Fact
from vectorstore.retrieval import Retriever


def quote_of(fact: Fact, retriever: Retriever, on: date) -> Quote | None:
    """The stretch of a text in force on a date that says the fact; a passage that says only that goes first."""
    hits = retriever.document_passages(fact.document, on)
    for hit in sorted(hits, key=lambda h: h.passage.text != fact.text):
        at = hit.passage.text.find(fact.text)
        if at >= 0:
            start = hit.passage.start + at
            return Quote(hit, start, start + len(fact.text), fact.text)
    return None
