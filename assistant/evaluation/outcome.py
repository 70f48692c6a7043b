"""One question and what became of it: all that the measures and the report need."""

from __future__ import annotations

from collections.abc import Sequence

from pydantic import BaseModel, ConfigDict

from assistant.answering.model import ANSWERED, Answer, Citation, Message
from assistant.evaluation.golden import GoldenQuestion
from assistant.evaluation.judging import (
    Verdict,
    first_sentence,
    forbidden,
    groups_met,
    judge,
    lead_of,
    understood,
)
from assistant.evaluation.ranking import Found, rank, stands_in

SHOWN = 400  # characters of a retrieved passage that are kept


class _Model(BaseModel):
    model_config = ConfigDict(extra="ignore", frozen=True)


class Quoted(_Model):
    """A citation of the answer. `supports` is None where the question has no criteria to check it by."""

    n: int
    kind: str
    title: str
    section: str | None
    document: str
    quote: str
    exact: bool
    in_force: bool
    supports: bool | None


class Retrieved(_Model):
    """A passage that retrieval found; `gain` is the number of needs it is the first to meet."""

    document: str
    title: str
    section: str
    text: str
    gain: int = 0


class Outcome(_Model):
    """One question and what became of it. Shares are 0..1; None where a question has no such criterion."""

    id: str
    question: str
    kind: str
    half: str
    answerable: bool
    verdict: Verdict
    status: str
    confidence: float
    lead_answers: bool
    recall: dict[int, float]
    citations: int
    exact: int
    stale: int
    kinds: tuple[str, ...]
    milliseconds: float
    plain: str
    missing: tuple[str, ...] = ()
    asserted: tuple[str, ...] = ()
    asked: GoldenQuestion
    exchange: tuple[Message, ...] = ()
    interpreted: str = ""
    interpreted_fits: bool | None = None
    lead: str | None = None
    lead_fits: bool | None = None
    reciprocal_rank: float | None = None
    ndcg: float | None = None
    supporting: int | None = None  # citations that support, where there are criteria
    cited_groups: float | None = None  # share of the criteria met by the quotations together
    timings: dict[str, float] = {}
    composer: str = ""
    quotes: tuple[Quoted, ...] = ()
    retrieved: tuple[Retrieved, ...] = ()

    @property
    def right(self) -> bool:
        return self.verdict == "right"

    @property
    def answered(self) -> bool:
        return self.status in {str(s) for s in ANSWERED}

    @property
    def refused(self) -> bool:
        """Asking back (`clarify`) is neither an answer nor a refusal."""
        return not self.answered and self.status != "clarify"


def observe(
    question: GoldenQuestion,
    answer: Answer,
    exact: Sequence[bool],
    found: Sequence[Found],
    exchange: Sequence[Message] = (),
) -> Outcome:
    """The outcome of one question.

    `exact`: whether the stored text holds each citation; `found`: what retrieval found, best first; `exchange`: the
    earlier turns with what was answered to them.
    """
    met = groups_met(question.must, answer.plain)
    ranking = rank(question, found)
    lead = lead_of(first_sentence(answer))
    supports = [_supports(question, c) for c in answer.citations]
    missing = ["|".join(g) for g, ok in zip(question.must, met, strict=True) if not ok]
    fits = None if question.lead is None else lead == question.lead
    return Outcome(
        id=question.id,
        question=question.question,
        kind=question.kind,
        half=question.half,
        answerable=question.answerable,
        verdict=judge(question, answer, gold_cited=any(_gold(question, c) for c in answer.citations)),
        status=str(answer.status),
        confidence=answer.confidence,
        lead_answers=bool(question.must) and any(groups_met(question.must, first_sentence(answer))),
        recall=ranking.recall if ranking else {},
        citations=len(answer.citations),
        exact=sum(exact),
        stale=sum(not c.in_force for c in answer.citations),
        kinds=tuple(sorted({c.kind for c in answer.citations})),
        milliseconds=answer.timings.get("total", 0.0),
        plain=answer.plain,
        missing=tuple(missing if fits is not False else [*missing, f"first word: {question.lead}"]),
        asserted=tuple(forbidden(question.must_not, answer.plain)),
        asked=question,
        exchange=tuple(exchange),
        interpreted=answer.interpreted_question,
        interpreted_fits=understood(question, answer),
        lead=lead,
        lead_fits=fits,
        reciprocal_rank=ranking.reciprocal_rank if ranking else None,
        ndcg=ranking.ndcg if ranking else None,
        supporting=sum(map(bool, supports)) if question.must or question.gold else None,
        cited_groups=_cited(question, answer.citations),
        timings=answer.timings,
        composer=answer.composer,
        quotes=tuple(_quoted(c, e, s) for c, e, s in zip(answer.citations, exact, supports, strict=True)),
        retrieved=_retrieved(found, ranking.gains if ranking else ()),
    )


def _supports(question: GoldenQuestion, citation: Citation) -> bool | None:
    """Whether a citation stands in a gold passage or meets at least one group of `must`."""
    if not question.must and not question.gold:
        return None
    return _gold(question, citation) or any(groups_met(question.must, citation.quote))


def _gold(question: GoldenQuestion, citation: Citation) -> bool:
    return any(stands_in(gold, citation.document_id, citation.quote) for gold in question.gold)


def _cited(question: GoldenQuestion, citations: Sequence[Citation]) -> float | None:
    if question.must:
        met = groups_met(question.must, "\n".join(c.quote for c in citations))
        return sum(met) / len(met)
    return float(any(_gold(question, c) for c in citations)) if question.gold else None


def _quoted(c: Citation, exact: bool, supports: bool | None) -> Quoted:
    return Quoted(
        n=c.n,
        kind=c.kind,
        title=c.title,
        section=c.section,
        document=c.document_id,
        quote=c.quote,
        exact=exact,
        in_force=c.in_force,
        supports=supports,
    )


def _retrieved(found: Sequence[Found], gains: Sequence[int]) -> tuple[Retrieved, ...]:
    padded = [*gains, *[0] * (len(found) - len(gains))]
    return tuple(
        Retrieved(document=f.document, title=f.title, section=f.section, text=f.text[:SHOWN], gain=gain)
        for f, gain in zip(found, padded, strict=True)
    )
