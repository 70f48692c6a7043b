"""Whom to turn to, and how to take part, from where somebody is: the body that leads the area, and its page."""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.answering.consult import open_parts
from assistant.answering.parts import Asked, asked
from assistant.answering.premises import first_sentence
from assistant.answering.quoting import quote_of
from assistant.answering.statements import statements_of_quote
from assistant.answering.turn import DraftStatement, Finding, Turn
from assistant.areas.approach import asked_besides, asks_contact, asks_to_take_part, wants_mail, without_contact
from assistant.areas.bare import rest_of
from assistant.areas.engine import AreasEngine
from prompts import message
from vectorstore.facts import Fact
from vectorstore.retrieval import Retriever
from vectorstore.text import content_stems

MOST_AREAS = 3  # areas whose bodies are given; beyond that no one of them is asked for
_TOPICS = frozenset(content_stems("skills survey training employer representative body chamber phone number name"))


class Reaching:
    """An engine of the path: "our salon is in Reedham, how do we have a say?"."""

    def __init__(self, areas: AreasEngine, retriever: Retriever) -> None:
        self._areas = areas
        self._retriever = retriever

    def consult(self, turn: Turn) -> Sequence[Finding]:
        """One finding for each question whom to turn to or how to take part, where the area is known."""
        areas = _areas_of(turn)
        if not turn.profile.area_reach.topics or not 1 <= len(areas) <= MOST_AREAS or turn.day_meant < turn.as_of:
            return []
        found = []
        for part in open_parts(turn):
            contact, taking_part = self._asks(part, turn)
            finding = self._finding(areas, part, turn, taking_part=taking_part) if contact or taking_part else None
            if finding is not None:
                found.append(finding)
        return found

    def _asks(self, part: Asked, turn: Turn) -> tuple[bool, bool]:
        """Whether a question asks for a contact, and whether it asks to take part."""
        words = turn.profile.area_reach
        if words.unless and re.search(words.unless, part.own, re.IGNORECASE):
            return False, False
        contact = asks_contact(part.own)
        taking_part = asks_to_take_part(part.own)
        if not (contact or taking_part):
            return False, False
        whole = turn.interpreted if len(asked(turn.interpreted)) == 1 else part.standalone
        if re.search(words.topics, whole, re.IGNORECASE):
            return contact, taking_part
        places = [p.words for p in turn.understanding.located.places]
        plain = len(places) == 1 and re.search(r"\bwho", part.own, re.IGNORECASE) is not None
        return contact and plain and not rest_of(without_contact(part.own), places), False

    def _rest(self, part: Asked) -> set[str]:
        """What a question says besides how to reach a body, or be heard by it, and places."""
        text = without_contact(part.own)
        return rest_of(text, (m.words for m in self._areas.mentions(text))) - _TOPICS

    def _finding(self, areas: Sequence[str], part: Asked, turn: Turn, *, taking_part: bool) -> Finding | None:
        """The body of each area with its page; how to take part at all where that is asked."""
        said: list[DraftStatement] = []
        mail = False
        for area in areas:
            wanted = ("taking_part", "erb") if taking_part else ("erb",)
            said += next((s for kind in wanted if (s := self._said(kind, area, turn))), [])
            contacts = self._said("contact", area, turn) if wants_mail(part.own) else []
            said, mail = [*said, *contacts], mail or bool(contacts)
        if not said:
            return None
        if taking_part:
            said += self._how(part, turn)
        data = {"kind": "reaching", "subject": areas[0], "as_of": turn.as_of.isoformat()}
        missing = asked_besides(part.own, mail_held=mail)
        several = len(missing) > 1
        return Finding(
            "areas",
            said[0].text,
            tuple(dict.fromkeys(s.quote for s in said)),
            data,
            re.escape(part.own),
            on=turn.as_of,
            missing=message("tables_and", first=", ".join(missing[:-1]), last=missing[-1])
            if several
            else "".join(missing),
            statements=tuple(said),
            leads=True,
            whole=not self._rest(part),
        )

    def _said(self, kind: str, area: str, turn: Turn) -> list[DraftStatement]:
        facts: list[Fact] = self._areas.atlas.of(kind, area, turn.as_of)
        quotes = [quote_of(f, self._retriever, turn.as_of) for f in facts]
        return [s for q in quotes if q is not None for s in statements_of_quote(q)]

    def _how(self, part: Asked, turn: Turn) -> list[DraftStatement]:
        """The sentence that says how anybody takes part, unless the asker is one whom it is not about."""
        words = turn.profile.area_reach
        if not words.document or (words.not_for and re.search(words.not_for, part.standalone, re.IGNORECASE)):
            return []
        for hit in self._retriever.document_passages(words.document, turn.as_of):
            if not hit.passage.gap and words.section.lower() in (hit.passage.section or "").lower():
                return [first_sentence(hit)]
        return []


def _areas_of(turn: Turn) -> tuple[str, ...]:
    """The areas named, else the one that the person is known to be in."""
    u = turn.understanding
    return u.located.areas or ((u.area.id,) if u.area is not None else ())
