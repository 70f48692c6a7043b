"""`lsip sites`, `lsip doors` and `lsip keys`."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa

from assistant.cli.app import main
from assistant.composition import build
from assistant.settings import load_settings
from vectorstore import schema as t
from vectorstore.profile import AreaName, CollectionProfile

DORSET = ("sites", "add", "dorset", "--name", "Dorset Chamber", "--origin", "https://www.dorset.example")


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("LSIP_DATA_DIR", str(tmp_path))
    monkeypatch.chdir(tmp_path)
    return tmp_path


class Shell:
    """Runs a command with --json and reads what it prints."""

    def __init__(self, capsys: pytest.CaptureFixture[str]) -> None:
        self._capsys = capsys

    def __call__(self, *arguments: str, code: int = 0) -> Any:
        self._capsys.readouterr()
        assert main([*arguments, "--json"]) == code, arguments
        out = self._capsys.readouterr().out
        return json.loads(out) if out else None

    def text(self, *arguments: str) -> str:
        self._capsys.readouterr()
        assert main(list(arguments)) == 0
        return self._capsys.readouterr().out


@pytest.fixture
def lsip(capsys: pytest.CaptureFixture[str]) -> Shell:
    return Shell(capsys)


def with_areas(data: Path) -> None:
    """A collection that knows one area."""
    app = build(load_settings())
    profile = CollectionProfile(areas=(AreaName(id="A09", name="Dorset", erb="E", url="https://e.example"),))
    row = {"name": "lsip", "generation": 1, "profile": profile.model_dump(mode="json"), "manifest": {}}
    with app.catalogue.engine.begin() as c:
        c.execute(sa.insert(t.collections).values(row))
    app.catalogue.engine.dispose()


def test_a_site_from_beginning_to_end(lsip: Shell, home: Path) -> None:
    with_areas(home)
    options = ("--area", "dorset", "--theme", "accent=#036", "--theme", "font=georgia", "--limit", "session=3/day")
    made = lsip(*DORSET, "--origin", "https://dorset.example/", *options, "--contact", "The team")
    assert made == {
        "id": "dorset",
        "name": "Dorset Chamber",
        "origins": ["https://www.dorset.example", "https://dorset.example"],
        "area": "A09",
        "theme": {"accent": "#003366", "font": "Georgia"},
        "contact": "The team",
        "contact_url": "",
        "limits": {"session": "3/day"},
        "enabled": True,
    }
    assert lsip("sites", "show", "dorset") == made
    assert lsip("sites", "list") == {"sites": [made]}
    edited = lsip("sites", "edit", "dorset", "--area", "", "--contact-url", "https://dorset.example/help")
    assert edited == {**made, "area": None, "contact_url": "https://dorset.example/help"}
    assert not lsip("sites", "disable", "dorset", "--comment", "why")["enabled"]
    assert lsip("sites", "enable", "dorset", "--comment", "over")["enabled"]
    assert lsip("sites", "remove", "dorset") == {"removed": "dorset"}
    changes = lsip("sites", "audit", "dorset")["changes"]
    assert [c["action"] for c in changes] == ["remove", "enable", "disable", "edit", "add"]
    assert all(c["who"] and c["when"] for c in changes)


@pytest.mark.parametrize(
    ("arguments", "named"),
    [
        (("sites", "add", "dorset", "--name", "D"), "origin"),
        ((*DORSET, "--area", "Atlantis"), "Atlantis"),
        ((*DORSET, "--theme", "text=#ddd"), "contrast"),
        ((*DORSET, "--theme", "text"), "--theme"),
        ((*DORSET, "--limit", "session=often"), "often"),
        ((*DORSET, "--contact-url", "https://x.example"), "words"),
        (("sites", "add", "Dorset", "--name", "D", "--origin", "https://x.example"), "Dorset"),
        (("sites", "add", "dorset", "--name", "D", "--origin", "http://x.example"), "not safe"),
        (("doors", "off", "garage", "--comment", "x"), "garage"),
        (("doors", "off", "widget"), "reason"),
        (("keys", "add", ""), "name"),
    ],
)
def test_wrong_usage_is_told_and_changes_nothing(lsip: Shell, arguments: tuple[str, ...], named: str) -> None:
    problem = lsip(*arguments, code=2)
    assert named in problem["title"] and problem["remedy"]
    assert lsip("sites", "list") == {"sites": []}
    assert lsip("sites", "audit") == {"changes": []}


@pytest.mark.parametrize("action", [("show",), ("edit",), ("disable", "--comment", "x"), ("remove",)])
def test_a_site_that_is_not_there(lsip: Shell, action: tuple[str, ...]) -> None:
    assert "none" in lsip("sites", action[0], "none", *action[1:], code=1)["title"]


def test_doors(lsip: Shell) -> None:
    assert lsip("doors", "off", "widget", "--comment", "x") == {"door": "widget", "on": False}
    assert lsip("doors", "list") == {"doors": {"api": True, "widget": False, "pages": True, "slack": True}}
    assert "widget: off" in lsip.text("doors", "list")
    lsip("doors", "on", "widget", "--comment", "y")
    assert lsip("doors", "list")["doors"]["widget"]


def test_a_key_is_printed_once(lsip: Shell, home: Path) -> None:
    key = lsip.text("keys", "add", "portal").strip()
    assert key.startswith("lsk_")
    (listed,) = lsip("keys", "list")["keys"]
    assert (listed["name"], listed["revoked"]) == ("portal", None)
    assert not [p for p in home.rglob("*") if p.is_file() and key.encode() in p.read_bytes()]
    lsip("keys", "revoke", listed["id"])
    assert lsip("keys", "list")["keys"][0]["revoked"]
    assert "portal" in lsip.text("keys", "list")


def test_words_for_people(lsip: Shell) -> None:
    lsip(*DORSET, "--contact", "[bold]x[/bold]")
    assert "contact: [bold]x[/bold]" in lsip.text("sites", "show", "dorset")
    assert "dorset" in lsip.text("sites", "list")
    assert "site:dorset  add" in lsip.text("sites", "audit")


def test_the_migration_makes_what_the_schema_says(home: Path) -> None:
    app = build(load_settings())
    looked = sa.inspect(app.catalogue.engine)
    for table in (t.sites, t.doors, t.api_keys, t.audit):
        held = {c["name"]: bool(c["nullable"]) for c in looked.get_columns(table.name)}
        assert held == {c.name: bool(c.nullable) for c in table.columns}
    assert app.catalogue.engine.dialect.name == "sqlite"
    app.catalogue.engine.dispose()
