"""Every drawing is the one that was looked at; Slack and Slack's own models take each. `python -m tests.golden`."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path

import pytest

from assistant.slack import limits
from tests.fakes.slack_reading import built, markup, parts, wrong_links
from tests.fakes.slack_surfaces import Drawing, surfaces
from tests.golden.slack_files import FOLDER, as_text

NAMES = sorted(p.stem for p in FOLDER.glob("*.json"))


@pytest.fixture(scope="module")
def drawn(tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, Drawing]:
    return surfaces(tmp_path_factory.mktemp("england"))


def test_every_drawing_has_its_file(drawn: Mapping[str, Drawing]) -> None:
    assert sorted(drawn) == NAMES


@pytest.mark.parametrize("name", NAMES)
def test_a_drawing_is_the_golden_one(drawn: Mapping[str, Drawing], name: str) -> None:
    assert as_text(drawn[name][1]) == Path(FOLDER / f"{name}.json").read_text(encoding="utf-8")


@pytest.mark.parametrize("name", NAMES)
def test_slack_takes_it(drawn: Mapping[str, Drawing], name: str) -> None:
    surface = drawn[name][0]
    payload = json.loads((FOLDER / f"{name}.json").read_text(encoding="utf-8"))
    assert limits.problems(payload, surface) == []
    assert markup(payload) == []
    assert wrong_links(payload) == []
    built(payload)


@pytest.mark.parametrize("name", NAMES)
def test_a_telephone_shows_every_button_whole(drawn: Mapping[str, Drawing], name: str) -> None:
    for part in parts(drawn[name][1]):
        if part.get("type") == "button":
            assert len(part["text"]["text"]) <= limits.BUTTON_SHOWN


def test_the_files_hold_every_status_and_surface(drawn: Mapping[str, Drawing]) -> None:
    assert {surface for surface, _ in drawn.values()} == {"message", "modal", "home", "stream"}
    assert len([n for n in NAMES if n.startswith("answer_")]) > 9
