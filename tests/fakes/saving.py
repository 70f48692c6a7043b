"""An assistant that answers as it is told to, and stores its answers as the real one does."""

from __future__ import annotations

import threading

from assistant.answering.model import Answer, Question
from assistant.answering.origin import Origin
from tests.fakes.recorded import Kept
from tests.unit.assistant.api.conftest import FakeAssistant
from vectorstore.snapshot import Snapshot


class Saving(FakeAssistant):
    """Stores its answers under the ids they were to have, once it is let go on."""

    def __init__(self, kept: Kept) -> None:
        super().__init__()
        self.kept = kept
        self.entered, self.free = threading.Semaphore(0), threading.Event()
        self.free.set()

    def ask(self, question: Question, origin: Origin | None = None) -> Answer:
        assert origin is not None
        self.entered.release()
        assert self.free.wait(20)
        given = super().ask(question)
        named = {"answer_id": origin.answer_id, "conversation_id": question.conversation_id}
        answer = given.model_copy(update=named)
        self.kept.store.save(question, answer, Snapshot(self.kept.house.catalogue, "k"), origin)
        return answer
