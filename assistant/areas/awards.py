"""Awards compared by their sums: the largest, those above or below a sum, and what several come to.

Only awards whose sum is held are compared, and a note says how many are not.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from assistant.answering.consult import open_parts
from assistant.answering.quoting import quote_of
from assistant.answering.turn import DraftStatement, Finding, Turn
from assistant.areas.engine import AreasEngine
from prompts import message
from vectorstore.facts import Fact
from vectorstore.profile import CollectionProfile
from vectorstore.retrieval import Retriever

LONGEST = 12  # awards listed; beyond that the first, and a note
_NUMBERS = {"two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "ten": 10}
_COUNT = r"(\d{1,2}|two|three|four|five|six|ten)"
_MOST = re.compile(
    rf"\b(?:(?:largest|biggest|highest|top)(?: {_COUNT})?|{_COUNT} (?:largest|biggest|highest))\b|\bmost\b", re.I
)
_LEAST = re.compile(rf"\b(?:(?:smallest|lowest)(?: {_COUNT})?|{_COUNT} (?:smallest|lowest))\b|\bleast\b(?! £)", re.I)
_BETTER = re.compile(
    r"\b(?:more|less|larger|smaller|bigger|higher|lower)\b|\bcompare|\bcompared\b|\bversus\b|\bvs\b", re.I
)
_SUM = r"£?\s?(\d[\d,]*(?:\.\d+)?)\s?(m|mn|million|k|thousand)?\b"
_OVER = re.compile(rf"\b(?:more than|over|above|at least|exceed(?:s|ed|ing)?|bigger than|larger than)\s+{_SUM}", re.I)
_UNDER = re.compile(rf"\b(?:less than|under|below|at most|up to|smaller than)\s+{_SUM}", re.I)
_TOTAL = re.compile(
    r"\b(?:in total|total of|altogether|add(?:ed|s)? up|combined(?! (?:county )?authorit)|together|sum of)\b", re.I
)
_LED = r"^\W*(?:and )?who (?:led|leads|won|got)\b"  # what every such statement says beside the sum
_UNITS = {"m": 1_000_000, "mn": 1_000_000, "million": 1_000_000, "k": 1_000, "thousand": 1_000}


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is asked of the awards: how many from which end, within which sums, and whether they are to be added."""

    smallest: bool = False
    count: int | None = None
    over: float = 0.0
    under: float = float("inf")
    total: bool = False


def read(text: str, areas: int, pattern: str) -> Wanted | None:
    """What `text`, which names so many areas, asks of awards; None if it compares none. `pattern` names the fund."""
    if not pattern or not re.search(pattern, text, re.IGNORECASE):
        return None
    over, under = _OVER.search(text), _UNDER.search(text)
    if over or under:
        return Wanted(
            over=_amount(over) if over else 0.0, under=_amount(under) if under else float("inf"), smallest=not over
        )
    if areas > 1:
        total = _TOTAL.search(text) is not None
        return Wanted(total=total) if total or _BETTER.search(text) else None
    if areas == 1:
        return None
    for pattern_, smallest in ((_MOST, False), (_LEAST, True)):
        found = pattern_.search(text)
        if found:
            said = next((g for g in found.groups() if g), "1")
            return Wanted(smallest=smallest, count=_NUMBERS.get(said.lower(), 0) or int(said))
    return None


def _amount(found: re.Match[str]) -> float:
    return float(found[1].replace(",", "")) * _UNITS.get((found[2] or "").lower(), 1)


class Awards:
    """An engine of the path: compares the awards that the facts hold."""

    def __init__(self, areas: AreasEngine, retriever: Retriever) -> None:
        self._areas = areas
        self._retriever = retriever

    def consult(self, turn: Turn) -> Sequence[Finding]:
        """One finding for a question that compares awards by their sums; else none."""
        for part in open_parts(turn):
            named = {a.id for a in turn.understanding.areas_named}
            wanted = read(part.bare, len(named), turn.profile.awards)
            finding = self._finding(wanted, named, turn.profile, turn.as_of) if wanted else None
            if finding is not None:
                return [finding]
        return []

    def _finding(self, wanted: Wanted, named: set[str], profile: CollectionProfile, on: date) -> Finding | None:
        facts = self._awards(named, on)
        sums = [f for f in facts if f.data["amount"] is not None]
        chosen = [f for f in sums if wanted.over < f.data["amount"] < wanted.under]
        chosen.sort(key=lambda f: float(f.data["amount"]), reverse=not wanted.smallest)
        if wanted.count:
            least = chosen[: wanted.count][-1].data["amount"] if chosen else 0
            chosen = [f for n, f in enumerate(chosen) if n < wanted.count or f.data["amount"] == least]
        said: list[DraftStatement] = []
        for fact in chosen[:LONGEST]:
            quote = quote_of(fact, self._retriever, on)
            if quote is not None:
                said.append(DraftStatement(fact.text, quote, "item" if len(chosen) > 1 else "sentence"))
        if not said or (len(named) > 1 and len({f.data["of"] for f in facts}) < 2):
            return None
        notes = [message("awards_compared", shown=str(len(said)), held=str(len(sums)))]
        if len(facts) > len(sums):
            notes.append(message("awards_unknown", unknown=str(len(facts) - len(sums))))
        if wanted.total and len(chosen) == len(facts):
            notes.append(message("awards_sum", sum=f"£{sum(f.data['amount'] for f in chosen):,.0f}"))
        data = {"kind": "awards", "as_of": on.isoformat(), "of": [f.data["of"] for f in chosen]}
        quotes, pattern = tuple(s.quote for s in said), f"{profile.awards}|{_LED}"
        return Finding(
            "areas",
            said[0].text,
            quotes,
            data,
            pattern,
            on=on,
            statements=tuple(said),
            notes=tuple(notes),
            leads=True,
        )

    def _awards(self, named: set[str], on: date) -> list[Fact]:
        """One fact for each award, that of the area it was made to before those of its successors."""
        facts = [f for f in self._areas.atlas.of("award", on=on) if f.data.get("found")]
        if named:
            facts = [f for f in facts if f.subject in named]
        facts.sort(key=lambda f: (f.subject != f.data["area"], len(f.text)))
        return list({f.data["of"]: f for f in reversed(facts)}.values())[::-1]
