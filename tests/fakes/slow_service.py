"""A small collection behind the real service, with an assistant that can be held back while it answers."""

from __future__ import annotations

import threading
from collections.abc import Generator
from datetime import date
from pathlib import Path

from assistant.answering.events import Accepted, Event
from assistant.answering.model import Answer, Question
from assistant.answering.origin import Origin
from assistant.composition import Application
from assistant.settings import load_settings
from tests.fakes.catalogued import markdown, write

TODAY = date(2026, 11, 23)
GATE = "The orchard gate is locked at nine in the evening."


class Held:
    """The real assistant; each answer waits, once it is accepted, until it is let go on."""

    def __init__(self, app: Application) -> None:
        self._inner = app.assistant
        self.entered, self.free = threading.Semaphore(0), threading.Event()
        self.free.set()
        self.asked = 0  # questions that came

    def ask(self, question: Question, origin: Origin | None = None) -> Answer:
        self._wait()
        return self._inner.ask(question, origin)

    def stream(self, question: Question, origin: Origin | None = None) -> Generator[Event, None, None]:
        for event in self._inner.stream(question, origin):
            yield event
            if isinstance(event, Accepted):
                self._wait()

    def _wait(self) -> None:
        self.asked += 1
        self.entered.release()
        assert self.free.wait(30)


def orchard(folder: Path, **settings: object) -> tuple[Application, Held]:
    """The application over two texts on an orchard, and what holds its assistant back."""
    write(
        folder / "docs",
        {
            "gate.md": markdown(GATE, document="gate-rule", title="Gate rule", valid_from="2020-01-01"),
            "pond.txt": "The pond is cleaned every spring by the wardens.\n",
        },
    )
    given = {"data_dir": folder / "data", "embedding_model": "hashing", "today": TODAY, "collection": "orchard"}
    app = Application(load_settings(**{**given, **settings}))
    assert app.pipeline().run(folder / "docs", "orchard").failed == 0
    held = Held(app)
    app.assistant = held  # type: ignore[assignment]
    return app, held
