"""Questions that ask for the members of something, and lists weighed as wholes: lead and items answer together."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from assistant.answering.candidates import Candidate, context_of, table_header
from assistant.answering.expectations import asks_role, term_asked, things_asked
from assistant.answering.features import WEIGHTS
from assistant.answering.turn import Kind
from vectorstore.model import Hit
from vectorstore.text import is_item, sentence_spans, stems

NAMED = 0.3  # for a list, or a sentence that enumerates, of the thing asked for: another sentence names no member
COUNTED = 0.1  # for a list of as many members as are asked for
CLOSE = 0.2  # how much less a list may score than a sentence and still be the fuller answer, where it is as sure
AS_SURE = 0.05  # how much less surely it may answer, by the cross-encoder, unless
RATHER = 0.5  # by its word the list rather answers, and names the members asked for
DOCUMENTS = 5  # of those found first, whose other lists are looked at too
NUMBERS = {
    word: n for n, word in enumerate("two three four five six seven eight nine ten eleven twelve".split(), start=2)
}
POINTED = frozenset({Kind.WHEN, Kind.HOW_MANY, Kind.HOW_MUCH, Kind.WHO, Kind.YES_NO})  # asks for one thing


@dataclass(frozen=True, slots=True)
class Span:
    """Where a list stands in its passage: from its lead, or its first item where it has none, to its last item."""

    first: int  # index of the lead or the first item among the sentences of the passage
    last: int
    items: int
    lead: str


def members_first(candidates: Sequence[Candidate], question: str) -> list[Candidate]:
    """`candidates` of a question for members, best first, each list scored by the best of its lines.

    The item that is likest to the question stands for its whole list, and so does the heading that all items share:
    its score goes to the line that the list begins with.
    """
    number = number_asked(question)
    rescored: list[Candidate] = []
    for _, group in groupby(
        sorted(candidates, key=lambda c: c.hit.passage.passage_id), key=lambda c: c.hit.passage.passage_id
    ):
        own = list(group)
        lists = lists_of(own[0].hit.passage.text)
        for span in lists:
            lines = sorted((c for c in own if span.first <= c.index <= span.last), key=lambda c: c.index)
            if not lines:
                continue
            best = max(lines, key=lambda c: c.score + WEIGHTS["kind"] * c.item)
            more = WEIGHTS["kind"] * best.item + NAMED * _is_of(best.hit, span.lead, question)
            more += COUNTED * (number == span.items)
            features = replace(
                lines[0].features,
                cosine=max(c.features.cosine for c in lines),
                late=max(c.features.late for c in lines),
                asked=max(c.features.asked for c in lines),
                read=max(c.features.read for c in lines),
                kind=1.0,
            )
            raised = replace(
                lines[0],
                score=best.score + more,
                alone=max(c.alone for c in lines) + more,
                coverage=max(c.coverage for c in lines),
                features=features,
            )
            own = [raised if c is lines[0] else c for c in own]
        in_lists = {n for span in lists for n in range(span.first, span.last + 1)}
        rescored.extend(c if c.index in in_lists else _enumerating(c, question) for c in own)
    return sorted(rescored, key=lambda c: (-c.score, c.rank, c.index))


def asks_members(kind: Kind, question: str) -> bool:
    """Whether a question asks for the members of something: by their plural, or by the term that they fall under."""
    return kind is Kind.LIST or bool(term_asked(question))


def whole_first(candidates: Sequence[Candidate], kind: Kind, question: str) -> list[Candidate]:
    """`candidates`, best first; before a sentence goes a list that comes close to it and answers as surely.

    The introduction is read with its items, so that what is surely said by a list is said by it whole. A question
    for one thing (a date, a sum, a yes) is not answered by a list, but one for those who must or may do something is.
    """
    best = next(iter(candidates), None)
    if best is None or best.item or best.introduces or (kind in POINTED and not asks_role(question)):
        return list(candidates)
    members = asks_members(kind, question)
    whole = next(
        (
            c
            for c in candidates
            if c.introduces and _as_good(c, best, members=members and introduces_members(c, question))
        ),
        None,
    )
    return [c for c in (whole, *(c for c in candidates if c is not whole)) if c is not None]


def _as_good(whole: Candidate, best: Candidate, *, members: bool) -> bool:
    """Whether a list comes close to the best sentence; `members` says that it names those asked for."""
    surely = best.features.read <= whole.features.read + AS_SURE or (members and whole.features.read >= RATHER)
    return whole.score >= best.score - CLOSE and best.features.read > 0 and surely


def with_lists(hits: Sequence[Hit], question: str, passages: Callable[[str], Sequence[Hit]]) -> list[Hit]:
    """`hits` and, behind them, the lists of the thing asked for that the documents found first hold elsewhere.

    A search finds the passages that speak most of a thing; the one that lists its members may name it once.
    `passages` gives those of a document.
    """
    known = {h.passage.passage_id for h in hits}
    if not thing_asked(question):
        return list(hits)
    more: list[Hit] = []
    for document in list(dict.fromkeys(h.version.document_id for h in hits))[:DOCUMENTS]:
        for hit in passages(document):
            if hit.passage.passage_id not in known and any(
                _is_of(hit, span.lead, question) for span in lists_of(hit.passage.text)
            ):
                more.append(hit)
    last = min((h.score for h in hits), default=0.0)
    return [*hits, *(replace(h, score=last) for h in more)]


def thing_asked(question: str) -> frozenset[str]:
    """The stems of the thing whose members are asked for; none where it is not told."""
    return frozenset(stems(term_asked(question) or things_asked(question)))


def _is_of(hit: Hit, lead: str, question: str) -> bool:
    """Whether a list is one of the thing asked for: its introduction or what stands above it names the thing.

    A term has to stand in the introduction itself: a page on it lists many things.
    """
    thing = thing_asked(question)
    text = lead if term_asked(question) else f"{context_of(hit)} {lead}"
    return bool(thing) and thing <= set(stems(text))


def number_asked(question: str) -> int | None:
    """How many members a question says there are ("the six priorities"); None where it does not."""
    for word in re.findall(r"[a-z]+", question.lower()):
        if word in NUMBERS:
            return NUMBERS[word]
    return None


def introduces_members(c: Candidate, question: str) -> bool:
    """Whether a candidate introduces a list of what a question asks the members of."""
    return c.introduces and _is_of(c.hit, c.text, question)


def lists(c: Candidate, question: str) -> bool:
    """Whether a candidate introduces or enumerates the thing whose members a question asks for."""
    return c.features.kind > 0 and _is_of(c.hit, c.text, question)


def _enumerating(c: Candidate, question: str) -> Candidate:
    """A sentence outside lists: one that enumerates the thing asked for is raised, by how clearly it does."""
    if not lists(c, question):
        return c
    more = NAMED * c.features.kind
    return replace(c, score=c.score + more, alone=c.alone + more)


def lists_of(text: str) -> list[Span]:
    """The lists of a passage, in order. A remark below a sentence, though it has a bullet, lists nothing."""
    found: list[Span] = []
    spans = sentence_spans(text)
    for n, (a, _) in enumerate(spans):
        if not is_item(text, a) or table_header(text, a):
            continue
        if found and found[-1].last == n - 1:
            found[-1] = replace(found[-1], last=n, items=found[-1].items + 1)
            continue
        lead = text[slice(*spans[n - 1])] if n else ""
        introduced = lead.rstrip().endswith(":")
        found.append(Span(n - introduced, n, 1, lead if introduced else ""))
    return [span for span in found if span.items >= (2 if span.lead else 3)]
