"""Every canned text: used, fillable, complete, in plain English."""

from __future__ import annotations

import ast
import re
import string
from pathlib import Path

import pytest

from assistant.answering.model import ANSWERED, AnswerStatus
from prompts import message, messages

ROOT = Path(__file__).resolve().parents[3]
SOURCES = sorted((ROOT / "assistant").rglob("*.py"))
EVIDENCE = ("secondary", "third_party", "inference")  # every kind but primary has a remark on its card


def literal_calls() -> list[tuple[str, str, set[str]]]:
    """(place, key, names of the values) of every call of `message` with a plain key and values that can be read."""
    found = []
    for path in SOURCES:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            named = isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "message"
            spread = isinstance(node, ast.Call) and any(k.arg is None for k in node.keywords)
            if (
                named
                and not spread
                and isinstance(node, ast.Call)
                and node.args
                and isinstance(node.args[0], ast.Constant)
            ):
                values = {k.arg for k in node.keywords if k.arg}
                found.append((f"{path.name}:{node.lineno}", str(node.args[0].value), values))
    return found


def placeholders(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name is not None}


def test_every_key_used_exists_and_gets_its_values() -> None:
    calls = literal_calls()
    assert len(calls) > 10
    unknown = [(place, key) for place, key, _ in calls if key not in messages()]
    assert unknown == []
    unfilled = [(place, key) for place, key, values in calls if placeholders(messages()[key]) - values]
    assert unfilled == []


@pytest.mark.parametrize("key", sorted(messages()))
def test_placeholders_can_be_filled(key: str) -> None:
    names = placeholders(messages()[key])
    assert all(re.fullmatch(r"[a-z_]+", n) for n in names)
    filled = message(key, **dict.fromkeys(names, "X"))
    assert "{" not in filled
    assert "}" not in filled


@pytest.mark.parametrize("key", sorted(messages()))
def test_plain_english(key: str) -> None:
    text = messages()[key]
    assert text == " ".join(text.split())
    assert not re.search(r"(?:^|[.!?] )it\b", text, re.IGNORECASE)
    assert not re.search(r"\b(?:utili[sz]e|leverage|in order to|please note|kindly|sorry)\b|!", text, re.IGNORECASE)
    assert "—" not in text
    assert "http" not in text


def test_no_text_names_the_subject_of_one_collection() -> None:
    joined = " ".join(messages().values())
    assert not re.search(r"\b(?:LSIPs?|LSIF|England|skills|employers?)\b", joined, re.IGNORECASE)


@pytest.mark.parametrize("status", [s for s in AnswerStatus if s not in ANSWERED])
def test_every_status_without_an_answer_has_a_text(status: AnswerStatus) -> None:
    texts = [text for key, text in messages().items() if key.startswith(status.split("_input")[0])]
    assert [t for t in texts if t]


@pytest.mark.parametrize("evidence", EVIDENCE)
def test_every_weaker_kind_of_evidence_has_its_remark(evidence: str) -> None:
    assert message(f"card_{evidence}")


def test_a_key_that_does_not_exist_is_a_mistake() -> None:
    with pytest.raises(KeyError):
        message("no_such_text")
