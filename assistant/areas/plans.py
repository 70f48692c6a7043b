"""Whether an area's latest plan is out, as far as is held: by the facts on each area's plan."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace

from assistant.answering.consult import open_parts
from assistant.answering.polarity import Verdict, asks_yes_or_no
from assistant.answering.quoting import quote_of
from assistant.answering.statements import statements_of_quote
from assistant.answering.turn import DraftStatement, Finding, Turn
from assistant.areas.bare import rest_of
from assistant.areas.engine import AreasEngine
from assistant.areas.locating import Found
from assistant.areas.mentions import Mention
from prompts import message
from vectorstore.facts import Fact
from vectorstore.retrieval import Retriever
from vectorstore.text import content_stems

MOST_AREAS = 4
_PLAN = re.compile(r"\bplans?\b|\blsips?\b", re.IGNORECASE)
_NEW = r"(?:new|newer|newest|latest|second|next|20\d\d\S*)"
_BETWEEN = (  # what may stand between the plan and what became of it, for the plan to be what that is said of
    r"(?:the|a|an|its|their|our|his|her|local|skills|improvement|for|of|in|area|is|are|was|were|has|have|had|been|be"
    rf"|being|got|yet|now|already|finally|actually|officially|come|came|coming|going|still|not|to|it|will|s|{_NEW})"
)
_PUBLISHED = (
    r"(?:published|publishing|released?|out(?! of)|available|ready|finali[sz]ed|launched|appeared|issued|live)"
)
_ITS = rf"(?:the|a|an|its|their|our|local|skills|improvement|area|s|{_NEW})"
_OUT = re.compile(
    rf"\b(?:plans?|lsips?|it)\W+(?:{_BETWEEN}\W+){{0,12}}?{_PUBLISHED}\b"
    r"|\b(?:publish(?:ed|ing|es)?|releas(?:ed?|ing)|launched|finali[sz]ed|brought out|put out"
    r"|(?:can|could|may|where|when|how|able to) (?:\w+ ){0,4}?(?:read|see|get|find))"
    rf"\W+(?:{_ITS}\W+){{0,8}}?(?:plans?|lsips?)\b"
    rf"|\b(?:got|have|has|had|there)\b.{{0,20}}\b(?:a|an|its|their|our|the) (?:\w+ )?{_NEW} (?:\w+ ){{0,2}}?"
    r"(?:plan|lsip)\b|\bthere (?:yet )?a\b.{0,30}\b(?:plan|lsip)\b.{0,20}\byet\b",
    re.IGNORECASE,
)
_LATEST = re.compile(
    r"\b(?:new|newer|newest|latest|second|next|this year['’]?s)\b|\b(?:20)?26\b|\b2026|\byet\b"
    r"|\bha(?:s|ve)\b.*\bplan\b.*\b(?:been (?:published|released)|come out)\b",  # of the one that is awaited
    re.IGNORECASE,
)
_APPROVED = re.compile(r"\b(?:been|is|was|got) (?:\w+ )?(?:approved|signed off)\b", re.IGNORECASE)  # not the same
_SAYS_LITTLE = frozenset(  # beside the plan and its place: that it is out, and when
    content_stems(
        "skills improvement new newer newest latest second next year publish published publishing release released"
        " available ready finalised finalized launched appeared issued live come came coming going brought put online"
        " read see get find copy 2026 2029 26 29"
        " yet already now finally actually officially still day date month year"
    )
)
_OF_APPROVAL = frozenset(content_stems("approved signed secretary state"))
_UNSURE = re.compile(r"\b(?:not|never|still|no|cannot|without)\b|n['’]t\b|\bto be\b|\bready to\b", re.IGNORECASE)
_OTHER = re.compile(
    r"\b(?:who|whom|whose|why|how(?! (?:can|do|could) (?:i|we)\b)|which|what(?! (?:date|day|month|year)\b)|under"
    r"|through|by)\b",
    re.IGNORECASE,
)  # asks of more than whether and when


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
            text, named = part.standalone, self._areas.mentions(part.own)
            own = _blanked(part.own, named)
            approved = _APPROVED.search(own) is not None
            if not (_OUT.search(own) or approved) or not _PLAN.search(text) or not _LATEST.search(text):
                continue
            if _OTHER.search(own) or rest_of(_last(own), ()) - _SAYS_LITTLE - (_OF_APPROVAL if approved else set()):
                continue
            if words.unless and re.search(words.unless, part.own, re.IGNORECASE):
                continue
            facts = self._facts(part.own, turn)
            whether = len(facts) == 1 and asks_yes_or_no(part.own) and not _UNSURE.search(part.own)
            found = [f for fact in facts if (f := self._finding(fact, part.own, turn, whether=whether)) is not None]
            if found:
                return found
        return []

    def _facts(self, own: str, turn: Turn) -> list[Fact]:
        """The facts on the plans of the areas that the question itself names, else of those known."""
        u, on = turn.understanding, turn.as_of
        asked = self._areas.locate(_last(own), on)
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


def _last(text: str) -> str:
    """`text` without what is told before the question: "Reedham has published: is the plan for Deal out?"."""
    return re.split(r"[.:;]\s+|\s[–-]\s", text)[-1]


def _blanked(text: str, mentions: Iterable[Mention]) -> str:
    """`text` with the names of places in it left out, so that they part no words that belong together."""
    for mention in sorted(mentions, key=lambda m: -m.start):
        text = f"{text[: mention.start]} {text[mention.end :]}"
    return text
