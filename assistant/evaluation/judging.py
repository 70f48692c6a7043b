"""The verdict on one answer, by status and criteria alone; how the answer was found does not count."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Literal

from assistant.answering.model import ANSWERED, Answer, BulletList, Paragraph
from assistant.evaluation.golden import GoldenQuestion, Lead

Verdict = Literal["right", "partly", "wrong"]
_YES = re.compile(r"\W*yes\b", re.IGNORECASE)
_NO = re.compile(r"\W*no(?=\s*(?:[,.;:!(–—-]|$)|\s+(?:it|you|they|there|we|he|she|this|that|not)\b)", re.IGNORECASE)
_DEPENDS = re.compile(r"\b(?:depends?|if|only|unless|not in all cases)\b", re.IGNORECASE)


def groups_met(groups: Sequence[Sequence[str]], text: str) -> list[bool]:
    """For each group, whether one of its patterns stands in `text`."""
    return [any(re.search(p, text, re.IGNORECASE) for p in group) for group in groups]


def forbidden(patterns: Sequence[str], text: str) -> list[str]:
    """Those of `patterns` that stand in `text`."""
    return [p for p in patterns if re.search(p, text, re.IGNORECASE)]


def first_sentence(answer: Answer) -> str:
    """The first statement, or the whole list where a list comes first; empty without statements."""
    for block in answer.blocks:
        if isinstance(block, Paragraph):
            return block.statements[0].text
        if isinstance(block, BulletList):
            return "\n".join([*([block.lead.text] if block.lead else []), *(i.text for i in block.items)])
    return ""


def lead_of(sentence: str) -> Lead | None:
    """How a sentence begins: with Yes, with No, or with neither but naming a condition; None for anything else.

    A No needs a pause or a pronoun after it: "No later round is planned" begins with no No.
    """
    if _YES.match(sentence):
        return "yes"
    if _NO.match(sentence):
        return "no"
    return "depends" if _DEPENDS.search(sentence) else None


def understood(question: GoldenQuestion, answer: Answer) -> bool | None:
    """Whether the question as understood meets its criteria; None where there are none."""
    if not question.interpreted_must and not question.interpreted_must_not:
        return None
    said = answer.interpreted_question
    return all(groups_met(question.interpreted_must, said)) and not forbidden(question.interpreted_must_not, said)


def judge(question: GoldenQuestion, answer: Answer, *, gold_cited: bool = False) -> Verdict:
    """Right, partly or wrong.

    A status that is expected and no answer is right without more: criteria on statements cannot stand in it.
    Yes for No, or No for Yes, is wrong. An answer that says neither may be right by `must` alone, and is judged by
    `lead` where there is no `must`. `gold_cited` says whether a citation stands in a gold passage: the only
    criterion where a question has gold passages and neither `must` nor `lead`.
    """
    if forbidden(question.must_not, answer.plain) or _contrary(question, answer):
        return "wrong"
    fits = str(answer.status) in question.status and understood(question, answer) is not False
    if answer.status not in ANSWERED:
        return "right" if fits else "wrong"
    met = groups_met(question.must, answer.plain)
    if question.lead and not met:
        met = [lead_of(first_sentence(answer)) == question.lead]
    if question.gold and not met:
        met = [gold_cited]
    if fits and all(met):
        return "right"
    return "partly" if any(met) else "wrong"


def _contrary(question: GoldenQuestion, answer: Answer) -> bool:
    """Yes where No is expected, or No where Yes is."""
    said = lead_of(first_sentence(answer))
    return {question.lead, said} == {"yes", "no"}
