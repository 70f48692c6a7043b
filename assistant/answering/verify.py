"""Nothing is said that its quotations do not hold: exact, live, in force, borne in all it says, no link or order."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Protocol

from assistant.answering.hostile import hostile
from assistant.answering.inert import inert
from assistant.answering.model import AnswerStatus
from assistant.answering.turn import DraftStatement, Quote, Stop, Turn
from assistant.verification import arithmetic, checks
from assistant.verification.figures import figures
from assistant.verification.grounds import Ground, Rules
from assistant.verification.quoting import lead_of
from prompts import message
from vectorstore.text import sentence_spans
from vectorstore.validity import in_force

_FIGURE = re.compile(r"\d[\d,.]*\d|\d")


class Live(Protocol):
    """Knows which versions are live at this moment; the catalogue does."""

    def live(self, version_ids: Iterable[str]) -> set[str]: ...


class Verifier:
    """Finds what is wrong with a statement. One verifier serves extraction, the engines and chat models alike."""

    def __init__(self, catalogue: Live) -> None:
        self._catalogue = catalogue

    def faults(self, statement: DraftStatement, as_of: date, rules: Rules) -> list[str]:
        """Why a statement may not be said; empty if it may. `rules` are for statements in words of their own."""
        live = self._catalogue.live(q.hit.version.version_id for q in (*statement.quotes, *statement.tally))
        return self._faults(statement, as_of, rules, live)

    def holding(self, turn: Turn) -> tuple[DraftStatement, ...]:
        """Those statements of the turn's draft that may be said."""
        assert turn.draft is not None
        drafted, rules = turn.draft.statements, rules_of(turn)
        live = self._catalogue.live(q.hit.version.version_id for s in drafted for q in (*s.quotes, *s.tally))
        return tuple(s for s in drafted if not self._faults(s, turn.draft.as_of, rules, live))

    @staticmethod
    def _faults(statement: DraftStatement, as_of: date, rules: Rules, live: set[str]) -> list[str]:
        found = ["an order"] if hostile(statement.text) else []
        rested = dict.fromkeys((*statement.quotes, *statement.tally))
        found += [fault for q in rested for fault in _quote_faults(q, statement.on or as_of, live)]
        if statement.worded:
            grounds = [g for q in statement.quotes for g in grounds_of(q)]
            return found + checks.faults(statement.text, grounds, rules)
        held = figures_of(" ".join(q.text for q in rested)) | _worked_out(statement)
        if not figures_of(statement.text) <= held:
            found.append("a figure without ground")
        return found


class Verify:
    """Drops the statements that may not be said; stops if none is left."""

    def __init__(self, catalogue: Live) -> None:
        self._verifier = Verifier(catalogue)

    def __call__(self, turn: Turn) -> Turn | Stop:
        assert turn.draft is not None
        held = self._verifier.holding(turn)
        bare = (replace(s, text=inert(s.text, turn.profile)) for s in held)
        kept = tuple(s for s in bare if s.text)
        if not any(s.role != "lead" for s in kept):
            return Stop(AnswerStatus.BLOCKED_OUTPUT, message("blocked_output"), turn)
        return replace(turn, draft=replace(turn.draft, statements=kept))


def _quote_faults(quote: Quote, on: date, live: set[str]) -> Iterable[str]:
    passage, version = quote.hit.passage, quote.hit.version
    inside = passage.start <= quote.start < quote.end <= passage.end
    if not inside or passage.text[quote.start - passage.start : quote.end - passage.start] != quote.text:
        yield "an inexact quotation"
    if version.version_id not in live:
        yield "a version that is not live"
    if not in_force(version, on):
        yield "a version not in force"


def grounds_of(quote: Quote) -> list[Ground]:
    """The sentences of a quotation, each with the sentence that introduces its list, title and headings."""
    passage = quote.hit.passage
    about = " ".join([quote.hit.version.title, *passage.heading])
    made = []
    for start, end in sentence_spans(quote.text):
        lead = lead_of(passage.text, quote.start - passage.start + start)
        made.append(Ground(quote.text[start:end], passage.text[slice(*lead)] if lead else "", about))
    return made


def rules_of(turn: Turn, secrets: tuple[str, ...] = ()) -> Rules:
    """What the checks of wording need to know of a turn."""
    return Rules(turn.draft.as_of if turn.draft else turn.as_of, turn.profile.vocabulary, secrets)


def _worked_out(statement: DraftStatement) -> frozenset[str]:
    """The figures that may be worked out from quotations: how many they are, what their figures come to, the like.

    With those of what was asked for, by which they were chosen. What is reckoned with are the `terms` of the
    statement, which have to stand in their quotations; else the first sum of each.
    """
    tally, asked = statement.tally, statement.asked
    terms = statement.terms or ("",) * len(tally)
    known = [v for q, term in zip(tally, terms, strict=True) if (v := _value(q, term)) is not None]
    reckoned = ""
    if known and len(known) == len(tally):
        sums = all(term.startswith("£") for term in terms)
        reckoned = arithmetic.worked_out(known, sums=sums) if statement.terms else arithmetic.added_up(known)
    return figures_of(f"{len(tally)} {reckoned} {asked}") if tally or asked else frozenset()


def _value(quote: Quote, term: str) -> Decimal | None:
    """The value of a figure that stands in a quotation: the one that is `term`, else the first sum."""
    for figure in figures(quote.text):
        if figure.value == term or (not term and figure.kind == "money"):
            return Decimal(figure.value.lstrip("£€$"))
    return None


def figures_of(text: str) -> frozenset[str]:
    """The numbers that stand in a text, days and sums alike."""
    return frozenset(_FIGURE.findall(text))
