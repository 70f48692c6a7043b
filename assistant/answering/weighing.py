"""Findings read with the question by the cross-encoder: an engine may have been asked something else than it says."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from math import inf

from assistant.answering.features import answers
from assistant.answering.parts import asked
from assistant.answering.polarity import asks_yes_or_no
from assistant.answering.sentences import Found
from assistant.answering.subject import with_areas
from assistant.answering.turn import Finding, Turn
from prompts import message
from vectorstore.embedding.reader import Reader

QUOTED = 2  # quotations of a finding that are read, beside its own sentence
# Of what engines said to judged questions it was not trained on, 68 % of what is beside lies below DOUBTED and 5 % of
# what answers.
DOUBTED = -3.0  # what the cross-encoder says of the best of them, below which the finding is doubted
BESIDE = -4.0  # below which it is plainly about something else

_CHECKS = re.compile(
    r"\b(?:appl(?:y|ies)|reach(?:es)?|cover(?:s|ed)?|bound|binds?|caught|catch(?:es)?|subject to|eligible"
    r"|eligibility|in scope|counts? as|qualif(?:y|ies))\b|\b(?:can|could|may) (?:we|i)\b",
    re.IGNORECASE,
)

_VERDICTS = (
    *("yes_no_yes", "yes_no_no", "yes_no_depends", "check_yes", "check_no", "check_in_part"),
    *("timeline_yes_past", "timeline_no_past", "timeline_no_closed", "timeline_yes_open", "timeline_no_open"),
    "timeline_not_yet_due",
)
_OWN = re.compile(r"\b(?:we|us|our|ours|i|my|me)\b", re.IGNORECASE)  # a check is of whoever asks
_ELSE = re.compile(r"\b(?:who|whom|where|when|how|which|what|why)\b", re.IGNORECASE)


class Weigh:
    """Doubts findings that do not seem to answer, and those that ask back where no check is plainly asked.

    What one engine found is doubted as a whole: the sum of an award and its partners are said together. A doubted
    finding gives way to sentences that answer surely, and is said, without its yes or no, where there are none.
    """

    def __init__(self, reader: Reader | None) -> None:
        """Without a `reader` nothing is doubted."""
        self._reader = reader

    def __call__(self, turn: Turn) -> Turn:
        if self._reader is None or not turn.findings:
            return turn
        sureties = [_surety(f, turn, self._reader) for f in turn.findings]
        best: dict[str, float] = {}
        for finding, surety in zip(turn.findings, sureties, strict=True):
            best[finding.engine] = max(best.get(finding.engine, -inf), _standing(finding, turn, surety))
        findings = [
            replace(
                f,
                doubted=best[f.engine] < DOUBTED,
                beside=best[f.engine] < BESIDE and not f.asks,
                read=None if surety is None else answers(surety),
            )
            for f, surety in zip(turn.findings, sureties, strict=True)
        ]
        return replace(turn, findings=tuple(findings))


def _standing(finding: Finding, turn: Turn, surety: float | None) -> float:
    """How little doubt there is of a finding: none of one that read the whole question, nor of a check asked for."""
    if finding.whole:
        return inf
    if finding.asks:
        plainly = turn.asked.history or any(
            _asks_check(part.own) and _OWN.search(part.standalone) for part in asked(turn.interpreted)
        )
        return DOUBTED if plainly else -inf
    return DOUBTED if surety is None else surety


def _surety(finding: Finding, turn: Turn, reader: Reader) -> float | None:
    """What the cross-encoder says of the best that `finding` says, to the question or one of those asked in it."""
    if finding.asks:
        return None
    quoted = [q.as_read for q in finding.quotes[:QUOTED]]
    texts = [t for t in (finding.text, *quoted) if t]
    parts = [turn.interpreted, *(part.standalone for part in asked(turn.interpreted))]
    questions = dict.fromkeys(q for part in parts for q in (part, with_areas(part, turn)))
    return max(float(reader.read(q, texts).max()) for q in questions) if texts else None


def _asks_check(question: str) -> bool:
    """Whether a check is plainly asked: a duty or a right by its verb, or nothing but yes or no."""
    return bool(_CHECKS.search(question)) or (asks_yes_or_no(question) and not _ELSE.search(question))


@dataclass(frozen=True, slots=True)
class Instead:
    """How sure (0..1) sentences have to be to be given instead of a doubted finding."""

    plain: float = 0.58
    placeless: float = 0.7  # where the best of them is held against the question without its places
    asking: float = 0.7  # instead of asking back
    gap: float = 0.8  # where an engine knows that what it was asked for is not held

    def least(self, doubted: Sequence[Finding], found: Found) -> float:
        """The confidence that `found` needs."""
        asking, gap = any(f.asks for f in doubted), any(f.gap for f in doubted)
        placeless = any(c.placeless for c in found.candidates[:1])
        return max(self.plain, self.asking * asking, self.gap * gap, self.placeless * placeless)


def undoubted(turn: Turn, found: Sequence[Found], instead: Instead | None = None) -> Turn:
    """`turn` without its doubted findings where all that is open is answered, by sentences or else by an undoubted
    finding that leads; else with all as if undoubted. One of last resort gives way too, and is not said in doubt.
    """
    yielding = [f for f in turn.findings if f.doubted or f.resort]
    limits = instead or Instead()
    answered = all(not f.refuses and f.confidence >= limits.least(yielding, f) for f in found)
    answered = answered and (bool(found) or any(f.leads and not f.doubted for f in turn.findings))
    dropped = yielding if answered else [f for f in yielding if f.doubted and f.resort]
    kept = [_without_verdict(f) if f.doubted else f for f in turn.findings if f not in dropped]
    return replace(turn, findings=tuple(kept))


def _without_verdict(finding: Finding) -> Finding:
    """A doubted finding that is said all the same: not behind a yes or no, which may be one to another question."""
    first, *others = finding.statements or (None,)
    if first is not None:
        verdicts = "|".join(re.escape(message(key)) for key in _VERDICTS)
        first = replace(first, text=re.sub(rf"^(?:{verdicts})\s+(?=\S)", "", first.text))
    return replace(finding, doubted=False, statements=(first, *others) if first is not None else ())
