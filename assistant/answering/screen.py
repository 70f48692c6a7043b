"""The first step: is this a question at all, short enough, free of hidden text, personal data and orders?"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import replace

from assistant.answering.inert import inert
from assistant.answering.model import AnswerStatus
from assistant.answering.turn import Stop, Turn
from prompts import message
from vectorstore.orders import orders_model
from vectorstore.profile import CollectionProfile
from vectorstore.unseen import seen

_EMAIL = re.compile(r"\b[\w.+-]+@[\w-]+\.[\w.]+\b")
# The last letter stands apart only where the digits do or it is a capital: "company SC123456 a" is none.
_NINO = re.compile(
    r"\b(?!BG|GB|NK|KN|TN|NT|ZZ)[A-CEGHJ-PR-TW-Z][A-CEGHJ-NPR-TW-Z]\s?"
    r"(?:\d{6}[A-D]|\d{2}\s\d{2}\s\d{2}\s?[A-D]|\d{6}\s(?-i:[A-D]))\b",
    re.IGNORECASE,
)
_CARD = re.compile(r"(?<![\d-])(?:[3-6]\d{3}|2[2-7]\d\d)[ -]?(?:\d{4}[ -]?){2}\d{4}(?![\d-])")
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


def personal_data(text: str) -> str | None:
    """The kind of personal data that `text` seems to hold, or None."""
    if _EMAIL.search(text):
        return "an e-mail address"
    if _NINO.search(text):
        return "a National Insurance number"
    if any(_checks_out(m[0]) for m in _CARD.finditer(text)):
        return "a card number"
    return None


def _checks_out(number: str) -> bool:
    """Whether the check digit of a card number is right (Luhn)."""
    digits = [int(c) for c in number if c.isdigit()][::-1]
    doubled = (d * 2 - 9 * (d > 4) for d in digits[1::2])
    return (sum(digits[::2]) + sum(doubled)) % 10 == 0


def _blocked(turn: Turn, key: str, **values: str) -> Stop:
    return Stop(AnswerStatus.BLOCKED_INPUT, message(key, **values), turn)
