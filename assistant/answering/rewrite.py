"""A follow-up in words of a model: a question that adds nothing to what the person said; else the rule stands."""

from __future__ import annotations

import json
import logging
import re
from collections.abc import Sequence
from contextlib import closing
from dataclasses import replace
from time import monotonic

from assistant.answering.area_names import area_mentions
from assistant.answering.contextualise import Resumer
from assistant.answering.model import Message
from assistant.answering.personal import personal_data
from assistant.answering.screen import as_question, visible
from assistant.answering.turn import Step, Stop, Turn
from assistant.answering.writing import Writing
from assistant.llm.protocol import ChatMessage, ChatModel, ModelFailure, Reason, whole
from assistant.llm.replies import LONGEST, read_object
from assistant.verification.figures import figures
from assistant.verification.names import names
from assistant.verification.polarity import LIMITS, NEGATIVE
from prompts import prompt
from vectorstore.orders import orders_model
from vectorstore.profile import CollectionProfile
from vectorstore.text import content_stems

log = logging.getLogger(__name__)

LONGEST_QUESTION = 400
_POINTERS = frozenset(content_stems("it its they them their that this those these there same one he she"))
_MARKUP = re.compile(r"[<>`*_#|{}\[\]\\]|\w+://|www\.")
REWRITE_SCHEMA = {
    "type": "object",
    "additionalProperties": False,
    "required": ["question"],
    "properties": {"question": {"type": "string", "maxLength": LONGEST_QUESTION}},
}


class Rewrite:
    """Contextualises by rule, then lets the model say it better, where the rule had to add anything at all."""

    def __init__(self, contextualise: Step, model: ChatModel, resume: Resumer | None = None) -> None:
        """`resume` reads replies to questions back; what it completes is exact and left as it is."""
        self._contextualise = contextualise
        self._model = model
        self._resume = resume

    def __call__(self, turn: Turn) -> Turn | Stop:
        made = self._contextualise(turn)
        if isinstance(made, Stop) or made.interpreted == turn.interpreted:
            return made
        if self._resume is not None and self._resume(turn.asked.history, turn.text) is not None:
            return made
        told, started = prompt("rewrite"), monotonic()
        earlier = _asked_before(turn)
        shown = names_shown(turn.asked.history, turn.profile)
        data = json.dumps({"earlier": earlier[-4:], "shown": shown, "follow_up": turn.text}, ensure_ascii=False)
        question, outcome = None, "used"
        try:
            messages = [ChatMessage("system", told.text), ChatMessage("user", data)]
            with closing(self._model.stream(messages, REWRITE_SCHEMA)) as pieces:
                question = _question(whole(pieces, LONGEST))
        except ModelFailure as failure:
            outcome = failure.reason
        except Exception:
            log.exception("rewriting with the chat model failed")
            outcome = Reason.BROKEN
        if question is not None and not adds_nothing(question, turn.text, earlier, shown):
            question, outcome = None, Reason.UNVERIFIED
        writing = Writing(
            model=self._model.name,
            prompts={told.name: told.fingerprint},
            rewrite=outcome,
            seconds=round(monotonic() - started, 3),
        )
        return replace(made, interpreted=question or made.interpreted, writing=writing)


def _asked_before(turn: Turn) -> list[str]:
    """The person's earlier turns in bare words, without those that hold personal data or give orders."""
    said = [as_question(m.text, turn.profile) for m in turn.asked.history if m.role == "user"]
    return [t for t in said if not personal_data(t) and not orders_model(t)]


def adds_nothing(question: str, text: str, earlier: Sequence[str], shown: Sequence[str]) -> bool:
    """Whether `question` says `text` in words of the person's turns and the names shown, leaving nothing out.

    No figure, name, negation or limit may come in, and none of the follow-up's may go.
    """
    if len(question) > LONGEST_QUESTION or not question.endswith("?") or "?" in question[:-1]:
        return False
    if orders_model(question) or _MARKUP.search(question):
        return False
    said = " ".join([*earlier, text])
    known = f"{said} {' '.join(shown)}"
    stems = set(content_stems(question))
    if not stems <= set(content_stems(known)) or not set(content_stems(text)) - _POINTERS <= stems:
        return False
    if not {(f.kind, f.value) for f in figures(question)} <= {(f.kind, f.value) for f in figures(known)}:
        return False
    folded = _folded(known)
    if not all(_folded(name) in folded for name in names(f"and {question[:1].lower()}{question[1:]}")):
        return False
    for words in (NEGATIVE, *LIMITS.values()):
        now = bool(words.search(question))
        if (now and not words.search(said)) or (not now and words.search(text)):
            return False
    return True


def _folded(text: str) -> str:
    return f" {' '.join(re.findall(r'[a-z0-9]+', text.lower()))} "


def names_shown(history: Sequence[Message], profile: CollectionProfile) -> list[str]:
    """Names of areas, and of what is in them, that the assistant used: only those that the profile knows."""
    told = " ".join(visible(m.text) for m in history if m.role == "assistant")
    return list(dict.fromkeys(area_mentions(told, profile)))


def _question(reply: str) -> str:
    value = read_object(reply)
    question = value.get("question") if value else None
    if not isinstance(question, str) or set(value or ()) != {"question"} or not question.strip():
        raise ModelFailure(Reason.GARBLED if reply.strip() else Reason.EMPTY)
    return visible(question)
