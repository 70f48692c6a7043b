"""Which sentences to say for one question: the best, then what completes it, then what adds to it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from assistant.answering.candidates import Candidate, table_header
from assistant.answering.likeness import overlap, said_share
from assistant.answering.listing import POINTED
from assistant.answering.turn import DraftStatement, Kind, Quote
from assistant.verification.polarity import NEGATIVE
from vectorstore.model import Hit
from vectorstore.text import is_item, sentence_spans

_BARE = re.compile(r"\|\s*(?:yes|no)\s*\|", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Limits:
    """How long an answer may be, and how close to the best a sentence must come. Chosen on the tuning half."""

    sentences: int = 5
    words: int = 110
    items: int = 12
    same_passage: float = 0.42  # a sentence of the lead's own passage may score this much less
    elsewhere: float = 0.16  # one of another passage only this much less
    pointed_elsewhere: float = 0.12  # and where a date, sum, count, name or yes is asked for, still less
    others: int = 2  # sentences of other passages
    less_sure: float = 0.1  # how much less surely than a list a sentence beside it may answer
    same_topic: float = 0.75  # overlap above which two sentences say the same


def select(
    candidates: Sequence[Candidate], kind: Kind, limits: Limits, said: Sequence[str] = ()
) -> list[DraftStatement]:
    """The statements for one question from its candidates, best first, without what is `said` already."""
    candidates = [c for c in candidates if all(overlap(c.text, s) < limits.same_topic for s in said)]
    if not candidates:
        return []
    best = candidates[0]
    if best.item or best.introduces or (kind not in POINTED and _announces(best)):
        listed = whole_list(best.hit, best.start, kind, limits)
        beside = _beside_list(candidates, best, " ".join(s.text for s in listed), limits)
        first = kind is Kind.LIST or not (best.item or kind is Kind.YES_NO)
        return [*listed, *beside] if first else [*beside, *listed]
    chosen = [best]
    own = sorted((c for c in candidates if _together(c, best)), key=lambda c: c.index)
    for c in own:
        if c.index > best.index and not c.item and not c.introduces and c.comes_close(best, limits.same_passage):
            _add(chosen, c, limits)
    margin = limits.pointed_elsewhere if kind in POINTED else limits.elsewhere
    room = len(chosen) + limits.others
    for c in candidates[1:]:
        close = c.comes_close(best, margin) and c.seems_to_answer(best)
        if close and not c.item and not c.introduces and len(chosen) < room:
            _add(chosen, c, limits)
    places = [c.hit.passage.passage_id for c in candidates]  # what answers best goes first, what follows it behind it
    rest = sorted(chosen[1:], key=lambda c: (places.index(c.hit.passage.passage_id), c.index))
    return [DraftStatement(c.text, c.quote) for c in (best, *rest)]


def within(groups: Sequence[Sequence[DraftStatement]], room: int) -> list[DraftStatement]:
    """The statements of several questions as far as there is room; the first of each, or its list, in any case."""
    heads = [next((n for n, s in enumerate(g) if s.role == "sentence"), len(g)) or 1 if g else 0 for g in groups]
    spare = max(0, room - sum(heads))
    kept: list[DraftStatement] = []
    for head, group in zip(heads, groups, strict=True):
        taken = head + min(len(group) - head, spare)
        while head < taken < len(group) and group[taken].role == "item":  # no list is cut short
            taken = max(head, next(n for n in reversed(range(taken)) if group[n].role != "item"))
        spare -= taken - head
        kept.extend(group[:taken])
    return kept


def _beside_list(
    candidates: Sequence[Candidate], best: Candidate, listed: str, limits: Limits
) -> list[DraftStatement]:
    """The best sentence of another passage, if it comes close to the list, answers about as surely and says more."""
    for c in candidates:
        if not _together(c, best) and not c.item and not c.introduces:
            close = c.comes_close(best, limits.elsewhere) and c.features.read >= best.features.read - limits.less_sure
            new = said_share(c.text, listed) < limits.same_topic
            return [DraftStatement(c.text, c.quote)] if close and new else []
    return []


def _add(chosen: list[Candidate], c: Candidate, limits: Limits) -> None:
    words = sum(len(o.text.split()) for o in chosen)
    if len(chosen) >= limits.sentences or words + len(c.text.split()) > limits.words or c in chosen:
        return
    if any(_says_same(c.text, o.text, limits) for o in chosen):
        return
    chosen.append(c)


def following_list(said: Sequence[DraftStatement], document: Sequence[Hit], limits: Limits) -> list[DraftStatement]:
    """The list or table that the first statement leads up to: the next passage of its document, under its heading.

    Nothing where the statements hold list items already, what follows is prose, or a table whose cells say yes and no
    to its header, which is not said.
    """
    if not said or any(s.role == "item" for s in said):
        return []
    ids = [h.passage.passage_id for h in document]
    own = said[0].quote.hit.passage
    place = ids.index(own.passage_id) + 1 if own.passage_id in ids else len(ids)
    if place >= len(ids) or document[place].passage.heading != own.heading:
        return []
    text = document[place].passage.text
    if not is_item(text, sentence_spans(text)[0][0]) or _BARE.search(text):
        return []
    return whole_list(document[place], document[place].passage.start, Kind.LIST, limits)


def whole_list(hit: Hit, start: int, kind: Kind, limits: Limits) -> list[DraftStatement]:
    """The list that stands at `start`, with its introduction; of a long one the neighbours of that place only."""
    passage, text = hit.passage, hit.passage.text
    made: list[DraftStatement] = []
    header = ""
    for a, b in sentence_spans(text):
        quote = Quote(hit, passage.start + a, passage.start + b, text[a:b])
        if table_header(text, a):
            header = text[a:b]
        elif quote.text.rstrip().endswith(":"):
            if any(s.role == "item" for s in made):
                if start < quote.start:
                    break  # another list begins here
                made = []
            made.append(DraftStatement(quote.text, quote, "lead"))
        elif is_item(text, a):
            made.append(DraftStatement(spoken(quote.text), quote, "item"))
        elif not any(s.role == "item" for s in made):
            made.append(DraftStatement(quote.text, quote))
    items = [s for s in made if s.role == "item"]
    if header and kind is not Kind.LIST:
        chosen = [s for s in items if s.quote.start == start]
        return [DraftStatement(s.text, s.quote) for s in chosen]
    if len(items) > limits.items and kind is not Kind.LIST:
        position = next((n for n, s in enumerate(items) if s.quote.start == start), 0)
        keep = items[max(0, position - 1) : position + 3]
        made = [s for s in made if s.role != "item" or s in keep]
    return made


def spoken(text: str) -> str:
    """A table row as a reader says it, its cells one after the other; other text as it is."""
    if not text.startswith("|"):
        return text
    first, *others = [c.strip() for c in text.strip().strip("|").split("|") if c.strip()] or [""]
    return f"{first}: {'; '.join(others)}." if others else first


def _says_same(one: str, other: str, limits: Limits) -> bool:
    """Whether two sentences say the same. A rule and its exception have the same words, but one denies something."""
    denies = [bool(NEGATIVE.search(text)) for text in (one, other)]
    return overlap(one, other) >= limits.same_topic and denies[0] == denies[1]


def _announces(c: Candidate) -> bool:
    """Whether the sentence behind this one introduces the list of their passage: both lead up to it."""
    text = c.hit.passage.text
    spans = sentence_spans(text)[c.index + 1 :]
    behind = text[slice(*spans[0])] if len(spans) > 1 else ""
    return behind.rstrip().endswith(":") and is_item(text, spans[1][0])


def _together(one: Candidate, other: Candidate) -> bool:
    return one.hit.passage.passage_id == other.hit.passage.passage_id
