"""What the texts of one area say under a heading that a question asks for, or that it is not held."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date

from assistant.answering.consult import open_parts
from assistant.answering.parts import asked
from assistant.answering.specifics import years
from assistant.answering.turn import Finding, Quote, Turn
from assistant.areas.bare import rest_of
from vectorstore.model import Hit
from vectorstore.profile import AreaSection
from vectorstore.retrieval import Retriever
from vectorstore.text import content_stems

MOST_PASSAGES = 2
MOST_STEMS = 3  # words of meaning beside place and heading, up to which a question asks for the section as a whole


class AreaSections:
    """An engine of the path: a section of the area's own newest text, quoted whole."""

    def __init__(self, retriever: Retriever) -> None:
        self._retriever = retriever

    def consult(self, turn: Turn) -> Sequence[Finding]:
        """Findings for the first kind of section that the question asks for as a whole; none for other questions."""
        u = turn.understanding
        if len(u.areas_named or ((u.area,) if u.area else ())) != 1 or not open_parts(turn):
            return ()
        on = turn.day_meant
        for wanted in turn.profile.area_sections:
            if re.search(wanted.pattern, turn.interpreted, re.IGNORECASE):
                hits = self._retriever.area_passages(u.areas, on)
                if not self._is_specific(turn, wanted, hits):
                    return list(self._findings(wanted, turn, hits, on))
        return ()

    def _is_specific(self, turn: Turn, wanted: AreaSection, hits: Sequence[Hit]) -> bool:
        """Whether the question asks for something inside the section, or elsewhere in the area's texts."""
        [part, *others] = asked(turn.interpreted)
        rest = rest_of(part.own, (p.words for p in turn.understanding.located.places))
        rest = {s for s in rest - set(content_stems(wanted.words)) if not s.isdigit()}
        names = {s for a in turn.profile.areas for s in content_stems(a.name)}
        headings = {
            s for h in hits for s in content_stems(" ".join(h.passage.heading)) if not _under(h, wanted.headings)
        }
        return bool(others) or len(rest) > MOST_STEMS or bool((rest - names) & headings)

    def _findings(self, wanted: AreaSection, turn: Turn, hits: Sequence[Hit], on: date) -> Iterator[Finding]:
        held = [h for h in hits if _under(h, wanted.headings) and not h.passage.gap]
        held = [h for h in held if not (wanted.but_not and _under(h, wanted.but_not))]
        asked_of = years(turn.interpreted)
        named = [h for h in held if asked_of & years(h.version.title)]
        if asked_of and held and not named and turn.understanding.period is None:
            return  # what is held is of another year's text than the one that is asked for
        held = named or held
        gaps = [h for h in hits if h.passage.gap and re.search(wanted.not_held, h.passage.text, re.IGNORECASE)]
        held.sort(key=lambda h: self._order(h, turn))
        newest = [h for h in held if held and h.version.document_id == held[0].version.document_id]
        for hit in newest[:MOST_PASSAGES] or gaps[:1]:
            passage = hit.passage
            quote = Quote(hit, passage.start, passage.end, passage.text)
            data = {"kind": "section", "subject": hit.version.area or "", "as_of": on.isoformat()}
            yield Finding("areas", passage.text, (quote,), data, wanted.pattern, gap=passage.gap, on=on)

    @staticmethod
    def _order(hit: Hit, turn: Turn) -> tuple[bool, int, int, int]:
        """The area's own text before an earlier area's, the newest first, headings with the words asked first."""
        u = turn.understanding
        own = hit.version.area in {a.id for a in u.areas_named or ((u.area,) if u.area else ())}
        named = [int(y) for y in years(hit.version.title)]
        said = set(content_stems(hit.passage.heading[-1])) & set(content_stems(turn.interpreted))
        return (not own, -max(named, default=0), -len(said), hit.passage.ordinal)


def _under(hit: Hit, pattern: str) -> bool:
    return bool(hit.passage.heading) and re.search(pattern, hit.passage.heading[-1], re.IGNORECASE) is not None
