"""Passages for the question: in force today, and in force on the period it names; stops where nothing is near."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from assistant.answering.model import AnswerStatus
from assistant.answering.parts import asked
from assistant.answering.turn import Stop, Turn
from prompts import message
from vectorstore.fusion import reciprocal_rank_fusion
from vectorstore.model import Hit
from vectorstore.retrieval import Query, Retriever

DEPTH = 16
ELSEWHERE = 0.30  # cosine of the best passage below which a question without a term of the subject is about another


class Retrieve:
    """Hybrid search as of the date asked about; for a question that names a past period, as of its end too."""

    def __init__(self, retriever: Retriever) -> None:
        self._retriever = retriever

    def __call__(self, turn: Turn) -> Turn | Stop:
        u = turn.understanding
        if u.outside and turn.profile.outside.document:
            text = f"{turn.interpreted} {u.outside}"
            query = Query(text, turn.as_of, document_id=turn.profile.outside.document, limit=DEPTH)
            hits = self._retriever.search(query)
            if hits:
                return replace(turn, hits=tuple(hits))
        texts = list(dict.fromkeys([turn.interpreted, *(a.standalone for a in asked(turn.interpreted))]))
        texts = [with_areas(t, turn) for t in texts]
        now = self._search(texts, turn.as_of, u.areas)
        past: Sequence[Hit] = ()
        if u.period is not None and u.period.end < turn.as_of:
            past = self._search(texts, u.period.end, u.areas)
        turn = replace(turn, hits=tuple(now), history_hits=tuple(past))
        near = max((h.similarity or 0.0 for h in (*now, *past)), default=0.0)
        if near < ELSEWHERE and turn.profile.subject and not in_subject(turn):
            return Stop(AnswerStatus.OUT_OF_SCOPE, message("out_of_scope", subject=turn.profile.subject), turn)
        return turn

    def _search(self, texts: Sequence[str], on: date, areas: tuple[str, ...]) -> list[Hit]:
        """Hits for all ways to put the question, their rankings fused."""
        rankings = [self._retriever.search(Query(t, on, areas=areas, limit=DEPTH)) for t in texts]
        if len(rankings) == 1:
            return rankings[0]
        by_id = {h.passage.passage_id: h for ranking in reversed(rankings) for h in ranking}
        fused = reciprocal_rank_fusion([[h.passage.passage_id for h in r] for r in rankings])
        return [replace(by_id[key], score=score) for key, score in fused[: DEPTH + 4 * (len(texts) - 1)]]


def in_subject(turn: Turn) -> bool:
    """Whether the question uses a word that belongs to the subject of its collection."""
    words = f" {turn.interpreted.lower()} "
    return any(term.lower() in words for term in turn.profile.scope_terms)


def with_areas(question: str, turn: Turn) -> str:
    """`question` with the names of the areas it means, where it names them only by a place in them."""
    unsaid = [a.name for a in turn.understanding.areas_named if a.name.lower() not in question.lower()]
    return f"{question} ({', '.join(unsaid)})" if unsaid else question
