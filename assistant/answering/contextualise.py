"""A follow-up becomes a question that stands alone, built only from words the person used."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import replace

from assistant.answering.model import Message
from assistant.answering.screen import personal_data, visible
from assistant.answering.turn import Turn
from assistant.answering.understand import area_mentions
from vectorstore.profile import CollectionProfile
from vectorstore.text import content_stems

_OPENER = re.compile(
    r"^\W*(?:and|but|so|what about|how about|also|then|ok(?:ay)?|is it|does it|was it|are they|do they)\b", re.I
)
_POINTING = re.compile(r"\b(?:it|its|they|them|their|that one|this one|those|these|the same|he|she|that)\b", re.I)
_THERE = re.compile(r"\bthere\b", re.I)
_EXISTS = re.compile(r"\b(?:(?:is|are|was|were) there|there (?:is|are|was|were))\b", re.I)


_ASKS = re.compile(r"\W*(?:what|which|who|whom|when|where|why|how|tell|list|explain|is|are|do|does|did|can)\b", re.I)
LONGEST_REPLY = 16  # words
LONGEST_REMEMBERED = 300  # characters of an earlier question that may be taken along
_LITTLE_ELSE = re.compile(r"\W*(?:(?:and|but|so|what|how|about|in|for|ok|okay|then|the|also)\b\W*)*", re.I)


PlaceReader = Callable[[str, CollectionProfile], list[str]]  # the words of a text that name places
Resumer = Callable[[Sequence[Message], str], str | None]  # the question that a reply to a question back completes


class Contextualise:
    """Adds the subject of the last question to one that cannot stand alone."""

    def __init__(self, mentions: PlaceReader = area_mentions, resume: Resumer | None = None) -> None:
        self._mentions = mentions
        self._resume = resume

    def __call__(self, turn: Turn) -> Turn:
        resumed = self._resume(turn.asked.history, turn.text) if self._resume else None
        if resumed is not None:
            return replace(turn, interpreted=resumed)
        said = (visible(m.text)[:LONGEST_REMEMBERED] for m in turn.asked.history if m.role == "user")
        earlier = [text for text in said if content_stems(text) and not personal_data(text)]
        if not earlier or not (depends_on_context(turn.text) or _replies(turn)):
            return turn
        base = earlier[0]
        for said_next in earlier[1:]:
            base = (
                standalone(said_next, base, turn.profile, self._mentions)
                if depends_on_context(said_next)
                else said_next
            )
        return replace(turn, interpreted=standalone(turn.text, base, turn.profile, self._mentions))


def _replies(turn: Turn) -> bool:
    """Whether the question is a short reply to a question of the assistant's."""
    last = turn.asked.history[-1]
    asked_back = last.role == "assistant" and last.text.rstrip().endswith("?")
    return (
        asked_back and "?" not in turn.text and len(turn.text.split()) <= LONGEST_REPLY and not _ASKS.match(turn.text)
    )


def depends_on_context(text: str) -> bool:
    """Whether `text` points back: it opens like a continuation, or is short and names no subject."""
    if _OPENER.search(text):
        return True
    named = len(content_stems(text))
    if _EXISTS.search(text) and named > 1:  # "how many areas are there in England?" points nowhere
        return bool(_POINTING.search(text)) and named <= 3
    return bool(_POINTING.search(text) or _THERE.search(text)) and named <= 3


def standalone(text: str, base: str, profile: CollectionProfile, mentions: PlaceReader = area_mentions) -> str:
    """`text` with the words of `base`, the question before it as it was understood; nothing else is added.

    Where `text` names an area, the areas that `base` names give way to it; where `text` brings little else, the new
    area stands in their place.
    """
    base = base.rstrip(" ?.!")
    new, old = mentions(text, profile), mentions(base, profile)
    if new and old:
        first = old[0]
        for mention in old[1:]:
            base = base.replace(mention, "")
        swapped = " ".join(base.replace(first, new[0]).split())
        return f"{swapped}?" if _LITTLE_ELSE.fullmatch(text.replace(new[0], "")) else f"{swapped}: {text}"
    return f"{base}: {text}"
