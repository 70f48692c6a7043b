"""`lsip slack`: what it prints, and what it says when something is missing."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from assistant.cli.app import main


@pytest.fixture(autouse=True)
def clean(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[None]:
    """An environment of its own."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("LSIP_DATA_DIR", str(tmp_path / "data"))
    yield


def test_the_manifest_is_printed_for_the_address_given(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["slack", "manifest", "--url", "https://lsip.example.org"]) == 0
    made = json.loads(capsys.readouterr().out)
    assert made["settings"]["interactivity"]["request_url"] == "https://lsip.example.org/slack/events"
    assert "redirect_urls" not in made["oauth_config"]


def test_the_manifest_takes_the_public_address(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LSIP_PUBLIC_URL", "https://lsip.example.org")
    assert main(["slack", "manifest", "--oauth", "--name", "Skills"]) == 0
    made = json.loads(capsys.readouterr().out)
    assert made["oauth_config"]["redirect_urls"] == ["https://lsip.example.org/slack/oauth_redirect"]
    assert made["display_information"]["name"] == "Skills"


def test_the_manifest_of_socket_mode_needs_no_address(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["slack", "manifest", "--socket", "--no-follow-ups"]) == 0
    made = json.loads(capsys.readouterr().out)
    assert made["settings"]["socket_mode_enabled"] is True
    assert "channels:history" not in made["oauth_config"]["scopes"]["bot"]


@pytest.mark.parametrize(
    "given", [["--socket", "--oauth"], [], ["--url", "http://lsip.example.org"], ["--url", "lsip.example.org"]]
)
def test_what_slack_would_refuse_is_refused_here(given: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["slack", "manifest", *given]) == 2
    shown = capsys.readouterr()
    assert shown.out == "" and len(shown.err.strip().splitlines()) == 2
