"""From draft to answer: numbers, citations, blocks and the texts that doors show."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from assistant.answering.model import (
    Block,
    BulletList,
    Citation,
    NextStep,
    Note,
    Paragraph,
    RestsOn,
    Statement,
)
from assistant.answering.turn import Draft, DraftStatement, Quote
from vectorstore.model import Kind
from vectorstore.validity import in_force


def number(draft: Draft) -> tuple[tuple[Block, ...], tuple[Citation, ...]]:
    """Blocks with numbered statements, and the citations in order of first use.

    Neighbouring sentences of one passage share a citation, whose quotation then spans them.
    """
    joined = _joined(draft.statements)
    numbers: dict[tuple[str, int, int], int] = {}
    citations: list[Citation] = []
    statements: list[tuple[str, Statement]] = []
    for drafted in draft.statements:
        marks: list[int] = []
        for quote in drafted.quotes:
            passage_id = quote.hit.passage.passage_id
            span = next(r for r in joined[passage_id] if r[0] <= quote.start and quote.end <= r[1])
            key = (passage_id, span[0], span[1])
            if key not in numbers:
                numbers[key] = len(numbers) + 1
                citations.append(citation(quote, span, numbers[key], draft.as_of))
            marks.append(numbers[key])
        statements.append((drafted.role, Statement(text=drafted.text, citations=tuple(dict.fromkeys(marks)))))
    return tuple(_blocks(statements)), tuple(citations)


def of_the_past(draft: Draft, citations: Sequence[Citation]) -> frozenset[int]:
    """The numbers of citations that are given only for sentences about a past date, as of editions compared."""
    past = {q.hit.version.version_id for s in draft.statements if s.on is not None for q in s.quotes}
    today = {q.hit.version.version_id for s in draft.statements if s.on is None for q in s.quotes}
    return frozenset(c.n for c in citations if c.version_id in past - today)


def _joined(drafted: Sequence[DraftStatement]) -> dict[str, list[tuple[int, int]]]:
    """The stretches cited, by passage: each joined with neighbours that only white space or bullets part."""
    quotes = [q for s in drafted for q in s.quotes]
    by_passage: dict[str, list[tuple[int, int]]] = {}
    for q in quotes:
        by_passage.setdefault(q.hit.passage.passage_id, []).append((q.start, q.end))
    joined: dict[str, list[tuple[int, int]]] = {}
    for q in quotes:
        passage = q.hit.passage
        if passage.passage_id in joined:
            continue
        runs: list[tuple[int, int]] = []
        for start, end in sorted(by_passage[passage.passage_id]):
            between = passage.text[runs[-1][1] - passage.start : start - passage.start] if runs else "x"
            if runs and not between.strip(" \n-*"):
                runs[-1] = (runs[-1][0], max(runs[-1][1], end))
            else:
                runs.append((start, end))
        joined[passage.passage_id] = runs
    return joined


def citation(quote: Quote, span: tuple[int, int], n: int, on: date) -> Citation:
    """The card of one source: an exact stretch of the stored text and the state of that text on `on`."""
    passage, version = quote.hit.passage, quote.hit.version
    start, end = span
    brief = version.kind is Kind.BRIEF
    return Citation(
        n=n,
        kind=version.kind,
        title=version.title,
        publisher=version.publisher,
        url=version.url,
        section=passage.section,
        page=passage.page,
        quote=passage.text[start - passage.start : end - passage.start],
        document_id=version.document_id,
        version_id=version.version_id,
        passage_id=passage.passage_id,
        start=start,
        end=end,
        status=version.status,
        in_force=in_force(version, on),
        valid_from=version.valid_from,
        valid_to=version.valid_to,
        superseded_by=version.superseded_by,
        compiled_on=version.compiled_on,
        checked_on=version.checked_on,
        evidence=passage.evidence,
        rests_on=tuple(
            RestsOn(title=r.title, publisher=r.publisher, url=r.url, section=r.section, page=r.page)
            for r in passage.rests_on
        )
        if brief
        else (),
    )


def _blocks(statements: Iterable[tuple[str, Statement]]) -> Iterable[Block]:
    sentences: list[Statement] = []
    lead: Statement | None = None
    items: list[Statement] = []

    def flush() -> Iterable[Block]:
        nonlocal lead
        if sentences:
            yield Paragraph(statements=tuple(sentences))
            sentences.clear()
        if items:
            yield BulletList(lead=lead, items=tuple(items))
            items.clear()
            lead = None

    for role, statement in statements:
        if role == "item":
            items.append(statement)
            continue
        if items:
            yield from flush()
        if lead is not None:  # it announced no list after all
            sentences.append(lead)
            lead = None
        if role == "lead":
            lead = statement
        else:
            sentences.append(statement)
    if lead is not None and not items:
        sentences.append(lead)
    yield from flush()


def marked(statement: Statement) -> str:
    """The statement with its marks, as text shows it."""
    return statement.text + "".join(f" [{n}]" for n in statement.citations)


def as_text(blocks: Sequence[Block]) -> str:
    """All blocks as plain text with marks."""
    parts: list[str] = []
    for block in blocks:
        if isinstance(block, Paragraph):
            parts.append(" ".join(marked(s) for s in block.statements))
        elif isinstance(block, BulletList):
            lines = [marked(block.lead)] if block.lead else []
            parts.append("\n".join([*lines, *(f"- {marked(s)}" for s in block.items)]))
        elif isinstance(block, Note | NextStep):
            parts.append(block.text)
    return "\n\n".join(parts)


def as_plain(blocks: Sequence[Block]) -> str:
    """The statements only: no marks, notes or next steps."""
    parts: list[str] = []
    for block in blocks:
        if isinstance(block, Paragraph):
            parts.append(" ".join(s.text for s in block.statements))
        elif isinstance(block, BulletList):
            parts.append("\n".join([*([block.lead.text] if block.lead else []), *(s.text for s in block.items)]))
    return "\n".join(parts)
