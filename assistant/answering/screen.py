"""The first step: is this a question at all, short enough, free of hidden text, personal data and orders?"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import replace

from assistant.answering.model import AnswerStatus
from assistant.answering.turn import Stop, Turn
from prompts import message

_INJECTION = re.compile(
    r"\b(ignore|disregard|forget|override)\b.{0,40}\b(instructions?|rules?|prompts?|guidelines?|above|previous)\b"
    r"|\b(system|developer) prompt\b|\byou are now\b|\bact as (?:an?|the)\b.{0,30}\b(ai|assistant|bot|admin)\b"
    r"|\b(reveal|print|show|repeat)\b.{0,30}\b(system|hidden|initial) (prompt|instructions?)\b",
    re.IGNORECASE,
)
_EMAIL = re.compile(r"\b[\w.+-]+@[\w-]+\.[\w.]+\b")
_NINO = re.compile(r"\b(?!BG|GB|NK|KN|TN|NT|ZZ)[A-CEGHJ-PR-TW-Z]{2}\s?(?:\d{2}\s?){3}[A-D]\b", re.IGNORECASE)
_CARD = re.compile(r"\b(?:\d{4}[ -]){3}\d{4}\b")


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
        if _INJECTION.search(text):
            return _blocked(turn, "blocked_injection", subject=turn.profile.subject or "what the documents say")
        if not re.search(r"\w{2,}", text):
            return Stop(AnswerStatus.CLARIFY, message("clarify_empty"), turn)
        return replace(turn, text=text, interpreted=text)


def visible(text: str) -> str:
    """`text` without control, format and tag characters, in composed form, with single spaces."""
    normal = unicodedata.normalize("NFKC", text)
    kept = "".join(
        c if unicodedata.category(c) not in {"Cc", "Cf", "Co", "Cs", "Cn"} or c in "\n\t" else "" for c in normal
    )
    return " ".join(kept.split())


def personal_data(text: str) -> str | None:
    """The kind of personal data that `text` seems to hold, or None."""
    for pattern, what in (
        (_EMAIL, "an e-mail address"),
        (_NINO, "a National Insurance number"),
        (_CARD, "a card number"),
    ):
        if pattern.search(text):
            return what
    return None


def _blocked(turn: Turn, key: str, **values: str) -> Stop:
    return Stop(AnswerStatus.BLOCKED_INPUT, message(key, **values), turn)
