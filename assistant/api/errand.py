"""A question that was taken in: its ids, its claim on its conversation, and the key it was sent under."""

from __future__ import annotations

import logging
import time
from dataclasses import dataclass, field
from threading import Lock

from assistant.answering.model import Answer, AnswerStatus, Question
from assistant.answering.origin import Origin, new_id
from assistant.api.callers import Caller
from assistant.conversations.keys import digest
from assistant.conversations.records import Records

log = logging.getLogger(__name__)
_NOT_KEPT = frozenset({AnswerStatus.BUSY, AnswerStatus.FAILED})


@dataclass(slots=True)
class Errand:
    """One question on its way. It holds its conversation until `end` is called, from any thread."""

    question: Question
    origin: Origin
    records: Records
    key: str | None = None
    began: float = field(default_factory=time.perf_counter)
    _open: bool = True
    _lock: Lock = field(default_factory=Lock)

    def end(self, answer: Answer | None = None) -> bool:
        """The answer is stored, or there will be none. Says whether this was the first time it was said."""
        with self._lock:
            if not self._open:
                return False
            self._open = False
        try:
            if self.key and answer is not None and answer.status not in _NOT_KEPT:
                self.records.keys.settle(self.key, answer.answer_id)
            elif self.key:
                self.records.keys.give_up(self.key)
            self.records.claims.close(self.origin.answer_id)
        except Exception:  # the answer is there; its conversation is free again when the claim runs out
            log.exception("a question could not be closed")
        return True


@dataclass(frozen=True, slots=True)
class AnsweredBefore:
    """A request that was sent before under the same key, and the answer it got."""

    answer_id: str


def take(records: Records, question: Question, caller: Caller, key: str | None) -> Errand | AnsweredBefore:
    """Take a question in.

    Raises ForbiddenError for another person's conversation, PendingError while its last question is being answered,
    KeyReusedError and ConflictError for a key that is in use.
    """
    if question.conversation_id:
        records.talks.allow(question.conversation_id, caller.person)
    key = digest(caller.door, caller.site, caller.person, caller.key, key) if key else None
    if key:
        before = records.keys.take(key, digest(question.model_dump_json()))
        if before is not None:
            return AnsweredBefore(before)
    origin = Origin(caller.door, caller.site, caller.person)
    named = question.conversation_id or new_id()
    try:
        records.claims.open(named, origin.answer_id)
    except Exception:
        if key:
            records.keys.give_up(key)
        raise
    return Errand(question.model_copy(update={"conversation_id": named}), origin, records, key)
