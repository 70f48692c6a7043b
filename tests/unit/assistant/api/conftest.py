"""The service over a small library, with an assistant that answers as it is told to."""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterator
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient
from pydantic import SecretStr

from assistant.answering.events import Accepted, Cited, Done, Event, Failed, Said, Stepped, Working
from assistant.answering.guard import said
from assistant.answering.model import (
    Answer,
    AnswerStatus,
    Message,
    Question,
)
from assistant.answering.origin import Origin
from assistant.api.app import create_app
from assistant.areas.engine import AreasEngine
from assistant.areas.report import AreaDesk
from assistant.changes.report import ChangesDesk
from assistant.conversations.records import Records
from assistant.conversations.store import AnswerStore
from assistant.eligibility.report import CheckDesk
from assistant.sites.visitors import Visitors
from assistant.timeline.report import TimelineDesk
from tests.fakes import almanac, checks, editions, england
from tests.fakes.recorded import records, tables
from tests.fakes.small_answers import answered, answers
from tests.fakes.small_library import TODAY, FakeLibrary
from tests.fakes.visitors import World
from vectorstore.errors import NotFoundError


class FakeAssistant:
    """Answers with what it was told to, and remembers what it was asked."""

    def __init__(self) -> None:
        self.asked: list[Question] = []
        self.reply: Answer | Exception | Callable[[Question], Answer] = answered()

    def stream(self, question: Question, origin: Origin | None = None) -> Generator[Event, None, None]:
        answer = self.ask(question, origin)
        yield Accepted(answer.conversation_id, answer.answer_id)
        yield Stepped("compose")
        yield Working()
        for cited in answer.citations[:1]:
            yield Cited(cited)
        yield from (Said(s) for s in said(answer)[:1])
        yield Failed(answer) if answer.status is AnswerStatus.FAILED else Done(answer)

    def ask(self, question: Question, origin: Origin | None = None) -> Answer:
        self.asked.append(question)
        if isinstance(self.reply, Exception):
            raise self.reply
        return self.reply(question) if callable(self.reply) else self.reply


class FakeStore:
    def __init__(self) -> None:
        self.turns = (Message(role="user", text="What is an LSIP?"), Message(role="assistant", text="A plan."))

    def answer(self, answer_id: str) -> dict[str, Any]:
        if answer_id != "a-answered":
            raise NotFoundError("There is no answer with that id.", "Check the id.")
        return answered().model_dump(mode="json")

    def receipt(self, answer_id: str) -> dict[str, Any]:
        return {"answer_id": self.answer(answer_id)["answer_id"], "citations": []}

    def history(self, conversation_id: str) -> tuple[Message, ...]:
        return self.turns if conversation_id == "c1" else ()


@dataclass
class FakeSettings:
    collection: str = "lsip"
    workers: int = 2
    queue: int = 4
    max_question: int = 500
    log_questions: bool = False
    retention_days: int = 30
    shutdown_grace: int = 10
    staff_key: SecretStr = field(default_factory=lambda: SecretStr(""))

    def current_date(self) -> date:
        return TODAY


@dataclass
class FakeServices:
    assistant: FakeAssistant = field(default_factory=FakeAssistant)
    catalogue: FakeLibrary = field(default_factory=FakeLibrary)
    store: FakeStore | AnswerStore = field(default_factory=FakeStore)
    settings: FakeSettings = field(default_factory=FakeSettings)
    places: Path = Path()
    world: World = field(default_factory=World)

    @property
    def visitors(self) -> Visitors:
        return self.world.visitors

    @cached_property
    def records(self) -> Records:
        return records(tables(self.places))

    def areas(self, collection: str) -> AreasEngine:
        return england.engine(self.places)

    def area_desk(self, collection: str) -> AreaDesk:
        return england.desk(self.places)

    def timeline_desk(self, collection: str) -> TimelineDesk:
        return almanac.desk()

    def check_desk(self, collection: str) -> CheckDesk:
        return checks.desk(*checks.checks().values())

    def changes_desk(self, collection: str) -> ChangesDesk:
        return ChangesDesk(editions.Editions(editions.SHELF), collection)


@pytest.fixture
def services(tmp_path: Path) -> FakeServices:
    return FakeServices(places=tmp_path)


@pytest.fixture
def client(services: FakeServices) -> Iterator[TestClient]:
    with TestClient(create_app(services), raise_server_exceptions=False) as made_client:
        yield made_client


@pytest.fixture
def replies() -> dict[AnswerStatus, Answer]:
    return answers()
