"""Whether the body that somebody has dealt with is the one for where they are: yes or no, by who leads there."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from assistant.answering.consult import open_parts
from assistant.answering.polarity import Verdict
from assistant.answering.quoting import quote_of
from assistant.answering.statements import statements_of_quote
from assistant.answering.turn import DraftStatement, Finding, Turn
from assistant.areas.atlas import body_names, erb_names
from assistant.areas.bare import rest_of
from assistant.areas.earlier_leads import led_before
from assistant.areas.engine import AreasEngine
from assistant.areas.meanings import ERB
from prompts import message
from vectorstore.places.names import key
from vectorstore.retrieval import Retriever
from vectorstore.text import content_stems

_RIGHT = (
    r"(?:right|correct|proper) (?:people|body|chambers?|ones?|place|organi[sz]ation|lot|outfit|contacts?"
    r"|door|folk|crowd|person)"
)
_ASKED = re.compile(
    rf"^\W*(?:(?:so|and|but|then)\W+)*(?:still |is |are |was |were )?(?:\S+ ){{0,8}}?(?:the )?{_RIGHT}\b"
    r"|\b(?:is|are|do|does|should|can|could|would|shall)\b(?:n['’]t)? (?:\S+ ){0,8}?still\b"
    r"|^\W*(?:(?:so|and|but|then)\W+)*still (?:\S+ ){0,3}?(?:them|theirs?|ours?|us|who|the ones?|my|our|with)\b"
    rf"|[,;:–-]\s*(?:still )?(?:the )?{_RIGHT}\W*\?",
    re.IGNORECASE,
)
_DEALT_WITH = re.compile(
    rf"\b{_RIGHT}\b|\bstill (?:with )?(?:them|theirs?|him|her|those|ours?)\b"
    r"|\b(?:the ones?|deals?|dealing|go(?:es|ing)? (?:to|through|with)|speak|talk|ring|call|phone|contact|turn to"
    r"|look(?:s|ing)? after|cover(?:s|ing)?|respons\w+|in charge|represent(?:s|ing)?|lead(?:s|ing)?"
    r"|our (?:body|erb|chamber|contacts?)|who (?:we|i)|handl(?:es?|ing))\b",
    re.IGNORECASE,
)
_DENIED = re.compile(r"n['’]t\b|\b(?:not|no longer|never|why|when|who is|who['’]s|what|which|how)\b", re.IGNORECASE)
_SAYS_LITTLE = frozenset(  # of leading an area, of dealing with its firms and of nothing else that a body does
    content_stems(
        "right correct proper people person body chamber one ones place organisation organization lot outfit"
        " contact contacts door folk crowd deal deals dealing go goes going through speak talk ring call phone turn"
        " look looks looking after cover covers covering responsible charge represent represents representing lead"
        " leads leading handle handles handling still skills today now currently employer representative"
    )
)
_CLAUSE = re.compile(
    r"(?:[,;:–-]\s*|\s-\s)(?=(?:(?:so|and|but|then) )*(?:is|are|do|does|should|can|could|would|shall|still|same"
    r"|the right)\b)",
    re.IGNORECASE,
)


def asking_clause(text: str) -> str:
    """What `text` asks, without what is told before it: "I'm in Reedham, is it still them?"."""
    return _CLAUSE.split(text)[-1]


class Dealing:
    """An engine of the path: "shop in Reedham; the Moor Chamber used to ring us. Is it still them?"."""

    def __init__(self, areas: AreasEngine, retriever: Retriever) -> None:
        self._areas = areas
        self._retriever = retriever

    def consult(self, turn: Turn) -> Sequence[Finding]:
        """One finding where a question of that kind names one body and one area; else none."""
        if turn.understanding.period is not None:
            return []
        for part in open_parts(turn):
            asked = part.own.rpartition(". ")[2]
            if _ASKED.search(asked) and _DEALT_WITH.search(asked) and not _DENIED.search(asked.rpartition(" - ")[2]):
                finding = None if self._asks_more(asked) else self._finding(turn)
                if finding is not None:
                    return [replace(finding, answers=re.escape(part.own))]
        return []

    def _asks_more(self, text: str) -> bool:
        """Whether `text` asks of anything else than who leads: an offer, a survey, a seat on a board."""
        clause = asking_clause(text)
        return bool(rest_of(clause, (m.words for m in self._areas.mentions(clause))) - _SAYS_LITTLE)

    def _finding(self, turn: Turn) -> Finding | None:
        atlas, located, on = self._areas.atlas, turn.understanding.located, turn.as_of
        named = {
            frozenset(m.label for m in mention.meanings)
            for mention in self._areas.mentions(turn.interpreted)
            if any(m.kind == ERB for m in mention.meanings)
        }
        placed = located.areas if any(p.kind != ERB for p in located.places) else ()
        if not placed and turn.asked.area and turn.understanding.area:
            placed = (turn.understanding.area.id,)
        fact = atlas.erb(placed[0], on) if len(placed) == 1 and len(named) == 1 else None
        quote = quote_of(fact, self._retriever, on) if fact is not None and fact.data.get("name") else None
        if fact is None or quote is None:
            return None
        names = {key(n) for label in next(iter(named)) for n in body_names(label)}
        leads = bool(names & {key(n) for n in erb_names(fact)})
        first, *others = statements_of_quote(quote)
        verdict = Verdict.YES if leads else Verdict.NO
        said: list[DraftStatement] = [replace(first, text=f"{message(verdict.value)} {first.text}"), *others]
        if not leads:
            said += led_before(atlas, self._retriever, fact.subject, names, located.councils, on)
        data = {"kind": "leading", "subject": fact.subject, "as_of": on.isoformat(), "leads": leads}
        quotes = tuple(dict.fromkeys(s.quote for s in said))
        return Finding("areas", said[0].text, quotes, data, on=on, statements=tuple(said), leads=True, whole=True)
