"""Which recorded gap, if any, is what a question asks: by the cross-encoder's word, and by subject and words."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from assistant.answering.candidates import Candidate, gap_subject
from assistant.answering.expectations import KIND_WORDS, expects
from assistant.answering.forms import lacks_what_nothing_else_gives
from assistant.answering.likeness import coverage_of
from assistant.answering.listing import lists
from assistant.answering.turn import Kind, Turn
from vectorstore.text import content_stems
from vectorstore.vocabulary import expansions

NUMBER = re.compile(r"\d[\d,.]*\d|\d")


@dataclass(frozen=True, slots=True)
class Margins:
    """When a recorded gap is preferred to the best statement. Calibrated on the tuning halves."""

    nearer: float = 0.0  # how much less like the question than the best statement a gap may be
    like: float = 0.52  # likeness below which a gap is about something else, unless
    covered: float = 0.9  # this share of the words of the question stands in it
    sure: float = 0.8  # what the cross-encoder says of a gap from which its word alone may choose it, where it is
    ahead: float = 0.2  # this much surer than of the best statement
    behind: float = 0.1  # how much surer of a statement, which rather answers, it has to be to rule a gap out
    listed: float = 0.9  # what it says of a list which a gap has to be the nearer for
    answers: float = 0.5  # what it says of a statement that rather answers
    surely: float = 0.9  # what it says of one that surely does, beside which a gap
    whole: float = 0.7  # has this share of its own words in the question: it has learnt that gaps are near to much


def names(gap: Candidate, surety: float, margins: Margins | None = None) -> bool:
    """Whether the cross-encoder finds the gap itself in the question, and `surety`, the rest's, clearly less."""
    m = margins or Margins()
    return gap.features.read >= m.sure and gap.features.read - surety >= m.ahead


def in_words(gap: Candidate, margins: Margins | None = None) -> str:
    """The words of a gap, to be said of a question that the cross-encoder rather finds it in; else nothing."""
    return gap.text if gap.features.read >= (margins or Margins()).answers else ""


def read_out(
    gaps: Sequence[Candidate], best: Candidate | None, question: str, margins: Margins | None = None
) -> Candidate | None:
    """The gap that the cross-encoder finds asked for rather than what the best statement says; else None."""
    surety = _surety(best, question)
    named = [g for g in _own(gaps) if names(g, surety, margins)]
    return max(named, key=lambda g: g.features.read, default=None)


def weighed_out(
    gaps: Sequence[Candidate],
    best: Candidate | None,
    question: str,
    kind: Kind,
    turn: Turn,
    rarity: Callable[[str], float],
    margins: Margins | None = None,
) -> Candidate | None:
    """The first gap that by likeness and words is what was asked, unless the cross-encoder rules it out."""
    if best is None:
        return next(iter(_own(gaps)), None)
    m, surety = margins or Margins(), _surety(best, question)
    left = [g for g in _own(gaps) if surety < m.answers or surety - g.features.read <= m.behind]
    return next((g for g in left if _weighs_more(g, best, question, kind, turn, rarity, m)), None)


def _own(gaps: Sequence[Candidate]) -> list[Candidate]:
    """`gaps` without those of one area where none, or another, is asked about."""
    return [g for g in gaps if not g.features.foreign_area and not g.features.other_area]


def _surety(best: Candidate | None, question: str) -> float:
    """How surely the best statement answers; one without the phone number or the name asked for says nothing."""
    return 0.0 if best is None or lacks_what_nothing_else_gives(question, best.text) else best.features.read


def _weighs_more(
    gap: Candidate,
    best: Candidate,
    question: str,
    kind: Kind,
    turn: Turn,
    rarity: Callable[[str], float],
    margins: Margins,
) -> bool:
    """Whether by likeness and words the gap is what was asked: as near as the best statement, about little else."""
    if gap.similarity < margins.like and gap.coverage < margins.covered:
        return False
    otherwise = [o for _, o in expansions(question, turn.profile.vocabulary)]
    wider = " ".join([question, *KIND_WORDS.get(kind, ()), *otherwise])
    subject = gap_subject(gap.text)
    known = f"{gap.hit.version.title} {' '.join(a.name for a in turn.understanding.areas_named)}"
    own = " ".join(s for s in content_stems(subject) if s not in content_stems(known))
    about = coverage_of(own, wider, rarity) if own else 1.0
    if _surety(best, question) >= margins.surely and about < margins.whole:
        return False
    other_number = bool(set(NUMBER.findall(subject)) - set(NUMBER.findall(f"{question} {known}")))
    nearer = gap.similarity - best.similarity + 0.3 * (gap.coverage - best.coverage)
    unfit = expects(kind) and best.features.kind < 0.5
    listed = kind is Kind.LIST and lists(best, question)  # members are given where members are asked for
    listed = listed or (best.introduces and best.features.read >= margins.listed)
    against = 0.15 * other_number + 0.15 * listed
    return nearer + 0.25 * (about - 0.5) - against + 0.1 * unfit > -margins.nearer
