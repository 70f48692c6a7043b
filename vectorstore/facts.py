"""A structured fact: authored once as data, kept in the catalogue, and rendered to a passage that can be quoted."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Any

from vectorstore.model import Evidence


@dataclass(frozen=True, slots=True)
class Fact:
    """One row of data with its validity (inclusive; None: no bound), its evidence and the sources it rests on.

    `text` is the paragraph that says it, in the document `document` of the same collection; a finding quotes it
    from there. It is empty for data that no text says (a spelling, the outline of a county).
    """

    fact_id: str
    kind: str
    subject: str  # what it is about: an area's id, a council's code, a body's name
    data: dict[str, Any] = field(hash=False)
    valid_from: date | None = None
    valid_to: date | None = None
    evidence: Evidence = Evidence.PRIMARY
    sources: tuple[str, ...] = ()
    document: str = ""
    text: str = ""

    def holds(self, on: date) -> bool:
        """Whether the fact is true on `on`."""
        return (self.valid_from is None or self.valid_from <= on) and (self.valid_to is None or on <= self.valid_to)
