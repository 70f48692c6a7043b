"""A rule before the question back: where sentences answer what is asked, and only its outcome for the asker is open.

"May we ignore the plan?" is answered by what the duty allows, whoever asks; "does the duty reach us?" is not.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from assistant.answering.area_names import names_of
from assistant.answering.candidates import says_not_held
from assistant.answering.parts import asked
from assistant.answering.sentences import Found
from assistant.answering.turn import Finding, Turn, Turning
from vectorstore.text import content_stems

_REACH = frozenset(  # words for the outcome of any check, whatever it is about
    content_stems(
        "apply reach bind bound cover catch caught count qualify include exempt subject eligible oblige require need"
        " legal lawful law follow comply body organisation company firm anything something sort kind"
    )
)
# nothing given back, so that no run of marks is read in many ways
_OPENING = re.compile(r"^\W*+(?:\w++(?:['’-]\w++)*+\W++){0,3}$")  # what may stand before the subject of a sentence


@dataclass(frozen=True, slots=True)
class Surely:
    """How surely a sentence has to state the rule to be said before the question back."""

    confidence: float = 0.8  # of all that was found
    read: float = 0.75  # by the cross-encoder's word of the sentence
    beside: float = 0.9  # the same of those behind it, and of the first where the likest speaks of another kind


def rules_first(turn: Turn, found: Sequence[Found], surely: Surely | None = None) -> tuple[Turn, list[Found]]:
    """`turn` with what a rule turns on beside it instead of a question back, where sentences in `found` state it.

    Where none does, nothing that was found for the sake of the rule is left.
    """
    asking = [f for f in turn.findings if f.asks and f.asks.turning and not f.doubted]
    if not asking:
        return turn, list(found)
    limits, [first, *_] = surely or Surely(), asking
    assert first.asks is not None
    turning = first.asks.turning
    assert turning is not None
    days = {f.on or turn.as_of for f in turn.findings if not (f.gap or f.doubted)}
    told_of = [f for f in found if days == {f.as_of}]  # an answer is of one day
    stated = [s for f in told_of if (s := _stating(f, turning, limits)) is not None]
    if len(asking) > 1 or not stated or len(stated) < len(found) or not _asks_beyond(turn, turning):
        return turn, []
    told = _told(first, turning)
    return replace(turn, findings=tuple(told if f is first else f for f in turn.findings)), stated


def _asks_beyond(turn: Turn, turning: Turning) -> bool:
    """Whether a question holds words that are no place and neither the check's, a fact's nor those of any outcome."""
    known = set(content_stems(turning.about)) | _REACH
    known |= {s for p in turn.understanding.located.places for s in content_stems(f"{p.words} {p.label}")}
    named = set(names_of(turn.profile).ids_in(turn.interpreted))
    known |= {s for a in turn.profile.areas if a.id in named for n in (a.name, *a.names) for s in content_stems(n)}
    return any(set(content_stems(_untold(part.bare, turning))) - known for part in asked(turn.interpreted))


def _untold(text: str, turning: Turning) -> str:
    return re.sub(turning.told, " ", text, flags=re.IGNORECASE) if turning.told else text


def _stating(found: Found, turning: Turning, limits: Surely) -> Found | None:
    """`found` without sentences on other kinds than the asker's; None where what is left is not sure enough."""
    if found.refuses or found.aside or found.confidence < limits.confidence:
        return None
    left = [c for c in found.candidates if not _of_others(c.text, turning)]
    if not left or says_not_held(left[0].text):
        return None
    first, *others = left
    least = limits.read if first is found.candidates[0] else limits.beside
    if first.features.read < least or first.features.not_held or first.features.rival:
        return None
    return replace(found, candidates=(first, *(c for c in others if c.features.read >= limits.beside)))


def _of_others(text: str, turning: Turning) -> bool:
    """Whether the subject of a sentence is another kind of body than the one that the person says to be."""
    if not turning.others or (turning.own and re.search(turning.own, text, re.IGNORECASE)):
        return False
    return any(_OPENING.match(text[: m.start()]) for m in re.finditer(turning.others, text, re.IGNORECASE))


def _told(finding: Finding, turning: Turning) -> Finding:
    """The finding as a remark beside the rule; `read`: what it names as open is not a recorded gap's to name."""
    return replace(
        finding,
        text="",
        answers="",
        leads=False,
        asks=None,
        read=1.0,
        notes=(*turning.notes, *finding.notes),
        missing=turning.missing,
        told=True,
    )
