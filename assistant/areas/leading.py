"""Whether a named body leads an area: yes or no, by the facts on who leads it; nothing where they do not settle it.

Yes is said where the body is the one that leads; no only of a body that is known to be another. A name that is not
known may be a new or short one of the body that leads, so nothing is claimed of it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from assistant.answering.consult import open_parts
from assistant.answering.polarity import Verdict, plainly_asked
from assistant.answering.quoting import quote_of
from assistant.answering.statements import statements_of_quote
from assistant.answering.turn import DraftStatement, Finding, Turn
from assistant.areas.atlas import body_names, erb_names
from assistant.areas.engine import AreasEngine
from assistant.areas.locating import Found
from assistant.areas.meanings import ERB
from prompts import message
from vectorstore.facts import Fact
from vectorstore.places.names import key
from vectorstore.profile import AreaLeads
from vectorstore.retrieval import Retriever

_PAST = frozenset({"was", "were", "did"})
_AGAIN = r"(?:(?:still|now|also|currently|really|actually) )*"
_GENERAL = frozenset("chamber chambers of commerce and industry business local the employers employer".split())
_WORD = re.compile(r"[^\W_]+(?:['’-][^\W_]+)*")


@dataclass(frozen=True, slots=True)
class Claim:
    """What a question asks of a body: its name as written, how the role is called, and the words behind."""

    body: str
    role: str
    tail: str
    past: bool
    a_body: bool = False  # "is it an ...": one of those that lead, wherever


def read(text: str, words: AreaLeads) -> Claim | None:
    """The claim that `text` asks about; None if it asks nothing of the kind."""
    if not words.role or not plainly_asked(text):
        return None
    begin = r"^\W*(?:(?:so|and|but|then|ok|hi|hello)\W+)*"
    patterns = (
        rf"{begin}(?P<aux>is|are|was|were) (?P<body>.+?) {_AGAIN}(?:(?P<article>the|an?) )?(?P<role>{words.role})\b",
        rf"{begin}(?P<aux>do|does|did) (?P<body>.+?) {_AGAIN}(?P<article>)(?P<role>{words.verbs})\b",
    )
    for pattern in patterns:
        found = re.search(pattern, text, re.IGNORECASE)
        if found:
            one_of_many = (found["article"] or "").lower() in ("a", "an")
            tail = text[found.end() :]
            return Claim(found["body"], found["role"], tail, found["aux"].lower() in _PAST, one_of_many)
    return None


class Leading:
    """An engine of the path: "is the Reed Chamber the body for Reedshire?"."""

    def __init__(self, areas: AreasEngine, retriever: Retriever) -> None:
        self._areas = areas
        self._retriever = retriever

    def consult(self, turn: Turn) -> Sequence[Finding]:
        """One finding for each question whether a body leads, where the facts settle it."""
        found = []
        for part in open_parts(turn):
            claim = read(part.own, turn.profile.area_leads)
            finding = self._finding(claim, turn) if claim else None
            if finding is not None:
                found.append(replace(finding, answers=re.escape(part.own)))
        return found

    def _finding(self, claim: Claim, turn: Turn) -> Finding | None:
        period = turn.understanding.period
        on = turn.day_meant
        if claim.past and period is None:  # whether it ever led is not what the facts of one day say
            return None
        area = self._area(claim, turn, on)
        fact = self._areas.atlas.erb(area, on) if area else None
        if fact is None or not fact.data.get("name"):
            return None
        if period is not None and self._names(self._areas.atlas.erb(fact.subject, period.start)) != self._names(fact):
            return None
        leads = bool(_keys(body_names(claim.body)) & self._names(fact))
        if not leads and not self._is_another(claim, fact, turn.profile.area_leads):
            return None
        return self._said(fact, on, leads=leads)

    def _area(self, claim: Claim, turn: Turn, on: date) -> str:
        """The one area asked about: named behind the role, asked from, or the one that the body has to do with.

        "" where other words stand there too: the body may lead something else.
        """
        mentions = self._areas.mentions(claim.tail)
        rest = claim.tail
        for mention in mentions:
            rest = rest.replace(mention.words, " ")
        period = turn.understanding.period
        beside = {*turn.profile.area_leads.beside.split(), *key(period.words if period else "").split()}
        if any(key(w) not in beside for w in _WORD.findall(rest)):
            return ""
        if mentions:
            located = self._areas.locate(claim.tail, on)
            return located.areas[0] if located.status is Found.FOUND and len(located.areas) == 1 else ""
        u = turn.understanding
        if u.area and (turn.asked.area or any(p.kind != ERB for p in u.located.places)):
            return u.area.id
        theirs = {f.subject for f in self._all(on) if _keys(body_names(claim.body)) & self._names(f)}
        theirs |= {f.subject for f in self._partnered(claim, on)}
        return next(iter(theirs)) if len(theirs) == 1 else ""

    def _is_another(self, claim: Claim, fact: Fact, words: AreaLeads) -> bool:
        """Whether the body is known to be another than the one that leads, and never led this area or one before."""
        names, atlas = _keys(body_names(claim.body)), self._areas.atlas
        if claim.a_body:
            return False
        lineage = {fact.subject, *atlas.predecessors.get(fact.subject, ())}
        if any(names & self._names(f) for f in atlas.of("erb") if f.subject in lineage):
            return False
        if self._partnered(claim, None):
            return bool(re.fullmatch(words.sole, claim.role, re.IGNORECASE))
        if any(names & self._names(f) for f in atlas.of("erb")):
            return True
        kinds = re.compile(rf"\b(?:{words.others})\b", re.IGNORECASE) if words.others else None
        return bool(kinds and kinds.search(claim.body)) and not any(
            kinds.search(str(f.data.get("name", ""))) for f in atlas.of("erb") if kinds
        )

    def _partnered(self, claim: Claim, on: date | None) -> list[Fact]:
        """The facts that name the body as a partner of one that leads."""
        if set(key(claim.body).split()) <= _GENERAL:
            return []
        found = []
        for fact in self._areas.atlas.of("erb_partners", on=on):
            own = key(str(fact.data.get("name", "")))
            others = f" {key(fact.text)} ".replace(f" {own} ", " ")
            if any(f" {name} " in others for name in _keys(body_names(claim.body))):
                found.append(fact)
        return found

    def _said(self, fact: Fact, on: date, *, leads: bool) -> Finding | None:
        atlas = self._areas.atlas
        quote = quote_of(fact, self._retriever, on)
        if quote is None:
            return None
        first, *others = statements_of_quote(quote)
        verdict = Verdict.YES if leads else Verdict.NO
        said: list[DraftStatement] = [replace(first, text=f"{message(verdict.value)} {first.text}"), *others]
        if not leads:  # whom the body that leads works with may be the one asked about
            quotes = [quote_of(f, self._retriever, on) for f in atlas.of("erb_partners", fact.subject, on)]
            said += [s for q in quotes if q is not None for s in statements_of_quote(q)]
        data = {"kind": "leading", "subject": fact.subject, "as_of": on.isoformat(), "leads": leads}
        quotes_of = tuple(dict.fromkeys(s.quote for s in said))
        return Finding("areas", said[0].text, quotes_of, data, on=on, statements=tuple(said), leads=True)

    def _all(self, on: date) -> list[Fact]:
        return self._areas.atlas.of("erb", on=on)

    @staticmethod
    def _names(fact: Fact | None) -> set[str]:
        return _keys(erb_names(fact)) if fact else set()


def _keys(names: Iterable[str]) -> set[str]:
    return {key(n) for n in names}
