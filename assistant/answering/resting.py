"""Sentences of the exact engines: as their quotation has it, so that every figure in them stands in it."""

from __future__ import annotations

from assistant.answering.turn import DraftStatement, Quote
from assistant.answering.verify import figures_of


def resting(quote: Quote, text: str, *, before: str = "", role: str = "sentence") -> DraftStatement:
    """`before` and `text` as one statement; the quotation's own words where `text` has figures that are not in it."""
    own = text if figures_of(f"{before} {text}") <= figures_of(quote.text) else quote.text
    if figures_of(before) <= figures_of(quote.text):
        own = f"{before} {own}".strip()
    return DraftStatement(own, quote, role)
