"""What the adapters share: reading files with errors that name them, criteria from answer strings, writing."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from assistant.evaluation.golden import GoldenQuestion
from vectorstore.errors import UsageError

ANSWERED = ("answered", "answered_partly")
REFUSED = ("no_evidence", "out_of_scope")


@dataclass(frozen=True, slots=True)
class Adapted:
    """The documents, as lines that `lsip ingest --path` takes, and the questions on them."""

    documents: list[dict[str, str]]
    questions: list[GoldenQuestion]


Adapter = Callable[[Path], Adapted]


def find(folder: Path, *patterns: str) -> Path:
    """The first file below `folder` that one of the patterns names, earlier patterns first. Raises UsageError."""
    for pattern in patterns:
        found = sorted(folder.rglob(pattern))
        if found:
            return found[0]
    raise UsageError(f"There is no {' or '.join(patterns)} in {folder.name}.", "Download and unpack the set there.")


def read_json(path: Path) -> Any:
    """The content of a JSON file. Raises UsageError."""
    try:
        return json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        raise UsageError(f"{path.name} is not JSON.", "Download the set again.") from None


def read_lines(path: Path) -> Iterator[dict[str, Any]]:
    """The objects of a JSON Lines file. Raises UsageError that names the line."""
    for number, line in enumerate(path.read_text(encoding="utf-8").split("\n"), start=1):
        if not line.strip():
            continue
        try:
            value = json.loads(line)
        except ValueError:
            value = None
        if not isinstance(value, dict):
            raise UsageError(f"{path.name}:{number} is not a JSON object.", "Download the set again.")
        yield value


def pattern(answer: str) -> str:
    """A pattern for an official answer: its words in order, whatever the spaces, not inside other words."""
    words = [re.escape(word) for word in answer.strip().strip(".,;:").split()]
    return r"(?<!\w)" + r"\s+".join(words) + r"(?!\w)" if words else ""


def group(answers: Iterable[str]) -> tuple[str, ...]:
    """One group of criteria: any of the answers will do."""
    return tuple(dict.fromkeys(p for a in answers if (p := pattern(a))))


def digest(text: str) -> str:
    """A short id for a text that has none."""
    return hashlib.sha256(text.encode()).hexdigest()[:12]


def write(adapted: Adapted, out: Path, limit: int | None) -> tuple[int, int]:
    """Write documents.jsonl and questions.jsonl; `limit` cuts the questions, never the documents searched."""
    out.mkdir(parents=True, exist_ok=True)
    questions = adapted.questions[:limit]
    with (out / "documents.jsonl").open("w", encoding="utf-8") as file:
        file.writelines(json.dumps(d, ensure_ascii=False) + "\n" for d in adapted.documents)
    with (out / "questions.jsonl").open("w", encoding="utf-8") as file:
        file.writelines(q.model_dump_json(exclude_defaults=True) + "\n" for q in questions)
    return len(adapted.documents), len(questions)
