"""Figures that are asked for one by one, added up or set against each other: each is found, the result worked out.

Each figure comes from the answer to a question of its own, an engine's or a sentence that surely answers, and is
quoted beside the result. Where one is not held the others are said, and which is missing.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from assistant.answering.candidates import says_not_held
from assistant.answering.model import AnswerStatus
from assistant.answering.reckoned import Reckoned, reckoned
from assistant.answering.reckoning import How
from assistant.answering.slots import PlaceReader
from assistant.answering.turn import DraftStatement, Finding, Quote, Step, Stop, Turn, Understanding
from assistant.answering.verify import figures_of
from assistant.verification import arithmetic
from assistant.verification.figures import Figure, figures
from prompts import message
from vectorstore.text import content_stems

MILLION = 1_000_000
SURE = 0.68  # confidence from which a sentence is taken to answer
_COUNTED = re.compile(
    r"\bhow many (?P<what>(?:(?!(?:is|are|was|were|do|does|did|has|have|had|can|will|got|get|in|of|for|from|at|on)\b)"
    r"[\w'’-]+\s*){1,5})",
    re.IGNORECASE,
)
_NEARLY = re.compile(
    r"\b(?:(?:just|well|a little|slightly|some) )?(?:over|under|about|around|nearly|almost|up to|at least|at most"
    r"|(?:(?:no|not) )?(?:more than|less than|fewer than|exceeding)|approximately|roughly|some|circa)"
    r"\s+(?:(?:the|an?)\s+)?$",
    re.IGNORECASE,
)
_MEASURES = frozenset({"most", "least", "any", "every", "mean"})
_ENDS = re.compile(r"[,;.]|\band\b")
_HARDLY = re.compile(r"^(?:just|a little|slightly)\b", re.IGNORECASE)  # "just over" is near, no limit
_LIMITS = {"most": "reckoned_at_most", "least": "reckoned_at_least"}  # bounds of figures


@dataclass(frozen=True, slots=True)
class Term:
    """A figure with the statement that says it, the quotation that it stands in, and how its source writes it."""

    name: str
    value: Decimal
    money: bool
    said: DraftStatement
    quote: Quote
    figure: str  # as the verifier reads it
    words: str
    inexact: bool
    limit: bool  # it is at most or at least that much


class Sums:
    """Engines first. For a question that reckons with several figures each is asked for, and the result leads."""

    def __init__(self, consult: Step, ask: Sequence[Step], places: PlaceReader) -> None:
        """`ask` are the steps from a question that stands alone to a draft."""
        self._consult = consult
        self._ask = tuple(ask)
        self._places = places

    def __call__(self, turn: Turn) -> Turn | Stop:
        made = self._consult(turn)
        if isinstance(made, Stop) or any(_has_reckoned(f) for f in made.findings):
            return made
        asked = reckoned(turn.interpreted, turn.profile, self._places)
        if asked is not None and asked.implied and any(f.leads for f in made.findings):
            return made
        finding = self._worked_out(asked, turn) if asked is not None else None
        return made if finding is None else replace(made, findings=(finding,))

    def _worked_out(self, asked: Reckoned, turn: Turn) -> Finding | None:
        """What the figures come to; None where fewer than one is found, or where one may be held all the same."""
        terms: list[Term] = []
        missing: list[str] = []
        days = set()
        for question, name in zip(asked.parts, asked.names, strict=True):
            answer = self._answer(question, turn)
            term = _term(question, name, answer)
            if term is not None:
                assert not isinstance(answer, Stop)
                days.add(answer.as_of)
                terms = _with(terms, term)
            elif _may_be_held(question, answer):
                return None
            else:
                missing.append(question)
        if (
            len(days) != 1
            or len({t.money for t in terms}) != 1
            or (len(terms) < 2 and not missing)
            or (asked.implied and missing)
        ):
            return None
        return replace(_finding(asked.how, terms, missing), on=days.pop())

    def _answer(self, question: str, turn: Turn) -> Turn | Stop:
        """The answer to one question, as far as its draft."""
        made = replace(turn, interpreted=question, understanding=Understanding(), findings=(), hits=())
        for step in self._ask:
            outcome = step(made)
            if isinstance(outcome, Stop):
                return outcome
            made = outcome
        return made


def _has_reckoned(finding: Finding) -> bool:
    """Whether an engine read the whole question and worked its answer out itself."""
    return finding.whole and finding.leads and finding.data.get("measure") in _MEASURES


def _term(question: str, name: str, answer: Turn | Stop) -> Term | None:
    """The one figure that an answer gives; None where it gives none, several, or is not sure."""
    if isinstance(answer, Stop) or answer.draft is None or any(_lacks_figure(f) for f in answer.findings):
        return None
    exact = {q for f in answer.findings if not f.doubted for q in f.quotes}
    found: list[Term] = []
    for said in answer.draft.statements:
        of_engine = any(q in exact for q in said.quotes)
        sure = answer.confidence >= SURE and not answer.draft.missing and _is_of(name, said)
        if said.role == "lead" or says_not_held(said.text) or not (of_engine or sure):
            continue
        alone = _alone(question, said)
        if alone is not None:
            figure, quote = alone
            found.append(_made(name if _is_of(name, said) else "", figure, said, quote))
            if not of_engine:
                break
    return found[0] if len({t.figure for t in found}) == 1 else None


def _lacks_figure(finding: Finding) -> bool:
    """Whether something asked is not held of what a finding is about, and it gives no figure."""
    return bool(finding.missing) and not any(f.kind == "money" for q in finding.quotes for f in figures(q.text))


def _is_of(name: str, said: DraftStatement) -> bool:
    """Whether a statement, or what stands above its quotation, names what the figure is to be of."""
    hit = said.quote.hit
    known = content_stems(" ".join([said.text, hit.version.title, *hit.passage.heading]))
    return set(content_stems(name)) <= set(known)


def _alone(question: str, said: DraftStatement) -> tuple[Figure, Quote] | None:
    """The only figure of a statement that is of the kind asked for, and the quotation that it stands in.

    Sums of other money than pounds are none to reckon with.
    """
    alike = _alike(question, said.text)
    if len({f.value for f in alike}) != 1 or (alike[0].kind == "money" and not alike[0].value.startswith("£")):
        return None
    for quote in said.quotes:
        for figure in figures(quote.text):
            if (figure.kind, figure.value) == (alike[0].kind, alike[0].value):
                return figure, quote
    return None


def _alike(question: str, text: str) -> list[Figure]:
    """The figures of a text that a question may ask for: sums, or numbers of what it counts."""
    counted = _COUNTED.search(question)
    held = figures(text)
    if counted is None:
        return [f for f in held if f.kind == "money"]
    wanted = content_stems(counted["what"])[-1:]
    found = []
    for figure, after in zip(held, [*(f.at for f in held[1:]), len(text)], strict=True):
        behind = _ENDS.split(text[figure.at : after].replace(",", "", 1))[0]
        if figure.kind == "number" and wanted and wanted[0] in content_stems(behind):
            found.append(figure)
    return found


def _made(name: str, figure: Figure, said: DraftStatement, quote: Quote) -> Term:
    value = Decimal(figure.value.lstrip("£"))
    money = figure.kind == "money"
    nearly = _NEARLY.search(quote.text[: figure.at])
    words = _worded(value, money=money)
    limit = figure.bound in _LIMITS and not (nearly and _HARDLY.match(nearly[0]))
    if nearly:
        words = f"{nearly[0]}{words}"
    elif figure.bound:
        words = message(_LIMITS.get(figure.bound, "reckoned_about"), amount=words)
    return Term(
        re.sub(r"['’]s?$", "", name),
        value,
        money,
        said,
        quote,
        figure.value,
        words,
        bool(nearly or figure.bound),
        limit,
    )


def _may_be_held(question: str, answer: Turn | Stop) -> bool:
    """Whether an answer without one sure figure may have one, so that it cannot be said that none is held.

    It has figures of that kind, or stopped for want of something else, as where it asks which place is meant.
    """
    if isinstance(answer, Stop):
        return answer.status is not AnswerStatus.NO_EVIDENCE
    if answer.draft is None:
        return False
    if any(_lacks_figure(f) for f in answer.findings):
        return False
    return any(_alike(question, s.text) for s in answer.draft.statements)


def _with(terms: Sequence[Term], term: Term) -> list[Term]:
    """`terms` and one more; two names of one figure ("Norfolk/Suffolk") are one."""
    for place, other in enumerate(terms):
        if other.quote == term.quote and other.figure == term.figure:
            both = message("tables_and", first=other.name, last=term.name)
            name = both if other.name and term.name else other.name or term.name
            return [*terms[:place], replace(other, name=name), *terms[place + 1 :]]
    return [*terms, term]


def _finding(how: How, terms: Sequence[Term], missing: Sequence[str]) -> Finding:
    """What is said of the figures: the result, behind it what says each; without the result where one is missing."""
    items = [replace(t.said, role="item") for t in terms]
    said, notes = items, list[str]()
    if not missing:
        quotes = tuple(t.quote for t in terms)
        text = _said(how, terms)
        lead = DraftStatement(
            text, quotes[0], "lead", more=quotes[1:], tally=quotes, terms=tuple(t.figure for t in terms)
        )
        said = [lead, *items]
        inexact = [] if any(t.limit for t in terms) else [t.words for t in terms if t.inexact]
        notes = [message("reckoned_inexact", figures="; ".join(inexact))] if inexact else []
    else:
        said = [replace(s, role="sentence") for s in items]
        notes = [message("reckoned_partly")]
    return Finding(
        "reckoning",
        said[0].text,
        tuple(dict.fromkeys(q for s in said for q in s.quotes)),
        {"kind": "reckoning", "how": str(how), "of": [t.name for t in terms]},
        answers=".",
        statements=tuple(said),
        notes=tuple(notes),
        leads=True,
        whole=True,
        missing="; ".join(m.rstrip(" ?.") for m in missing),
    )


def _said(how: How, terms: Sequence[Term]) -> str:
    """The result in a sentence."""
    values = [t.value for t in terms]
    near, rounded = any(t.inexact for t in terms), _are_mixed(terms)

    def amount(value: Decimal) -> str:
        words = _worded(arithmetic.roughly(value) if rounded else value, money=terms[0].money)
        return message("reckoned_about", amount=words) if near or rounded else words

    each = [t.words for t in terms]
    joined = message("tables_and", first=", ".join(each[:-1]), last=each[-1])
    limits = [t.words for t in terms if t.limit]
    if limits:
        return message("reckoned_bounds", figures=joined, bounds="; ".join(limits))
    if how is How.SUM:
        return message("reckoned_sum", figures=joined, sum=amount(arithmetic.total(values)))
    if how is How.MEAN:
        return message("reckoned_mean", figures=joined, mean=amount(arithmetic.mean(values)))
    first, second, *_ = sorted(terms, key=lambda t: t.value, reverse=True)
    by, times = arithmetic.difference(values), arithmetic.ratio(values)
    if by == 0 and not near:
        return message("reckoned_same", first=first.words)
    if by == 0 or (rounded and arithmetic.roughly(by) == 0):
        return message("reckoned_level", first=first.words, second=second.words)
    if how is How.RATIO and times is not None:
        return message("reckoned_ratio", first=first.words, second=second.words, ratio=arithmetic.tenths(times))
    if not (first.name and figures_of(first.name) <= figures_of(first.quote.text)):
        return message("reckoned_apart", first=first.words, second=second.words, difference=amount(by))
    told = {"first": first.words, "second": second.words, "name": first.name}
    return message("reckoned_more", **told, difference=amount(by))


def _worded(value: Decimal, *, money: bool) -> str:
    return arithmetic.money(value) if money else arithmetic.plain(value)


def _are_mixed(terms: Sequence[Term]) -> bool:
    """Whether some sums are given to the pound and others in millions, which is less than to the pound."""
    return len({arithmetic.to_the_pound(t.value) for t in terms if t.money and t.value >= MILLION}) > 1
