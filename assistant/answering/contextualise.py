"""A follow-up becomes a question that stands alone, built only from words the person used."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from assistant.answering.area_names import area_mentions
from assistant.answering.follow_ups import asks, only_courteous
from assistant.answering.model import Message
from assistant.answering.personal import personal_data
from assistant.answering.readings import other_readings
from assistant.answering.resolving import resolved
from assistant.answering.said import Said
from assistant.answering.screen import as_question
from assistant.answering.slots import PlaceReader, values
from assistant.answering.standalone import follow, is_settled, standalone
from assistant.answering.turn import Turn
from vectorstore.embedding.resolver import Resolver
from vectorstore.orders import orders_model
from vectorstore.profile import CollectionProfile
from vectorstore.text import content_stems

LONGEST_REPLY = 16  # words
LONGEST_READ = 2_000  # characters of an earlier message that are looked at
LONGEST_REMEMBERED = 300  # characters of an earlier question that may be taken along

Resumer = Callable[[Sequence[Message], str], str | None]  # the question that a reply to a question back completes


class Contextualise:
    """Reads the conversation turn by turn; a turn that cannot stand alone takes along what it hangs on."""

    def __init__(
        self,
        mentions: PlaceReader = area_mentions,
        resume: Resumer | None = None,
        resolver: Resolver | None = None,
    ) -> None:
        self._mentions = mentions
        self._resume = resume
        self._resolver = resolver

    def __call__(self, turn: Turn) -> Turn:
        history = turn.asked.history
        resumed = self._resume(history, turn.text) if self._resume else None
        if resumed is not None:
            return replace(turn, interpreted=resumed)
        said, before = Said(), list[str]()
        asked_back = False
        for message in history:
            if message.role == "assistant":
                asked_back = message.text.rstrip().endswith("?")
                continue
            text = as_question(message.text[:LONGEST_READ], turn.profile)
            if orders_model(text):
                continue
            text = text[:LONGEST_REMEMBERED]
            if (content_stems(text) or asks(text)) and not only_courteous(text) and not personal_data(text):
                reply = asked_back and is_reply(text)
                made = self._read(said, text, before, turn.profile, reply=reply)
                said = follow(said, text, turn.profile, self._mentions, reply=reply, read=made)
                before.append(text)
            asked_back = False
        reply = asked_back and is_reply(turn.text)
        return replace(turn, interpreted=self._read(said, turn.text, before, turn.profile, reply=reply))

    def _read(self, said: Said, text: str, before: Sequence[str], profile: CollectionProfile, *, reply: bool) -> str:
        """`text` as a question that stands alone, after what was `said`, turn by turn `before`."""
        made = standalone(said, text, profile, self._mentions, reply=reply)
        if self._resolver is None or reply or not before or is_settled(said, text, profile, self._mentions):
            return made
        others = other_readings(said, text, made, profile, self._mentions)
        return resolved(self._resolver, text, before, [made, *others], lambda t: values(t, profile, self._mentions))


def is_reply(text: str) -> bool:
    """Whether a turn is short and asks nothing, so that after a question put back it is a reply to it."""
    return "?" not in text and len(text.split()) <= LONGEST_REPLY and not asks(text)
