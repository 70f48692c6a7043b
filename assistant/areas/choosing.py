"""Which of two areas, or bodies, a place comes under, where a question offers both: the one that it lies in."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from assistant.answering.consult import open_parts
from assistant.answering.quoting import quote_of
from assistant.answering.statements import statements_of_quote
from assistant.answering.turn import Finding, Turn
from assistant.areas.engine import AreasEngine
from assistant.areas.locating import CONTENT
from assistant.areas.meanings import ERB, LAND
from assistant.areas.membership import OTHERWISE
from assistant.areas.mentions import Mention
from vectorstore.retrieval import Retriever

_WORD = re.compile(r"\w+")
_BEFORE_OR = frozenset("s skills plan lsip area body erb one are we is it in under with the be to go".split())
_BEHIND_OR = frozenset("are do should is we it they in under with the to go come part of that maybe rather".split())
_OF_AREAS = re.compile(
    r"\b(?:plans?|lsips?|areas?|erbs?|bod(?:y|ies)|chambers?|under|covered|covers|belongs?|part of|which side"
    r"|fall|come)\b",
    re.IGNORECASE,
)


class Choosing:
    """An engine of the path: "bakery in Reedham - Reedshire plan or Southland plan?"."""

    def __init__(self, areas: AreasEngine, retriever: Retriever) -> None:
        self._areas = areas
        self._retriever = retriever

    def consult(self, turn: Turn) -> Sequence[Finding]:
        """One finding for a question that names a place and offers two others to choose from; else none."""
        for part in open_parts(turn):
            if not re.search(r"\bor\b", part.own, re.IGNORECASE) or not _OF_AREAS.search(part.own):
                continue
            otherwise = OTHERWISE.search(part.own) or CONTENT.search(part.own)
            finding = None if otherwise else self._finding(turn, part.own)
            if finding is not None:
                return [finding]
        return []

    def _finding(self, turn: Turn, asked: str) -> Finding | None:
        text, on, atlas = turn.interpreted, turn.day_meant, self._areas.atlas
        mentions = [m for m in self._areas.mentions(text) if not any(x.kind == LAND for x in m.meanings)]
        offered = next((pair for pair in pairwise(mentions) if _is_choice(text, *pair)), None)
        if offered is None:
            return None
        theirs = [m for m in mentions if m not in offered and not all(x.kind == ERB for x in m.meanings)]
        own = self._areas.locate(" ; ".join(m.words for m in theirs), on).areas if theirs else ()
        own = own or turn.understanding.located.areas  # what is offered may tell which place of a name is meant
        if len(own) != 1 or not all(self._areas.locate(f"{m.words} plan", on).areas for m in offered):
            return None
        facts = [*atlas.of("councils", own[0], on), *atlas.of("erb", own[0], on)]
        quotes = [q for f in facts if (q := quote_of(f, self._retriever, on)) is not None]
        said = [s for q in quotes for s in statements_of_quote(q)]
        if not said:
            return None
        data = {"kind": "choosing", "subject": own[0], "as_of": on.isoformat()}
        return Finding(
            *("areas", said[0].text, tuple(quotes), data, re.escape(asked)),
            on=on,
            statements=tuple(said),
            leads=True,
            whole=True,
        )


def _is_choice(text: str, one: Mention, other: Mention) -> bool:
    """Whether "or" and little else stands between two names."""
    words = _WORD.findall(text[one.end : other.start].lower())
    if words.count("or") != 1:
        return False
    at = words.index("or")
    return _BEFORE_OR.issuperset(words[:at]) and _BEHIND_OR.issuperset(words[at + 1 :])
