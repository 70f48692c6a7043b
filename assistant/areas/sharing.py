"""Whether two places lie in one area: yes or no, by the councils of the areas they lie in."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date

from assistant.answering.consult import open_parts
from assistant.answering.polarity import Verdict
from assistant.answering.quoting import quote_of
from assistant.answering.resting import resting
from assistant.answering.turn import DraftStatement, Finding, Turn
from assistant.areas.engine import AreasEngine
from assistant.areas.meanings import ERB, LAND
from prompts import message
from vectorstore.retrieval import Retriever

_THING = r"(?:plan|area|patch|one{terms})s?"  # what places share; a collection's short names of it are added
_SHARED = (
    r"\b(?:the same|same|one|a single|a joint|a common) (?:[\w-]+ ){{0,3}}?{thing}(?!\w)"
    r"|\bshar(?:e|es|ed|ing) (?:a |an |one |the )?(?:[\w-]+ ){{0,2}}?{thing}(?!\w)"
)
_OF_IT = re.compile(  # what the plans say or who leads them is asked, or it is denied
    r"\bsame (?:sectors?|priorit\w+|themes?|needs|jobs|skills)\b|\b(?:say|says|said)\b"
    r"|\b(?:who|why|when|how|what|which)\b|\b(?:not|no|never|neither)\b|n['’]t\b|\bmore than\b",
    re.IGNORECASE,
)


class Sharing:
    """An engine of the path: "are Oxford and Reading in the same plan?"."""

    def __init__(self, areas: AreasEngine, retriever: Retriever) -> None:
        self._areas = areas
        self._retriever = retriever

    def consult(self, turn: Turn) -> Sequence[Finding]:
        """One finding for a question whether two places share an area; none where either place is not one's alone."""
        on = turn.day_meant
        terms = "".join(f"|{re.escape(t)}" for t, said in turn.profile.vocabulary.items() if _of_plans(t, said))
        asks = re.compile(_SHARED.format(thing=_THING.format(terms=terms)), re.IGNORECASE)
        for part in open_parts(turn):
            if asks.search(part.bare) and not _OF_IT.search(part.bare):
                finding = self._finding(part.standalone, on)
                if finding is not None:
                    return [finding]
        return []

    def _finding(self, text: str, on: date) -> Finding | None:
        mentions = [m for m in self._areas.mentions(text) if not any(x.kind in (ERB, LAND) for x in m.meanings)]
        if len(mentions) != 2:
            return None
        found = [self._areas.locate(m.words, on).areas for m in mentions]
        if any(len(areas) != 1 for areas in found):
            return None
        (first,), (second,) = found
        shared = first == second
        said: list[DraftStatement] = []
        for area in dict.fromkeys((first, second)):
            for fact in self._areas.atlas.of("councils", area, on):
                quote = quote_of(fact, self._retriever, on)
                if quote is not None:
                    before = "" if said else message((Verdict.YES if shared else Verdict.NO).value)
                    said.append(resting(quote, fact.text, before=before))
        if not said:
            return None
        data = {"kind": "sharing", "subject": first, "as_of": on.isoformat(), "shared": shared}
        quotes = tuple(s.quote for s in said)
        return Finding("areas", said[0].text, quotes, data, ".", on=on, statements=tuple(said), leads=True)


def _of_plans(term: str, said: Sequence[str]) -> bool:
    """Whether a term of a collection is its short name for a plan."""
    return term.isupper() and any(s.endswith("plan") for s in said)
