"""Questions on the subject to which no answer is held, questions on anything else, and some on the border of both.

`belonging.jsonl` holds them as people would ask them. No cross-encoder or finder learns from them: they tell what to
say where there is no answer (`tests/evals/belonging.py`).
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path

QUESTIONS = Path(__file__).with_name("belonging.jsonl")
SUBJECT, ELSEWHERE, BORDER = "subject", "elsewhere", "border"


@dataclass(frozen=True, slots=True)
class Asked:
    """A question, what it is about, and the one asked before it in the same conversation, if any."""

    question: str
    about: str
    before: str = ""


def asked(path: Path = QUESTIONS) -> list[Asked]:
    """All of them, in the order of the file."""
    return [Asked(**json.loads(line)) for line in path.read_text(encoding="utf-8").splitlines()]
