"""`lsip answers`: what changed sources affect, and the end of old text."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.fakes.catalogued import markdown, write
from tests.fakes.recorded import days_ago
from tests.integration.conftest import Shell

FRONT = {"document": "gate-rule", "title": "Gate rule"}


@pytest.fixture
def shell(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Shell:
    monkeypatch.setenv("LSIP_DATA_DIR", str(tmp_path / "data"))
    monkeypatch.setenv("LSIP_EMBEDDING_MODEL", "hashing")
    monkeypatch.setenv("LSIP_COLLECTION", "orchard")
    monkeypatch.chdir(tmp_path)
    made = Shell(capsys)
    gate(made, "nine")
    return made


def gate(shell: Shell, hour: str) -> None:
    write(Path("docs"), {"gate.md": markdown(f"The orchard gate is locked at {hour} in the evening.", **FRONT)})
    assert shell("ingest", "--path", "docs", "--collection", "orchard") == 0


def test_answers_whose_source_was_replaced_are_listed_and_marked(shell: Shell) -> None:
    assert shell("ask", "When is the orchard gate locked?", "--json") == 0
    answer_id = shell.json()["answer_id"]
    since = days_ago(1).date().isoformat()
    assert shell("answers", "affected", "--since", since, "--json") == 1
    assert shell.json() == {"since": since, "answers": []}
    gate(shell, "eight")
    assert shell("answers", "affected", "--since", since, "--json") == 0
    (found,) = shell.json()["answers"]
    assert found["answer_id"] == answer_id
    assert found["affected"]["reason"] == "retired"
    assert found["affected"]["documents"][0]["document_id"] == "gate-rule"
    assert shell("answers", "affected", "--since", since) == 0
    assert "Gate rule" in shell.out


def test_old_text_is_deleted(shell: Shell) -> None:
    assert shell("ask", "When is the orchard gate locked?", "--json") == 0
    assert shell("answers", "purge", "--json") == 0
    assert shell.json()["answers"] == 0
    assert shell("answers", "purge", "--before", days_ago(0).date().isoformat()) == 0
    assert "Deleted 0 answers" in shell.out
    assert shell("answers", "purge", "--before", days_ago(-2).date().isoformat(), "--json") == 2


@pytest.mark.parametrize("arguments", [("affected",), ("affected", "--since", "soon"), ("purge", "--before", "x")])
def test_wrong_dates_are_wrong_usage(shell: Shell, arguments: tuple[str, ...]) -> None:
    assert shell("answers", *arguments, "--json") == 2
