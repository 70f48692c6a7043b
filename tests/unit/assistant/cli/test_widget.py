"""`lsip widget`: what it prints, for people and programs."""

from __future__ import annotations

import json

import pytest

from assistant.cli.app import main
from assistant.widget_file import widget_integrity, widget_version


def test_the_lines_for_a_page_with_the_hash(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["widget", "--server", "https://ask.example.org", "--site", "dorset"]) == 0
    shown = capsys.readouterr().out
    assert f'integrity="{widget_integrity()}"' in shown
    assert '<lsip-assistant site="dorset">' in shown
    assert "Content-Security-Policy: script-src https://ask.example.org; connect-src https://ask.example.org" in shown


def test_the_same_as_json(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["widget", "--server", "https://ask.example.org/", "--launcher", "--json"]) == 0
    shown = json.loads(capsys.readouterr().out)
    assert shown["version"] == widget_version()
    assert shown["path"] == f"/widget/{widget_version()}/lsip.js"
    assert shown["floating_path"] == f"/widget/{widget_version().split('.')[0]}/lsip.js"
    assert 'mode="launcher"' in shown["html"]


@pytest.mark.parametrize("options", [["--server", "ask.example"], ["--server", "https://x/y"], ["--site", '"><b>']])
def test_what_cannot_be_is_wrong_usage(options: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["widget", *options]) == 2
    assert capsys.readouterr().out == ""
