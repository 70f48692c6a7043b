"""Doc2Dial and MultiDoc2Dial: conversations on pages of public bodies, each answer grounded in spans of a page."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain, pairwise
from pathlib import Path
from typing import Any

from assistant.evaluation.golden import Gold, GoldenQuestion
from tests.evals.adapters.common import ANSWERED, REFUSED, Adapted, find, group, read_json

MOST_TURNS = 6  # of the person, before the question


def adapt(source: Path) -> Adapted:
    """From *_doc.json and *_dial_validation.json: each turn of a person that the agent answers is a question."""
    held = read_json(find(source, "*_doc.json"))["doc_data"]
    pages = {key: page for domain in held.values() for key, page in domain.items()}
    documents = [
        {"id": key, "title": page.get("title") or key, "text": page["doc_text"]}
        for key, page in pages.items()
        if page["doc_text"].strip()
    ]
    dialogues = read_json(find(source, "*_dial_validation.json", "*_dial_dev.json", "*_dial_test.json"))["dial_data"]
    questions = [
        question
        for domain, inside in dialogues.items()
        for dialogue in _dialogues(inside)
        for question in _questions(dialogue, pages, domain)
    ]
    return Adapted(documents, questions)


def _dialogues(inside: Any) -> Iterator[dict[str, Any]]:
    """Doc2Dial files the dialogues of a domain by page, MultiDoc2Dial in one list."""
    return iter(inside) if isinstance(inside, list) else chain.from_iterable(inside.values())


def _questions(dialogue: dict[str, Any], pages: dict[str, Any], domain: str) -> Iterator[GoldenQuestion]:
    said: list[str] = []
    turns = dialogue["turns"]
    for turn, reply in pairwise(turns):
        if turn["role"] != "user":
            continue
        text = " ".join(turn["utterance"].split())
        if reply["role"] == "agent" and str(reply["da"]).startswith("respond"):
            yield _question(f"{dialogue['dial_id']}-{turn['turn_id']}", text, said, reply, dialogue, pages, domain)
        said.append(text)


def _question(
    key: str,
    text: str,
    said: list[str],
    reply: dict[str, Any],
    dialogue: dict[str, Any],
    pages: dict[str, Any],
    domain: str,
) -> GoldenQuestion:
    common = {"id": key, "question": text, "turns": tuple(said[-MOST_TURNS:]), "person": domain}
    gold = tuple(dict.fromkeys(_spans(reply, dialogue, pages)))
    if not gold or reply["da"] == "respond_no_solution":
        return GoldenQuestion(kind="unanswerable", status=REFUSED, **common)
    kind = "follow_up" if said else "first"
    return GoldenQuestion(kind=kind, status=ANSWERED, must=(group(g.quote for g in gold),), gold=gold, **common)


def _spans(reply: dict[str, Any], dialogue: dict[str, Any], pages: dict[str, Any]) -> Iterator[Gold]:
    for reference in reply["references"]:
        page = reference.get("doc_id") or dialogue["doc_id"]
        span = pages[page]["spans"][str(reference.get("sp_id") or reference["id_sp"])]
        quote = " ".join(span["text_sp"].split())
        if quote:
            yield Gold(document=page, quote=quote)
