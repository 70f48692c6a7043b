"""Whether a place lies in the area that a question names: yes or no, by the councils of the area it does lie in."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date

from assistant.answering.consult import open_parts
from assistant.answering.polarity import Verdict, asks_yes_or_no
from assistant.answering.quoting import quote_of
from assistant.answering.resting import resting
from assistant.answering.turn import DraftStatement, Finding, Turn
from assistant.areas.engine import AreasEngine
from assistant.areas.meanings import AREA, AUTHORITY, ERB, LAND
from assistant.areas.mentions import Mention
from prompts import message
from vectorstore.retrieval import Retriever

ASKED = (
    r"\b(?:in|inside|within|part of|under|covered by|belongs? to|comes? under|fall(?:s|ing)? (?:in|under|within)"
    r"|included in)\b"
)
_OTHERWISE = re.compile(  # asks of money, of what a plan says, or of a change, which other engines know
    r"\b(?:lead|leads|led|award|lsif|sdf|fund\w*|priorit\w*|survey|merg\w*|scrap\w*|going to|mov(?:ed?|ing)|chang\w*"
    r"|split\w*"
    r"|redrawn|switch\w*|pulled|put together|transferr?\w*|join\w*|stay\w*|stays?|different|another|new|bigger"
    r"|other)\b",
    re.IGNORECASE,
)
_PAST = re.compile(r"\W*(?:(?:so|and|but|then)\W+)*(?:was|were|did)\b", re.IGNORECASE)
_DONE_THERE = re.compile(  # asks of what is done at the place: "is it named in ...", "was it spent in ..."
    r"\b(?!(?:based|located|situated|included|placed|counted|covered|involved|represented|listed|classed|grouped)\b)"
    r"(?:[a-z]{3,}ed|spent|given|taken|seen|held|taught|written|shown) (?:in|inside|within|under)\b"
)


class Membership:
    """An engine of the path: "is Bath in the West of England plan?"."""

    def __init__(self, areas: AreasEngine, retriever: Retriever) -> None:
        self._areas = areas
        self._retriever = retriever

    def consult(self, turn: Turn) -> Sequence[Finding]:
        """One finding for a yes/no question that names one area and one place of its own; else none."""
        u = turn.understanding
        on = turn.day_meant
        for part in open_parts(turn):
            text = part.own if asks_yes_or_no(part.own) else part.bare
            if not asks_yes_or_no(text) or not re.search(ASKED, text, re.IGNORECASE):
                continue
            if _OTHERWISE.search(text) or _DONE_THERE.search(text):
                continue
            past = u.period is None and _PAST.match(text) is not None
            finding = self._finding(self._areas.mentions(part.standalone), on, past=past)
            if finding is not None:
                return [finding]
        return []

    def _finding(self, mentions: Sequence[Mention], on: date, *, past: bool) -> Finding | None:
        areas = {m.area for mention in mentions for m in mention.meanings if m.kind == AREA and m.area}
        others = [
            m for m in mentions if not any(x.kind in (AREA, AUTHORITY, ERB, LAND) for x in m.meanings) and not m.near
        ]
        beside = any(all(m.kind == AUTHORITY for m in mention.meanings) for mention in mentions)
        if len(areas) != 1 or len(others) != 1 or beside:  # whether it lies in an authority too is not said here
            return None
        if past:  # of an area that has ended, until it did; of one that goes on nobody said when
            ended = [f.valid_to for f in self._areas.atlas.of("area", next(iter(areas)))]
            if not ended or None in ended:
                return None
            on = max(day for day in ended if day is not None)
        place = self._areas.locate(others[0].words, on)
        if len(place.areas) != 1:
            return None
        [named], [own] = areas, place.areas
        inside = named == own
        meant = {a for m in others[0].meanings for a in self._areas.atlas.areas_of(m.councils, on)}
        if not inside and named in meant:
            return None  # a smaller place of that name lies in it: which is meant is not for this engine to say
        atlas = self._areas.atlas
        said: list[DraftStatement] = []
        facts = [*atlas.of("councils", own, on), *([] if inside else atlas.of("ended", named, on))]
        for fact in facts:
            quote = quote_of(fact, self._retriever, on)
            if quote is not None:
                before = "" if said else message((Verdict.YES if inside else Verdict.NO).value)
                said.append(resting(quote, fact.text, before=before))
        if not said:
            return None
        data = {"kind": "membership", "subject": own, "as_of": on.isoformat(), "inside": inside}
        quotes = tuple(s.quote for s in said)
        notes = (message("note_before", date=on.strftime("%-d %B %Y")),) if past else ()
        return Finding(
            "areas", said[0].text, quotes, data, ASKED, on=on, statements=tuple(said), notes=notes, leads=True
        )
