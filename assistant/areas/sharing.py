"""Whether two places lie in one area, or one body leads both: yes or no, by their councils or by who leads."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import date

from assistant.answering.consult import open_parts
from assistant.answering.parts import Asked
from assistant.answering.polarity import Verdict
from assistant.answering.quoting import quote_of
from assistant.answering.resting import resting
from assistant.answering.turn import DraftStatement, Finding, Turn
from assistant.areas.atlas import erb_names
from assistant.areas.bare import rest_of
from assistant.areas.dealing import asking_clause
from assistant.areas.engine import AreasEngine
from assistant.areas.meanings import ERB, LAND
from prompts import message
from vectorstore.places.names import key
from vectorstore.retrieval import Retriever
from vectorstore.text import content_stems

_THING = r"(?:plan|area|patch|one{terms})s?"  # what places share; a collection's short names of it are added
_SHARED = (
    r"\b(?:the same|same|one|a single|a joint|a common) (?:[\w-]+ ){{0,3}}?{thing}(?!\w)"
    r"|\bshar(?:e|es|ed|ing) (?:a |an |one |the )?(?:[\w-]+ ){{0,2}}?{thing}(?!\w)"
)
_BODY = r"(?:bod(?:y|ies)|chambers?|people|organi[sz]ations?|lot|outfit|leads?|leaders?|contacts?|one{terms})(?!\w)"
_SAME_BODY = (
    r"\b(?:the same|same|one|a single|a joint|a common) (?:[\w-]+ ){{0,3}}?{body}"
    r"|\bshar(?:e|es|ed|ing) (?:a |an |one |the )?(?:[\w-]+ ){{0,3}}?{body}"
)
_OF_IT = re.compile(  # what the plans say or who leads them is asked, or it is denied
    r"\bsame (?:sectors?|priorit\w+|themes?|needs|jobs|skills)\b|\b(?:say|says|said)\b"
    r"|\b(?:who|why|when|how|what|which)\b|\b(?:not|no|never|neither)\b|n['’]t\b|\bmore than\b",
    re.IGNORECASE,
)


_SAYS_LITTLE = frozenset(  # beside the places: that they share a plan or a body, and nothing of what either does
    content_stems(
        "share shares sharing one single joint common patch body bodies people organisation organization lot outfit"
        " leader leaders leads led lead contact contacts employer representative skills belong fall come cover"
        " covered both two site sites branch branches office offices shop shops depot depots premises actually now"
    )
)
_SET_AGAINST = re.compile(r"^.*:\s+(?=\S+ )")  # the question before, which the turn is set against


class Sharing:
    """An engine of the path: "are Oxford and Reading in the same plan?"."""

    def __init__(self, areas: AreasEngine, retriever: Retriever) -> None:
        self._areas = areas
        self._retriever = retriever

    def consult(self, turn: Turn) -> Sequence[Finding]:
        """One finding for a question whether two places share an area; none where either place is not one's alone."""
        on = turn.day_meant
        vocabulary = turn.profile.vocabulary
        plans = _asking(_SHARED.format(thing=_THING.format(terms=_terms(vocabulary, "plan"))))
        bodies = _asking(_SAME_BODY.format(body=_BODY.format(terms=_terms(vocabulary, "body"))))
        for part in open_parts(turn):
            behind = _SET_AGAINST.sub("", part.bare)
            asked = behind if plans.search(behind) or bodies.search(behind) else part.bare
            of_bodies = bodies.search(asked) is not None and plans.search(asked) is None
            if (of_bodies or plans.search(asked)) and not _OF_IT.search(asked) and not self._asks_more(asked):
                finding = self._finding(part, on, "erb" if of_bodies else "councils")
                if finding is not None:
                    return [finding]
        return []

    def _asks_more(self, text: str) -> bool:
        """Whether `text` asks of anything else than the places and what they share."""
        clause = asking_clause(text)
        return bool(rest_of(clause, (m.words for m in self._areas.mentions(clause))) - _SAYS_LITTLE)

    def _finding(self, part: Asked, on: date, kind: str) -> Finding | None:
        """Whether both places of a question share an area, or the body that leads, by facts of a `kind`."""
        named = [
            m for m in self._areas.mentions(part.standalone) if not any(x.kind in (ERB, LAND) for x in m.meanings)
        ]
        mentions = list({m.words.lower(): m for m in named}.values())
        if len(mentions) != 2:
            return None
        found = [self._areas.locate(m.words, on).areas for m in mentions]
        if any(len(areas) != 1 for areas in found):
            return None
        (first,), (second,) = found
        shared = first == second or (kind == "erb" and self._led_by_one(first, second, on))
        said: list[DraftStatement] = []
        for area in dict.fromkeys((first, second)):
            for fact in self._areas.atlas.of(kind, area, on):
                quote = quote_of(fact, self._retriever, on)
                if quote is not None:
                    before = "" if said else message((Verdict.YES if shared else Verdict.NO).value)
                    said.append(resting(quote, fact.text, before=before))
        if not said:
            return None
        data = {"kind": "sharing", "subject": first, "as_of": on.isoformat(), "shared": shared}
        quotes = tuple(s.quote for s in said)
        return Finding(
            *("areas", said[0].text, quotes, data, re.escape(part.own)),
            on=on,
            statements=tuple(said),
            leads=True,
            whole=kind == "erb",
        )

    def _led_by_one(self, first: str, second: str, on: date) -> bool:
        """Whether the bodies of two areas have a name in common."""
        bodies = [self._areas.atlas.erb(area, on) for area in (first, second)]
        one, other = ({key(n) for n in erb_names(f)} if f is not None else set[str]() for f in bodies)
        return bool(one & other)


def _asking(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern, re.IGNORECASE)


def _terms(vocabulary: Mapping[str, Sequence[str]], thing: str) -> str:
    """The short names of a collection for such a thing, as alternatives behind others."""
    short = [t for t, said in vocabulary.items() if t.isupper() and any(s.endswith(thing) for s in said)]
    return "".join(f"|{re.escape(t)}" for t in short)
