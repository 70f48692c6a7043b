"""Questions, answers and runs for tests of the evaluation, and stand-ins for what answers and searches."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from assistant.answering.model import Answer, AnswerStatus, Paragraph, Question, Statement
from assistant.evaluation.fingerprint import Fingerprint
from assistant.evaluation.folder import Run
from assistant.evaluation.golden import GoldenQuestion, set_digest
from assistant.evaluation.outcome import Outcome, observe
from assistant.evaluation.ranking import Found
from tests.fakes.knowledge import answer

LASTS = "A plan lasts three years."


def question(**changes: Any) -> GoldenQuestion:
    values: dict[str, Any] = {
        "id": "q1",
        "question": "How long does a plan last?",
        "kind": "length",
        "status": ("answered",),
        "must": (("three years", "3 years"), ("plan",)),
        "must_not": ("four years",),
    }
    return GoldenQuestion(**{**values, **changes})


def near_miss(**changes: Any) -> GoldenQuestion:
    values: dict[str, Any] = {"id": "q2", "kind": "near_miss", "status": ("no_evidence",), "must": (), "must_not": ()}
    return question(**{**values, **changes})


def saying(text: str, **changes: Any) -> Answer:
    """An answer of one sentence."""
    blocks = (Paragraph(statements=(Statement(text=text, citations=(1,)),)),)
    return answer(**{"plain": text, "text": f"{text} [1]", "blocks": blocks, **changes})


def refusal(**changes: Any) -> Answer:
    values: dict[str, Any] = {"status": AnswerStatus.NO_EVIDENCE, "citations": (), "plain": "", "blocks": ()}
    return answer(**{**values, "confidence": 0.2, **changes})


def found(text: str = LASTS, document: str = "d1") -> Found:
    return Found(document, "A document", "", text)


def seen(asked: GoldenQuestion | None = None, made: Answer | None = None, **more: Any) -> Outcome:
    given = made or answer()
    values: dict[str, Any] = {"exact": [True] * len(given.citations), "found": [found()]}
    return observe(asked or question(), given, **{**values, **more})


def index(**changes: Any) -> Fingerprint:
    values: dict[str, Any] = {
        "collection": "lsip",
        "generation": 3,
        "content": "abc",
        "versions": 2,
        "passages": 7,
        "manifest": {"embedding": "small"},
        "settings": {"max_question": "500"},
        "release": "1.0",
        "commit": "c0ffee",
    }
    return Fingerprint(**{**values, **changes})


def run_of(*asked: GoldenQuestion, **changes: Any) -> Run:
    values: dict[str, Any] = {"sets": ("a.jsonl",), "half": "all", "questions": len(asked), "index": index()}
    return Run(**{**values, "set_digest": set_digest(asked), **changes})


class FakeAsker:
    """Answers by a function and remembers what it was asked."""

    def __init__(self, reply: Callable[[Question], Answer] = lambda q: answer()) -> None:
        self._reply = reply
        self.asked: list[Question] = []

    def ask(self, question: Question) -> Answer:
        self.asked.append(question)
        return self._reply(question)


class FakeSearcher:
    """Finds the same passages whatever is asked, and remembers the queries."""

    def __init__(self, *found: Found) -> None:
        self._found = list(found)
        self.queries: list[tuple[str, bool]] = []

    def find(self, question: str, answer: Answer, *, by_document: bool) -> list[Found]:
        self.queries.append((question, by_document))
        return self._found


def text_of(version_id: str) -> str:
    """The stored text of every version."""
    return LASTS
