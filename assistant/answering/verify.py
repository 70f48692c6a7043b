"""Nothing is said that its quotation does not hold (exact, live, in force, every figure), nor as link or order."""

from __future__ import annotations

import re
from dataclasses import replace

from assistant.answering.hostile import hostile
from assistant.answering.inert import inert
from assistant.answering.model import AnswerStatus
from assistant.answering.turn import DraftStatement, Stop, Turn
from prompts import message
from vectorstore.catalogue import Catalogue
from vectorstore.validity import in_force

_FIGURE = re.compile(r"\d[\d,.]*\d|\d")


class Verify:
    """Drops statements whose quotation is not exact, not live, or lacks a figure; stops if none is left."""

    def __init__(self, catalogue: Catalogue) -> None:
        self._catalogue = catalogue

    def __call__(self, turn: Turn) -> Turn | Stop:
        assert turn.draft is not None
        live = self._catalogue.live(s.quote.hit.version.version_id for s in turn.draft.statements)
        held = (s for s in turn.draft.statements if self._holds(s, turn, live) and not hostile(s.text))
        bare = (replace(s, text=inert(s.text, turn.profile)) for s in held)
        kept = tuple(s for s in bare if s.text)
        if not any(s.role != "lead" for s in kept):
            return Stop(AnswerStatus.BLOCKED_OUTPUT, message("blocked_output"), turn)
        return replace(turn, draft=replace(turn.draft, statements=kept))

    def _holds(self, statement: DraftStatement, turn: Turn, live: set[str]) -> bool:
        assert turn.draft is not None
        quote = statement.quote
        passage, version = quote.hit.passage, quote.hit.version
        inside = passage.start <= quote.start < quote.end <= passage.end
        exact = inside and passage.text[quote.start - passage.start : quote.end - passage.start] == quote.text
        figures = figures_of(statement.text) <= figures_of(quote.text)
        return (
            exact and figures and version.version_id in live and in_force(version, statement.on or turn.draft.as_of)
        )


def figures_of(text: str) -> frozenset[str]:
    """The numbers that stand in a text, days and sums alike."""
    return frozenset(_FIGURE.findall(text))
