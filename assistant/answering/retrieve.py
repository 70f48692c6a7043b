"""Passages for the question: in force today, and in force on the period it names; stops where nothing is near."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date

from assistant.answering.consult import open_parts
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

    def __init__(self, retriever: Retriever, leave_out: Callable[[], frozenset[str]] = frozenset) -> None:
        """`leave_out` gives the documents whose sentences only the exact engines say."""
        self._retriever = retriever
        self._leave_out = leave_out

    def __call__(self, turn: Turn) -> Turn | Stop:
        u = turn.understanding
        if u.outside and turn.profile.outside.document:
            text = f"{turn.interpreted} {u.outside}"
            query = Query(text, turn.as_of, document_id=turn.profile.outside.document, limit=DEPTH)
            hits = self._retriever.search(query)
            if hits:
                return replace(turn, hits=tuple(hits))
        if turn.findings and not open_parts(turn):  # the engines have answered
            return turn
        questions = [a.standalone for a in asked(turn.interpreted)]
        now, by_question = self._search(turn, questions, turn.as_of)
        past: Sequence[Hit] = ()
        if u.period is not None and u.period.end < turn.as_of:
            past, _ = self._search(turn, questions, u.period.end)
        turn = replace(turn, hits=tuple(now), history_hits=tuple(past), hits_by_question=by_question)
        near = max((h.similarity or 0.0 for h in (*now, *past)), default=0.0)
        if near < ELSEWHERE and turn.profile.subject and not in_subject(turn):
            return Stop(AnswerStatus.OUT_OF_SCOPE, message("out_of_scope", subject=turn.profile.subject), turn)
        return turn

    def _search(self, turn: Turn, questions: Sequence[str], on: date) -> tuple[list[Hit], dict[str, tuple[Hit, ...]]]:
        """Hits for the question as a whole, and for each question asked in it with those of the whole behind."""
        areas = turn.understanding.areas

        def find(text: str) -> list[Hit]:
            query = Query(with_areas(text, turn), on, areas=areas, limit=DEPTH, leave_out=self._leave_out())
            return self._retriever.search(query)

        whole = find(turn.interpreted)
        own = {q: whole if q == turn.interpreted else find(q) for q in questions}
        fused = fuse([whole, *(h for q, h in own.items() if q != turn.interpreted)])
        return fused, {q: tuple(hits if hits is whole else fuse([hits, hits, whole])) for q, hits in own.items()}


def fuse(rankings: Sequence[Sequence[Hit]]) -> list[Hit]:
    """Several rankings of passages as one."""
    if len(rankings) == 1:
        return list(rankings[0])
    by_id = {h.passage.passage_id: h for ranking in reversed(rankings) for h in ranking}
    fused = reciprocal_rank_fusion([[h.passage.passage_id for h in r] for r in rankings])
    return [replace(by_id[key], score=score) for key, score in fused[: DEPTH + 4 * (len(rankings) - 1)]]


def in_subject(turn: Turn) -> bool:
    """Whether the question uses a word that begins like one of the collection's subject, or is scoped to an area."""
    if turn.asked.area:
        return True
    held = turn.profile.scope_terms
    if turn.understanding.areas_named:
        held = (*held, *turn.profile.place_terms)
    terms = "|".join(re.escape(t.strip()) for t in held)
    return bool(terms) and bool(re.search(rf"\b(?:{terms})", turn.interpreted, re.IGNORECASE))


def with_areas(question: str, turn: Turn) -> str:
    """`question` with the names of the areas it means, where it names them only by a place in them."""
    unsaid = [a.name for a in turn.understanding.areas_named if a.name.lower() not in question.lower()]
    return f"{question} ({', '.join(unsaid)})" if unsaid else question
