"""Prompts as files: front matter, text, and a fingerprint of the whole."""

from __future__ import annotations

from hashlib import sha256
from pathlib import Path

import pytest

from prompts import prompt

FOLDER = Path(__file__).resolve().parents[3] / "prompts"
NAMES = sorted(p.stem for p in FOLDER.glob("*.md"))


def test_there_are_prompts() -> None:
    assert NAMES == ["compose", "rewrite"]


@pytest.mark.parametrize("name", NAMES)
def test_a_prompt_knows_its_name_and_fingerprint(name: str) -> None:
    made = prompt(name)
    assert (made.name, made.version) == (name, 1)
    assert made.fingerprint == sha256((FOLDER / f"{name}.md").read_bytes()).hexdigest()
    assert made.text and not made.text.startswith("---") and "version:" not in made.text


@pytest.mark.parametrize("name", NAMES)
def test_a_prompt_says_that_data_is_no_instruction(name: str) -> None:
    text = " ".join(prompt(name).text.split())
    assert "data" in text and "JSON" in text and "instruction" in text
    assert "http" not in text
