"""Claims that people arrive with and that are wrong on the date: corrected first, from a text in force."""

from __future__ import annotations

import re

from assistant.answering.turn import DraftStatement, Quote, Turn
from vectorstore.model import Hit
from vectorstore.profile import Premise
from vectorstore.retrieval import Retriever
from vectorstore.text import content_stems, sentence_spans

_ADDRESS = re.compile(r"\b(?:[\w-]+\.)+(?:uk|com|org|net)\b", re.IGNORECASE)  # names no land and no thing
_SPEAKS_OF_THE_PAST = re.compile(r"\b(?:was|were|did|could|had|used to)\b", re.IGNORECASE)


def correction(turn: Turn, retriever: Retriever) -> DraftStatement | None:
    """The sentence that corrects the first wrong premise of the question; None if there is none to correct."""
    for premise in turn.profile.premises:
        if not applies(premise, turn):
            continue
        for hit in retriever.document_passages(premise.document, turn.as_of):
            if hit.passage.gap or premise.section.lower() not in (hit.passage.section or "").lower():
                continue
            return first_sentence(hit)
    return _mistake_corrected(turn, retriever)


def _mistake_corrected(turn: Turn, retriever: Retriever) -> DraftStatement | None:
    """The correction of a recorded mistake whose every word the question holds, terms of art aside."""
    mistakes = turn.profile.mistakes
    if turn.understanding.period is not None:
        return None
    said = set(content_stems(turn.interpreted))
    terms = {
        s
        for term in turn.profile.vocabulary
        if term[:2].isupper()
        for s in content_stems(f"{term} area plan greater")
    }
    for document in mistakes.documents:
        for hit in retriever.document_passages(document, turn.as_of):
            heading = (hit.passage.heading or ("",))[-1]
            if not heading.startswith(mistakes.heading) or hit.passage.gap:
                continue
            claim = set(content_stems(heading.removeprefix(mistakes.heading))) - terms
            if len(claim) >= 2 and claim <= said:
                return first_sentence(hit)
    return None


def applies(premise: Premise, turn: Turn) -> bool:
    """Whether the question makes the claim, on a date on which it is wrong."""
    if turn.understanding.period is not None and _SPEAKS_OF_THE_PAST.search(turn.interpreted):
        return False
    if (premise.from_date and turn.as_of < premise.from_date) or (premise.to_date and turn.as_of > premise.to_date):
        return False
    claimed = _ADDRESS.sub("", turn.interpreted)
    if not re.search(premise.pattern, claimed, re.IGNORECASE):
        return False
    return not (premise.unless and re.search(premise.unless, claimed, re.IGNORECASE))


def first_sentence(hit: Hit) -> DraftStatement:
    """The first sentence of a passage, to be said as it stands."""
    a, b = sentence_spans(hit.passage.text)[0]
    start, text = hit.passage.start, hit.passage.text[a:b]
    return DraftStatement(text, Quote(hit, start + a, start + b, text))
