"""Findings and passages as statements: each sentence with its own quotation."""

from __future__ import annotations

from assistant.answering.turn import DraftStatement, Finding, Quote
from vectorstore.model import Hit
from vectorstore.text import sentence_spans


def statements_of(finding: Finding) -> list[DraftStatement]:
    """How a finding says itself; if it does not, each sentence of the quotations it rests on."""
    return list(finding.statements) or [s for q in finding.quotes for s in statements_of_quote(q)]


def statements_of_quote(quote: Quote) -> list[DraftStatement]:
    """Every sentence of a quotation; what it lists becomes items, with the sentence before them as their lead."""
    spans = sentence_spans(quote.text)
    made = []
    for number, (a, b) in enumerate(spans):
        text = quote.text[a:b]
        listed = number > 0 and "\n" in quote.text[:a]
        leads = not listed and number + 1 < len(spans) and "\n" in quote.text[b : spans[number + 1][0]]
        own = Quote(quote.hit, quote.start + a, quote.start + b, text)
        made.append(DraftStatement(text, own, "item" if listed else ("lead" if leads else "sentence")))
    return made


def statements_of_hit(hit: Hit) -> list[DraftStatement]:
    """Every sentence of a passage, each with its own quotation."""
    passage = hit.passage
    quotes = [
        Quote(hit, passage.start + a, passage.start + b, passage.text[a:b]) for a, b in sentence_spans(passage.text)
    ]
    return [DraftStatement(q.text, q) for q in quotes]
