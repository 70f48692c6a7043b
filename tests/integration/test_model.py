"""A chat model by its settings alone: command, HTTP, receipt, limits, and what is left when it fails."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient

from assistant.api.app import create_app
from assistant.cli.app import main
from assistant.composition import build
from assistant.settings import load_settings
from prompts import prompt
from tests.fakes.gardens import rules
from tests.fakes.model_server import KEY, ModelServer, serving
from tests.integration.conftest import TODAY

pytestmark = pytest.mark.timeout(300)
RULES = rules()[:40]
ASKED = RULES[3]


@pytest.fixture(scope="module")
def server() -> Iterator[ModelServer]:
    with serving() as made:
        yield made


@pytest.fixture(scope="module")
def shed(tmp_path_factory: pytest.TempPathFactory, encoder_cache: Path) -> Path:
    """A data directory that holds a small collection."""
    data = tmp_path_factory.mktemp("shed")
    shutil.copytree(encoder_cache / "encoders", data / "encoders")
    source = data / "rules.jsonl"
    lines = [json.dumps({"id": r.id, "title": r.title, "text": r.text}) for r in RULES]
    source.write_text("\n".join(lines) + "\n", encoding="utf-8")
    app = build(load_settings(data_dir=data, today=TODAY))
    assert not app.pipeline().run(source, "gardens").failed
    return data


@pytest.fixture
def home(shed: Path, server: ModelServer, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    for name, value in {
        "DATA_DIR": str(shed),
        "TODAY": TODAY.isoformat(),
        "COLLECTION": "gardens",
        "MODEL": "parrot",
        "MODEL_URL": server.url,
        "MODEL_KEY": KEY,
        "MODEL_RETRIES": "0",
        "MODEL_DAILY_REQUESTS": "0",
    }.items():
        monkeypatch.setenv(f"LSIP_{name}", value)
    monkeypatch.chdir(tmp_path)
    return shed


def ask(capsys: pytest.CaptureFixture[str], question: str = ASKED.question) -> Any:
    capsys.readouterr()
    main(["ask", question, "--json"])
    captured = capsys.readouterr()
    assert KEY not in captured.out + captured.err
    return json.loads(captured.out)


def test_the_model_writes_and_the_receipt_says_so(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    answer = ask(capsys)
    assert (answer["status"], answer["composer"]) == ("answered", "parrot")
    assert answer["writing"]["prompts"] == {"compose": prompt("compose").fingerprint}
    receipt = build(load_settings()).store.receipt(answer["answer_id"])
    assert receipt["writing"] == answer["writing"]
    app = build(load_settings())
    for cited in answer["citations"]:
        assert app.catalogue.text(cited["version_id"])[cited["start"] : cited["end"]] == cited["quote"]


@pytest.mark.parametrize(("model", "reason"), [("status-500", "server_error"), ("refusal", "garbled")])
def test_extraction_stands_when_it_fails(
    home: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, model: str, reason: str
) -> None:
    monkeypatch.setenv("LSIP_MODEL", "")
    plain = ask(capsys)
    monkeypatch.setenv("LSIP_MODEL", model)
    answer = ask(capsys)
    assert (plain["writing"], answer["writing"]["fallback"]) == (None, reason)
    same = ("status", "plain", "text", "confidence", "composer")
    assert {k: answer[k] for k in same} == {k: plain[k] for k in same}


def test_past_the_limit_of_the_day_it_is_not_called(
    home: Path, server: ModelServer, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LSIP_MODEL_DAILY_REQUESTS", "1")
    ask(capsys)
    before = len(server.requests)
    assert ask(capsys)["writing"]["fallback"] == "daily_limit"
    assert len(server.requests) == before


def test_what_is_not_held_is_not_asked_of_it(
    home: Path, server: ModelServer, capsys: pytest.CaptureFixture[str]
) -> None:
    before = len(server.requests)
    answer = ask(capsys, "Who won the football world cup in 1966?")
    assert (answer["status"], answer["composer"], answer["writing"]) == ("no_evidence", "none", None)
    assert len(server.requests) == before


def test_its_sentences_come_as_events(home: Path) -> None:
    with TestClient(create_app(build(load_settings()))) as client:
        body = {"question": ASKED.question}
        response = client.post("/v1/questions", json=body, headers={"accept": "text/event-stream"})
    names = [line.removeprefix("event: ") for line in response.text.split("\n") if line.startswith("event: ")]
    steps = names.count("step")
    assert steps == 7
    assert [n for n in names if n != "step"] == ["accepted", "citation", "sentence", "done"]
    done = json.loads(response.text.strip().split("\n")[-1].removeprefix("data: "))
    assert done["composer"] == "parrot"


def test_the_terminal_shows_sentences_while_they_come(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    capsys.readouterr()
    assert main(["ask", ASKED.question, "--stream"]) == 0
    captured = capsys.readouterr()
    assert "[1]" in captured.err and "[1]" in captured.out
    assert main(["ask", ASKED.question, "--stream", "--json"]) == 2


def test_a_missing_package_is_told_with_the_remedy(
    home: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LSIP_MODEL", "mistralai:mistral-small")
    capsys.readouterr()
    assert main(["ask", ASKED.question]) != 0
    assert "pip install 'lsip-assistant[mistralai]'" in " ".join(capsys.readouterr().err.split())
