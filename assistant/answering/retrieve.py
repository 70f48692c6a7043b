"""Passages for the question: in force today, and in force on the period it names."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date

from assistant.answering.consult import unsaid_parts
from assistant.answering.parts import asked
from assistant.answering.placeless import placeless
from assistant.answering.subject import with_areas
from assistant.answering.turn import Turn
from vectorstore.fusion import reciprocal_rank_fusion
from vectorstore.model import Hit
from vectorstore.retrieval import NATIONAL, Query, Retriever

DEPTH = 16
GAPS = 4  # of what is recorded not to be held, the nearest that are looked at beside them


class Retrieve:
    """Hybrid search as of the date asked about; for a question that names a past period, as of its end too."""

    def __init__(self, retriever: Retriever, leave_out: Callable[[], frozenset[str]] = frozenset) -> None:
        """`leave_out` gives the documents whose sentences only the exact engines say."""
        self._retriever = retriever
        self._leave_out = leave_out

    def __call__(self, turn: Turn) -> Turn:
        u = turn.understanding
        if u.outside and turn.profile.outside.document:
            text = f"{turn.interpreted} {u.outside}"
            query = Query(text, turn.as_of, document_id=turn.profile.outside.document, limit=DEPTH)
            hits = self._retriever.search(query)
            if hits:
                return replace(turn, hits=tuple(hits))
        if turn.findings and not unsaid_parts(turn):  # no sentence is wanted, before a question back neither
            return turn
        questions = [a.standalone for a in asked(turn.interpreted)]
        now, by_question = self._search(turn, questions, turn.as_of)
        past: Sequence[Hit] = ()
        if u.period is not None and u.period.end < turn.as_of:
            past, _ = self._search(turn, questions, u.period.end)
        return replace(turn, hits=tuple(now), history_hits=tuple(past), hits_by_question=by_question)

    def _search(self, turn: Turn, questions: Sequence[str], on: date) -> tuple[list[Hit], dict[str, tuple[Hit, ...]]]:
        """Hits for the question as a whole, and for each question asked in it with those of the whole behind.

        Where a place is named, national texts are also looked for without it: it may only say who asks.
        """
        query = Query("", on, areas=turn.understanding.areas, limit=DEPTH, leave_out=self._leave_out())

        def find(text: str) -> list[Hit]:
            found = [self._retriever.search(replace(query, text=with_areas(text, turn)))]
            if general := placeless(text, turn):
                national = self._retriever.search(replace(query, text=general, areas=NATIONAL))
                found.append([replace(h, similarity=None) for h in national])  # that of another question
            return fuse(found)

        def with_gaps(text: str, hits: list[Hit]) -> tuple[Hit, ...]:
            asked = replace(query, text=with_areas(text, turn), leave_out=frozenset(), gaps=True, limit=GAPS)
            held = {h.passage.passage_id for h in hits}
            return (*hits, *(h for h in self._retriever.search(asked) if h.passage.passage_id not in held))

        whole = find(turn.interpreted)
        own = {q: whole if q == turn.interpreted else find(q) for q in questions}
        fused = fuse([whole, *(h for q, h in own.items() if q != turn.interpreted)])
        both = {q: hits if hits is whole else fuse([hits, hits, whole]) for q, hits in own.items()}
        return fused, {q: with_gaps(q, hits) for q, hits in both.items()}


def fuse(rankings: Sequence[Sequence[Hit]]) -> list[Hit]:
    """Several rankings of passages as one."""
    if len(rankings) == 1:
        return list(rankings[0])
    by_id = {h.passage.passage_id: h for ranking in reversed(rankings) for h in ranking}
    fused = reciprocal_rank_fusion([[h.passage.passage_id for h in r] for r in rankings])
    return [replace(by_id[key], score=score) for key, score in fused[: DEPTH + 4 * (len(rankings) - 1)]]
