"""ShARC: a rule, a situation and a question; the answer is yes, no, or a question back for a missing fact."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from assistant.evaluation.golden import Gold, GoldenQuestion
from tests.evals.adapters.common import ANSWERED, REFUSED, Adapted, digest, find, read_json


def adapt(source: Path) -> Adapted:
    """From sharc_dev.json: a document for each rule; situation and replies stand before the question."""
    utterances = read_json(find(source, "sharc_dev.json", "*dev*.json", "sharc_train.json"))
    rules = {digest(u["snippet"]): u for u in utterances if u["snippet"].strip()}
    documents = [
        {"id": key, "title": _title(u), "url": u.get("source_url", ""), "text": u["snippet"].strip()}
        for key, u in rules.items()
    ]
    return Adapted(documents, [_question(u) for u in utterances if u["snippet"].strip()])


def _question(u: dict[str, Any]) -> GoldenQuestion:
    told = [f"{h['follow_up_question'].strip()} {h['follow_up_answer'].strip()}." for h in u["history"]]
    text = " ".join(part for part in (u["scenario"].strip(), *told, u["question"].strip()) if part)
    key, answer = u["utterance_id"], u["answer"].strip().lower()
    if answer == "irrelevant":
        return GoldenQuestion(id=key, question=text, kind="irrelevant", status=REFUSED)
    gold = (Gold(document=digest(u["snippet"])),)
    if answer in {"yes", "no"}:
        lead = "yes" if answer == "yes" else "no"
        return GoldenQuestion(id=key, question=text, kind=answer, status=ANSWERED, lead=lead, gold=gold)
    status = (*ANSWERED, "clarify")  # a fact is missing: asking for it is right, and so is saying what it depends on
    return GoldenQuestion(id=key, question=text, kind="more", status=status, lead="depends", gold=gold)


def _title(u: dict[str, Any]) -> str:
    """The first line of a rule."""
    first = str(u["snippet"].strip().split("\n")[0]).strip("# *")
    return first[:80] or str(u["utterance_id"])
