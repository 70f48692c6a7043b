"""The first step: is this a question at all, short enough, free of hidden text, personal data and orders?"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import replace

from assistant.answering.inert import inert
from assistant.answering.model import AnswerStatus
from assistant.answering.personal import personal_data
from assistant.answering.turn import Stop, Turn
from prompts import message
from vectorstore.orders import orders_model
from vectorstore.profile import CollectionProfile
from vectorstore.unseen import seen

# Characters that show nothing and belong to no category that is dropped whole: fillers and variation selectors.
_UNSEEN = re.compile("[\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180f\u3164\ufe00-\ufe0f\uffa0\U000e0100-\U000e01ef]")


class Screen:
    """Cleans the question, and stops those that are too long, hold personal data or give orders."""

    def __init__(self, max_length: int) -> None:
        self._max_length = max_length

    def __call__(self, turn: Turn) -> Turn | Stop:
        text = visible(turn.asked.question)
        if len(text) > self._max_length:
            return _blocked(turn, "blocked_too_long", length=str(len(text)), limit=str(self._max_length))
        what = personal_data(text)
        if what:
            return _blocked(turn, "blocked_personal", what=what)
        if orders_model(text) or orders_model(seen(turn.asked.question)):
            return _blocked(turn, "blocked_injection", subject=turn.profile.subject or "what the documents say")
        text = as_question(text, turn.profile)
        if not re.search(r"\w{2,}", text):
            return Stop(AnswerStatus.CLARIFY, message("clarify_empty"), turn)
        return replace(turn, text=text, interpreted=text)


def as_question(text: str, profile: CollectionProfile) -> str:
    """The words of a question. Whatever of it an answer repeats can then be no link, image or tag."""
    return " ".join(inert(visible(text), profile, "").split())


def visible(text: str) -> str:
    """`text` without control, format, tag and other unseen characters, in composed form, with single spaces."""
    normal = unicodedata.normalize("NFKC", text)
    return " ".join("".join(c for c in normal if not unseen(c)).split())


def unseen(character: str) -> bool:
    """Whether a character shows nothing: control, format, private, unassigned, filler (not line feed or tab)."""
    if character in "\n\t":
        return False
    return unicodedata.category(character) in {"Cc", "Cf", "Co", "Cs", "Cn"} or bool(_UNSEEN.match(character))


def _blocked(turn: Turn, key: str, **values: str) -> Stop:
    return Stop(AnswerStatus.BLOCKED_INPUT, message(key, **values), turn)
