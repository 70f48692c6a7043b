"""What the facts say of the areas a question is about, each finding with the passage that says it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from assistant.answering.consult import open_parts
from assistant.answering.quoting import quote_of
from assistant.answering.turn import Ask, Finding, Turn
from assistant.areas.atlas import erb_names
from assistant.areas.bare import asks_area, is_bare
from assistant.areas.engine import AreasEngine
from assistant.areas.formerly import asks_formerly, day_before
from assistant.areas.locating import Found
from assistant.areas.meanings import ERB
from prompts import message
from vectorstore.facts import Fact
from vectorstore.places.names import key
from vectorstore.profile import AreaFinding
from vectorstore.retrieval import Retriever
from vectorstore.text import content_stems

MOST_BARE = 1  # words of meaning with which a question has no subject of its own
MOST_AREAS = 6  # areas a finding is given for; beyond that the question is about all


class AreaFindings:
    """An engine of the path: findings on areas, each resting on a quotation in force on the date it is about."""

    def __init__(self, areas: AreasEngine, retriever: Retriever) -> None:
        self._areas = areas
        self._retriever = retriever

    def consult(self, turn: Turn) -> Sequence[Finding]:
        """The findings for the kinds of fact that the question asks for; none where no text in force says them."""
        findings: dict[str, Finding] = {}
        parts = open_parts(turn)
        for part in parts:
            bare = len(content_stems(part.own)) <= MOST_BARE  # "who led?" asks of what the one before is about
            own = [] if bare else self._of_part(part.own, turn)
            for finding in own or self._of_part(part.bare, turn):
                findings.setdefault(finding.text, finding)
        if findings or not parts:
            return list(findings.values())
        return self._bare(turn, turn.day_meant) or self._asked_back(turn, [part.own for part in parts])

    def _asked_back(self, turn: Turn, questions: Sequence[str]) -> list[Finding]:
        """For who leads the person's own area, which they do not name: which place it is."""
        u = turn.understanding
        if not u.asks_own_area or u.areas or u.located.places or u.outside is not None:
            return []
        leading = [w for w in turn.profile.area_findings if w.kind == "erb" and w.of == "area"]
        if not any(_asks(question, wanted) for question in questions for wanted in leading):
            return []
        return [Finding("areas", "", (), whole=True, asks=Ask(message("clarify_where")))]

    def _of_part(self, text: str, turn: Turn) -> list[Finding]:
        """The findings of the first kind of fact that one question asks for and that there is."""
        for wanted in turn.profile.area_findings:
            if not _asks(text, wanted):
                continue
            on = turn.as_of if wanted.history else turn.day_meant
            before = self._before(wanted, text, turn)
            alone = wanted.kind == "erb" and asks_area(text, [p.words for p in turn.understanding.located.places])
            if alone:  # every word of it was read
                wanted = wanted.model_copy(update={"broad": False})
            facts = self._facts(wanted, turn, before or on)
            found = [f for fact in facts if (f := self._finding(fact, wanted, before or on, text)) is not None]
            if before and found:
                note = message("note_before", date=before.strftime("%-d %B %Y"))
                found = [replace(found[0], notes=(note,)), *found[1:]]
            if found:
                return [replace(f, whole=True) for f in found] if alone else found
        return []

    def _before(self, wanted: AreaFinding, text: str, turn: Turn) -> date | None:
        """The last day on which another body led, where a question asks who did before and names no time."""
        u = turn.understanding
        if wanted.kind != "erb" or u.period is not None or not (u.located.areas or u.area) or not asks_formerly(text):
            return None

        def areas_on(on: date) -> tuple[str, ...]:
            located = self._areas.locate(turn.interpreted, on).areas if u.located.areas else ()
            return located or (self._areas.atlas.on_date(u.area.id, on) if u.area else ())

        return day_before(self._areas.atlas, areas_on, turn.as_of)

    def _facts(self, wanted: AreaFinding, turn: Turn, on: date) -> list[Fact]:
        atlas, u = self._areas.atlas, turn.understanding
        if wanted.of == "all":
            return [] if u.located.areas and wanted.kind != "several_erbs" else atlas.of(wanted.kind, on=on)
        if wanted.of == "body":
            bodies = self._bodies(turn.interpreted)
            return [f for f in atlas.of(wanted.kind, on=on) if key(f.subject) in bodies]
        if wanted.kind == "ended":
            named = [m.area for mention in self._areas.mentions(turn.interpreted) for m in mention.meanings if m.area]
            return [f for area in dict.fromkeys(named) for f in atlas.of("ended", area, on)]
        then = on < turn.as_of and (u.period is None or wanted.history)
        located = self._areas.locate(turn.interpreted, on) if then or (wanted.history and u.period) else u.located
        areas = (
            located.areas
            or (atlas.on_date(u.area.id, on) if then and u.area else ())
            or ((u.area.id,) if u.area else ())
        )
        if len(areas) > MOST_AREAS:
            return []
        facts = [f for area in areas for f in atlas.of(wanted.kind, area, on)]
        held = {atlas.councils[c].area_2022 for c in located.councils}
        return [f for f in facts if "area" not in f.data or not held or f.data["area"] in (held | {f.subject})]

    def _bodies(self, text: str) -> set[str]:
        """The keys of all names of the bodies that `text` names, "&" and "and" alike."""
        labels = {m.label for mention in self._areas.mentions(text) for m in mention.meanings if m.kind == ERB}
        names: set[str] = set()
        for fact in self._areas.atlas.of("erb"):
            known = {key(n) for n in erb_names(fact)}
            if known & {key(label) for label in labels}:
                names |= known
        return names

    def _bare(self, turn: Turn, on: date) -> list[Finding]:
        """For a question that is little but a place: who leads its area, if the place leads to one."""
        located = turn.understanding.located
        if located.status is not Found.FOUND or len(located.areas) > MOST_AREAS:
            return []
        if not is_bare(turn.interpreted, (p.words for p in located.places)):
            return []
        wanted = AreaFinding(kind="erb", of="area", pattern=".")
        facts = [f for area in located.areas for f in self._areas.atlas.of("erb", area, on)]
        return [f for fact in facts if (f := self._finding(fact, wanted, on, turn.interpreted)) is not None]

    def _finding(self, fact: Fact, wanted: AreaFinding, on: date, question: str) -> Finding | None:
        """The fact with the passage that says it; None if no text in force on the date does."""
        quote = quote_of(fact, self._retriever, on)
        if quote is None:
            return None
        data = {"kind": fact.kind, "subject": fact.subject, "as_of": on.isoformat(), "evidence": str(fact.evidence)}
        return Finding(
            "areas",
            fact.text,
            (quote,),
            data,
            wanted.pattern,
            gap=bool(fact.data.get("gap")),
            gives=wanted.gives if "://" in quote.text else "",
            broad=wanted.broad,
            on=on,
            missing=_missing(fact, question),
        )


def _asks(text: str, wanted: AreaFinding) -> bool:
    """Whether a question asks for a kind of fact."""
    if wanted.unless and re.search(wanted.unless, text, re.IGNORECASE):
        return False
    return re.search(wanted.pattern, text, re.IGNORECASE) is not None


_PARTS = (
    ("lead", re.compile(r"\b(?:who|led|leads?|lead college|which college|held|got)\b", re.IGNORECASE)),
    ("amount", re.compile(r"\b(?:how (?:much|big|large)|size|amount|sum|worth|value|cash|money)\b", re.IGNORECASE)),
)


def _missing(fact: Fact, question: str) -> str:
    """What the question asks of an award that the fact does not hold."""
    if not fact.data.get("found"):
        return ""
    return " and ".join(f"the {name}" for name, asks in _PARTS if not fact.data[name] and asks.search(question))
