"""Who leads the area that a question names: read from the collection's own documents, never guessed."""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.answering.turn import Finding, Quote, Turn
from vectorstore.retrieval import Retriever


class AreaLeads:
    """An engine: for questions on who covers or leads a named area, the sentence in force that says so."""

    def __init__(self, retriever: Retriever) -> None:
        self._retriever = retriever

    def consult(self, turn: Turn) -> Sequence[Finding]:
        """One finding for each area named (at most two); none where no document in force on the date says it."""
        leads, u = turn.profile.area_leads, turn.understanding
        named = u.areas_named or ((u.area,) if u.area else ())
        if not leads.documents or not 0 < len(named) <= 2 or u.period is not None:
            return ()
        if not re.search(leads.pattern, turn.interpreted, re.IGNORECASE):
            return ()
        findings = []
        for area in named:
            for document in leads.documents:
                for hit in self._retriever.document_passages(document, turn.as_of):
                    heading = (hit.passage.heading or ("",))[-1].lower()
                    if heading.endswith(f" {area.name.lower()}"):
                        passage = hit.passage
                        quote = Quote(hit, passage.start, passage.end, passage.text)
                        findings.append(Finding("areas", passage.text, (quote,), {"area": area.id}, leads.pattern))
                        break
        return findings
