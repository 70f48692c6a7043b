"""Where sources in force differ: what each says, with its date, in order of precedence, and which goes first."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from assistant.answering.consult import open_parts
from assistant.answering.quoting import quote_of
from assistant.answering.resting import resting
from assistant.answering.turn import DraftStatement, Finding, Quote, Turn
from assistant.answering.verify import figures_of
from assistant.timeline.wording import human
from prompts import message
from vectorstore.catalogue import Catalogue
from vectorstore.facts import Fact
from vectorstore.generations import PerGeneration
from vectorstore.retrieval import Retriever
from vectorstore.snapshot import Snapshot
from vectorstore.text import content_stems

MOST_OF_SUBJECT = 0.75  # share of the words of the matter
MOST_OF_QUESTION = 0.5  # share of the words of a question that must be of the matter
_DIFFER = re.compile(
    r"\b(?:which|who|what) (?:one )?(?:is|are|was) (?:right|correct|true|it)\b|\b(?:differ|disagree"
    r"|conflict|contradict|clash)\w*\b"
    r"|\b(?:two|several|both|other|different) (?:sources|figures|numbers|answers|dates|versions|pages)\b"
    r"|\b(?:some|others?|elsewhere) (?:say|says|claim|report)\w*\b|\b(?:is it|was it)\b.{0,60}\bor\b"
    r"|\bwhich (?:source|figure|takes precedence|goes first|wins)\b",
    re.IGNORECASE,
)
PRECEDENCE = ("law", "statutory_guidance", "notice", "plan", "press")


@dataclass(frozen=True, slots=True)
class Difference:
    """One matter, what each source says of it in order of precedence, and the sentence that settles it."""

    id: str
    named: re.Pattern[str]
    sides: tuple[Fact, ...]
    resolution: Fact | None


def _asks(difference: Difference, text: str) -> bool:
    """Whether a text names the matter, and asks which source is right or for little but the matter."""
    if not difference.named.search(text):
        return False
    subject = set(content_stems(difference.sides[0].data["subject"]))
    said = set(content_stems(text))
    if _DIFFER.search(text):
        return True
    named = subject & said
    return len(named) >= MOST_OF_SUBJECT * len(subject) and len(named) >= MOST_OF_QUESTION * len(said)


def _is_of(difference: Difference, turn: Turn) -> bool:
    """Whether a matter is one of the areas that a question names, where it names any: no national sum is its own."""
    names = [n for a in turn.understanding.areas_named for n in (a.name, *a.names)]
    told = " ".join(f"{f.text} {f.data['subject']}" for f in difference.sides)
    return not names or any(re.search(rf"\b{re.escape(n)}\b", told, re.IGNORECASE) for n in names)


class ConflictFindings:
    """An engine of the path: the matters that the data records as told differently by several sources."""

    def __init__(self, catalogue: Catalogue, snapshot: Callable[[], Snapshot], retriever: Retriever) -> None:
        self._catalogue = catalogue
        self._retriever = retriever
        self._held = PerGeneration(snapshot, self._read)

    def _read(self, snapshot: Snapshot) -> tuple[Difference, ...]:
        facts = self._catalogue.facts(snapshot.collection, ("conflict", "conflict_side"))
        sides: dict[str, list[Fact]] = {}
        for fact in facts:
            if fact.kind == "conflict_side":
                sides.setdefault(fact.subject, []).append(fact)
        resolutions = {f.subject: f for f in facts if f.kind == "conflict"}
        return tuple(
            Difference(
                subject,
                re.compile(told[0].data["asked_as"], re.IGNORECASE),
                tuple(sorted(told, key=lambda f: PRECEDENCE.index(f.data["rank"]))),
                resolutions.get(subject),
            )
            for subject, told in sides.items()
        )

    def consult(self, turn: Turn) -> Sequence[Finding]:
        """A finding for each question that names such a matter."""
        found: list[Finding] = []
        for part in open_parts(turn):
            difference = next((d for d in self._held() if _asks(d, part.bare) and _is_of(d, turn)), None)
            finding = self._of(difference, turn.as_of) if difference else None
            if finding is not None and finding.text not in {f.text for f in found}:
                settles = _DIFFER.search(part.bare) is not None  # else other engines may say more of it
                found.append(replace(finding, answers=re.escape(part.own), leads=settles))
        return found

    def _of(self, difference: Difference, on: date) -> Finding | None:
        """Both sides, or nothing: one side alone would be one source told as the truth."""
        told = [(f, quote_of(f, self._retriever, on)) for f in difference.sides if f.holds(on)]
        if len(told) < 2 or any(q is None for _, q in told):
            return None
        statements = []
        for fact, quote in told:
            assert quote is not None
            statements.append(resting(quote, quote.text, before=_source(fact, quote), role="item"))
        subject = message("conflict_lead_on", subject=difference.sides[0].data["subject"])
        first = statements[0].quote
        lead = resting(
            first, subject if figures_of(subject) <= figures_of(first.text) else message("conflict_lead"), role="lead"
        )
        said = [lead, *statements]
        settling = quote_of(difference.resolution, self._retriever, on) if difference.resolution else None
        if settling is not None:
            said.append(DraftStatement(settling.text, settling))
        data = {"kind": "conflict", "conflict": difference.id, "as_of": on.isoformat()}
        quotes = tuple(dict.fromkeys(s.quote for s in said))
        notes = _dates([f for f, _ in told])
        return Finding(
            "conflicts", lead.text, quotes, data, ".", on=on, statements=tuple(said), notes=notes, leads=True
        )


def _dates(sides: Sequence[Fact]) -> tuple[str, ...]:
    """The date of each source, as a note: its words seldom say it."""
    if not any(f.data["dated"] for f in sides):
        return ()
    return (message("conflict_dates", dates="; ".join(_day(f) or message("conflict_no_date") for f in sides)),)


def _day(side: Fact) -> str:
    return human(date.fromisoformat(side.data["dated"])) if side.data["dated"] else ""


def _source(fact: Fact, quote: Quote) -> str:
    """The kind of source, with its date where the quotation says that date too."""
    source, day = message(f"rank_{fact.data['rank']}"), _day(fact)
    if day and day in quote.text:
        return message("conflict_side_dated", source=source, dated=day)
    return message("conflict_side", source=source)
