"""What a model gets to write from: passages and settled facts under tokens of this one request, and the way back."""

from __future__ import annotations

import secrets
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from assistant.answering.screen import visible
from assistant.answering.shown import Shown, shown
from assistant.answering.turn import DraftStatement, Quote, Turn
from assistant.verification.quoting import find, lead_of, widen
from vectorstore.model import Hit, Kind
from vectorstore.orders import orders_model
from vectorstore.validity import in_force

PASSAGES = 10
LONGEST_PASSAGE = 2_400  # characters
LONGEST_ALL = 14_000  # characters of all passages together, unless the model has room for less
_LETTERS = "bcdfghjkmnpqrstvwxz"  # no vowels: a token is never a word
_KINDS = {Kind.OFFICIAL: "official", Kind.BRIEF: "summary", Kind.SUPPLIED: "supplied"}


@dataclass(frozen=True, slots=True)
class Item:
    """One passage as it was shown, or one settled fact with the quotation it rests on (`says`)."""

    token: str
    hit: Hit
    shown: Shown
    begin: int = 0  # where the text shown begins in the passage
    says: str = ""


class Evidence:
    """The items of one request by token."""

    def __init__(self, items: Iterable[Item]) -> None:
        self._items = {item.token: item for item in items}

    def __bool__(self) -> bool:
        return any(not item.says for item in self._items.values())

    @property
    def tokens(self) -> tuple[str, ...]:
        return tuple(self._items)

    def as_data(self) -> dict[str, Any]:
        """The items as the user's message has them: no address, id or page."""
        items = self._items.values()
        return {
            "facts": [{"token": i.token, "says": visible(i.says), "text": i.shown.text} for i in items if i.says],
            "passages": [
                {
                    "token": i.token,
                    "title": visible(i.hit.version.title),
                    "section": visible(" > ".join(i.hit.passage.heading)),
                    "kind": _KINDS[i.hit.version.kind],
                    "text": i.shown.text,
                }
                for i in items
                if not i.says
            ],
        }

    def quotes(self, token: str, quote: str) -> list[Quote]:
        """The exact sentences that `quote` stands in, and the one that introduces them; none if it stands elsewhere.

        A quote is widened to whole sentences, so that a piece of one cannot turn its sense.
        """
        item = self._items.get(token.strip())
        at = find(quote, item.shown.text) if item else None
        if item is None or at is None:
            return []
        text = item.hit.passage.text
        start, end = (item.begin + n for n in item.shown.true_span(*at))
        whole = widen(text, start, end)
        if whole is None:
            return []
        lead = lead_of(text, whole[0])
        return [_quote(item.hit, *span) for span in (lead, whole) if span is not None]


def _quote(hit: Hit, start: int, end: int) -> Quote:
    at = hit.passage.start
    return Quote(hit, at + start, at + end, hit.passage.text[start:end])


def gather(turn: Turn, settled: Sequence[DraftStatement], longest: int = LONGEST_ALL) -> Evidence:
    """The evidence for a turn that extraction has answered: what it quoted first, then what else was found.

    Only texts in force on the date of the answer, and none that gives orders to whoever reads it.
    """
    assert turn.draft is not None
    on = turn.draft.as_of
    said = [q.hit for s in turn.draft.statements if s not in settled for q in s.quotes]
    past = turn.history_hits if on != turn.today else ()
    hits = {h.passage.passage_id: h for h in reversed([*said, *past, *turn.hits])}
    ordered = dict.fromkeys(h.passage.passage_id for h in (*said, *past, *turn.hits))
    usable = [hits[i] for i in ordered]
    usable = [h for h in usable if not h.passage.gap and in_force(h.version, on) and not orders_model(h.passage.text)]
    taken: set[str] = set()
    items = [_fact(s, _token(taken)) for s in settled]
    left = longest
    for hit in usable[:PASSAGES]:
        text = shown(hit.passage.text, min(LONGEST_PASSAGE, longest))
        left -= len(text.text)
        if left < 0:
            break
        items.append(Item(_token(taken), hit, text))
    return Evidence(items)


def _fact(statement: DraftStatement, token: str) -> Item:
    quote = statement.quote
    return Item(
        token,
        quote.hit,
        shown(quote.text, LONGEST_PASSAGE),
        begin=quote.start - quote.hit.passage.start,
        says=statement.text,
    )


def _token(taken: set[str]) -> str:
    """A token that no other of the request has and nobody can guess, such as q7fw."""
    while (token := _letter() + str(secrets.randbelow(8) + 2) + _letter() + _letter()) in taken:
        pass
    taken.add(token)
    return token


def _letter() -> str:
    return secrets.choice(_LETTERS)
