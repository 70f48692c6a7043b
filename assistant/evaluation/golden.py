"""Sets of questions with checkable criteria; docs/evaluating.md describes the format."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterable, Sequence
from datetime import date
from pathlib import Path
from typing import Annotated, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, ValidationError

from vectorstore.errors import UsageError

ANSWERING = frozenset({"answered", "answered_partly"})
Lead = Literal["yes", "no", "depends"]


def _pattern(value: str) -> str:
    """A regular expression that compiles. Raises ValueError."""
    try:
        re.compile(value)
    except re.error as error:
        raise ValueError(f"{value!r} is no regular expression: {error}") from None
    return value


Pattern = Annotated[str, AfterValidator(_pattern)]
Groups = tuple[Annotated[tuple[Pattern, ...], Field(min_length=1)], ...]


class _Model(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Gold(_Model):
    """A passage that answers: the id of its document and words that stand in it; no words mean the whole document."""

    document: str = Field(min_length=1)
    quote: str = ""


class GoldenQuestion(_Model):
    """One question and what its answer must be like; patterns ignore case.

    Every group of `must` needs one of its patterns in the statements, none of `must_not` may stand there. `turns` are
    what the person said before in the same conversation. `lead` is how the first sentence should begin.
    `interpreted_must` and `interpreted_must_not` are groups and patterns on the question as it was understood.
    """

    id: str = Field(min_length=1)
    question: str
    turns: tuple[str, ...] = ()
    as_of: date | None = None
    area: str | None = None
    person: str = ""
    kind: str = ""
    status: tuple[str, ...] = Field(min_length=1)
    must: Groups = ()
    must_not: tuple[Pattern, ...] = ()
    lead: Lead | None = None
    gold: tuple[Gold, ...] = ()
    interpreted_must: Groups = ()
    interpreted_must_not: tuple[Pattern, ...] = ()
    note: str = ""

    @property
    def half(self) -> Literal["tune", "report"]:
        """Which half it belongs to, by hash of its id: one to tune on, one to report on."""
        return "tune" if hashlib.sha256(self.id.encode()).digest()[0] % 2 == 0 else "report"

    @property
    def answerable(self) -> bool:
        return bool(set(self.status) & ANSWERING)

    @property
    def to_refuse(self) -> bool:
        """Whether only a refusal is right. Asking back (`clarify`) is neither an answer nor a refusal."""
        return not self.answerable and self._may_be_refused

    @property
    def to_answer(self) -> bool:
        """Whether a refusal is never right: where the set accepts both, refusing is not judged."""
        return self.answerable and not self._may_be_refused

    @property
    def _may_be_refused(self) -> bool:
        return bool(set(self.status) - ANSWERING - {"clarify"})

    @property
    def digest(self) -> str:
        """Changes whenever what is asked or expected changes; the note does not count."""
        content = json.dumps(self.model_dump(mode="json", exclude={"note"}), sort_keys=True, ensure_ascii=False)
        return hashlib.sha256(content.encode()).hexdigest()[:16]


def load(path: Path) -> list[GoldenQuestion]:
    """The questions of a JSON Lines file. Raises UsageError that names the line and what is wrong there."""
    if not path.is_file():
        raise UsageError(f"There is no question set {str(path)!r}.", "Give a JSON Lines file to --set.")
    try:
        lines = path.read_text(encoding="utf-8-sig").split("\n")
    except (OSError, UnicodeDecodeError):
        raise UsageError(
            f"The question set {path.name!r} cannot be read as UTF-8 text.", "Save it as UTF-8."
        ) from None
    questions = []
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        try:
            questions.append(GoldenQuestion.model_validate(json.loads(line)))
        except ValidationError as error:
            raise UsageError(f"{path.name}:{number} is not a question: {_first(error)}.", _REMEDY) from None
        except ValueError:
            raise UsageError(f"{path.name}:{number} is not a question: no JSON object.", _REMEDY) from None
    return questions


_REMEDY = "docs/evaluating.md says what a question holds."


def _first(error: ValidationError) -> str:
    problem = error.errors(include_url=False, include_context=False, include_input=False)[0]
    where = ".".join(str(part) for part in problem["loc"])
    return f"{where}: {problem['msg']}" if where else str(problem["msg"])


def load_sets(paths: Iterable[Path], half: str = "all") -> list[GoldenQuestion]:
    """The questions of several files, or one half. Raises UsageError for an id that occurs twice, or no question."""
    paths = list(paths)
    questions = [q for path in paths for q in load(path)]
    seen: set[str] = set()
    for question in questions:
        if question.id in seen:
            raise UsageError(f"The id {question.id!r} occurs twice in the sets.", "Every question needs its own id.")
        seen.add(question.id)
    taken = [q for q in questions if half in ("all", q.half)]
    if not taken:
        raise UsageError("There are no questions to ask.", "Give another --set, or --half all.")
    return taken


def set_digest(questions: Sequence[GoldenQuestion]) -> str:
    """One digest for a set: changes when a question is added, taken away or changed, not with their order."""
    lines = sorted(f"{q.id}\t{q.digest}" for q in questions)
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()[:16]
