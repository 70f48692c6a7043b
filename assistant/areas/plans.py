"""Whether an area's latest plan is out, as far as is held: by the facts on each area's plan."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from assistant.answering.consult import open_parts
from assistant.answering.polarity import Verdict, asks_yes_or_no
from assistant.answering.quoting import quote_of
from assistant.answering.statements import statements_of_quote
from assistant.answering.turn import DraftStatement, Finding, Turn
from assistant.areas.engine import AreasEngine
from assistant.areas.locating import Found
from prompts import message
from vectorstore.facts import Fact
from vectorstore.retrieval import Retriever

MOST_AREAS = 4
_OUT = re.compile(
    r"\bpublish(?:ed|ing)?\b|\b(?:is|are|has|have|was|come|came|coming|been|it|plan"
    r"|lsip)\b.{0,30}\bout\b(?! of)|\breleased?\b"
    r"|\b(?:launched|brought out|put out|available|finali[sz]ed|appeared|seen|found)\b|\b(?:can|could|may) (?:i"
    r"|we) (?:read|see|get|find)\b"
    r"|\b(?:got|have|has|had|there)\b.{0,20}\b(?:a|an|its|their|our|the) (?:\w+ )?(?:new|newer|latest|second"
    r"|next|20\d\d\S*) (?:\w+ ){0,2}?(?:plan|lsip)\b"
    r"|\bthere (?:yet )?a\b.{0,30}\b(?:plan|lsip)\b.{0,20}\byet\b",
    re.IGNORECASE,
)
_LATEST = re.compile(
    r"\b(?:new|newer|newest|latest|second|next|current|this year['’]?s)\b|\b(?:20)?26\b|\b2026|\byet\b|\b(?:has"
    r"|have)\b",
    re.IGNORECASE,
)
_APPROVED = re.compile(r"\b(?:been|is|was|got) (?:\w+ )?(?:approved|signed off)\b", re.IGNORECASE)  # not the same
_PLAN = re.compile(r"\bplans?\b|\blsips?\b", re.IGNORECASE)


class Plans:
    """An engine of the path: "has the new plan for Reedham been published yet?"."""

    def __init__(self, areas: AreasEngine, retriever: Retriever) -> None:
        self._areas = areas
        self._retriever = retriever

    def consult(self, turn: Turn) -> Sequence[Finding]:
        """One finding for each area asked about; none for what is said in a plan, nor for earlier ones."""
        words = turn.profile.area_plans
        if not words.first or turn.as_of.isoformat() < words.first or turn.day_meant < turn.as_of:
            return []
        for part in open_parts(turn):
            text = part.standalone
            if (
                not (_OUT.search(part.own) or _APPROVED.search(part.own))
                or not _PLAN.search(text)
                or not _LATEST.search(text)
            ):
                continue
            if words.unless and re.search(words.unless, part.own, re.IGNORECASE):
                continue
            facts = self._facts(part.own, turn)
            whether = len(facts) == 1 and asks_yes_or_no(part.own)
            found = [f for fact in facts if (f := self._finding(fact, part.own, turn, whether=whether)) is not None]
            if found:
                return found
        return []

    def _facts(self, own: str, turn: Turn) -> list[Fact]:
        """The facts on the plans of the areas that the question itself names, else of those known."""
        u, on = turn.understanding, turn.as_of
        asked = self._areas.locate(own.rpartition(": ")[2], on)
        areas = asked.areas if asked.status is Found.FOUND else u.located.areas or ((u.area.id,) if u.area else ())
        return [f for a in areas for f in self._areas.atlas.of("plan", a, on)] if len(areas) <= MOST_AREAS else []

    def _finding(self, fact: Fact, question: str, turn: Turn, *, whether: bool) -> Finding | None:
        quote = quote_of(fact, self._retriever, turn.as_of)
        if quote is None:
            return None
        said: list[DraftStatement] = statements_of_quote(quote)
        out = fact.data.get("status") == "published" and not _APPROVED.search(question)
        if out and whether:
            said = [replace(said[0], text=f"{message(Verdict.YES.value)} {said[0].text}"), *said[1:]]
        data = {"kind": "plan", "subject": fact.subject, "as_of": turn.as_of.isoformat()}
        return Finding(
            "areas",
            fact.text,
            (quote,),
            data,
            re.escape(question),
            on=turn.as_of,
            missing="" if out else message("plan_missing"),
            told=not out,
            statements=tuple(said),
            leads=True,
            whole=True,
        )
