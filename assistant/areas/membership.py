"""Whether a place lies in the area that a question names: yes or no, by the councils of the area it does lie in."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from datetime import date

from assistant.answering.consult import open_parts
from assistant.answering.polarity import Verdict, asks_yes_or_no
from assistant.answering.quoting import quote_of
from assistant.answering.resting import resting
from assistant.answering.turn import DraftStatement, Finding, Turn
from assistant.areas.bare import rest_of
from assistant.areas.engine import AreasEngine
from assistant.areas.locating import Found, own_mentions, supposed
from assistant.areas.meanings import AREA, AUTHORITY, ERB, LAND
from prompts import message
from vectorstore.retrieval import Retriever
from vectorstore.text import content_stems

ASKED = (
    r"\b(?:in|inside|within|part of|under|covered by|belongs? to|comes? under|fall(?:s|ing)? (?:in|under|within)"
    r"|included in)\b"
)
OTHERWISE = re.compile(  # asks of money, of what a plan says, or of a change, which other engines know
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


_TAG = re.compile(  # "..., wouldn't we?", "... am I right"
    r"\b(?:is|are|was|were|do|does|did|would|wo|could|should|have|has|ca|ai)n['’]?t (?:we|i|it|they|you|that|he"
    r"|she)\W*$"
    r"|[,–-]\s*(?:am i right|correct|right|yes|true|no)\W*$",
    re.IGNORECASE,
)


_WH = re.compile(r"\b(?:who|whom|whose|what|which|when|where|why|how)\b", re.IGNORECASE)


_SUPPOSED = re.compile(  # "we're in Reedham, so part of Reedshire?": the asker's own place, told to be confirmed
    r"\b(?:we|i)(?:['’](?:re|m|d be|ll be)| are| am| would be| must be| fall| come)"
    rf" (?:(?:still|also|just|then|now|based|located|near|here) )*(?:{ASKED}|near\b)|\b(?:we|i) belong to\b",
    re.IGNORECASE,
)
_SOUGHT = re.compile(
    r"\b(?:courses?|training|bootcamps?|apprentic\w+|grants?|jobs?|help|support|providers?)\b", re.IGNORECASE
)
_SAYS_LITTLE = frozenset(
    content_stems("part cover covered belong belongs lie lies come comes fall falls include included inside within")
)


def seeks_yes_or_no(text: str, places: Iterable[str] = ()) -> bool:
    """Whether `text` asks for yes or no, be it by what it adds behind a statement, or by `places` alone and "?"."""
    if asks_yes_or_no(text) or re.search(r"\bor\b", text, re.IGNORECASE):
        return asks_yes_or_no(text)
    if _TAG.search(text):
        return True
    if not text.rstrip().endswith("?") or _WH.search(text):
        return False
    own = _SUPPOSED.search(text) is not None and _SOUGHT.search(text) is None
    return own or not rest_of(text, places) - _SAYS_LITTLE


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
            places = [m.words for m in self._areas.mentions(part.standalone)]
            text = part.own if seeks_yes_or_no(part.own, places) else part.bare
            if not seeks_yes_or_no(text, places) or not re.search(ASKED, text, re.IGNORECASE):
                continue
            if OTHERWISE.search(text) or _DONE_THERE.search(text):
                continue
            past = u.period is None and _PAST.match(text) is not None
            finding = self._finding(part.standalone, on, past=past)
            if finding is not None:
                return [finding]
        return []

    def _finding(self, text: str, on: date, *, past: bool) -> Finding | None:
        mentions = own_mentions(self._areas.mentions(text), text)
        areas = {m.area for mention in mentions for m in mention.meanings if m.kind == AREA and m.area}
        others = [m for m in mentions if not any(x.kind in (AREA, AUTHORITY, ERB, LAND) for x in m.meanings)]
        if not areas:  # "the Reedham plan" is that of the area it lies in
            named = [m for m in others if supposed(m, text)]
            areas = {a for m in named for a in self._areas.locate(f"{m.words} plan", on).areas}
            others = [m for m in others if m not in named]
        others = [m for m in others if not m.near] or others
        beside = any(all(m.kind == AUTHORITY for m in mention.meanings) for mention in mentions)
        if len(areas) != 1 or len(others) != 1 or beside:  # whether it lies in an authority too is not said here
            return None
        if past:  # of an area that has ended, until it did; of one that goes on nobody said when
            last = [f.valid_to for f in self._areas.atlas.of("area", next(iter(areas)))]
            if not last or None in last:
                return None
            on = max(day for day in last if day is not None)
        alone = self._areas.locate(others[0].words, on)
        in_text = [p.areas for p in self._areas.locate(text, on).places if p.start == others[0].start]
        place = in_text[0] if alone.status is Found.AMBIGUOUS and in_text else alone.areas
        if len(place) != 1:
            return None
        [asked], [own] = areas, place
        inside = asked == own
        meant = {a for m in others[0].meanings for a in self._areas.atlas.areas_of(m.councils, on)}
        if not inside and asked in meant:
            return None  # a smaller place of that name lies in it: which is meant is not for this engine to say
        atlas = self._areas.atlas
        said: list[DraftStatement] = []
        ended = [] if inside else atlas.of("ended", asked, on)  # says where its councils went
        if own in atlas.successors(asked):
            facts = [*ended, *atlas.of("change", own, on)]
        else:
            facts = [*atlas.of("councils", own, on), *ended]
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
