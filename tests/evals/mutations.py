"""`python -m tests.evals.mutations`: sentences of the starter corpus, each changed in one way, before the verifier.

How many of the unchanged sentences it lets through, and how many of each kind of change it misses. Needs no model.
"""

from __future__ import annotations

import random
import re
from collections.abc import Callable
from datetime import date

from assistant.composition import Application
from assistant.verification.checks import faults
from assistant.verification.grounds import Ground, Rules
from vectorstore.text import sentence_spans

ON = date(2026, 11, 23)
SENTENCES = 400
_SWAPS = {"must": "may", "may": "must", "should": "must", "will": "may", "shall": "may"}


def _number(text: str) -> str:
    return re.sub(r"(?<![\w,.])\d+(?![\w,.])", lambda m: str(int(m[0]) + 1), text, count=1)


def _month(text: str) -> str:
    return re.sub(r"\b(January|April|June|July|September|October)\b (?=20)", "February ", text, count=1)


def _modal(text: str) -> str:
    return re.sub(r"\b(must|may|should|will|shall)\b", lambda m: _SWAPS[m[0]], text, count=1)


def _denied(text: str) -> str:
    return (
        re.sub(r"\b(is|are|was|were|must|may|should|will)\b", r"\1 not", text, count=1)
        if " not " not in text
        else text
    )


def _undenied(text: str) -> str:
    return re.sub(r"\b(?:not|no longer|never) ", "", text, count=1)


def _name(text: str) -> str:
    return re.sub(r"(?<=[a-z] )[A-Z][a-z]{4,}", "Northumbria", text, count=1)


def _all(text: str) -> str:
    return re.sub(r"\b(?:some|several|many|most)\b", "all", text, count=1)


def _only(text: str) -> str:
    return re.sub(r"\b[Oo]nly ", "", text, count=1)


def _open(text: str) -> str:
    return re.sub(r"\b(?:closed|ended)\b", "open", text, count=1)


CHANGES: dict[str, Callable[[str], str]] = {
    "a number one higher": _number,
    "another month": _month,
    "must, may, should, will exchanged": _modal,
    "not put in": _denied,
    "not left out": _undenied,
    "another name": _name,
    "some told as all": _all,
    "only left out": _only,
    "closed told as open": _open,
}


def sentences() -> list[str]:
    """Prose sentences of the corpus in a fixed random order: as long as an answer's, without marks or links."""
    found = set()
    for path in sorted(Application.starter_corpus().rglob("*.md")):
        text = path.read_text(encoding="utf-8").split("---", 2)[-1]
        for start, end in sentence_spans(text):
            sentence = " ".join(text[start:end].split())
            if (
                40 <= len(sentence) <= 300
                and re.fullmatch(r"[A-Z][^\[\]<>|*_`#@{}]*\.", sentence)
                and "http" not in sentence
            ):
                found.add(sentence)
    ordered = sorted(found)
    random.Random(7).shuffle(ordered)
    return ordered


def main() -> None:
    """Print the table of docs/model.md."""
    held, rules = sentences(), Rules(ON)
    sample = held[:SENTENCES]
    passed = [s for s in sample if not faults(s, [Ground(s)], rules)]
    print(f"unchanged: {len(passed)} of {len(sample)} let through")
    print("| change | sentences | let through |\n|---|---|---|")
    for name, change in CHANGES.items():
        changed = [(s, c) for s in held if not faults(s, [Ground(s)], rules) and (c := change(s)) != s][:SENTENCES]
        missed = [c for s, c in changed if not faults(c, [Ground(s)], rules)]
        print(f"| {name} | {len(changed)} | {len(missed)} |")
        for sentence in missed[:3]:
            print(f"<!-- {sentence} -->")


if __name__ == "__main__":
    main()
