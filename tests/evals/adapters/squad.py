"""SQuAD 2.0 and sets of its shape: spans of paragraphs as answers, and questions that have none.

A question without an answer has none in its paragraph; another paragraph of the collection may hold one all the same.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from assistant.evaluation.golden import Gold, GoldenQuestion
from tests.evals.adapters.common import ANSWERED, REFUSED, Adapted, find, group, read_json
from vectorstore.text import sentence_spans


def adapt(source: Path) -> Adapted:
    """From `dev-v2.0.json` or another file of that shape: one document for each article."""
    documents, questions = [], []
    for number, article in enumerate(read_json(find(source, "dev-v*.json", "*dev*.json", "*.json"))["data"]):
        title = str(article["title"]).replace("_", " ")
        key = f"article-{number}"
        paragraphs = article["paragraphs"]
        documents.append({"id": key, "title": title, "text": "\n\n".join(p["context"].strip() for p in paragraphs)})
        questions += [_question(qa, p["context"], key) for p in paragraphs for qa in p["qas"]]
    return Adapted(documents, questions)


def _question(qa: dict[str, Any], context: str, document: str) -> GoldenQuestion:
    if qa.get("is_impossible"):
        return GoldenQuestion(id=qa["id"], question=qa["question"].strip(), kind="unanswerable", status=REFUSED)
    return GoldenQuestion(
        id=qa["id"],
        question=qa["question"].strip(),
        kind="answerable",
        status=ANSWERED,
        must=(group(a["text"] for a in qa["answers"]),),
        gold=(Gold(document=document, quote=_sentence(context, qa["answers"][0]["answer_start"])),),
    )


def _sentence(context: str, position: int) -> str:
    """The sentence of `context` that the position lies in."""
    return next((context[a:b] for a, b in sentence_spans(context) if a <= position < b), context)
