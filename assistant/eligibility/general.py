"""Rules that answer a way to put a check whoever asks, as where it asks of another area than the asker's own."""

from __future__ import annotations

import re

from assistant.answering.area_names import names_of
from assistant.answering.turn import DraftStatement, Quote, Turn
from vectorstore.retrieval import Retriever
from vectorstore.rules.model import Check, General
from vectorstore.text import sentence_spans

_AUX = (
    r"(?:do|does|did|is|are|am|was|were|can|could|must|may|might|should|shall|would|will|have|has|had|don't|doesn't|isn't"
    r"|aren't|can't|couldn't)"
)
_WHETHER = re.compile(
    rf"(?:^|[.,;:?!–-]\s+|\b(?:and|so|but|or|then|whether|if|know|wondering|sure|ok|okay|hi|hello|please)\s+){_AUX}\b"
    rf"|\b{_AUX}\s+(?:we|i|our|my|us)\b|\b(?:whether|(?:know|wonder\w*|check|tell me|sure) if)\s+(?:we|i|our)\b"
    r"|\b(?:bind|reach|cover|catch|apply to|fall on|stop)(?:es|s)? us\b|\brul\w+ us (?:in|out)\b"
    r"|\b(?:we|i)(?:['’]d| would| want)\b.{0,20}\b(?:like|love|want|hope|to)\b.{0,20}\b(?:apply|bid|lead"
    r"|join|be|become)\b"
    r"|\b(?:eligible|in scope|obliged|required|supposed|allowed|entitled)\b.*\?"
    r"|\bwhat (?:duties|returns?|obligations?)\b.*\b(?:we|us|our|i)\b|\bwe (?:qualify|count)\b",
    re.IGNORECASE,
)
_ELSE = re.compile(
    r"^\W*(?:(?:and|so|but|hi|hello|please|ok|okay)\W+)*(?:when|who|whom|whose|where|why|how"
    r"|what(?! (?:dut|return|obligation))|which(?! (?:dut|part|return|obligation|lsip dut)))\b"
    r"|\bhow (?:many|much|long|often|big|large|old)\b|\b(?:by|until) when\b|\bwhat (?:is|are|was|were) (?:the|an?)\b"
    r"|\bwhat does\b|\bwhich (?:colleges?|areas?|bod(?:y|ies)|providers?|organisations?)\b|\bwho (?:can"
    r"|could|led|leads|won)\b",
    re.IGNORECASE,
)


def asks_whether(text: str) -> bool:
    """Whether a text asks if something is so of somebody, not when, who, where, how many or what it says."""
    return _WHETHER.search(text) is not None and not _ELSE.search(text)


def put_generally(check: Check, text: str, areas: int | None = None) -> General | None:
    """The rule of `check` that `text` asks for, if it asks whether something is so; `areas` as many are named, and
    None where that is not known.
    """
    if not check.general or not asks_whether(text):
        return None
    if check.unless and re.search(check.unless, text, re.IGNORECASE):
        return None
    fitting = (g for g in check.general if areas is None or areas >= g.areas)
    return next((g for g in fitting if re.search(g.asked_as, text, re.IGNORECASE)), None)


def general_of(check: Check, text: str, turn: Turn) -> General | None:
    """The rule of `check` that `text` asks for, if the turn names areas enough."""
    if not check.general:
        return None
    named = {a.id for a in turn.understanding.areas_named} | set(names_of(turn.profile).ids_in(turn.interpreted))
    return put_generally(check, text, len(named))


def general_rule(general: General, turn: Turn, retriever: Retriever) -> DraftStatement | None:
    """The sentence that states the rule, if the document in force says so."""
    for hit in retriever.document_passages(general.document, turn.as_of):
        text, start = hit.passage.text, hit.passage.start
        for a, b in sentence_spans(text):
            if text[a:b].startswith(general.begins):
                return DraftStatement(text[a:b], Quote(hit, start + a, start + b, text[a:b]))
    return None
