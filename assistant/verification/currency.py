"""Nothing that is over is said to be open, current or still to come."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from assistant.verification.figures import last_day
from assistant.verification.polarity import MODALS

_NOW = re.compile(
    r"\b(?:now|currently|today|at present|presently|at the moment|still|as of|ongoing|remains?)\b", re.IGNORECASE
)
_OPEN = re.compile(
    r"\b(?:is|are|remains?|stays?) (?:now |still |currently )?(?:open|available|live|accepting|active)\b"
    r"|\b(?:can|may) (?:now |still |currently )?(?:apply|bid|submit)\b"
    r"|\b(?:accepts?|inviting|invites) (?:applications|bids)\b",
    re.IGNORECASE,
)
_CLOSED = re.compile(r"\b(?:closed|ended|expired|withdrawn|superseded|no longer|ceased)\b", re.IGNORECASE)


def faults(said: str, held: str, on: date) -> Iterator[str]:
    """What `said` claims of the present on `on` that `held`, the sentence that it rests on, does not."""
    if _NOW.search(said) and not _NOW.search(held):
        yield "a claim of today"
    over = last_day(held)
    if over is not None and over < on.isoformat():
        if _OPEN.search(said):
            yield "open, but over"
        if MODALS["will"].search(said) or MODALS["expected"].search(said):
            yield "still to come, but over"
    if _OPEN.search(said) and _CLOSED.search(held):
        yield "open, but closed"
