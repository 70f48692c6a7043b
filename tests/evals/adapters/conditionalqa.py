"""ConditionalQA: questions on pages of GOV.UK, with answers that hold under conditions, and some that have none."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from bs4 import BeautifulSoup

from assistant.evaluation.golden import Gold, GoldenQuestion, Lead
from tests.evals.adapters.common import ANSWERED, REFUSED, Adapted, find, group, read_json


def adapt(source: Path) -> Adapted:
    """From documents.json and dev.json. The scenario is said before the question, in the same message."""
    documents = [
        {"id": page["url"], "title": page["title"], "url": page["url"], "text": _text(page["contents"])}
        for page in read_json(find(source, "documents.json"))
    ]
    return Adapted(documents, [_question(q) for q in read_json(find(source, "dev.json", "train.json"))])


def _question(q: dict[str, Any]) -> GoldenQuestion:
    text = f"{q['scenario'].strip()} {q['question'].strip()}".strip()
    if q["not_answerable"]:
        return GoldenQuestion(id=q["id"], question=text, kind="unanswerable", status=REFUSED)
    answers = [str(answer) for answer, _ in q["answers"]]
    lead = _lead(answers)
    conditional = len(answers) > 1 or any(conditions for _, conditions in q["answers"])
    return GoldenQuestion(
        id=q["id"],
        question=text,
        kind="conditional" if conditional else ("yes_no" if lead else "span"),
        status=ANSWERED,
        lead=lead,
        must=tuple(group([a]) for a in answers if a.lower() not in {"yes", "no"}),
        gold=tuple(Gold(document=q["url"], quote=quote) for e in q["evidences"] if (quote := _plain(e))),
    )


def _lead(answers: list[str]) -> Lead | None:
    """Yes or no where that is the only such answer, "depends" where both are, under different conditions."""
    found = {a.lower() for a in answers} & {"yes", "no"}
    if len(found) == 2:
        return "depends"
    return "yes" if "yes" in found else "no" if "no" in found else None


def _text(contents: list[str]) -> str:
    return "\n\n".join(f"- {_plain(c)}" if c.startswith("<li>") else _plain(c) for c in contents if _plain(c))


def _plain(element: str) -> str:
    return " ".join(BeautifulSoup(element, "lxml").get_text(" ").split())
