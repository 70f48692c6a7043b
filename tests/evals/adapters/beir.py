"""Sets in the layout of BEIR (SciFact, NFCorpus, FiQA and others): which documents are relevant to a query."""

from __future__ import annotations

import csv
from collections import defaultdict
from pathlib import Path

from assistant.evaluation.golden import Gold, GoldenQuestion
from tests.evals.adapters.common import ANSWERED, Adapted, find, read_lines
from vectorstore.errors import UsageError


def adapt(source: Path) -> Adapted:
    """From corpus.jsonl, queries.jsonl and qrels/test.tsv, or dev.tsv where there is no test."""
    documents = [
        {"id": str(d["_id"]), "title": d.get("title") or str(d["_id"]), "text": d["text"]}
        for d in read_lines(find(source, "corpus.jsonl"))
        if d["text"].strip()
    ]
    held = {d["id"] for d in documents}
    relevant = _relevant(find(source, "qrels/test.tsv", "qrels/dev.tsv", "test.tsv", "dev.tsv"))
    questions = []
    for query in read_lines(find(source, "queries.jsonl")):
        key = str(query["_id"])
        gold = tuple(Gold(document=d) for d in relevant.get(key, ()) if d in held)
        if gold:
            text = query["text"].strip()
            questions.append(GoldenQuestion(id=key, question=text, kind="retrieval", status=ANSWERED, gold=gold))
    return Adapted(documents, questions)


def _relevant(path: Path) -> dict[str, list[str]]:
    """The documents with a score above 0 for each query. Raises UsageError that names the line."""
    found: dict[str, list[str]] = defaultdict(list)
    with path.open(encoding="utf-8", newline="") as file:
        for number, row in enumerate(csv.reader(file, delimiter="\t"), start=1):
            if number == 1 and row[:2] == ["query-id", "corpus-id"]:
                continue
            try:
                query, document, score = row
                if float(score) > 0:
                    found[query].append(document)
            except ValueError:
                raise UsageError(
                    f"{path.name}:{number} is not query, document and score.", "Download the set again."
                ) from None
    return found
