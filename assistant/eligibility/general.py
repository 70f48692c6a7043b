"""Rules that answer a way to put a check whoever asks, as where it asks of another area than the asker's own."""

from __future__ import annotations

import re

from assistant.answering.area_names import names_of
from assistant.answering.turn import DraftStatement, Quote, Turn
from assistant.eligibility.interview import asks_whether
from vectorstore.retrieval import Retriever
from vectorstore.rules.model import Check, General
from vectorstore.text import sentence_spans


def general_of(check: Check, text: str, turn: Turn) -> General | None:
    """The rule of `check` that `text` asks for, if it asks whether something is so and names areas enough."""
    if not check.general or not asks_whether(text):
        return None
    named = {a.id for a in turn.understanding.areas_named} | set(names_of(turn.profile).ids_in(turn.interpreted))
    fitting = (g for g in check.general if len(named) >= g.areas)
    return next((g for g in fitting if re.search(g.asked_as, text, re.IGNORECASE)), None)


def general_rule(general: General, turn: Turn, retriever: Retriever) -> DraftStatement | None:
    """The sentence that states the rule, if the document in force says so."""
    for hit in retriever.document_passages(general.document, turn.as_of):
        text, start = hit.passage.text, hit.passage.start
        for a, b in sentence_spans(text):
            if text[a:b].startswith(general.begins):
                return DraftStatement(text[a:b], Quote(hit, start + a, start + b, text[a:b]))
    return None
