"""A set of questions with checkable criteria, and the verdict on one answer."""

from __future__ import annotations

import hashlib
import json
import re
from datetime import date
from pathlib import Path
from typing import Literal

from pydantic import BaseModel, ConfigDict, ValidationError

from assistant.answering.model import ANSWERED, Answer
from vectorstore.errors import UsageError

Verdict = Literal["right", "partly", "wrong"]


class GoldenQuestion(BaseModel):
    """One question: every group of `must` needs one of its patterns in the answer, none of `must_not` may occur."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    id: str
    question: str
    as_of: date | None = None
    area: str | None = None
    person: str = ""
    kind: str = ""
    status: tuple[str, ...]
    must: tuple[tuple[str, ...], ...] = ()
    must_not: tuple[str, ...] = ()
    note: str = ""
    turns: tuple[str, ...] = ()
    lead: Literal["yes", "no", "depends"] | None = None
    interpreted_must: tuple[tuple[str, ...], ...] = ()
    interpreted_must_not: tuple[str, ...] = ()

    @property
    def half(self) -> Literal["tune", "report"]:
        """Which half it belongs to, by hash of its id: one to tune on, one to report on."""
        return "tune" if hashlib.sha256(self.id.encode()).digest()[0] % 2 == 0 else "report"

    @property
    def answerable(self) -> bool:
        return bool(set(self.status) & {"answered", "answered_partly"})


def load(path: Path) -> list[GoldenQuestion]:
    """The questions of a JSON Lines file. Raises UsageError that names the line."""
    if not path.is_file():
        raise UsageError(f"There is no question set {str(path)!r}.", "Give a JSON Lines file to --set.")
    questions = []
    for number, line in enumerate(path.read_text(encoding="utf-8-sig").split("\n"), start=1):
        if not line.strip():
            continue
        try:
            questions.append(GoldenQuestion.model_validate(json.loads(line)))
        except (ValueError, ValidationError) as error:
            raise UsageError(
                f"{path.name}:{number} is not a question.", "See assistant/evaluation/golden.py."
            ) from error
    return questions


def groups_met(question: GoldenQuestion, text: str) -> list[bool]:
    """For each group of `must`, whether one of its patterns stands in `text`."""
    return [any(re.search(p, text, re.IGNORECASE) for p in group) for group in question.must]


def forbidden(question: GoldenQuestion, text: str) -> list[str]:
    """The patterns of `must_not` that stand in `text`."""
    return [p for p in question.must_not if re.search(p, text, re.IGNORECASE)]


def judge(question: GoldenQuestion, answer: Answer) -> Verdict:
    """Right, partly or wrong, by status and criteria alone; how the answer was found does not count."""
    status = str(answer.status)
    if forbidden(question, answer.plain):
        return "wrong"
    if not question.must:
        return "right" if status in question.status else "wrong"
    met = groups_met(question, answer.plain)
    if status in question.status and all(met):
        return "right"
    return "partly" if answer.status in ANSWERED and any(met) else "wrong"
